/** One record = one measured number, with its unit, its statistic and its place. */

import type { FormatName } from '../source/artifact.js'

/** `value` is a sample; everything else is somebody's aggregate and never pooled with samples. */
export type Stat =
  | 'value'
  | 'mean'
  | 'median'
  | 'min'
  | 'max'
  | 'stddev'
  | 'sum'
  | 'count'
  | 'delta'
  /** Percentiles: `p50`, `p99`, `p99.9`, `p0.1`. */
  | `p${number}`

export type Better = 'higher' | 'lower' | null
export type Status = 'ok' | 'error' | 'warmup'
export type AttributeValue = string | number | boolean

/** Keys stand in the order in which they are written; see {@link formatRecord}. */
export interface MetricRecord {
  /** Never set: it tells a record from a {@link Problem} and a {@link FileReport} in one stream. */
  readonly type?: undefined
  /** Canonical name, or the file's own name in snake_case; never a statistic. */
  readonly metric: string
  /** In the base unit; always finite. */
  readonly value: number
  /** UCUM (`s`, `By`, `{token}/s`, `1`); `""` when unknown. */
  readonly unit: string
  readonly stat: Stat
  /** `null` when unknown. */
  readonly better: Better
  /** `error`: the run that gave it failed. */
  readonly status: Status
  /** What it was measured on: dimensions and settings. Insertion order is the file's. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** ISO 8601, only where the file says so. */
  readonly time?: string
  /** Exactly what stood in the file; `unit` as it was spelled there, where it was. */
  readonly raw: { readonly name: string; readonly text: string; readonly unit?: string }
  readonly source: RecordSource
  /** Same file bytes, same place -> same id. `<16 hex of the file's hash>-<16 hex of the place>`. */
  readonly id: string
}

export interface RecordSource {
  readonly file: string
  readonly format: FormatName
  /** The recognised tool's layout, or `generic`. */
  readonly layout: string
  /** 1-based line and column. In a CSV the column counts cells, elsewhere characters. */
  readonly line?: number
  readonly column?: number
  /** RFC 6901 for JSON; `/row/column-name` for a CSV; `/table/row/column` for Markdown. */
  readonly pointer?: string
  /** Markdown: the headings above, outermost first. */
  readonly headings?: readonly string[]
  /** Of the table row, JSON value or Markdown line it stands in: offsets in the decompressed file, first byte and one past the last. */
  readonly bytes?: readonly [number, number]
  /** 0 to 1, two decimals: how sure the reading is, see {@link confidenceOf}. Absent on what chimera measured itself. */
  readonly confidence?: number
}

/** Comes once per file, when it is read to its end. */
export interface FileReport {
  readonly type: 'file'
  readonly file: string
  readonly format?: FormatName
  readonly layout?: string
  /** On disk. */
  readonly bytes?: number
  readonly modified?: Date
  /** First 16 hex of the SHA-256 of the decompressed bytes; absent when it was not read to its end. */
  readonly hash?: string
  readonly records: number
  readonly problems: number
  readonly verdict: 'recognised' | 'guessed' | 'rejected'
  /** The middle of its records' confidences, in which the format's is a factor; without records the format's. Absent when rejected. */
  readonly confidence?: number
  /** How many of its records have a confidence below 0.7; absent for none. */
  readonly weak?: number
  /** Why that verdict, as a sentence for people. */
  readonly reason: string
}
