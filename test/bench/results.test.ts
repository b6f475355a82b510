/** What is kept of an experiment: lines that can be gone on with, and a report that reads back as what it says. */

import t, { type Test } from 'tap'
import { benchReport } from '../../lib/bench/bench-report.js'
import { benchSummary } from '../../lib/bench/cell-summary.js'
import { axesOf } from '../../lib/bench/grid.js'
import { pace } from '../../lib/bench/pace.js'
import { benchPlan, type BenchPlan } from '../../lib/bench/plan.js'
import { measuredRecord, planLine, resultLines, resultsCheck } from '../../lib/bench/results.js'
import { benchRecords } from '../../lib/bench/bench-records.js'
import type { RunRequest, RunResult } from '../../lib/bench/run.js'
import { timing, type Model } from '../../lib/model/index.js'
import { parseRecord, type MetricRecord } from '../../lib/record/index.js'
import { read, textFile } from '../record/read.js'
import { planOptions } from './plan-options.js'

const plan = benchPlan(planOptions({ models: ['gemma3'], axes: axesOf(['num_gpu=60,80'], {}), runs: 4, warmup: 1, concurrency: [2], slo: { ttft: 0.2 } }))

/** A run whose first request takes so long to its first token, and whose second fails when told to. */
function result(ordinal: number, ttft: number, { fails = false, tainted = [] as string[], interrupted = false } = {}): RunResult {
  const planned = plan.sequence[ordinal - 1]
  if (!planned) throw new Error(`no run ${ordinal}`)
  const request = (number: number): RunRequest => {
    const figures = timing()
    figures.observe({ type: 'sent', at: 0 })
    for (let at = 0; at < 11; at += 1) figures.observe({ type: 'token', at: ttft * 1000 + at * 20, text: 'word ', kind: 'text' })
    if (fails && number === 2) figures.observe({ type: 'failed', at: 900, code: 'MODEL_TRUNCATED' })
    else figures.observe({ type: 'end', at: ttft * 1000 + 200, reason: 'stop', usage: { outputTokens: 11 } })
    const measurements = figures.measurements()
    return { request: number, prompt: 1, measurements, endState: measurements.status === 'ok' ? 'stop' : 'truncated', options: { num_predict: 64 }, endedAt: 1000, good: measurements.status === 'ok' && ttft <= 0.2 }
  }
  const model: Model = {
    provider: 'ollama',
    name: 'gemma3',
    options: planned.cell.options,
    generate: () => {
      throw new Error('not asked')
    },
  }
  return { planned, model, time: `2026-01-11T12:${String(ordinal).padStart(2, '0')}:00.000Z`, requests: [request(1), request(2)], gaps: [], seconds: 0.5, warnings: [], tainted: tainted.map((message) => ({ code: 'cache', message })), interrupted }
}

const all = plan.sequence.map(({ ordinal, cell }) => result(ordinal, cell.options['num_gpu'] === 60 ? 0.1 + ordinal / 1000 : 0.3, { fails: ordinal === 5, tainted: ordinal === 6 ? ['expected a cold cache, and 900 of 1000 prompt tokens came from the server\'s cache'] : [] }))

function linesOf(results: readonly RunResult[]): string[] {
  const text = planLine(plan, '2026-01-11T12:00:00.000Z') + resultLines(results.flatMap((one) => [...benchRecords(one, plan, 'out.ndjson')]))
  return text.trimEnd().split('\n')
}

/** As the lines of a file are checked. */
function check(lines: readonly string[], against: BenchPlan = plan) {
  const checker = resultsCheck(against, 'out.ndjson')
  for (const line of lines) checker.line(line, Buffer.byteLength(line) + 1)
  return checker.end()
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
}

t.test('every line but the plan is a metric record, ids differ, and the file reads as what it is', async (t) => {
  const lines = linesOf(all)
  const records = lines.slice(1).map((line) => parseRecord(JSON.parse(line)))
  t.ok(records.every((record) => record !== undefined))
  t.equal(new Set(records.map((record) => record?.id)).size, records.length)
  const back = await read([textFile('out.ndjson', `${lines.join('\n')}\n`)])
  t.strictSame(back.records, records)
  t.match(back.files[0], { layout: 'chimera-records', verdict: 'recognised', problems: 0 })
})

t.test('a file is gone on with behind its last whole run, wherever it was cut', async (t) => {
  const lines = linesOf(all.slice(0, 3))
  const ends = [1, ...[0, 1, 2].map((at) => linesOf(all.slice(0, at + 1)).length)]
  for (let count = 1; count <= lines.length; count += 1) {
    const cut = lines.slice(0, count)
    const whole = ends.filter((end) => end <= count).length - 1
    const point = check(cut)
    t.strictSame([...point.done], [1, 2, 3].slice(0, whole), `${count} lines`)
    t.equal(point.bytes, size(lines.slice(0, ends[whole])), `${count} lines: bytes`)
  }
  const torn = [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, 40)]
  t.strictSame([...check(torn).done], [1, 2], 'half a line closes nothing')
})

t.test('a run that was interrupted is in the file, and is run again', async (t) => {
  const lines = linesOf([result(1, 0.1), result(2, 0.1, { interrupted: true })])
  t.ok(lines.length > linesOf([result(1, 0.1)]).length)
  t.strictSame([...check(lines).done], [1])
})

