/** A figure computed by code, with an id by which a text can show it. */

import type { AttributeValue, Better } from '../record/metric-record.js'
import type { RecordRef } from '../summary/summary-row.js'

export type FactKind =
  | 'inventory'
  | 'key-figure'
  | 'best'
  | 'worst'
  | 'spread'
  | 'ratio'
  | 'delta'
  | 'rank'
  | 'outlier'
  | 'cold-start'
  | 'between-runs'
  | 'disagreement'
  | 'freshness'
  | 'failures'
  | 'no-unit'
  | 'no-numbers'
  | 'problems'
  | 'copies'
  | 'gap'

/**
 * - `cold-start`: the outlier is the first run of its series.
 * - `only-effect`: no other setting that could be compared showed an effect beyond chance.
 * - `tied`: others have the very same best value.
 * - `not-alike`: settings varied for one side of the comparison only.
 * - `close`, of the best: another one is nearly as good, or the samples of both overlap.
 * - `overlap`, of the worst: its samples overlap with those of the best.
 * - `single`: one of the runs that are held against one another was not repeated, so that its own spread is not known.
 * - `stale`: of a metric, all of it was measured long before other metrics were.
 * - `prompts`: the samples are answers to different prompts.
 */
export type FactNote = 'cold-start' | 'only-effect' | 'tied' | 'not-alike' | 'close' | 'overlap' | 'prompts' | 'single' | 'stale'

export interface Fact {
  readonly type: 'fact'
  /** `F1`, `F2`, ... in order of telling; stable for the same input. */
  readonly id: string
  readonly kind: FactKind
  /** What the figure is about, for people: `ttft, model gemma3:latest`. Sanitised. */
  readonly subject: string
  readonly metric?: string
  readonly group?: Readonly<Record<string, AttributeValue>>
  /** The statistic of `value`, in words or as in records: `mean`, `p95`, `count`. */
  readonly stat?: string
  /** Whom or what it is about, as a sentence says it: `gemma3:270m`, `num_gpu 60`. Of a ratio, the better side. Sanitised, like the next two. */
  readonly who?: string
  /** Of a ratio: the other side. */
  readonly than?: string
  /** What both sides of a comparison share: `transformer on cuda`. */
  readonly among?: string
  /** Of an outlier: how far it is from the median, as a factor above 1. */
  readonly times?: number
  readonly note?: FactNote
  /** In `unit`, the base unit. */
  readonly value: number
  readonly unit: string
  readonly better: Better
  /** Number of samples behind it; absent where it makes no sense. */
  readonly n?: number
  /** One plain sentence that says the whole fact, numbers included, for a reader and for the narrator. */
  readonly sentence: string
  /** The records it rests on, at most a few: where it is about a range, those at its ends. */
  readonly records: readonly RecordRef[]
  /** How many records it rests on, those that are not named here included; absent where it comes from elsewhere and only `records` is known. */
  readonly recordCount?: number
  /** Files it speaks of, at most a few. */
  readonly files: readonly string[]
}
