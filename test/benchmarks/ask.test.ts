/** Questions with made-up cases: what is compared with what, what is kept, and what a failing case costs. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import t from 'tap'
import { csvOf, jsonOf, markdownOf } from '../../benchmarks/answer-files.js'
import { measured } from '../../benchmarks/ask.js'
import { growthChart } from '../../benchmarks/growth-chart.js'
import { growthCsv, growthJson, growthMarkdown } from '../../benchmarks/growth-files.js'
import type { Series } from '../../benchmarks/growth.js'
import { baselineOf, goalsOf, speedups } from '../../benchmarks/outcome.js'
import type { Case, Question } from '../../benchmarks/question.js'
import { keeper } from '../../benchmarks/results.js'
import { records, type Artifact, type FormatName, type MetricRecord } from '../../lib/index.js'

/** A case that takes these seconds, round by round. */
function taking(name: string, seconds: readonly number[], more: Partial<Case> = {}): Case {
  let round = 0
  return { name, ...more, run: () => ({ seconds: seconds[round++ % seconds.length], cpuSeconds: 0.5, peakBytes: 50e6 }) }
}

const question: Question = {
  name: 'made-up',
  question: 'What does it cost?',
  scope: 'Nothing is done.',
  workload: { bytes: 10e6 },
  baseline: 'slow',
  cases: [
    taking('slow', [2, 4], { cores: 1, peer: 'slow@1.0.0' }),
    taking('slow', [1, 1], { cores: 2, peer: 'slow@1.0.0' }),
    taking('fast, "ours"', [1, 1], { cores: 1 }),
    taking('fast, "ours"', [0.5, 0.25], { cores: 2 }),
    taking('huge', [4, 4], { cores: 1, workload: { bytes: 1e6 }, note: '1 MB of it' }),
    { name: 'wrong', cores: 1, run: () => { throw new Error('rows: expected 3, found 2') } },
  ],
  goals: [
    { name: 'fast, "ours"', over: 'slow', cores: 1, of: 'speed', atLeast: 2 },
    { name: 'fast, "ours"', over: 'slow', cores: 2, of: 'speed', atLeast: 4 },
    { name: 'fast, "ours"', cores: 2, of: 'seconds', atMost: 0.1 },
    { name: 'fast, "ours"', over: 'slow', cores: 1, of: 'cost', atMost: 0.5 },
    { name: 'fast, "ours"', over: 'nobody', cores: 1, of: 'speed', atLeast: 1 },
  ],
}

t.test('rounds are compared one by one, with the baseline on the same cores, and by bytes', async (t) => {
  const outcome = await measured(question, { rounds: 2, warmup: 0 })
  const ratio = (name: string, cores: number) => {
    const one = outcome.measured.find((found) => found.case.name === name && found.case.cores === cores)
    const base = one && baselineOf(one, outcome)
    return one && base ? speedups(one, base, question) : undefined
  }
  t.strictSame(ratio('fast, "ours"', 1), { median: 3, min: 2, max: 4 })
  t.strictSame(ratio('fast, "ours"', 2), { median: 3, min: 2, max: 4 })
  const huge = ratio('huge', 1)
  t.ok(huge && Math.abs(huge.min - 0.05) < 1e-12 && Math.abs(huge.max - 0.1) < 1e-12, 'a tenth of the work in the same time is a tenth of the speed')
  t.equal(ratio('slow', 1), undefined, 'a baseline is compared with nothing')
  t.strictSame(outcome.failed, ['wrong, 1 core: rows: expected 3, found 2'])
  t.strictSame(goalsOf(outcome).map(({ text, wanted, reached }) => [text, wanted, reached]), [
    ['fast, "ours", speed over slow, one core', 'at least 2.00x', true],
    ['fast, "ours", speed over slow, 2 cores', 'at least 4.00x', false],
    ['fast, "ours", 2 cores', 'at most 100 ms', false],
    ['fast, "ours", time over slow, one core', 'at most 0.50x', true],
  ])
})

t.test('what a stage adds to an item', async (t) => {
  const stages: Question = {
    ...question,
    workload: { items: 1000 },
    cases: [taking('one', [1e-3]), taking('five', [1.2e-3])],
    baseline: 'one',
    goals: [{ name: 'five', over: 'one', of: 'added', stages: 4, atMost: 60, text: 'a stage' }],
  }
  const [goal] = goalsOf(await measured(stages, { rounds: 1, warmup: 1 }))
  t.ok(goal && Math.abs(goal.found.median - 50) < 1e-6, `${goal?.found.median}`)
  t.equal(goal?.reached, true)
})

