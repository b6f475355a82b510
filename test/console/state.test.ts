import t from 'tap'
import { GAP_LIMIT, overallRate, ttft } from '../../lib/console/model-stream.js'
import { rate } from '../../lib/console/meter.js'
import { fraction, OPEN_LIMIT } from '../../lib/console/reading.js'
import { advance, initialState, LIST_LIMIT, type ProgressState } from '../../lib/console/state.js'
import { answer, reading, stateAfter, streamsOf, type Timed } from './run.js'

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

t.test('a state is never changed, only followed by another', async (t) => {
  const events: Timed[] = [...reading(20, 20), ...answer('analysis', 1200, 40, 44)]
  let state = freeze(initialState)
  for (const [at, event] of events) {
    const next = advance(state, freeze(event), at)
    t.not(next, state)
    state = freeze(next)
  }
  t.equal(streamsOf(state).length, 1)
})

t.test('reading is counted', async (t) => {
  const { reading: now } = stateAfter(reading())
  t.match(now, { files: { found: 101, done: 64, sized: 101, bytes: 1_898_800 }, problems: 2, open: ['reports/gemma3/run_64.csv'] })
  t.equal(now?.records.total, 64 * 75)
  t.equal(now?.bytes.total, 64 * 18_800 + 9_000)
  t.equal(now && fraction(now), (64 * 18_800 + 9_000) / 1_898_800)
})

t.test('the fraction is by bytes, else by files, else unknown', async (t) => {
  const after = (...events: Timed[]) => {
    const { reading: now } = stateAfter(events)
    return now && fraction(now)
  }
  const found = (file: string, bytes?: number): Timed => [0, { type: 'found', file, ...(bytes === undefined ? {} : { bytes }) }]
  const done = (file: string): Timed => [0, { type: 'done', file }]
  const bytes = (file: string, count: number): Timed => [0, { type: 'bytes', file, bytes: count }]
  t.equal(after([0, { type: 'phase', phase: 'ingest', state: 'start' }]), undefined)
  t.equal(after(found('-'), bytes('-', 5000)), undefined, 'a pipe has no size')
  t.equal(after(found('a', 100), found('b', 300), bytes('a', 100)), 0.25)
  t.equal(after(found('a', 100), found('b'), bytes('a', 100), done('a')), 0.5, 'one size unknown')
  t.equal(after(found('a', 100), bytes('a', 900)), 1, 'more bytes than the size said')
  t.equal(after(found('a', 100), done('a')), 1, 'given up unread')
})

t.test('records that come after the end of a file do not open it again', async (t) => {
  const state = stateAfter([
    [0, { type: 'found', file: 'a', bytes: 1 }],
    [1, { type: 'bytes', file: 'a', bytes: 1 }],
    [2, { type: 'done', file: 'a' }],
    [3, { type: 'records', file: 'a', count: 1 }],
  ])
  t.strictSame(state.reading?.open, [])
})

t.test('the rate looks back two seconds, and says nothing before it can', async (t) => {
  const bytes = (at: number): Timed => [at, { type: 'bytes', file: 'a', bytes: 1000 }]
  const slow = Array.from({ length: 50 }, (_, index) => bytes(index * 200))
  const fast = Array.from({ length: 200 }, (_, index) => bytes(10_000 + index * 10))
  const meter = stateAfter([...slow, ...fast]).reading?.bytes
  t.ok(meter)
  if (!meter) return
  const now = rate(meter, 12_000) ?? 0
  t.ok(now > 95_000 && now < 105_000, `the last two seconds, not the ten before: ${now}`)
  t.equal(rate(meter, 20_000), 0, 'a stall shows')
  const young = stateAfter([bytes(0), bytes(20)]).reading?.bytes
  t.equal(young && rate(young, 50), undefined)
})

t.test('time to first token, rates and gaps of an answer', async (t) => {
  const [stream] = streamsOf(stateAfter(answer('analysis', 1000, 21)))
  t.ok(stream)
  if (!stream) return
  t.equal(ttft(stream), 0.625)
  // 20 gaps, two of them stalls: 18 x 25 ms + 2 x 200 ms.
  t.equal(overallRate(stream), (20 / 850) * 1000)
  t.equal(stream.gaps.length, 20)
  t.equal(Math.max(...stream.gaps), 200)
  t.equal(stream.outputTokens, undefined)
})

