/** The gaps of all answers of a run as one set: percentiles of a request say nothing of the run's, and cannot be joined afterwards. */

import type { GapStatistics, ItlSamples } from '../model/index.js'
import { Quantiles } from '../summary/quantiles.js'

/** Seconds; of gaps per token and of gaps per chunk apart. */
export interface PooledGaps extends GapStatistics {
  readonly p90: number
  /** Answers whose gaps are in it. */
  readonly requests: number
}

export interface GapPool {
  add(gaps: ItlSamples | undefined): void
  read(): readonly PooledGaps[]
}

/** Percentiles are those of every summary: exact up to 64 gaps, then within 0.5 % of their size. */
export function gapPool(): GapPool {
  const pools = new Map<PooledGaps['per'], Pool>()
  return {
    add(gaps) {
      if (!gaps || gaps.seconds.length === 0) return
      const pool = pools.get(gaps.per) ?? { quantiles: new Quantiles(), requests: 0, sum: 0, min: Infinity, max: 0 }
      pools.set(gaps.per, pool)
      pool.requests += 1
      for (const gap of gaps.seconds) {
        pool.quantiles.add(gap)
        pool.sum += gap
        pool.min = Math.min(pool.min, gap)
        pool.max = Math.max(pool.max, gap)
      }
    },
    read: () =>
      [...pools].map(([per, { quantiles, requests, sum, min, max }]) => {
        const [p50 = NaN, p90 = NaN, p99 = NaN] = quantiles.at([0.5, 0.9, 0.99], min, max)
        return { per, requests, count: quantiles.count, mean: sum / quantiles.count, p50, p90, p99, max }
      }),
  }
}

interface Pool {
  readonly quantiles: Quantiles
  requests: number
  sum: number
  min: number
  max: number
}
