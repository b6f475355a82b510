/** What disturbed a measurement: by a process that is made up, and by one that really blocks. */

import t from 'tap'
import { certificate, type Probes } from '../../lib/model/certificate.js'
import type { TokenEvent } from '../../lib/model/model.js'

const piece = (at: number, more: Partial<Extract<TokenEvent, { type: 'token' }>> = {}): TokenEvent => ({ type: 'token', at, text: 'a', kind: 'text', ...more })

/** A process that is as it is told. */
function process({ p99 = 10.2, max = 11, busy = 0.1, cpu = 0.2 } = {}): Probes {
  let time = 0
  return {
    loopDelay: () => ({ enable: () => true, disable: () => true, percentile: () => p99 * 1e6, max: max * 1e6, count: 100 }),
    utilization: () => ({ idle: 0, active: 0, utilization: busy }),
    cpuUsage: (before) => (before ? { user: cpu * 2e6, system: 0 } : { user: 0, system: 0 }),
    now: () => (time += 2000) - 2000,
  }
}

t.test('a quiet process: figures, and no taint', async (t) => {
  const watch = certificate({}, process())
  watch.observe({ type: 'sent', at: 0 })
  watch.observe(piece(100, { read: 1, deliveredAt: 101 }))
  watch.observe(piece(120, { read: 2, deliveredAt: 120 }))
  const found = watch.end()
  t.strictSame(found, {
    duration: 2,
    eventLoopDelay: { p99: 0.0002, max: 0.001 },
    deliveryLag: { count: 2, mean: 0.0005, p50: 0.0005, p99: 0.00099, max: 0.001 },
    coalesced: 0,
    cpu: 0.2,
    loopUtilization: 0.1,
    tainted: [],
  })
})

t.test('each bound has its reason, and bounds can be set', async (t) => {
  const codes = (probes: Probes, events: TokenEvent[] = [piece(1)], bounds = {}) => {
    const watch = certificate(bounds, probes)
    for (const event of events) watch.observe(event)
    return watch.end().tainted.map(({ code }) => code)
  }
  t.strictSame(codes(process({ p99: 25 })), ['event-loop-delay'])
  t.strictSame(codes(process({ p99: 25 }), [piece(1)], { eventLoopDelayMs: 20 }), [])
  t.strictSame(codes(process({ max: 60 })), ['event-loop-delay'], 'one long pause')
  t.strictSame(codes(process({ max: 60 }), [piece(1)], { longestDelayMs: 100 }), [])
  t.strictSame(codes(process({ busy: 0.95 })), ['busy'])
  t.strictSame(codes(process(), [piece(1, { read: 1 }), piece(1, { read: 1 }), piece(2, { read: 2 })]), ['coalesced'])
  t.strictSame(codes(process(), [piece(100, { serverTime: 5000 }), piece(160, { serverTime: 5010 })]), ['read-lag'])
  t.strictSame(codes(process({ p99: 99, busy: 1 }), []), [], 'nothing was measured')
})

t.test('answers at once are told apart', async (t) => {
  const watch = certificate({}, process())
  watch.observe(piece(1, { read: 1 }), 'a')
  watch.observe(piece(1, { read: 1 }), 'b')
  watch.observe(piece(2, { read: 2 }), 'a')
  t.equal(watch.end().coalesced, 0)
})

t.test('the real process: blocking it shows', async (t) => {
  const watch = certificate({ eventLoopDelayMs: 50 })
  watch.observe(piece(0))
  // The histogram compares the firings of its own timer: one has to be before the block, and one after it.
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 15))
  const until = performance.now() + 200
  while (performance.now() < until);
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 15))
  const { eventLoopDelay, tainted } = watch.end()
  t.ok(eventLoopDelay.max > 0.1, `${eventLoopDelay.max} s`)
  t.match(tainted[0], { code: 'event-loop-delay', message: /busy for/ })
})
