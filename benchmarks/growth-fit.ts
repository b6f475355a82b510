/** Straight lines through what was measured, with how sure they are. */

import type { Series } from './growth.js'

export interface Estimate {
  readonly value: number
  /** The interval that holds the true value in 95 of 100 such experiments, were the points independent of each other. */
  readonly low: number
  readonly high: number
}

export interface Fit {
  /** The smallest and largest size that went into it, bytes. */
  readonly from: number
  readonly to: number
  /** Slope of log time against log size: 1 is linear. Starting up is taken off. */
  readonly exponent: Estimate
  /** Seconds a byte, each point weighted by its own time: a second more or less means more in a short run. */
  readonly secondsPerByte: Estimate
  /** Bytes of memory a byte of input; `undefined` where memory was not measured. */
  readonly memoryPerByte?: Estimate
}

/** Below this size, a program is still being compiled while it reads: no growth, but start. Smaller series are taken whole. */
const SETTLED_BYTES = 15e6

/** `undefined` with fewer than three runs, or two sizes. */
export function fitOf({ points, startSeconds, otherwiseBelow }: Series): Fit | undefined {
  const alike = points.filter(({ bytes }) => bytes > (otherwiseBelow ?? 0))
  const settled = alike.filter(({ bytes }) => bytes >= SETTLED_BYTES)
  const used = settled.length >= 3 || otherwiseBelow !== undefined ? settled : alike
  const runs = used.flatMap(({ bytes, took }) => took.map((one) => ({ bytes, ...one })))
  if (runs.length < 3 || used.length < 2) return undefined
  const sizes = used.map(({ bytes }) => bytes)
  const beyond = runs.map((one) => ({ x: Math.log(one.bytes), y: Math.log(Math.max(one.seconds - startSeconds, 1e-3)), weight: 1 }))
  const known = runs.flatMap(({ bytes, peakBytes }) => (peakBytes === undefined ? [] : { x: bytes, y: peakBytes, weight: 1 }))
  return {
    from: Math.min(...sizes),
    to: Math.max(...sizes),
    exponent: slopeOf(beyond),
    secondsPerByte: slopeOf(runs.map(({ bytes, seconds }) => ({ x: bytes, y: seconds, weight: 1 / seconds ** 2 }))),
    ...(known.length === runs.length && { memoryPerByte: slopeOf(known) }),
  }
}

interface Weighted {
  readonly x: number
  readonly y: number
  readonly weight: number
}

/** Weighted least squares; the interval by Student's t with two degrees of freedom fewer than there are points. */
export function slopeOf(points: readonly Weighted[]): Estimate {
  const total = sum(points, ({ weight }) => weight)
  const meanX = sum(points, ({ x, weight }) => x * weight) / total
  const meanY = sum(points, ({ y, weight }) => y * weight) / total
  const spreadX = sum(points, ({ x, weight }) => weight * (x - meanX) ** 2)
  const value = sum(points, ({ x, y, weight }) => weight * (x - meanX) * (y - meanY)) / spreadX
  const free = points.length - 2
  const left = sum(points, ({ x, y, weight }) => weight * (y - meanY - value * (x - meanX)) ** 2)
  const reach = studentT(free) * Math.sqrt(left / free / spreadX)
  return { value, low: value - reach, high: value + reach }
}

function sum(points: readonly Weighted[], of: (point: Weighted) => number): number {
  return points.reduce((all, point) => all + of(point), 0)
}

/** Two-sided, 95 %; from the table of the distribution, beyond it 2. */
function studentT(free: number): number {
  return [NaN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131][free] ?? 2.1
}