t.test('another plan, and another file, are refused', async (t) => {
  const lines = linesOf(all.slice(0, 1))
  const other = benchPlan(planOptions({ models: ['gemma3'], axes: axesOf(['num_gpu=60,90'], {}), runs: 4, warmup: 1, concurrency: [2], slo: { ttft: 0.2 } }))
  t.throws(() => check(lines, other), { code: 'USAGE', message: /set: num_gpu=60,80 then, num_gpu=60,90 now/ })
  t.throws(() => check(['{"a":1}']), { code: 'USAGE', message: /results of chimera bench/ })
  t.throws(() => check(['model,ttft']), { code: 'USAGE' })
  t.throws(() => check([]), { code: 'USAGE' })
  t.throws(() => check(lines.slice(1)), { code: 'USAGE' })
  t.equal(measuredRecord(lines[0] ?? ''), undefined, 'the plan is no result')
  t.equal(measuredRecord(lines[1]?.slice(0, 20) ?? ''), undefined)
  t.equal(measuredRecord(lines[1] ?? '')?.metric, 'ttft')
})

t.test('the summary: per cell, failed requests and warm-up runs apart', async (t) => {
  const summary = filled()
  t.strictSame(summary.by, ['model', 'num_gpu', 'concurrency'])
  const ttft = summary.rows().filter(({ metric }) => metric === 'ttft')
  t.strictSame(ttft.map(({ group }) => ({ ...group })), [{ model: 'gemma3', num_gpu: 60, concurrency: 2 }, { model: 'gemma3', num_gpu: 80, concurrency: 2 }])
  t.equal(ttft.reduce((sum, { samples, failed }) => sum + (samples?.count ?? 0) + failed, 0), 16, 'two cells, four runs, two requests')
  t.equal(ttft.reduce((sum, { failed }) => sum + failed, 0), 1)
  t.strictSame(ttft.map(({ warmup }) => warmup), [2, 2])
  t.strictSame(summary.ends().map(({ ends }) => [...ends].sort()).flat(1).map(([state, count]) => `${state} ${count}`).sort(), ['stop 7', 'stop 8', 'truncated 1'].sort())
  t.match(summary.warnings(), [/^gemma3 num_gpu=\d+ concurrency=2, run \d: expected a cold cache/])
})

t.test('the report reads back: values, units, statistics, attributes, and nothing else', async (t) => {
  const summary = filled()
  const text = benchReport(plan, summary, { time: '2026-01-11T12:00:00.000Z', done: 10, notes: ['gemma3 is given up, 3 runs left out: no server at 127.0.0.1:11434'] })
  const records = await readBack(t, text)
  const wanted = summary.rows().flatMap(({ metric, unit, group, samples }) =>
    samples
      ? [
          ...(['mean', 'stddev', 'min', 'p50', 'p90', 'p99', 'max'] as const).flatMap((stat) => (samples[stat] === undefined ? [] : [{ metric, unit, stat, value: samples[stat], group }])),
          { metric, unit: '1', stat: 'count' as const, value: samples.count, group },
        ]
      : [],
  )
  t.ok(wanted.length > 100, `${wanted.length} figures`)
  t.equal(records.length, wanted.length, 'setup, ends and notes hold no figure')
  for (const { metric, unit, stat, value, group } of wanted) {
    const found = records.find((record) => record.metric === metric && record.stat === stat && Object.entries(group).every(([key, own]) => record.attributes[key] === own))
    if (found && found.unit === unit && Math.abs(found.value - value) <= 5e-4 * Math.abs(value)) continue
    t.fail(`${metric} ${stat} of ${JSON.stringify(group)}: wanted ${value} ${unit}, found ${found?.value} ${found?.unit}`)
  }
  t.match(text, /cold cache, and 900 of 1000/)
  t.match(text, /given up/)
  t.notMatch(text, /not checked/, 'this server counts no prompt tokens at all')
  t.match(text, /stop 7 times, truncated once/)
})

t.test('a name in a report has no effect, whatever it holds', async (t) => {
  const hostile = benchPlan(planOptions({ models: ['sim:text=| <b>x</b> `y` |'] }))
  const text = benchReport(hostile, benchSummary(hostile), { time: '2026-01-11T12:00:00.000Z', done: 0, notes: [] })
  t.strictSame(await readBack(t, text), [])
  t.notMatch(text.split('\n')[0], /<b>/)
})

t.test('one line for each run, and how long it will take', async (t) => {
  const going = pace(plan, new Set())
  const first = going.after(result(1, 0.1), 2)
  t.match(first, /^run 1\/10 \(warm-up\) gemma3 num_gpu=\d+ concurrency=2: TTFT 100 ms, 44 tok\/s, 2 requests; about 18 s left$/)
  const failed = going.after(result(2, 0.1, { fails: true }), 4)
  t.match(failed, /1 failed \(truncated 1\)/)
  t.match(failed, /about 24 s left/, 'four of each cell, at 2 and at 4 seconds')
  const rest = pace(plan, new Set([1, 2, 3, 4, 5, 6, 7, 8]))
  t.match(rest.after(result(9, 0.1), 2), /about 2 s left/)
  t.notMatch(rest.after(result(10, 0.1), 2), /left/)
})

function filled() {
  const summary = benchSummary(plan)
  for (const one of all) for (const record of benchRecords(one, plan, 'out.ndjson')) summary.add(record)
  return summary
}

async function readBack(t: Test, text: string): Promise<readonly MetricRecord[]> {
  const { records, problems } = await read([textFile('report.md', text)])
  t.strictSame(problems, [])
  return records
}
