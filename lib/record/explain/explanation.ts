/** Why a cell, a value or a line was read as it was: what became of it, and each decision with its evidence. */

import type { FormatName } from '../../source/artifact.js'
import type { AttributeValue, MetricRecord } from '../metric-record.js'

/** What became of it. `name`, `unit` and `stat`: it says so of the number beside it. `ignored`: nothing. */
export type ReadingRole = 'metric' | 'attribute' | 'time' | 'status' | 'name' | 'unit' | 'stat' | 'ignored'

export interface Decision {
  readonly what: 'metric' | 'value' | 'unit' | 'stat' | 'better' | 'confidence'
  /** As the record has it; `""` and `null` for what is not known. */
  readonly is: string | number | null
  /** For people: `in the header "Mean [ms]"`. */
  readonly why: string
}

export interface AttributeOrigin {
  readonly name: string
  readonly value: AttributeValue
  /** Where it stands, for people: `cell 2, "model"`. */
  readonly from: string
}

/** One cell of a row, one scalar of a JSON document, one `label: value` line; or, without a place to look at, a column or key of a file. */
export interface Explanation {
  readonly type: 'explanation'
  readonly file: string
  readonly format: FormatName
  readonly layout: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly headings?: readonly string[]
  /** Of the row, value or line in the decompressed file: first byte, and one past the last. */
  readonly bytes?: readonly [number, number]
  /** The header, the key or the label. */
  readonly name: string
  /** As it stands in the file; of a column or key: where it stands first. */
  readonly text: string
  readonly role: ReadingRole
  readonly why: string
  /** Under which name an attribute went into the records. */
  readonly attribute?: string
  /** The records it gave: two for a value with its spread. Of a column or key: the first ones. */
  readonly records: readonly MetricRecord[]
  readonly decisions: readonly Decision[]
  /** Those of its records. */
  readonly attributes: readonly AttributeOrigin[]
  /** Of a column or key: how many records it gave in the whole file. */
  readonly count?: number
}

/** A place in a file, as far as it is given: all that stands on a line, or below a pointer. */
export interface ReadingPlace {
  /** From 1. */
  readonly line?: number
  /** From 1; in a CSV counted in cells. */
  readonly column?: number
  /** RFC 6901. */
  readonly pointer?: string
}

export interface ExplainOptions {
  /** Only what stands here; without it the columns and keys of each file, once. */
  readonly at?: ReadingPlace
  /** Told of each reading in the order of the file, when its table, value or line is complete. */
  readonly tell: (explanation: Explanation) => void
}
