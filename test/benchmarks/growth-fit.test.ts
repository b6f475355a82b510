/** Lines through points whose slope is known. */

import t from 'tap'
import { fitOf, slopeOf } from '../../benchmarks/growth-fit.js'
import type { Series } from '../../benchmarks/growth.js'

const MB = 1e6
const series = (seconds: (bytes: number) => number, memory: (bytes: number) => number, startSeconds = 0): Series => ({
  format: 'CSV',
  startSeconds,
  points: [1, 4, 16, 64, 256].map((size) => ({ bytes: size * MB, took: [{ seconds: seconds(size * MB), peakBytes: memory(size * MB) }] })),
})

t.test('a slope and its interval', async (t) => {
  // By hand: slope 9.9 / 5 = 1.98, residuals -0.06 0.16 -0.14 0.04, their squares 0.0504, standard error sqrt(0.0504 / 2 / 5), t 4.303.
  const points = [0, 1, 2, 3].map((x, at) => ({ x, y: [1.1, 3.3, 4.98, 7.14][at] ?? NaN, weight: 1 }))
  const { value, low, high } = slopeOf(points)
  t.ok(Math.abs(value - 1.98) < 1e-9, `${value}`)
  t.ok(Math.abs(high - value - 4.303 * Math.sqrt(0.0504 / 10)) < 1e-9, `${high}`)
  t.ok(Math.abs(value - low - (high - value)) < 1e-12, 'the same on both sides')
})

t.test('a weight makes a point count more', async (t) => {
  const points = [{ x: 0, y: 0, weight: 1 }, { x: 1, y: 1, weight: 1000 }, { x: 2, y: 4, weight: 1000 }]
  t.ok(slopeOf(points).value > 2.9)
})

t.test('linear time with a start is linear; memory that does not grow has no slope', async (t) => {
  const fit = fitOf(series((bytes) => 0.2 + bytes * 1e-8, () => 1e8, 0.2))
  t.ok(Math.abs((fit?.exponent.value ?? 0) - 1) < 1e-9)
  t.ok(Math.abs((fit?.secondsPerByte.value ?? 0) - 1e-8) < 1e-12)
  t.ok(Math.abs(fit?.memoryPerByte?.value ?? 1) < 1e-9)
  t.equal(fit?.from, 16 * MB, 'small inputs are no growth')
  t.equal(fit?.to, 256 * MB)
})

t.test('quadratic time is seen', async (t) => {
  t.ok(Math.abs((fitOf(series((bytes) => (bytes / MB) ** 2, (bytes) => bytes / 2))?.exponent.value ?? 0) - 2) < 1e-9)
  t.ok(Math.abs((fitOf(series((bytes) => bytes / MB, (bytes) => bytes / 2))?.memoryPerByte?.value ?? 0) - 0.5) < 1e-9)
})

t.test('too few points give no line, unknown memory no slope', async (t) => {
  t.equal(fitOf({ format: 'CSV', startSeconds: 0, points: [{ bytes: 1, took: [{ seconds: 1 }, { seconds: 2 }, { seconds: 3 }] }] }), undefined)
  const known = series((bytes) => bytes / MB, () => 1)
  t.equal(fitOf({ ...known, points: known.points.map(({ bytes }) => ({ bytes, took: [{ seconds: bytes / MB }] })) })?.memoryPerByte, undefined)
})

t.test('no line goes through two ways of reading', async (t) => {
  const steep = series((bytes) => (bytes <= 16 * MB ? bytes / MB : bytes * 1e-8), (bytes) => (bytes <= 16 * MB ? bytes * 40 : 1e8))
  const fit = fitOf({ ...steep, points: steep.points.map(({ bytes, took }) => ({ bytes, took: [...took, ...took] })), otherwiseBelow: 16 * MB })
  t.equal(fit?.from, 64 * MB)
  t.ok(Math.abs((fit?.exponent.value ?? 0) - 1) < 1e-9)
  t.equal(fitOf({ ...steep, otherwiseBelow: 64 * MB }), undefined, 'one size above')
})
