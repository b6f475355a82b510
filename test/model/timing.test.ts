/** Figures from stamps: by hand-made events, never by waiting. */

import fc from 'fast-check'
import t from 'tap'
import type { ServerUsage, TokenEvent } from '../../lib/model/model.js'
import { timing, type Timing } from '../../lib/model/timing.js'
import type { ErrorCode } from '../../lib/stage/index.js'

const sent = (at: number): TokenEvent => ({ type: 'sent', at })
const text = (at: number, piece = 'ab'): TokenEvent => ({ type: 'token', at, text: piece, kind: 'text' })
const thought = (at: number, piece = 'abc'): TokenEvent => ({ type: 'token', at, text: piece, kind: 'thinking' })
const end = (at: number, usage: ServerUsage = {}, reason: 'stop' | 'length' | 'cancelled' = 'stop'): TokenEvent => ({ type: 'end', at, reason, usage })

function after(...events: Parameters<Timing['observe']>[0][]): Timing {
  const run = timing()
  for (const event of events) run.observe(event)
  return run
}

t.test('a plain run, figure by figure', async (t) => {
  const usage = { promptTokens: 20, cachedPromptTokens: 12, outputTokens: 9, totalDuration: 1.2, loadDuration: 0.25, promptEvalDuration: 0.2, evalDuration: 0.5 }
  const m = after(sent(1000), text(1500), text(1600), text(1600), text(1900), end(2250, usage)).measurements()
  t.strictSame(m, {
    status: 'ok',
    reason: 'stop',
    endState: 'stop',
    ttft: 0.5,
    ttftText: 0.5,
    e2eLatency: 1.25,
    chunks: 4,
    textLength: 8,
    thinkingLength: 0,
    itl: { count: 3, mean: 0.133333333, p50: 0.1, p99: 0.296, max: 0.3, per: 'chunk' },
    chunkGaps: { count: 3, mean: 0.133333333, p50: 0.1, p99: 0.296, max: 0.3 },
    coalesced: 1,
    chunkThroughput: 3 / 0.4,
    outputTokens: 9,
    promptTokens: 20,
    cachedPromptTokens: 12,
    decodeThroughput: 8 / 0.4,
    tpot: 0.4 / 8,
    outputThroughput: 9 / 1.25,
    totalDuration: 1.2,
    loadDuration: 0.25,
    promptEvalDuration: 0.2,
    evalDuration: 0.5,
    evalThroughput: 18,
    evalDecodeThroughput: 16,
    promptThroughput: 40,
    promptEvalThroughput: 100,
    prefillThroughput: 40,
    hiddenWait: 0.25,
    doubts: [],
  })
})

t.test('what is unknown is absent, never 0', async (t) => {
  t.strictSame(after().measurements(), { status: 'error', chunks: 0, textLength: 0, thinkingLength: 0, doubts: [] })
  t.strictSame(after(sent(0), text(100), end(200)).measurements(), {
    status: 'ok',
    reason: 'stop',
    endState: 'stop',
    ttft: 0.1,
    ttftText: 0.1,
    e2eLatency: 0.2,
    chunks: 1,
    textLength: 2,
    thinkingLength: 0,
    doubts: [],
  })
  const one = after(sent(0), text(100), end(200, { outputTokens: 1, evalDuration: 0.05 })).measurements()
  t.notOk('decodeThroughput' in one, 'one token has no rate')
  t.notOk('evalDecodeThroughput' in one)
  t.equal(one.outputThroughput, 5)
  const same = after(sent(0), text(100), text(100), end(200, { outputTokens: 2 })).measurements()
  t.notOk('decodeThroughput' in same, 'two pieces at one moment have no rate')
  t.notOk('promptThroughput' in after(sent(0), text(1), end(900, { promptTokens: 9, promptEvalDuration: 0.1 })).measurements(), 'the cache may have helped')
})

t.test('token-exact gaps, where every piece says how many tokens it holds', async (t) => {
  const piece = (at: number, tokens: number | undefined, of = 'ab') => ({ ...text(at, of), ...(tokens === undefined ? {} : { tokens }) })
  const exact = after(sent(0), piece(100, 2), piece(200, 1), piece(250, 1, ''), piece(400, 3), end(500, { outputTokens: 7 })).measurements()
  t.strictSame(exact.itl, { count: 5, mean: 0.06, p50: 0.05, p99: 0.098, max: 0.1, per: 'token' })
  t.equal(exact.chunkGaps?.max, 0.2, 'of what could be seen')
  t.equal(exact.decodeThroughput, 5 / 0.3, 'what came with the first piece took no time that can be seen')
  t.equal(after(sent(0), piece(100, 1), piece(200, undefined), end(300)).measurements().itl?.per, 'chunk', 'one piece did not say')
})

