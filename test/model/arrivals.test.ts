/** The queue between the socket and a slower consumer. */

import t from 'tap'
import { Arrivals } from '../../lib/model/wire/arrivals.js'

t.test('keeps order and stamps, says when it is full, and when there is room again', async (t) => {
  let room = 0
  const queue = new Arrivals(100, () => (room += 1))
  const of = (at: number) => ({ at, read: 1, bytes: new Uint8Array(40) })
  t.equal(queue.push(of(1)), true)
  t.equal(queue.push(of(2)), true)
  t.equal(queue.push(of(3)), false, '120 of 100 bytes')
  t.equal(queue.take()?.at, 1)
  t.equal(room, 0, '80 bytes are more than half')
  t.equal(queue.take()?.at, 2)
  t.equal(room, 1)
  t.equal(queue.take()?.at, 3)
  t.equal(queue.take(), undefined)
  t.equal(room, 1, 'said once')
})

t.test('a long queue is emptied in order', async (t) => {
  const queue = new Arrivals(1e9, () => undefined)
  for (let at = 0; at < 5000; at += 1) queue.push({ at, read: 1, bytes: Uint8Array.of(1) })
  for (let at = 0; at < 5000; at += 1) if (queue.take()?.at !== at) t.fail(`out of order at ${at}`)
  t.equal(queue.take(), undefined)
})
