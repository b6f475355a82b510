/** The simulated model: a schedule under a fake clock. */

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import type { SimClock } from '../../lib/model/simulator/clock.js'
import { realClock } from '../../lib/model/simulator/clock.js'
import { pieces, schedule } from '../../lib/model/simulator/schedule.js'
import { sim } from '../../lib/model/simulator/sim.js'
import { parseSpec } from '../../lib/model/simulator/spec.js'
import { timing } from '../../lib/model/timing.js'
import { ask, codeOf, HELLO, messageOf, textOf } from './collect.js'

/** Sleeping moves it; nothing waits. */
function fakeClock(): SimClock & { time: number; slept: number } {
  const clock = {
    time: 1000,
    slept: 0,
    now: () => clock.time,
    sleep: async (ms: number, signal?: AbortSignal) => {
      if (signal?.aborted) return
      clock.slept += ms
      clock.time += ms
    },
  }
  return clock
}

t.test('the description', async (t) => {
  t.strictSame(parseSpec('sim'), {})
  t.strictSame(parseSpec('sim:'), {})
  t.strictSame(parseSpec('sim:tokens=200,ttft=120ms,rate=80,seed=1,fault=cut@50'), {
    tokens: 200,
    ttftMs: 120,
    rate: 80,
    seed: 1,
    fault: { kind: 'cut', after: 50 },
  })
  t.strictSame(parseSpec('sim:ttft=1.5s,jitter=0.2,thinking=3,fault=refuse,text=a, b=c, d'), {
    ttftMs: 1500,
    jitter: 0.2,
    thinking: 3,
    fault: { kind: 'refuse', after: 0 },
    text: 'a, b=c, d',
  })
  for (const bad of ['tokens=-1', 'tokens=1.5', 'tokens=', 'ttft=120', 'rate=0', 'rate=fast', 'jitter=2', 'fault=explode', 'colour=red', 'tokens', 'tokens=99999999999']) {
    t.throws(() => parseSpec(`sim:${bad}`), { code: 'USAGE', message: bad }, bad)
  }
})

t.test('tokens come when the schedule says, and the figures are the ones asked for', async (t) => {
  const clock = fakeClock()
  const model = sim({ ...parseSpec('sim:tokens=201,ttft=120ms,rate=80'), clock })
  const { events, error } = await ask(model)
  t.equal(error, undefined)
  const run = timing()
  for (const event of events) run.observe(event)
  const m = run.measurements()
  t.match(m, { status: 'ok', ttft: 0.12, chunks: 201, outputTokens: 201, promptTokens: 2, e2eLatency: 2.62 })
  t.ok(Math.abs((m.decodeThroughput ?? 0) - 80) < 1e-9)
  t.equal(Math.round(clock.slept), 2620)
})

t.test('stamps are the schedule, however late the consumer is', async (t) => {
  const clock = fakeClock()
  const stamps: number[] = []
  for await (const event of sim({ tokens: 4, ttftMs: 100, rate: 10, clock }).generate(HELLO)) {
    if (event.type === 'token') stamps.push(event.at)
    clock.time += 5000
  }
  t.strictSame(stamps, [1100, 1200, 1300, 1400])
})

t.test("the run's own clock counts", async (t) => {
  const clock = fakeClock()
  const { events } = await ask(sim({ tokens: 1, ttftMs: 10, clock }), { now: () => 7 + clock.time - 1000 })
  t.match(events, [{ type: 'sent', at: 7 }, { type: 'token', at: 17 }, { type: 'end', at: 17 }])
})

t.test('the same seed, the same run; another seed, another', async (t) => {
  const due = (seed: number) => [...schedule({ tokens: 50, jitter: 0.5, seed })].map((token) => token.dueMs)
  t.strictSame(due(1), due(1))
  t.notSame(due(1), due(2))
  const gaps = due(3).map((at, index, all) => at - (all[index - 1] ?? at)).slice(1)
  t.ok(gaps.every((gap) => gap >= 6.25 - 1e-9 && gap <= 18.75 + 1e-9), 'within half of 12.5 ms')
})

t.test('a given text is said exactly, thinking comes before it', async (t) => {
  const clock = fakeClock()
  const { events } = await ask(sim({ text: ' Größe:  3 µs\n- end \n', thinking: 2, clock }))
  t.equal(textOf(events), ' Größe:  3 µs\n- end \n')
  t.equal(events.filter((event) => event.type === 'token' && event.kind === 'thinking').length, 2)
  t.equal(textOf((await ask(sim({ text: 'one two', tokens: 5, clock }))).events), 'one two one two one')
  t.match((await ask(sim({ text: '', clock }))).events, [{ type: 'sent' }, { type: 'end', usage: { outputTokens: 0 } }])
})

t.test('a text from a file', async (t) => {
  const file = path.join(t.testdir(), 'story.txt')
  await writeFile(file, 'told from a file')
  t.equal(textOf((await ask(sim({ ...parseSpec(`sim:file=${file}`), clock: fakeClock() }))).events), 'told from a file')
  const { error } = await ask(sim(`sim:file=${file}.missing`))
  t.equal(codeOf(error), 'UNREADABLE')
})