t.test('when patience is over no further round begins, and the one round there is counts', async (t) => {
  const outcome = await measured(question, { rounds: 5, warmup: 0, patienceSeconds: 0 })
  t.equal(outcome.rounds, 1)
  t.equal(outcome.measured[0]?.took.length, 1)
})

t.test('without its baseline, a question has no answer', async (t) => {
  await t.rejects(measured({ ...question, baseline: 'wrong' }, { rounds: 1, warmup: 0 }), /expected a result of wrong.*rows: expected 3/)
})

t.test('chimera reads the files of an answer: every metric has its unit and direction', async (t) => {
  const outcome = await measured(question, { rounds: 2, warmup: 0 })
  const csv = await read('made-up.csv', 'csv', csvOf(outcome))
  t.strictSame(kinds(csv), ['cpu_time s value lower', 'duration s value lower', 'memory_used By max lower', 'throughput By/s value higher'])
  t.match(csv.find(({ metric, value }) => metric === 'duration' && value === 0.25), { attributes: { implementation: 'fast, "ours"', cores: 2 } })
  t.strictSame(kinds(await read('made-up.json', 'json', jsonOf(outcome))), [
    'cpu_time s value lower', 'duration s max lower', 'duration s median lower', 'duration s min lower', 'memory_used By max lower',
    'speedup 1 max higher', 'speedup 1 median higher', 'speedup 1 min higher', 'time_ratio 1 max lower', 'time_ratio 1 median lower', 'time_ratio 1 min lower',
  ])
  const markdown = markdownOf(outcome)
  t.match(markdown, '- Failed: wrong, 1 core: rows: expected 3, found 2')
  t.match(markdown, '| huge (1 MB of it) | 1 | 4000.00 |')
  t.ok((await read('made-up.md', 'markdown', markdown)).every(({ unit }) => unit !== ''), 'no figure without a unit')
})

const growth: Series[] = [
  { format: 'CSV', startSeconds: 0.1, points: [1, 16, 64, 1000].map((size) => ({ bytes: size * 1e6, took: [{ seconds: 0.1 + size / 100, cpuSeconds: size / 90, peakBytes: 150e6 + size * 1e4 }] })) },
  { format: 'Markdown', startSeconds: 0.1, points: [1, 4].map((size) => ({ bytes: size * 1e6, took: [{ seconds: size }] })), stopped: 'Markdown: 16 MB and more were left out, they would have taken 16 s' },
]

t.test('chimera reads what growth was measured', async (t) => {
  t.strictSame(kinds(await read('growth.csv', 'csv', growthCsv(growth))), ['cpu_time s value lower', 'duration s value lower', 'memory_used By max lower', 'throughput By/s value higher'])
  t.match((await read('growth.csv', 'csv', growthCsv(growth)))[0]?.attributes, { input_format: 'CSV', input_size_mb: 1 })
  const json = await read('growth.json', 'json', growthJson(growth))
  t.match(json.find(({ raw }) => raw.name === 'time_per_mb_ms'), { metric: 'time_per_mb', unit: 's', attributes: { input_format: 'CSV' } })
  const markdown = growthMarkdown(growth)
  t.match(markdown, '- Markdown: 16 MB and more were left out')
  t.match(markdown, /\| CSV \| 16 \| 1000 \| 1\.00 \(.* to .*\) \| 10\.\d \(.*\) \| 10 \(.*\) \|/)
  t.match(markdown, '| Peak memory for 1000 MB of CSV | at most 200 MB | 160 | yes |')
})

t.test('the drawing has a line for each format that has points', async (t) => {
  const svg = growthChart(growth)
  t.equal(svg.match(/class="line"/g)?.length, 4)
  t.notMatch(svg, /NaN|undefined/)
})

t.test('results are kept where they are asked for', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chimera-test-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  keeper(path.join(folder, 'deep'))('name', 'csv', 'a\n')
  t.equal(readFileSync(path.join(folder, 'deep', 'name.csv'), 'utf8'), 'a\n')
})

async function read(name: string, format: FormatName, text: string): Promise<MetricRecord[]> {
  const file: Artifact = { type: 'artifact', name, format, open: () => Readable.from([Buffer.from(text)]) }
  const found: MetricRecord[] = []
  for await (const item of Readable.from([file]).pipe(records())) if (item.type === undefined) found.push(item)
  return found
}

function kinds(found: readonly MetricRecord[]): string[] {
  return [...new Set(found.map(({ metric, unit, stat, better }) => `${metric} ${unit} ${stat} ${better ?? '-'}`))].sort()
}
