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

/** Where a model is, and how it is set. */
export interface ServedOptions {
  readonly model: string
  readonly url?: string
  /** `name=value` as typed. */
  readonly option?: readonly string[]
  /** Seconds. */
  readonly firstTokenTimeout: number
  /** Seconds. */
  readonly stallTimeout: number
  readonly retries: number
}

export interface ModelledOptions extends ReadingOptions, ServedOptions {
  /** A date as typed. */
  readonly asOf?: string
  readonly stats?: string
  readonly trace?: string
  readonly grounding: 'mark' | 'strict' | 'off'
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

/** How the answers are asked for. */
export interface AskedOptions {
  /** A folder. */
  readonly prompts?: string
  readonly structured: 'auto' | 'always' | 'never'
}

export interface AnalyzeOptions extends ModelledOptions, AskedOptions {}

export interface ReportOptions extends ModelledOptions, AskedOptions {
  readonly format: 'md' | 'html'
  readonly output?: string
  readonly title?: string
}

export interface AgentsOptions extends ModelledOptions {
  readonly mode: 'concurrent' | 'sequential'
  readonly scenario?: 'baseline-vs-chimera' | 'heterogeneous' | 'homogeneous'
  readonly runs: number
  readonly warmup: number
  readonly measureSequential: boolean
  readonly modelA?: string
  readonly modelB?: string
  readonly urlA?: string
  readonly urlB?: string
  /** `name=value` as typed; over the common ones. */
  readonly optionA?: readonly string[]
  readonly optionB?: readonly string[]
  /** Files. */
  readonly personaA?: string
  readonly personaB?: string
  readonly printPersona?: 'a' | 'b'
  /** A folder. */
  readonly prompts?: string
  readonly summary?: string
  readonly output?: string
  readonly title?: string
}

export interface TraceOptions {
  readonly format: 'ndjson' | 'csv' | 'json' | 'table'
}
