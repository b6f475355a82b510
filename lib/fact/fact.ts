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
  | 'outlier'
  | 'failures'
  | 'no-unit'
  | 'no-numbers'
  | 'problems'
  | 'copies'
  | 'gap'

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
  /** In `unit`, the base unit. */
  readonly value: number
  readonly unit: string
  readonly better: Better
  /** Number of samples behind it; absent where it makes no sense. */
  readonly n?: number
  /** One plain sentence that says the whole fact, numbers included, for a reader and for the narrator. */
  readonly sentence: string
  /** The records it rests on, at most a few. */
  readonly records: readonly RecordRef[]
  /** Files it speaks of, at most a few. */
  readonly files: readonly string[]
}
