/** What the commands are given, as `program.ts` parses it. */

import type { FormatName } from '../source/artifact.js'

export interface ReadingOptions {
  readonly inputFormat?: FormatName
  /** Files. */
  readonly layout?: readonly string[]
  readonly strict: boolean
  readonly rejects?: string
  readonly progress: 'auto' | 'always' | 'plain' | 'never'
}

export interface ModelledOptions extends ReadingOptions {
  readonly model: string
  readonly url?: string
  /** `name=value` as typed. */
  readonly option?: readonly string[]
  readonly stats?: string
  readonly trace?: string
  readonly grounding: 'mark' | 'strict' | 'off'
  /** Seconds. */
  readonly firstTokenTimeout: number
  /** Seconds. */
  readonly stallTimeout: number
  readonly retries: number
}

export interface ScanOptions extends ReadingOptions {
  readonly format: 'text' | 'ndjson'
  readonly files: boolean
  readonly quick: boolean
}

export interface RecordsOptions extends ReadingOptions {
  /** Default `ndjson`; with `explain` it is `text`. */
  readonly format?: 'ndjson' | 'csv' | 'json' | 'table' | 'text'
  /** A place as typed. */
  readonly at?: string
  readonly explain: boolean
}

export interface SummaryOptions extends ReadingOptions {
  readonly by: readonly string[]
  readonly metric?: readonly string[]
  readonly distinct: boolean
  readonly format: 'table' | 'ndjson' | 'csv' | 'md' | 'json'
}

export type AnalyzeOptions = ModelledOptions

export interface ReportOptions extends ModelledOptions {
  readonly format: 'md' | 'html'
  readonly output?: string
  readonly title?: string
}

export interface TraceOptions {
  readonly format: 'ndjson' | 'csv' | 'json' | 'table'
}
