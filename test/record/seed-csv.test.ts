/** Every CSV of the seed corpus against hand-written expectations, read here with a splitter of its own. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { corpus } from '../support/paths.js'
import { read } from './read.js'
import { filesUnder, seedFile } from './seed.js'

type Expected = readonly [metric: string, unit: string, stat: string, factor?: number]

const PHASES: Readonly<Record<string, Expected>> = {
  ttft_s: ['ttft', 's', 'value'],
  tokens_s: ['output_throughput', '{token}/s', 'value'],
  load_s: ['load_duration', 's', 'value'],
  prompt_eval_s: ['prompt_eval_duration', 's', 'value'],
  eval_s: ['eval_duration', 's', 'value'],
  prompt_eval_count: ['prompt_tokens', '{token}', 'value'],
  eval_count: ['output_tokens', '{token}', 'value'],
  total_tokens: ['total_tokens', '{token}', 'value'],
  response_chars: ['response_chars', '{char}', 'value'],
}

const MEANS: Readonly<Record<string, Expected>> = {
  mean_tokens_s: ['output_throughput', '{token}/s', 'mean'],
  mean_ttft_s: ['ttft', 's', 'mean'],
  mean_load_s: ['load_duration', 's', 'mean'],
  prompt_eval: ['prompt_eval_duration', 's', 'mean'],
  eval_s_mean: ['eval_duration', 's', 'mean'],
}

const GENERATION: Readonly<Record<string, Expected>> = {
  'Generation Time (ms)': ['generation_time', 's', 'value', 1e-3],
  Tokens: ['output_tokens', '{token}', 'value'],
  'Tokens per Second': ['output_throughput', '{token}/s', 'value'],
}

const NSIGHT: Readonly<Record<string, Expected>> = {
  'gpu__time_duration.sum': ['duration', 's', 'sum', 1e-6],
  'sm__warps_active.avg.pct_of_peak_sustained_active': ['sm_warps_active', '1', 'mean', 0.01],
  'sm__warps_active.max.pct_of_peak_sustained_active': ['sm_warps_active', '1', 'max', 0.01],
  'sm__warps_active.min.pct_of_peak_sustained_active': ['sm_warps_active', '1', 'min', 0.01],
  'sm__warps_active.sum.pct_of_peak_sustained_active': ['sm_warps_active', '1', 'sum', 0.01],
}

/** Columns that explain: each must come out as an attribute (or the time), and never as a metric. */
const EXPLAINING = new Set(['model', 'tag', 'prompt', 'prompt_text', 'prompt_index', 'num_gpu', 'num_ctx', 'temperature', 'config_name'])

/** Quotes, doubled quotes, commas inside quotes; nothing else occurs in these files. */
function splitCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const close = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  const clean = text.replace(/^\uFEFF/, '')
  for (let at = 0; at < clean.length; at += 1) {
    const char = clean[at] ?? ''
    if (quoted) {
      if (char === '"' && clean[at + 1] === '"') {
        cell += '"'
        at += 1
      } else if (char === '"') quoted = false
      else cell += char
    } else if (char === '"') quoted = true
    else if (char === ',') close()
    else if (char === '\n') {
      close()
      rows.push([])
    } else if (char !== '\r') cell += char
  }
  if (cell !== '' || (rows.at(-1)?.length ?? 0) > 0) close()
  return rows.filter((row) => row.length > 1 || row[0])
}

const dir = corpus('seed')
const skip = dir ? false : 'no corpus'

t.test('each numeric cell that is a measurement, exactly once', { skip }, async (t) => {
  const files = filesUnder(dir ?? '', '.csv').filter((file) => !file.endsWith('ncu_summary.csv'))
  t.equal(files.length, 27)
  let cells = 0
  for (const file of files) {
    const [header = [], ...rows] = splitCsv(readFileSync(path.join(dir ?? '', file), 'utf8'))
    const columns = header.includes('Kernel Name') ? NSIGHT : header.includes('Test Name') ? GENERATION : header.includes('mean_ttft_s') ? MEANS : PHASES
    const { records } = await read([seedFile(dir ?? '', file)])
    const byCell = new Map<string, MetricRecord[]>()
    for (const record of records) {
      const key = `${record.source.line}/${record.source.column}`
      byCell.set(key, [...(byCell.get(key) ?? []), record])
    }
    const wrong: string[] = []
    rows.forEach((row, at) => {
      const failed = (row[header.indexOf('error')] ?? '') !== ''
      header.forEach((name, column) => {
        const expected = columns[name]
        const text = row[column] ?? ''
        const found = byCell.get(`${at + 2}/${column + 1}`) ?? []
        byCell.delete(`${at + 2}/${column + 1}`)
        if (expected === undefined || text.trim() === '' || Number.isNaN(Number(text))) {
          if (found.length > 0) wrong.push(`${file}:${at + 2} ${name}: no record expected`)
          return
        }
        cells += 1
        const [record, ...more] = found
        const [metric, unit, stat, factor = 1] = expected
        const value = Number(text) * factor
        const right =
          record !== undefined && more.length === 0 && record.metric === metric && record.unit === unit && record.stat === stat &&
          Math.abs(record.value - value) <= Math.abs(value) * 1e-12 && record.status === (failed ? 'error' : 'ok') && record.raw.text === text && record.raw.name === name
        if (!right) wrong.push(`${file}:${at + 2} ${name} = ${text}: expected ${metric} ${stat} ${value} ${unit}, found ${JSON.stringify(found.map(({ metric: m, stat: s, value: v, unit: u, status }) => [m, s, v, u, status]))}`)
        for (const [index, other] of header.entries()) {
          if (!EXPLAINING.has(other)) continue
          const given = row[index] ?? ''
          if (String(record?.attributes[other]) !== given) wrong.push(`${file}:${at + 2} attribute ${other}: expected ${given}, found ${record?.attributes[other]}`)
        }
      })
    })
    t.strictSame(wrong.slice(0, 5), [], file)
    t.equal(byCell.size, 0, `${file}: no record outside the rows`)
  }
  t.equal(cells, 3157)
})

t.test('failed runs are marked, times stay as the file has them', { skip }, async (t) => {
  const file = 'reports/ollama/20251002-151446/prompt_suite_runs.csv'
  const { records } = await read([seedFile(dir ?? '', file)])
  t.equal(records.length, 120)
  t.ok(records.every((record) => record.status === 'error' && String(record.attributes['error']).startsWith('Failed to connect to Ollama')))
  t.ok(records.every((record) => record.time === '2025-10-02T19:14:46.102500+00:00'))
  t.ok(records.every((record) => record.attributes['temperature'] === 0.3 && record.attributes['top_p'] === 0.9))
})

t.test('the error message that was saved as a CSV is rejected', { skip }, async (t) => {
  const { records, problems, files } = await read([seedFile(dir ?? '', 'reports/ncu_summary.csv')])
  t.equal(records.length, 0)
  t.equal(problems.length, 1)
  t.match(files, [{ verdict: 'rejected' }])
})
