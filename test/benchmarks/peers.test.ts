/** The programs that chimera is compared with answer rightly, and wrong answers are seen. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { check, chimeraAnswer, chimeraMean, equal, near, type Answer } from '../../benchmarks/answer.js'
import { nodeCommand, run } from '../../benchmarks/command.js'
import { peerProgram } from '../../benchmarks/peer.js'
import { prose } from '../../benchmarks/prose.js'
import { COLUMNS, sweepText, writeSweep, type Shape } from '../../benchmarks/sweep.js'
import { chimera } from '../../benchmarks/whole-commands.js'

const folder = mkdtempSync(path.join(tmpdir(), 'chimera-test-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const SHAPES: readonly Shape[] = ['csv', 'ndjson', 'array', 'document', 'markdown']
const sweeps = new Map(SHAPES.map((shape) => [shape, writeSweep(path.join(folder, shape), shape, 60_000)] as const))
const sweep = (shape: Shape) => sweeps.get(shape) ?? writeSweep(path.join(folder, shape), shape, 60_000)

t.test('a sweep is what it says it is', async (t) => {
  const rows = parse<Record<string, string>>(readFileSync(sweep('csv').file, 'utf8'), { columns: true })
  t.equal(rows.length, sweep('csv').rows)
  for (const { model, rows: count, means } of sweep('csv').groups) {
    const own = rows.filter((row) => row['model'] === model)
    t.equal(own.length, count)
    for (const [at, { name }] of COLUMNS.entries()) near(name, own.reduce((sum, row) => sum + Number(row[name]), 0) / count, means[at], 1e-9)
  }
  t.ok(rows.every((row) => row['prompt']?.includes('"') && row['prompt'].includes(',')), 'quotes and commas are in every row')
  t.equal(new Set(rows.map((row) => row['timestamp'])).size, rows.length, 'no two rows are the same')
  const array = JSON.parse(readFileSync(sweep('array').file, 'utf8')) as unknown[]
  t.equal(array.length, sweep('array').rows)
  t.strictSame((JSON.parse(readFileSync(sweep('document').file, 'utf8')) as { results: unknown[] }).results.slice(0, 9), array.slice(0, 9))
  for (const shape of SHAPES) {
    t.ok(sweep(shape).bytes >= 60_000 && sweep(shape).bytes < 62_000, `${shape}: ${sweep(shape).bytes} bytes`)
    t.equal(readFileSync(sweep(shape).file, 'utf8'), sweepText(shape, sweep(shape).rows), `${shape}: the same again`)
  }
})

t.test('peers answer rightly', async (t) => {
  const programs: readonly (readonly [program: string, shape: Shape])[] = [
    ['csv-parse', 'csv'], ['papaparse', 'csv'], ['udsv', 'csv'], ['csv-loop', 'csv'],
    ['stream-json', 'array'], ['stream-json', 'ndjson'], ['json-parse', 'array'], ['json-parse', 'ndjson'], ['json-lines', 'ndjson'],
    ['remark', 'markdown'], ['marked', 'markdown'], ['markdown-it', 'markdown'],
  ]
  for (const [program, shape] of programs) {
    const { took, output } = await run(nodeCommand(peerProgram(program), [sweep(shape).file, shape], 'all'))
    const answer = JSON.parse(output) as Answer
    t.doesNotThrow(() => check(answer, sweep(shape)), `${program}, ${shape}`)
    if (program === 'csv-loop') t.equal(answer.groups?.length, sweep('csv').groups.length, 'the loop knows the groups')
    t.ok((took.cpuSeconds ?? 0) > 0, 'it took processor time')
  }
})

t.test('chimera answers rightly, in every shape', async (t) => {
  for (const shape of SHAPES) {
    const format = shape === 'array' || shape === 'document' ? 'json' : shape
    const { output } = await run(chimera(['summary', sweep(shape).file, '--input-format', format, '--by', 'model', '--format', 'ndjson'], 'one'))
    t.doesNotThrow(() => check(chimeraAnswer(output), sweep(shape)), shape)
  }
})

t.test('prose: the same rows for all', async (t) => {
  const { text, rows, mean } = prose(20_000)
  const file = path.join(folder, 'prose.md')
  writeFileSync(file, text)
  t.ok(rows > 10)
  const answers = [
    ...(await Promise.all(['remark', 'marked', 'markdown-it'].map(async (name) => JSON.parse((await run(nodeCommand(peerProgram(name), [file], 'all'))).output) as Answer))),
    chimeraMean((await run(chimera(['summary', file, '--by', 'model', '--format', 'ndjson'], 'all'))).output),
  ]
  for (const answer of answers) {
    t.equal(answer.rows, rows)
    t.doesNotThrow(() => near('mean', answer.mean, mean, 1e-9))
  }
})

t.test('wrong answers are seen', async (t) => {
  const truth = sweep('csv')
  const groups = truth.groups.map((group) => ({ ...group }))
  const [first] = groups
  const right: Answer = { rows: truth.rows, mean: groups.reduce((sum, { rows, means }) => sum + rows * (means[0] ?? NaN), 0) / truth.rows, groups }
  t.doesNotThrow(() => check(right, truth))
  t.throws(() => check({ ...right, rows: truth.rows - 1 }, truth), /rows: expected/)
  t.throws(() => check({ ...right, mean: right.mean * (1 + 1e-6) }, truth), /mean of ttft_s: expected/)
  t.throws(() => check({ ...right, mean: NaN }, truth), /mean of ttft_s: expected .* found NaN/)
  t.throws(() => check({ ...right, groups: groups.slice(1) }, truth), /groups: expected 4, found 3/)
  t.throws(() => check({ ...right, groups: groups.map((group) => ({ ...group, model: group === first ? 'another' : group.model })) }, truth), /expected a group/)
  t.throws(() => check({ ...right, groups: groups.map((group) => ({ ...group, means: group.means.map((mean, at) => (group === first && at === 5 ? mean + 1 : mean)) })) }, truth), /mean of eval_count/)
  const many = { rows: 4000, groups: [{ model: 'a', rows: 4000, means: COLUMNS.map(() => 1), medians: COLUMNS.map(() => 1) }] }
  t.throws(() => check({ rows: 4000, mean: 1, groups: [{ model: 'a', rows: 4000, means: COLUMNS.map(() => 1), medians: COLUMNS.map(() => 1.05) }] }, many), /median of ttft_s/)
  t.throws(() => equal('things', 1, 2), /things: expected 2, found 1/)
})

t.test('a command: what it held, and why it failed', async (t) => {
  const script = path.join(folder, 'hold.mjs')
  writeFileSync(script, 'const held = Buffer.alloc(200e6, 1); process.stdout.write(String(held.length))')
  const { took, output } = await run(nodeCommand(script, [], 'one'))
  t.equal(output, '200000000')
  t.ok((took.peakBytes ?? 0) > 200e6 && (took.peakBytes ?? 0) < 500e6, `${took.peakBytes} bytes`)
  writeFileSync(script, 'process.stderr.write("no such luck"); process.exitCode = 3')
  await t.rejects(run(nodeCommand(script, [], 'all')), /ended with 3: no such luck/)
  t.equal((await run({ ...nodeCommand(peerProgram('json-lines'), [sweep('ndjson').file], 'all'), output: 'discard' })).output, '')
})
