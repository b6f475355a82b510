import fc from 'fast-check'
import t from 'tap'
import { holm, leastRankSum, leastSignedRank, rankSum, signedRank } from '../../lib/fact/significance.js'

function near(t: { ok(value: boolean, message: string): boolean }, found: number, expected: number, message = ''): void {
  t.ok(Math.abs(found - expected) < 1e-9, `${message} ${found} is ${expected}`.trim())
}

t.test('signed ranks: p values counted by hand', (t) => {
  near(t, signedRank([1, 2, 3, 4, 5]), 2 / 32, 'all of one sign')
  near(t, signedRank([-1, 2, 3, 4, 5]), 4 / 32, 'the smallest goes the other way: sums 0, 1, 14 and 15 are as far')
  near(t, signedRank([1, 1, 1, 1, 1, 1]), 2 / 64, 'ties share a rank')
  near(t, signedRank([1, 1, 1, -1]), 10 / 16, 'of four alike, 0, 1, 3 or 4 may be positive in 1 + 4 + 4 + 1 ways')
  near(t, signedRank([0, 0, 1, 2]), 2 / 4, 'no difference has no sign')
  t.equal(signedRank([]), 1)
  t.end()
})

t.test('rank sums: p values counted by hand', (t) => {
  near(t, rankSum([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]), 2 / 924, 'six below six')
  near(t, rankSum([1, 2], [3, 4]), 2 / 6)
  near(t, rankSum([1, 3], [2, 4]), 4 / 6, 'of the sums 3, 4, 5, 5, 6, 7 four are as far from 5 as 4 is')
  near(t, rankSum([1, 1], [1, 2]), 1, 'each choice of two is as far from the mean as any other')
  t.equal(rankSum([], [1, 2]), 1)
  t.equal(rankSum([3, 3], [3, 3]), 1)
  t.end()
})

t.test('the overlapping values of two settings are no effect', (t) => {
  t.ok(rankSum([0.074, 0.077, 0.081, 0.081, 0.086, 0.096], [0.075, 0.084, 0.088, 0.09, 0.091, 0.1]) > 0.1)
  t.end()
})

t.test('the least p is reached by full separation, and only approached beyond the exact range', (t) => {
  for (let n = 1; n <= 12; n += 1) near(t, signedRank(Array.from({ length: n }, (_, i) => i + 1)), leastSignedRank(n))
  for (const [a, b] of [[1, 1], [2, 5], [6, 6], [4, 9]] as const) {
    near(t, rankSum(Array.from({ length: a }, (_, i) => i), Array.from({ length: b }, (_, i) => 100 + i)), leastRankSum(a, b))
  }
  t.ok(signedRank(Array.from({ length: 60 }, (_, i) => i + 1)) < 1e-9)
  t.ok(rankSum(Array.from({ length: 40 }, (_, i) => i), Array.from({ length: 40 }, (_, i) => 100 + i)) < 1e-9)
  t.end()
})

t.test('just beyond the exact range the approximation takes over without a step', (t) => {
  const values = (n: number) => Array.from({ length: n }, (_, i) => (i % 3 === 0 ? -1 : 1) * (i + 1))
  t.ok(Math.abs(signedRank(values(50)) - signedRank(values(51))) < 0.02)
  const group = (n: number, by: number) => Array.from({ length: n }, (_, i) => i + by)
  t.ok(Math.abs(rankSum(group(25, 0), group(25, 4.5)) - rankSum(group(25, 0), group(26, 4.5))) < 0.03)
  t.end()
})

t.test('holm: by hand', (t) => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005])
  for (const [at, expected] of [0.03, 0.06, 0.06, 0.02].entries()) near(t, corrected[at] ?? NaN, expected)
  t.strictSame(holm([0.9, 0.8]), [1, 1])
  t.strictSame(holm([]), [])
  t.end()
})

t.test('p is between 0 and 1, and the same whichever side comes first', (t) => {
  const list = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 })
  fc.assert(
    fc.property(list, list, (a, b) => {
      const [p, q] = [rankSum(a, b), rankSum(b, a)]
      const [r, s] = [signedRank(a), signedRank(a.map((one) => -one))]
      return p > 0 && p <= 1 && Math.abs(p - q) < 1e-9 && r > 0 && r <= 1 && Math.abs(r - s) < 1e-9
    }),
    { seed: 8, numRuns: 200 },
  )
  t.end()
})

t.test('where chance alone is at work, a claim at 0.05 is rare', (t) => {
  const all = Array.from({ length: 256 }, (_, bits) => Array.from({ length: 8 }, (_, i) => (bits & (1 << i) ? i + 1 : -i - 1)))
  t.ok(all.filter((one) => signedRank(one) < 0.05).length <= 0.05 * 256)
  t.ok(all.some((one) => signedRank(one) < 0.05))
  t.end()
})
