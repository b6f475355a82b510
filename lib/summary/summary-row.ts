/** What `summary()` gives at its end: one row per metric, unit and group. */

import type { AttributeValue, Better, RecordSource, Stat } from '../record/metric-record.js'

export interface SummaryRow {
  readonly type: 'summary'
  readonly metric: string
  readonly unit: string
  readonly better: Better
  /** The values of the `by` keys that the records had; a key they lacked is absent. */
  readonly group: Readonly<Record<string, AttributeValue>>
  /** Samples (`stat: value`) of runs that worked; absent when there are none. */
  readonly samples?: Statistics
  /** Aggregates that stood in the files, by statistic; never pooled with samples. */
  readonly aggregates: readonly AggregateRow[]
  /** Records with `status: error`; not part of any figure here. */
  readonly failed: number
  /** Records with `status: warmup`; not part of any figure here. */
  readonly warmup: number
  /** Distinct values seen for attributes outside the group: what varied while this was measured. The first few keys and values. */
  readonly varied: Readonly<Record<string, readonly AttributeValue[]>>
  /** Files that contributed, in natural order, at most {@link FILES_KEPT}; `fileCount` counts all, up to 4,096. */
  readonly files: readonly string[]
  readonly fileCount: number
}

/**
 * In the row's unit. Quantiles are linear interpolations at rank (n - 1) q (type 7, as numpy and pandas have it): exact up to
 * 64 samples, from a sketch with the relative error stated in `quantileError` beyond.
 */
export interface Statistics {
  readonly count: number
  readonly mean: number
  /** Sample standard deviation (n - 1); absent for one sample. */
  readonly stddev?: number
  readonly min: number
  readonly max: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  /** Bound on |estimate - exact| / |exact| of the quantiles; 0 when they are exact. */
  readonly quantileError: number
  /** Where the extremes stand. */
  readonly minAt: RecordRef
  readonly maxAt: RecordRef
}

export interface AggregateRow {
  readonly stat: Stat
  readonly count: number
  readonly mean: number
  readonly min: number
  readonly max: number
  readonly minAt: RecordRef
  readonly maxAt: RecordRef
}

/** Enough to find a record again. */
export interface RecordRef {
  readonly id: string
  readonly source: RecordSource
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

export const FILES_KEPT = 20
