/** The one value that stands for a summary row: robust where there are samples, as reported where there are none. */

import type { RecordRef, SummaryRow } from '../summary/summary-row.js'

export interface Central {
  readonly value: number
  /** `median` of samples; `value` of a single one; else the statistic that stood in the files. */
  readonly stat: string
  /** Samples behind it; absent for a reported statistic, whose samples are not known. */
  readonly n?: number
  readonly records: readonly RecordRef[]
}

/** Reported statistics that say where the middle is, best first. */
const REPORTED = ['median', 'p50', 'mean'] as const

export function centralOf(row: SummaryRow): Central | undefined {
  const { samples } = row
  if (samples) {
    const records = samples.minAt.id === samples.maxAt.id ? [samples.minAt] : [samples.minAt, samples.maxAt]
    return { value: samples.p50, stat: samples.count === 1 ? 'value' : 'median', n: samples.count, records }
  }
  for (const stat of REPORTED) {
    const found = row.aggregates.find((one) => one.stat === stat)
    if (found) return { value: found.mean, stat: stat === 'p50' ? 'median' : stat, records: found.minAt.id === found.maxAt.id ? [found.minAt] : [found.minAt, found.maxAt] }
  }
  return undefined
}

/** True for figures that stand in a written report only; mostly they repeat, rounded, what data files hold. */
export function isRestated({ samples, aggregates }: SummaryRow): boolean {
  return (samples ?? aggregates[0])?.minAt.source.format === 'markdown'
}

/** `median of 36 samples`, `single sample`, `reported mean` */
export function basisWords({ stat, n }: Central): string {
  if (n === undefined) return `reported ${stat}`
  return n === 1 ? 'single sample' : `median of ${n} samples`
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const low = sorted[Math.floor(middle)] ?? Number.NaN
  const high = sorted[Math.ceil(middle)] ?? Number.NaN
  return (low + high) / 2
}
