/** A summary row as lines that can stand in a table: its samples, then each statistic that the files had computed themselves. */

import type { Statistics, SummaryRow } from '../summary/summary-row.js'

export interface SummaryLine {
  /** `value` for samples, else the statistic that stood in the files; absent when there is neither, only failures. */
  readonly stat?: string
  readonly count: number
  /** Absent: aggregates have no spread of their own, and a row of failures has no figure at all. */
  readonly figures?: Partial<Omit<Statistics, 'count' | 'minAt' | 'maxAt'>>
  /** Only on the first line of a row, so that adding lines up counts nothing twice. */
  readonly failed?: number
  readonly warmup?: number
  readonly files?: number
}

export function summaryLines(row: SummaryRow): readonly SummaryLine[] {
  const lines: SummaryLine[] = [
    ...(row.samples ? [{ stat: 'value', count: row.samples.count, figures: row.samples }] : []),
    ...row.aggregates.map(({ stat, count, mean, min, max }) => ({ stat, count, figures: { mean, min, max } })),
  ]
  const [first = { count: 0 }, ...rest] = lines
  return [{ ...first, failed: row.failed, warmup: row.warmup, files: row.fileCount }, ...rest]
}