t.test('connecting is a figure of its own, in no other', async (t) => {
  const connecting = (at: number): TokenEvent => ({ type: 'connecting', at })
  const run = after(connecting(0), sent(40), text(140), end(200))
  t.match(run.measurements(), { connectDuration: 0.04, ttft: 0.1, e2eLatency: 0.16 })
  t.notOk('connectDuration' in after(sent(0), text(1), end(2)).measurements(), 'one was open')
  t.match(after(connecting(0)).now(30), { state: 'waiting', waiting: 0.03, elapsed: 0.03 })
  const failed = after(connecting(0), { type: 'failed', at: 50, code: 'MODEL_UNREACHABLE' }).measurements()
  t.notOk('connectDuration' in failed || 'ttft' in failed, 'it never was open')
  const again = after(connecting(0), { type: 'retry', at: 40, code: 'MODEL_UNREACHABLE', attempt: 1, waitMs: 500 }, { type: 'connecting', at: 540, attempt: 2 }, { type: 'sent', at: 550, attempt: 2 }, text(650), end(700))
  t.match(again.measurements(), { connectDuration: 0.01, ttft: 0.1, retryWait: 0.55 })
})

t.test('a second attempt: figures count from it, and the wait is said', async (t) => {
  const run = after(sent(0), { type: 'retry', at: 40, code: 'MODEL_BUSY', attempt: 1, waitMs: 500 }, { type: 'sent', at: 540, attempt: 2 }, text(640), end(700))
  t.match(run.measurements(), { ttft: 0.1, e2eLatency: 0.16, retries: 1, retryWait: 0.54 })
  t.notOk('retries' in after(sent(0), text(1), end(2)).measurements())
})

t.test('three clocks: the server\'s, the socket\'s, the reader\'s', async (t) => {
  const piece = (at: number, serverTime: number, deliveredAt: number, read: number) => ({ ...text(at), serverTime, deliveredAt, read })
  const m = after(sent(0), piece(100, 5090, 101, 1), piece(140, 5110, 140, 2), piece(140, 5120, 150, 2), end(200)).measurements()
  t.equal(m.serverGaps?.mean, 0.015)
  t.equal(m.readLag?.max, 0.02, 'the second was read 20 ms later than the first, by the server')
  t.equal(m.deliveryLag?.max, 0.01)
  t.equal(m.coalesced, 1)
})

t.test('every end has one word', async (t) => {
  const failed = (code: ErrorCode) => after(sent(0), { type: 'failed', at: 1, code }).measurements().endState
  t.strictSame(
    (['MODEL_UNREACHABLE', 'MODEL_REFUSED', 'MODEL_UNKNOWN', 'MODEL_BUSY', 'MODEL_INVALID', 'MODEL_FAILED', 'MODEL_TRUNCATED', 'MODEL_TIMEOUT', 'MODEL_STALLED', 'ABORTED', 'STAGE_FAILED'] as const).map(failed),
    ['refused', 'refused', 'not-found', 'busy', 'invalid', 'error', 'truncated', 'timeout', 'stalled', 'cancelled', 'error'],
  )
  t.equal(after(sent(0), text(1), end(2, {}, 'length')).measurements().endState, 'length')
})

t.test('thinking: the first piece of any kind, and the first of the answer', async (t) => {
  const m = after(sent(0), text(50, ''), thought(100), thought(200), text(400), end(500, { outputTokens: 7, reasoningTokens: 4 })).measurements()
  t.match(m, { ttft: 0.1, ttftText: 0.4, chunks: 3, textLength: 2, thinkingLength: 6, decodeThroughput: 6 / 0.3 })
})

t.test('thinking that the server kept to itself is in no rate of what was sent', async (t) => {
  const m = after(sent(0), text(1000), text(1200), text(1400), end(1500, { outputTokens: 103, reasoningTokens: 100 })).measurements()
  t.equal(m.decodeThroughput, 2 / 0.4)
})

t.test('a run that failed keeps what it measured, but has no end-to-end latency', async (t) => {
  const m = after(sent(0), text(100), text(200), { type: 'failed', at: 900, code: 'MODEL_TRUNCATED' }).measurements()
  t.strictSame(
    { status: m.status, failure: m.failure, ttft: m.ttft, e2e: m.e2eLatency, rate: m.chunkThroughput },
    { status: 'error', failure: 'MODEL_TRUNCATED', ttft: 0.1, e2e: undefined, rate: 10 },
  )
  t.equal(after(sent(0), text(100), end(200, {}, 'cancelled')).measurements().status, 'error')
})

