/** Durations that are counted in full and kept up to a bound for their percentiles; milliseconds in, seconds out. */

export interface Samples {
  add(ms: number, times?: number): void
  readonly count: number
  /** Those that were kept, each as often as it counts; seconds. */
  values(): readonly number[]
  spread(): Spread | undefined
}

/** Seconds. Percentiles interpolate between ranks (Hyndman and Fan's type 7), as numpy and so vLLM's bench do; over the first {@link SAMPLES_KEPT}. */
export interface Spread {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Kept for percentiles; mean and maximum count all. A run has hundreds, seldom thousands. */
const SAMPLES_KEPT = 100_000

export function samples(): Samples {
  const kept: number[] = []
  let count = 0
  let sum = 0
  let max = 0
  return {
    add(ms, times = 1) {
      count += times
      sum += ms * times
      if (ms > max) max = ms
      for (let left = Math.min(times, SAMPLES_KEPT - kept.length); left > 0; left -= 1) kept.push(ms)
    },
    get count() {
      return count
    },
    values: () => kept.map(seconds),
    spread() {
      if (count === 0) return undefined
      const sorted = Float64Array.from(kept).sort()
      return { count, mean: seconds(sum / count), p50: seconds(quantile(sorted, 0.5)), p99: seconds(quantile(sorted, 0.99)), max: seconds(max) }
    },
  }
}

/** Milliseconds to seconds, without the noise below a nanosecond. */
export function seconds(ms: number): number {
  return Math.round(ms * 1e6) / 1e9
}

function quantile(sorted: Float64Array, part: number): number {
  const rank = (sorted.length - 1) * part
  const low = sorted[Math.floor(rank)] ?? 0
  const high = sorted[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}
