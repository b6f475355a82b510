import fc from 'fast-check'
import t from 'tap'
import { QuantileSketch } from '../../lib/summary/quantile-sketch.js'
import { EXACT, Quantiles } from '../../lib/summary/quantiles.js'

const AT = [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1]
/** The bound holds up to rounding in the logarithm. */
const SLACK = 1e-9
/** Below 1e-308 numbers have few digits left, and so has any interpolation between them. */
const ROUNDING_OF_THE_SMALLEST = 4 * Number.MIN_VALUE

const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true })
const latency = fc.double({ min: 1e-6, max: 1e4, noNaN: true })

t.test('a published example of type 7', (t) => {
  // Hyndman and Fan's type 7, as numpy.percentile([15, 20, 35, 40, 50], [5, 30, 40, 50, 100]) gives it.
  t.strictSame(quantiles([15, 20, 35, 40, 50]).at([0.3, 0.4, 0.5, 1], 15, 50), [23, 29, 35, 50])
  t.ok(Math.abs((quantiles([15, 20, 35, 40, 50]).at([0.05], 15, 50)[0] ?? 0) - 16) < 1e-9)
  t.end()
})

// Beside the smallest numbers there are, a relative bound is nothing: there two steps are allowed.
t.test('few values: exact, error 0', (t) => {
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: 1, maxLength: EXACT }), (values) => {
      const exact = exactQuantiles(values)
      const found = quantiles(values)
      return found.error === 0 && at(found, values).every((value, i) => Math.abs(value - (exact[i] ?? 0)) <= 1e-12 * Math.abs(exact[i] ?? 0) + 2 * Number.MIN_VALUE)
    }),
  )
  t.equal(quantiles(Array.from({ length: EXACT }, (_, i) => i)).error, 0)
  t.not(quantiles(Array.from({ length: EXACT + 1 }, (_, i) => i)).error, 0)
  t.end()
})

t.test('many values: within the stated error of the exact quantile', (t) => {
  fc.assert(
    fc.property(fc.array(latency, { minLength: EXACT + 1, maxLength: 400 }), (values) => {
      const found = quantiles(values)
      const exact = exactQuantiles(values)
      return found.error <= 0.005 + 1e-12 && at(found, values).every((value, i) => near(value, exact[i] ?? 0, found.error))
    }),
  )
  t.end()
})

t.test('values of both signs, zeros and any size: every rank within the stated error', (t) => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyNumber, fc.constant(0), latency, latency.map((x) => -x)), { minLength: 1, maxLength: 300 }), (values) => {
      const sketch = sketchOf(values)
      const sorted = [...values].sort((a, b) => a - b)
      const estimates = sketch.valuesAt(sorted.map((_, rank) => rank))
      return sorted.every((value, rank) => near(estimates[rank] ?? Number.NaN, value, sketch.error))
    }),
  )
  t.end()
})

t.test('when the bins run out the error grows, is stated, and holds', (t) => {
  const values = Array.from({ length: 6000 }, (_, i) => Math.exp(i / 60 - 50) * (i % 3 === 0 ? -1 : 1))
  const sketch = sketchOf(values)
  t.ok(sketch.error > 0.005 && sketch.error < 0.1, `error ${sketch.error}`)
  const sorted = [...values].sort((a, b) => a - b)
  const estimates = sketch.valuesAt(sorted.map((_, rank) => rank))
  t.ok(sorted.every((value, rank) => near(estimates[rank] ?? Number.NaN, value, sketch.error)))
  const saved = sketch.toJSON() as { positive: unknown[]; negative: unknown[] }
  t.ok(saved.positive.length + saved.negative.length <= 2048)
  t.end()
})

t.test('merged equals whole, for any split, through JSON', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(latency, anyNumber), fc.boolean()), { maxLength: 200 }), (values) => {
      const left = quantiles(values.filter(([, first]) => first).map(([value]) => value))
      const right = quantiles(values.filter(([, first]) => !first).map(([value]) => value))
      left.merge(Quantiles.fromJSON(JSON.parse(JSON.stringify(right))))
      const whole = quantiles(values.map(([value]) => value))
      t.equal(left.count, values.length)
      return left.error === whole.error && values.length > 0
        ? JSON.stringify(at(left, values.map(([value]) => value))) === JSON.stringify(at(whole, values.map(([value]) => value)))
        : values.length === 0
    }),
  )
  t.end()
})

t.test('a split in which one side needed more room', (t) => {
  const wide = Array.from({ length: 3000 }, (_, i) => Math.exp(i / 10 - 150))
  const narrow = Array.from({ length: 100 }, (_, i) => 1 + i)
  for (const [first, second] of [[wide, narrow], [narrow, wide]] as const) {
    const sketch = sketchOf(first)
    sketch.merge(sketchOf(second))
    t.strictSame(sketch.toJSON(), sketchOf([...wide, ...narrow]).toJSON())
  }
  t.end()
})

t.test('damaged JSON is refused', (t) => {
  for (const saved of [null, 3, [], {}, { few: 'x' }, { few: [Number.NaN] }, { few: [null] }, { sketch: {} }]) {
    t.throws(() => Quantiles.fromJSON(saved), { code: 'UNREADABLE' }, JSON.stringify(saved))
  }
  const bins = { level: 0, zeros: 0, negative: [] }
  for (const positive of [[[1.5, 2]], [[1, -2]], [[1]], ['x'], [['1', 2]]]) {
    t.throws(() => QuantileSketch.fromJSON({ ...bins, positive }), { code: 'UNREADABLE' }, JSON.stringify(positive))
  }
  t.end()
})

function quantiles(values: readonly number[]): Quantiles {
  const result = new Quantiles()
  for (const value of values) result.add(value)
  return result
}

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch()
  for (const value of values) sketch.add(value)
  return sketch
}

function at(found: Quantiles, values: readonly number[]): number[] {
  return found.at(AT, Math.min(...values), Math.max(...values))
}

/** The textbook way, over all values. */
function exactQuantiles(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return AT.map((q) => {
    const rank = (sorted.length - 1) * q
    const low = sorted[Math.floor(rank)] ?? Number.NaN
    const high = sorted[Math.ceil(rank)] ?? Number.NaN
    return low * (1 - (rank % 1)) + high * (rank % 1)
  })
}

function near(found: number, exact: number, error: number): boolean {
  return Math.abs(found - exact) <= (error + SLACK) * Math.abs(exact) + ROUNDING_OF_THE_SMALLEST
}