t.test('faults, each with its own end', async (t) => {
  for (const [fault, code, tokens] of [
    ['refuse', 'MODEL_REFUSED', 0],
    ['cut@3', 'MODEL_TRUNCATED', 3],
    ['error@2', 'MODEL_FAILED', 2],
    ['stall@4', 'MODEL_STALLED', 4],
  ] as const) {
    const clock = fakeClock()
    const { events, error } = await ask(sim({ ...parseSpec(`sim:tokens=9,fault=${fault}`), clock, stallTimeoutMs: 60_000 }))
    t.equal(codeOf(error), code)
    t.match(messageOf(error), 'as it was told to')
    t.equal(events.filter((event) => event.type === 'token').length, tokens)
    if (fault === 'stall@4') t.ok(clock.slept >= 60_000)
  }
})

t.test('every fault that ends a run has its own end here, too', async (t) => {
  const run = async (fault: string) => {
    const { events, error } = await ask(sim({ ...parseSpec(`sim:tokens=6,fault=${fault}`), clock: fakeClock(), firstTokenTimeoutMs: 50_000 }))
    return `${error === undefined ? 'stop' : codeOf(error)} ${events.filter((event) => event.type === 'token').length}`
  }
  for (const [faults, end] of [
    ['busy 429 503', 'MODEL_BUSY 0'],
    ['refuse 401 403', 'MODEL_REFUSED 0'],
    ['404', 'MODEL_UNKNOWN 0'],
    ['400 422 html', 'MODEL_INVALID 0'],
    ['500 502-html error-body', 'MODEL_FAILED 0'],
    ['cut@2 close@2 reset@2', 'MODEL_TRUNCATED 2'],
    ['error-field@2', 'MODEL_FAILED 2'],
    ['garbage@3', 'MODEL_INVALID 3'],
    ['stall@0', 'MODEL_TIMEOUT 0'],
    ['no-done', 'MODEL_TRUNCATED 6'],
    ['slow-headers huge@1 linger units no-usage no-finish bare-done', 'stop 6'],
  ] as const) {
    for (const fault of faults.split(' ')) t.equal(await run(fault), end, fault)
  }
})

t.test('a fault for the first runs only', async (t) => {
  const model = sim({ ...parseSpec('sim:tokens=2,fault=busy*2,fault=cut@1*3'), clock: fakeClock() })
  const ends = []
  for (let run = 0; run < 4; run += 1) ends.push(codeOf((await ask(model)).error))
  t.strictSame(ends, ['MODEL_BUSY', 'MODEL_BUSY', 'MODEL_TRUNCATED', 'undefined'])
})

t.test('pieces of several tokens, a pause, a call of a tool, loading and waiting', async (t) => {
  const clock = fakeClock()
  const { events } = await ask(sim({ ...parseSpec('sim:tokens=9,ttft=100ms,rate=100,chunk=2,pause=1s@4,thinking=3,tool=3,calls=1,load=2s,wait=500ms,prompt=40,cached=30,prefill=100'), clock }))
  const tokens = events.filter((event) => event.type === 'token')
  t.strictSame(
    tokens.map((token) => [token.kind, token.tokens, Math.round(token.at - 1000)]),
    [
      ['thinking', 2, 2700],
      ['thinking', 1, 2720],
      ['text', 2, 2730],
      ['text', 1, 3750],
      ['tool', 2, 3760],
      ['tool', 1, 3780],
    ],
    'a piece holds one kind, and is due when its first token is',
  )
  t.match(JSON.parse(tokens.filter((token) => token.kind === 'tool').map((token) => token.text).join('')), { note: 'The keeper of' })
  t.match(events.at(-1), { usage: { promptTokens: 40, cachedPromptTokens: 30, outputTokens: 9, loadDuration: 2, promptEvalDuration: 0.2 } })
})

t.test('pieces of any size say the same, at the same times', async (t) => {
  const whole = [...schedule({ tokens: 200, jitter: 0.4 })]
  const parts = [...pieces({ tokens: 200, jitter: 0.4, chunk: [1, 5] })]
  t.equal(parts.map((part) => part.text).join(''), whole.map((token) => token.text).join(''))
  t.strictSame(new Set(parts.map((part) => part.tokens.length)), new Set([1, 2, 3, 4, 5]))
  let at = 0
  for (const part of parts) {
    t.equal(part.dueMs, whole[at]?.dueMs)
    at += part.tokens.length
  }
})

t.test('an abort ends a wait at once', async (t) => {
  const stop = new AbortController()
  const generation = sim('sim:ttft=9999s').generate(HELLO, { signal: stop.signal })
  t.match((await generation.next()).value, { type: 'sent' })
  const waiting = generation.next().catch((error: unknown) => error)
  stop.abort()
  t.equal(codeOf(await waiting), 'ABORTED')
  t.equal(codeOf((await ask(sim(), { signal: stop.signal })).error), 'ABORTED')
})

t.test('the real clock sleeps, and wakes on an abort', async (t) => {
  const before = realClock.now()
  await realClock.sleep(1)
  t.ok(realClock.now() > before)
  await realClock.sleep(1e6, AbortSignal.abort())
  t.match(sim('sim:tokens=3'), { provider: 'sim', name: 'sim:tokens=3', options: {} })
})
