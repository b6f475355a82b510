import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { records } from '../../lib/record/records.js'
import { artifacts } from '../../lib/source/index.js'
import { Accumulator } from '../../lib/summary/accumulator.js'
import type { SummaryRow } from '../../lib/summary/summary-row.js'
import { corpus } from '../support/paths.js'
import { record } from './record.js'

const seed = corpus('seed')
const COLUMNS = { ttft_s: ['ttft', 's', 'lower'], tokens_s: ['output_throughput', '{token}/s', 'higher'], load_s: ['load_duration', 's', 'lower'] } as const

t.test('by model, the figures of the seed are those of plain arithmetic', { skip: seed ? false : 'no corpus' }, async (t) => {
  const rows = readRows(seed ?? '')
  t.ok(rows.length > 200, `${rows.length} rows name a model`)
  const byHand = new Accumulator({ by: ['model'] })
  for (const [i, row] of rows.entries()) {
    for (const [column, [metric, unit, better]] of Object.entries(COLUMNS)) {
      if (row.cells[column] === undefined) continue
      byHand.add(record({ metric, unit, better, value: Number(row.cells[column]), status: row.cells['error'] ? 'error' : 'ok', attributes: { model: row.cells['model'] ?? '' }, file: row.file, line: i + 2 }))
    }
  }
  const fromFiles = new Accumulator({ by: ['model'] })
  for await (const item of artifacts(seed ?? '').pipe(records())) {
    if ((item as { type?: string }).type === undefined && (item as ReturnType<typeof record>).source.format === 'csv') fromFiles.add(item as ReturnType<typeof record>)
  }
  let compared = 0
  for (const [name, found] of [['records made by hand', byHand.rows()], ['records()', fromFiles.rows()]] as const) {
    for (const model of new Set(rows.map(({ cells }) => cells['model'] ?? ''))) {
      for (const [column, [metric, unit]] of Object.entries(COLUMNS)) {
        const own = rows.filter(({ cells }) => cells['model'] === model && cells[column] !== undefined)
        const values = own.filter(({ cells }) => !cells['error']).map(({ cells }) => Number(cells[column]))
        const summary = found.find((one) => one.metric === metric && one.unit === unit && one.group['model'] === model)
        t.equal(summary?.failed, own.length - values.length, `${name}: ${metric}, ${model}: failed`)
        assertFigures(t, summary, values, `${name}: ${metric}, ${model}`)
        compared += 1
      }
    }
  }
  t.ok(compared >= 20, `${compared} groups compared`)
})

function assertFigures(t: Test, summary: SummaryRow | undefined, values: readonly number[], name: string): void {
  const samples = summary?.samples
  if (values.length === 0) {
    t.equal(samples, undefined, name)
    return
  }
  const sorted = [...values].sort((a, b) => a - b)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const stddev = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  t.match(samples, { count: values.length, min: sorted[0], max: sorted.at(-1) }, name)
  t.ok(near(samples?.mean, mean, 1e-9) && near(samples?.stddev, stddev, 1e-9), `${name}: mean and stddev`)
  for (const [quantile, share] of [['p50', 0.5], ['p90', 0.9], ['p95', 0.95], ['p99', 0.99]] as const) {
    const rank = (sorted.length - 1) * share
    const low = sorted[Math.floor(rank)] ?? Number.NaN
    const exact = low + (rank % 1) * ((sorted[Math.ceil(rank)] ?? Number.NaN) - low)
    t.ok(near(samples?.[quantile], exact, (samples?.quantileError ?? 0) + 1e-9), `${name}: ${quantile}`)
  }
}

function near(found: number | undefined, exact: number, error: number): boolean {
  return found !== undefined && Math.abs(found - exact) <= error * Math.abs(exact)
}

interface Row {
  readonly file: string
  readonly cells: Readonly<Record<string, string>>
}

/** Rows of all CSV files that name their model, split by a few lines that share nothing with lib. */
function readRows(dir: string): Row[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.csv'))
  return files.flatMap((file) => {
    const [header = [], ...rows] = readFileSync(path.join(dir, file), 'utf8').split(/\r?\n/).filter((line) => line !== '').map(splitLine)
    if (!header.includes('model') || !header.includes('ttft_s')) return []
    return rows.map((cells) => ({ file, cells: Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) }))
  })
}

function splitLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')))
}
