/** When requests are due: the right mean, the right shape, the same again for the same seed. */

import t from 'tap'
import { dueTimes, type Arrivals } from '../../lib/bench/arrivals.js'
import { random } from '../../lib/bench/random.js'

function gaps(arrivals: Arrivals, rate: number, count: number, seed = 1): number[] {
  const due: number[] = []
  for (const at of dueTimes(arrivals, rate, random(seed, 'arrivals'))) if (due.push(at) > count) break
  return due.slice(1).map((at, index) => at - (due[index] ?? 0))
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, variation: Math.sqrt(variance) / mean }
}

t.test('constant: a metronome from the start', async (t) => {
  const [first, second, third] = dueTimes({ kind: 'constant' }, 4, random(1, 'x'))
  t.strictSame([first, second, third], [0, 250, 500])
  t.ok(gaps({ kind: 'constant' }, 4, 1000).every((gap) => Math.abs(gap - 250) < 1e-6))
})

// The coefficient of variation of a gamma distribution is 1 / sqrt(shape). Seeds are fixed, so these cannot fail by chance.
const cases: [name: string, arrivals: Arrivals, variation: number][] = [
  ['poisson', { kind: 'poisson' }, 1],
  ['gamma 1 is poisson', { kind: 'gamma', shape: 1 }, 1],
  ['gamma 0.25 comes in bursts', { kind: 'gamma', shape: 0.25 }, 2],
  ['gamma 4 is more even', { kind: 'gamma', shape: 4 }, 0.5],
]
for (const [name, arrivals, variation] of cases) {
  t.test(name, async (t) => {
    const found = gaps(arrivals, 20, 50_000)
    const { mean, variation: spread } = moments(found)
    t.ok(found.every((gap) => gap >= 0 && Number.isFinite(gap)))
    t.ok(Math.abs(mean - 50) < 1, `mean gap ${mean} ms at 20 requests/s`)
    t.ok(Math.abs(spread - variation) < 0.05 * variation, `coefficient of variation ${spread}`)
    t.strictSame(gaps(arrivals, 20, 100), found.slice(0, 100), 'the same seed')
    t.notSame(gaps(arrivals, 20, 100, 2), found.slice(0, 100), 'another seed')
  })
}

t.test('shuffling: every order as likely, nothing lost', async (t) => {
  const { shuffled } = random(3, 'shuffle')
  const counts = new Map<string, number>()
  for (let at = 0; at < 6000; at += 1) {
    const order = shuffled(['a', 'b', 'c']).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  t.equal(counts.size, 6)
  for (const [order, count] of counts) t.ok(Math.abs(count - 1000) < 150, `${order} came ${count} of 6000 times`)
  t.strictSame(shuffled([]), [])
})