t.test("durations in the wrong unit are left out, and it is said", async (t) => {
  const long = after(sent(0), text(100), end(3000, { outputTokens: 5, totalDuration: 2900, evalDuration: 2000 })).measurements()
  t.equal(long.totalDuration, undefined)
  t.equal(long.evalThroughput, undefined)
  t.equal(long.outputTokens, 5)
  t.match(long.doubts[0], /2900 s.*3 s here/)
  const short = after(sent(0), text(100), end(3000, { totalDuration: 0.0000029 })).measurements()
  t.equal(short.totalDuration, undefined)
  t.equal(short.doubts.length, 1)
})

t.test('hidden wait needs all four durations, and does not go below nothing', async (t) => {
  const all = { totalDuration: 1, loadDuration: 0.2, promptEvalDuration: 0.3, evalDuration: 0.4 }
  const wait = (usage: ServerUsage) => after(sent(0), text(1), end(1100, usage)).measurements().hiddenWait
  t.equal(wait(all), 0.1)
  for (const key of Object.keys(all)) t.equal(wait(Object.fromEntries(Object.entries(all).filter(([one]) => one !== key))), undefined, `without ${key}`)
  t.equal(wait({ ...all, evalDuration: 0.6 }), undefined)
})

t.test('live: idle, waiting, streaming, done', async (t) => {
  const run = timing()
  t.strictSame(run.now(5), { state: 'idle', chunks: 0, textLength: 0, thinkingLength: 0, counted: 'chunk', gaps: [] })
  run.observe(sent(1000))
  t.match(run.now(3500), { state: 'waiting', waiting: 2.5, elapsed: 2.5 })
  for (let at = 4000; at <= 6000; at += 100) run.observe(text(at))
  const live = run.now(6000)
  t.match(live, { state: 'streaming', ttft: 3, elapsed: 5, chunks: 21, overallRate: 10, recentRate: 10, counted: 'chunk' })
  t.notOk('waiting' in live)
  t.equal(live.gaps.length, 20)
  t.equal(run.now(7000).recentRate, 5, 'it falls while nothing comes')
  t.equal(run.now(9000).recentRate, 0)
  run.observe(end(7000, { outputTokens: 41 }))
  const done = run.now(99_000)
  t.match(done, { state: 'done', elapsed: 6, overallRate: 20, counted: 'token' })
  t.notOk('recentRate' in done)
})

t.test('live: a run that failed stands still', async (t) => {
  const run = after(sent(0), text(100), { type: 'failed', at: 500, code: 'ABORTED' })
  t.match(run.now(9000), { state: 'failed', elapsed: 0.5, ttft: 0.1 })
})

t.test('live: the recent rate covers two seconds, the gaps the latest sixty', async (t) => {
  const run = after(sent(0))
  for (let at = 0; at < 10_000; at += 10) run.observe(text(at)) // 100 a second
  for (let at = 10_000; at <= 14_000; at += 100) run.observe(text(at)) // 10 a second
  t.equal(run.now(14_000).recentRate, 10)
  t.equal(run.now(14_000).gaps.length, 60)
  t.equal(run.now(14_000).gaps.at(-1), 0.1)
})

t.test('memory stays bounded, and mean and maximum still count everything', async (t) => {
  const run = after(sent(0))
  for (let at = 1; at <= 250_000; at += 1) run.observe(text(at))
  run.observe(text(260_000))
  const { itl } = run.measurements()
  t.equal(itl?.count, 250_000)
  t.equal(itl?.max, 10)
  t.equal(itl?.mean, 0.001039996)
  t.equal(run.now(260_000).chunks, 250_001)
})

t.test('for any stamps: figures agree with each other', async () => {
  const run = fc.record({ start: fc.nat(1e6), waits: fc.array(fc.nat(5000), { minLength: 3, maxLength: 200 }), tokens: fc.integer({ min: 2, max: 1000 }) })
  fc.assert(
    fc.property(run, ({ start, waits, tokens }) => {
      let at = start
      const stamps = waits.map((wait) => (at += wait))
      const last = stamps.at(-1) ?? start
      const m = after(sent(start), ...stamps.slice(0, -1).map((stamp) => text(stamp)), end(last, { outputTokens: tokens })).measurements()
      const sum = (m.itl?.mean ?? NaN) * (m.itl?.count ?? NaN)
      const decoding = m.tpot === undefined ? sum : m.tpot * (tokens - 1)
      const close = (a: number, b: number) => Math.abs(a - b) < 1e-6
      const { itl } = m
      return (
        close(sum, decoding) &&
        itl !== undefined &&
        itl.p50 <= itl.p99 + 1e-9 &&
        itl.p99 <= itl.max + 1e-9 &&
        (m.ttft ?? NaN) <= (m.e2eLatency ?? NaN) &&
        (m.decodeThroughput === undefined || close(m.decodeThroughput * (m.tpot ?? NaN), 1))
      )
    }),
  )
})
