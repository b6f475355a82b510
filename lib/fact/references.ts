/** The records that a fact rests on: a few of them, and how many there are. */

import type { MetricRecord } from '../record/metric-record.js'
import type { RecordRef, SummaryRow } from '../summary/summary-row.js'

/** Records named in one fact. */
export const RECORDS_NAMED = 5

export interface Basis {
  readonly records: readonly RecordRef[]
  readonly recordCount: number
}

export function referenceTo({ id, source, attributes }: MetricRecord | RecordRef): RecordRef {
  return { id, source, attributes }
}

/** Each record once, the first {@link RECORDS_NAMED} of them; `count` says how many there are where only some are at hand. */
export function basisOf(records: readonly RecordRef[], count?: number): Basis {
  const distinct = [...new Map(records.map((record) => [record.id, record])).values()]
  return { records: distinct.slice(0, RECORDS_NAMED), recordCount: count ?? distinct.length }
}

/** How many records are in a row's figures: samples, or the averages that stand for them. */
export function recordsOf({ samples, aggregates }: SummaryRow): number {
  return samples?.count ?? aggregates[0]?.count ?? 0
}

/** The records at the ends of the rows' ranges: the smallest and the largest of each. */
export function basisOfRows(rows: readonly SummaryRow[]): Basis {
  const ends = rows.flatMap(({ samples, aggregates }) => [samples, ...aggregates].flatMap((range) => (range ? [range.minAt, range.maxAt] : [])))
  return basisOf(ends, rows.reduce((sum, { samples, aggregates }) => sum + (samples?.count ?? 0) + aggregates.reduce((count, one) => count + one.count, 0), 0))
}
