/** Traces: written while an answer runs, read back, replayed; the figures are the same each time. */

import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { generation, type ModelEvent } from '../../lib/model/generation.js'
import { modelFrom } from '../../lib/model/model-from.js'
import type { Model } from '../../lib/model/model.js'
import { ollama } from '../../lib/model/ollama/ollama.js'
import { simServer } from '../../lib/model/simulator/server.js'
import { timing } from '../../lib/model/timing.js'
import { measurementsOf, readTrace, type TracedRun } from '../../lib/model/trace/read-trace.js'
import { replay } from '../../lib/model/trace/replay.js'
import { traceWriter } from '../../lib/model/trace/trace-writer.js'
import { codeOf, collect, HELLO, messageOf, textOf } from './collect.js'

const DATE = Date.UTC(2026, 0, 2)

/** Runs the model once; gives its figures as they were while it ran. */
async function run(model: Model, onEvent: (event: ModelEvent) => void, stage = 'analysis') {
  const clock = timing()
  const { events, error } = await collect(generation(model, HELLO, { stage, timing: clock, onEvent }))
  return { events, error, measurements: clock.measurements() }
}

async function read(file: string): Promise<TracedRun[]> {
  const runs: TracedRun[] = []
  for await (const one of readTrace(file)) runs.push(one)
  return runs
}

/** Stamps are kept to the nanosecond, so durations may differ by a few, and rates over a few microseconds by a little. */
function same(t: Test, found: unknown, wanted: unknown): void {
  if (typeof found === 'number' && typeof wanted === 'number') {
    const off = Math.abs(found - wanted)
    t.ok(off <= 3e-9 || (wanted > 1 && off <= 1e-3 * wanted), `${found} is ${wanted}`)
  } else if (typeof found === 'object' && typeof wanted === 'object' && found && wanted) {
    t.strictSame(Object.keys(found), Object.keys(wanted))
    for (const [key, value] of Object.entries(wanted)) same(t, (found as Record<string, unknown>)[key], value)
  } else t.strictSame(found, wanted)
}

t.test('an answer over a socket: written, read back and replayed with the same figures', async (t) => {
  const server = await simServer({
    reply: () => [{ type: 'thinking', text: 'hm' }, { type: 'text', text: 'Größe 🚀' }, { type: 'text', text: ' here' }, { type: 'done', usage: { outputTokens: 3, promptTokens: 2 } }],
  })
  const model = ollama('gemma3', { url: server.url, options: { num_gpu: 80 } })
  t.teardown(async () => {
    await model.close()
    await server.close()
  })
  const file = path.join(t.testdir(), 'run.trace')
  const writer = traceWriter(file, { about: () => ({ provider: model.provider, options: model.options }), date: () => DATE })
  const first = await run(model, writer.watch)
  const second = await run(model, writer.watch, 'report')
  writer.close()

  const runs = await read(file)
  t.strictSame(runs.map(({ header }) => header), [
    { type: 'run', run: 1, version: 1, model: 'gemma3', provider: 'ollama', options: { num_gpu: 80 }, stage: 'analysis', time: '2026-01-02T00:00:00.000Z' },
    { type: 'run', run: 2, version: 1, model: 'gemma3', provider: 'ollama', options: { num_gpu: 80 }, stage: 'report', time: '2026-01-02T00:00:00.000Z' },
  ])
  same(t, runs[0] && measurementsOf(runs[0]), first.measurements)
  same(t, runs[1] && measurementsOf(runs[1]), second.measurements)
  t.equal(runs[0]?.events[0]?.at, 0, 'counted from the request')

  const again = modelFrom(`trace:${file}`, { options: { speed: 'max' } })
  const replayed = await run(again, () => undefined)
  t.equal(textOf(replayed.events), textOf(first.events))
  same(t, replayed.measurements, first.measurements)
  same(t, (await run(again, () => undefined, 'report')).measurements, second.measurements)
  const { error } = await run(again, () => undefined)
  t.equal(codeOf(error), 'MODEL_INVALID')
  t.match(messageOf(error), 'found only 2')
})

t.test('a failed answer fails again, and keeps what came', async (t) => {
  const file = path.join(t.testdir(), 'run.trace')
  const writer = traceWriter(file)
  const first = await run(modelFrom('sim:tokens=5,ttft=0ms,rate=100000,fault=cut@3'), writer.watch)
  writer.close()
  const { events, error, measurements } = await run(replay(file, { speed: 'max' }), () => undefined)
  t.equal(codeOf(error), 'MODEL_TRUNCATED')
  t.equal(textOf(events), textOf(first.events))
  same(t, { ...measurements, e2eLatency: 0 }, { ...first.measurements, e2eLatency: 0 })
})

