import fc from 'fast-check'
import t from 'tap'
import { Moments } from '../../lib/summary/moments.js'

t.test('a known example', (t) => {
  const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9])
  t.equal(moments.count, 8)
  t.equal(moments.mean, 5)
  t.ok(Math.abs((moments.stddev ?? 0) - Math.sqrt(32 / 7)) < 1e-12)
  t.end()
})

t.test('no spread is claimed for less than two values', (t) => {
  t.equal(momentsOf([]).stddev, undefined)
  t.equal(momentsOf([3]).stddev, undefined)
  t.equal(momentsOf([3, 3]).stddev, 0)
  t.end()
})

t.test('small differences of large numbers keep their digits', (t) => {
  // A sum of squares gives 0 or nonsense here.
  const moments = momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])
  t.equal(moments.mean, 1e9 + 10)
  t.ok(Math.abs((moments.stddev ?? 0) - Math.sqrt(30)) < 1e-6)
  t.end()
})

t.test('the ends of the range: a finite mean, and no spread rather than an infinite one', (t) => {
  const moments = momentsOf([1.7e308, -1.7e308, 1.7e308])
  t.ok(Number.isFinite(moments.mean))
  t.equal(moments.stddev, undefined)
  const merged = momentsOf([1.7e308])
  merged.merge(momentsOf([-1.7e308, -1.7e308]))
  t.ok(Number.isFinite(merged.mean))
  t.equal(Moments.fromJSON(JSON.parse(JSON.stringify(moments))).stddev, undefined)
  t.end()
})

t.test('merged equals whole, through JSON', (t) => {
  const value = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(fc.array(value, { minLength: 2 }), fc.array(value), (first, second) => {
      const merged = momentsOf(first)
      merged.merge(Moments.fromJSON(JSON.parse(JSON.stringify(momentsOf(second)))))
      const whole = momentsOf([...first, ...second])
      const mean = [...first, ...second].reduce((sum, one) => sum + one, 0) / whole.count
      return (
        merged.count === whole.count &&
        Math.abs(merged.mean - mean) <= 1e-9 * mean &&
        Math.abs(whole.mean - mean) <= 1e-9 * mean &&
        Math.abs((merged.stddev ?? 0) - (whole.stddev ?? 0)) <= 1e-9 * mean
      )
    }),
  )
  t.end()
})

function momentsOf(values: readonly number[]): Moments {
  const moments = new Moments()
  for (const value of values) moments.add(value)
  return moments
}
