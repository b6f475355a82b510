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

/**
 * True when one's largest value reaches the other's smallest, so that single runs have no clear order. Of many samples some
 * always do; there the medians, give or take two standard errors, must meet as well. A range that is not known overlaps with none.
 */
export function overlap({ row: a }: { readonly row: SummaryRow }, { row: b }: { readonly row: SummaryRow }): boolean {
  return meet(rangeOf(a), rangeOf(b)) && (!isMany(a) || !isMany(b) || meet(medianOf(a), medianOf(b)))
}

type Range = readonly [low: number, high: number]

function meet(a: Range | undefined, b: Range | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1]
}

const MANY = 20

function isMany({ samples }: SummaryRow): boolean {
  return samples !== undefined && samples.count >= MANY
}

/** The standard error of a median of normal values is sqrt(pi / 2) times that of their mean; a far value widens it, which errs on the side of doubt. */
function medianOf({ samples }: SummaryRow): Range | undefined {
  if (samples?.stddev === undefined) return undefined
  const error = (Math.sqrt(Math.PI / 2) * samples.stddev) / Math.sqrt(samples.count)
  return [samples.p50 - 2 * error, samples.p50 + 2 * error]
}

/** Of several samples; of what a file reports as minimum and maximum where it holds none. */
function rangeOf({ samples, aggregates }: SummaryRow): Range | undefined {
  if (samples) return samples.count > 1 ? [samples.min, samples.max] : undefined
  const [min, max] = (['min', 'max'] as const).map((stat) => aggregates.find((one) => one.stat === stat))
  return min && max ? [min.min, max.max] : undefined
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