t.test('answers at once do not mix', async (t) => {
  const file = path.join(t.testdir(), 'run.trace')
  const writer = traceWriter(file)
  const tell = (stream: string, at: number, text?: string) =>
    writer.watch({
      type: 'model',
      stage: 'bench',
      model: 'm',
      stream,
      event: text === undefined ? { type: 'sent', at } : text === '' ? { type: 'end', at, reason: 'stop', usage: {} } : { type: 'token', at, text, kind: 'text' },
    })
  tell('a', 100)
  tell('b', 110)
  tell('b', 120, 'beta')
  tell('a', 130, 'alpha')
  tell('b', 140, '')
  tell('a', 150, '')
  writer.close()
  const runs = await read(file)
  t.strictSame(
    runs.map(({ header, events }) => [header.run, header.stream, events.map((event) => event.at)]),
    [
      [2, 'b', [0, 10, 30]],
      [1, 'a', [0, 30, 50]],
    ],
  )
})

t.test('connecting belongs to the answer that follows', async (t) => {
  const file = path.join(t.testdir(), 'run.trace')
  const writer = traceWriter(file)
  const tell = (event: ModelEvent['event']) => writer.watch({ type: 'model', stage: 'bench', model: 'm', event })
  const answer = (at: number) => {
    tell({ type: 'connecting', at })
    tell({ type: 'sent', at: at + 5 })
    tell({ type: 'token', at: at + 20, text: 'word', kind: 'text' })
  }
  answer(100)
  // Left without an end.
  answer(200)
  tell({ type: 'end', at: 230, reason: 'stop', usage: {} })
  writer.close()
  const runs = await read(file)
  const begin = ['connecting 0', 'sent 5', 'token 20']
  t.strictSame(runs.map(({ events }) => events.map((event) => `${event.type} ${event.at}`).slice(0, 3)), [begin, begin], 'two answers')
  t.match(runs.map(measurementsOf)[0], { connectDuration: 0.005, ttft: 0.015 })
})

t.test('what a crash leaves: every whole line counts, and the answer is told as cut', async (t) => {
  const file = path.join(t.testdir(), 'run.trace')
  const writer = traceWriter(file)
  await run(modelFrom('sim:tokens=4,ttft=0ms,rate=100000'), writer.watch)
  writer.close()
  const bytes = await readFile(file)
  const lines = bytes.toString().trimEnd().split('\n')
  t.equal(lines.length, 7, 'a header, sent, four pieces, an end')
  const afterTwo = lines.slice(0, 4).join('\n').length
  for (const size of [afterTwo + 5, afterTwo + 1, bytes.length - 3]) {
    await writeFile(file, bytes)
    await truncate(file, size)
    const [cut] = await read(file)
    t.match(cut?.events.at(-1), { type: 'failed', code: 'MODEL_TRUNCATED' })
    t.equal(cut && measurementsOf(cut).chunks, size > afterTwo + 5 ? 4 : 2)
  }
})

t.test('a file that is no trace', async (t) => {
  const dir = t.testdir({ 'x.csv': 'a,b\n1,2\n', 'odd.trace': `${JSON.stringify({ run: 1, type: 'token', at: 1, text: 'x', kind: 'text' })}\n` })
  const bad = async (file: string) => {
    try {
      await read(path.join(dir, file))
    } catch (error) {
      return [codeOf(error), messageOf(error)]
    }
    return undefined
  }
  t.match(await bad('x.csv'), ['UNREADABLE', 'line 1'])
  t.match(await bad('odd.trace'), ['UNREADABLE', 'which did not begin'])
  t.match(await bad('none'), ['NOT_FOUND', 'nothing there'])
  const header = JSON.stringify({ type: 'run', run: 1, version: 1, model: 'm', stage: 's' })
  for (const line of ['{"run":1,"type":"token","at":1,"text":5,"kind":"text"}', '{"run":1,"type":"end","at":1,"reason":"stop","usage":{"outputTokens":-1}}', '{"run":1,"type":"failed","at":1,"code":"USAGE"}']) {
    await writeFile(path.join(dir, 'bad.trace'), `${header}\n${line}\n`)
    t.match(await bad('bad.trace'), ['UNREADABLE', 'line 2'], line)
  }
  await appendFile(path.join(dir, 'empty.trace'), '')
  t.strictSame(await read(path.join(dir, 'empty.trace')), [])
  t.throws(() => modelFrom('trace:'), { code: 'USAGE' })
  t.throws(() => modelFrom('trace:x', { options: { num_gpu: 1 } }), { code: 'USAGE', message: /num_gpu/ })
  t.throws(() => modelFrom('trace:x', { options: { speed: 0 } }), { code: 'USAGE' })
  t.throws(() => modelFrom('trace:x', { url: 'http://127.0.0.1' }), { code: 'USAGE' })
})
