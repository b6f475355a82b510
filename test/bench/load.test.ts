/** How requests are sent, in virtual time: users one after another, arrivals when they are due. */

import t from 'tap'
import { closedLoop, openLoop, type Bounds, type Sent } from '../../lib/bench/load.js'
import { virtualClock } from './virtual-clock.js'

interface Seen {
  readonly index: number
  readonly sentAt: number
  readonly dueAt?: number
  endedAt?: number
}

/** Every request takes `ms`, or what a function says. */
function stage(ms: number | ((index: number) => number), how: (index: number) => Sent = () => 'ok') {
  const clock = virtualClock(0)
  const abort = new AbortController()
  const seen: Seen[] = []
  let active = 0
  let most = 0
  const send = async (index: number, dueAt?: number): Promise<Sent> => {
    const one: Seen = { index, sentAt: clock.now(), ...(dueAt === undefined ? {} : { dueAt }) }
    seen.push(one)
    active += 1
    most = Math.max(most, active)
    await clock.sleep(typeof ms === 'number' ? ms : ms(index), abort.signal)
    active -= 1
    one.endedAt = clock.now()
    return how(index)
  }
  return {
    clock,
    abort,
    seen,
    most: () => most,
    closed: (concurrency: number, bounds: Bounds) => clock.drive(closedLoop(concurrency, bounds, { clock, signal: abort.signal, send })),
    open: (due: Iterable<number>, bounds: Bounds, cap?: number) => clock.drive(openLoop(due, bounds, cap, { clock, signal: abort.signal, send })),
  }
}

t.test('closed: so many at once, each next one when one is over', async (t) => {
  const { closed, seen, most } = stage(100)
  t.equal(await closed(3, { requests: 7 }), undefined)
  t.equal(most(), 3)
  t.strictSame(seen.map(({ index }) => index), [0, 1, 2, 3, 4, 5, 6])
  t.strictSame(seen.map(({ sentAt }) => sentAt), [0, 0, 0, 100, 100, 100, 200])
  t.ok(seen.every(({ dueAt }) => dueAt === undefined))
})

t.test('closed: more users than requests', async (t) => {
  const { closed, seen, most } = stage(100)
  await closed(10, { requests: 2 })
  t.equal(seen.length, 2)
  t.equal(most(), 2)
})

t.test('closed, by time: nothing is sent after it, what runs is waited for', async (t) => {
  const { closed, seen, clock } = stage(300)
  await closed(2, { durationMs: 1000 })
  t.strictSame([...new Set(seen.map(({ sentAt }) => sentAt))], [0, 300, 600, 900])
  t.equal(clock.now(), 1200)
  t.ok(seen.every(({ endedAt }) => endedAt !== undefined))
})

t.test('closed, by time: a server that only fails is given up, one that fails now and then is not', async (t) => {
  const broken = stage(1, () => 'failed')
  t.match(await broken.closed(1, { durationMs: 10_000 }), /20 requests in a row failed/)
  t.equal(broken.seen.length, 20)
  const shaky = stage(10, (index) => (index % 3 === 0 ? 'ok' : 'failed'))
  t.equal(await shaky.closed(1, { durationMs: 10_000 }), undefined)
  t.equal(shaky.seen.length, 1000)
  const counted = stage(1, () => 'failed')
  t.equal(await counted.closed(1, { requests: 50 }), undefined, 'so many were asked for')
  t.equal(counted.seen.length, 50)
})

t.test('open: sent when due, however long the earlier ones take', async (t) => {
  const { open, seen, most } = stage(10_000)
  await open([0, 100, 250, 251], { requests: 4 })
  t.strictSame(seen.map(({ sentAt }) => sentAt), [0, 100, 250, 251])
  t.strictSame(seen.map(({ dueAt }) => dueAt), [0, 100, 250, 251])
  t.equal(most(), 4)
})

t.test('open with a cap: a request that waits stays due when it was, first come first served', async (t) => {
  const { open, seen, most } = stage(1000)
  await open([0, 100, 200, 300], { requests: 4 }, 1)
  t.equal(most(), 1)
  t.strictSame(seen.map(({ index }) => index), [0, 1, 2, 3])
  t.strictSame(seen.map(({ dueAt }) => dueAt), [0, 100, 200, 300])
  t.strictSame(seen.map(({ sentAt }) => sentAt), [0, 1000, 2000, 3000])
})

t.test('open, by time: all that became due are served, also after it', async (t) => {
  const { open, seen, clock } = stage(1000)
  function* everyTenth() {
    for (let at = 0; ; at += 100) yield at
  }
  await open(everyTenth(), { durationMs: 500 }, 2)
  t.equal(seen.length, 5, 'due at 0, 100, 200, 300 and 400')
  t.equal(clock.now(), 3000)
})

t.test('an abort: nothing more is sent, neither due nor waiting', async (t) => {
  const { open, seen, abort, clock } = stage(1000)
  const running = open([0, 100, 200, 5000], { requests: 4 }, 1)
  void clock.sleep(150).then(() => abort.abort())
  await running
  t.strictSame(seen.map(({ index }) => index), [0])
  const closed = stage(1000)
  const users = closed.closed(2, { requests: 100 })
  void closed.clock.sleep(1500).then(() => closed.abort.abort())
  await users
  t.equal(closed.seen.length, 4)
})

t.test('twenty thousand that wait cost no stack', async (t) => {
  const { open, seen } = stage(0)
  await open(Array.from({ length: 20_000 }, () => 0), { requests: 20_000 }, 1)
  t.equal(seen.length, 20_000)
})