t.test('the count of the server replaces that of the pieces', async (t) => {
  const [stream] = streamsOf(stateAfter(answer('analysis', 0, 21, 41)))
  t.match(stream, { state: 'ended', end: 'stop', outputTokens: 41 })
  t.equal(stream && overallRate(stream), (40 / 850) * 1000)
})

t.test('an empty piece is no token; thinking is one', async (t) => {
  const piece = (at: number, text: string, kind: 'text' | 'thinking'): Timed => [
    at,
    { type: 'model', stage: 's', model: 'm', event: { type: 'token', at, text, kind } },
  ]
  const sent: Timed = [0, { type: 'model', stage: 's', model: 'm', event: { type: 'sent', at: 0 } }]
  const opened = stateAfter([sent, piece(50, '', 'text')])
  t.equal(streamsOf(opened)[0]?.state, 'waiting')
  const thinking = stateAfter([sent, piece(50, '', 'text'), piece(80, 'Hm', 'thinking')])
  const [stream] = streamsOf(thinking)
  t.match(stream, { state: 'streaming', kind: 'thinking', firstAt: 80 })
  t.equal(stream && overallRate(stream), undefined, 'one piece has no rate')
})

t.test('the clock of the tokens may be another one', async (t) => {
  const model = (at: number, event: 'sent' | 'token'): Timed => [
    at + 5_000_000,
    { type: 'model', stage: 's', model: 'm', event: event === 'sent' ? { type: event, at } : { type: event, at, text: 'x', kind: 'text' } },
  ]
  const [stream] = streamsOf(stateAfter([model(10, 'sent'), model(40, 'token')]))
  t.equal(stream && ttft(stream), 0.03)
})

t.test('a failed answer, and one whose phase ends before it', async (t) => {
  const failed = stateAfter([...answer('a', 0, 3), [800, { type: 'model', stage: 'a', model: 'gemma3:latest', event: { type: 'failed', at: 800, code: 'MODEL_FAILED' } }]])
  t.match(streamsOf(failed), [{ state: 'ended', end: 'error' }])
  const cut = stateAfter([
    [0, { type: 'phase', phase: 'a', state: 'start' }],
    ...answer('a', 0, 3),
    [800, { type: 'phase', phase: 'a', state: 'end' }],
  ])
  t.match(streamsOf(cut), [{ state: 'ended', end: 'interrupted' }])
})

t.test('several answers at once are kept apart, a second one in a stage takes the row of the first', async (t) => {
  const both = stateAfter([...answer('writer', 0, 5), ...answer('critic', 10, 7)])
  t.strictSame(
    streamsOf(both).map((stream) => [stream.stage, stream.pieces?.total]),
    [['writer', 5], ['critic', 7]],
  )
  const again = stateAfter([...answer('writer', 0, 5, 5), ...answer('writer', 5000, 2)])
  t.match(streamsOf(again), [
    { state: 'ended', place: undefined, outputTokens: 5 },
    { state: 'streaming', place: 0, sentAt: 5000, outputTokens: undefined },
  ])
})

t.test('memory stays bounded however long the run is', async (t) => {
  let state: ProgressState = initialState
  for (let index = 0; index < 20_000; index++) {
    const file = `f${index}`
    state = advance(state, { type: 'found', file, bytes: 10 }, index)
    state = advance(state, { type: 'bytes', file, bytes: 10 }, index)
    state = advance(state, { type: 'model', stage: 's', model: 'm', event: { type: 'token', at: index, text: 'x', kind: 'text' } }, index)
  }
  for (let index = 0; index < 100; index++) {
    state = advance(state, { type: 'phase', phase: `p${index}`, state: 'start' }, index)
    state = advance(state, { type: 'preload', model: `p${index}`, state: 'start' }, index)
    state = advance(state, { type: 'model', stage: `p${index}`, model: 'm', event: { type: 'sent', at: index } }, index)
  }
  t.equal(state.reading?.open.length, OPEN_LIMIT)
  t.equal(state.phases.length, LIST_LIMIT)
  t.equal(state.preloads.length, LIST_LIMIT)
  const streams = streamsOf(state)
  t.ok(streams.every((stream) => stream.gaps.length <= GAP_LIMIT))
  t.equal(streams.length, 101, 'all of them run')
  t.ok(JSON.stringify(state).length < 100_000, 'the whole state is small')
})
