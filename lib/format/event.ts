/** What the readers of a format give: rows, values and fields, each with its place. Pure data, no meaning yet. */

import type { Problem } from '../stage/index.js'
import type { FormatName } from '../source/artifact.js'

export type FormatEvent = FormatFound | TableStart | TableRow | FieldFound | ValueFound | Problem

/** Comes first: what the bytes turned out to be. Does not come for a file that is rejected; then a problem says why. */
export interface FormatFound {
  readonly type: 'format'
  readonly format: FormatName
  /** Text encoding as found: `utf-8`, `utf-16le`, `utf-16be`, `latin1`, or `utf-16le in utf-8` for UTF-16 that was encoded a second time. */
  readonly encoding: string
  /** CSV only. */
  readonly delimiter?: string
  /** What the decision rests on, for people: `6 of 6 lines have 7 cells with ","`. */
  readonly evidence: string
  /** 0 to 1: how sure that decision is; 1 where the user named the format. */
  readonly confidence: number
}

/** Longer paragraphs are no captions; their end is kept. */
export const LONGEST_PROSE = 400

/** A header was read: the rows of table `table` follow, until another `table` starts. */
export interface TableStart {
  readonly type: 'table'
  /** 0-based, in the order of the file. */
  readonly table: number
  readonly header: readonly string[]
  /** 1-based line of the header. */
  readonly line: number
  /** Markdown: headings above, outermost first, as plain text. CSV: the title, where one stands alone on a line above a further table. */
  readonly headings?: readonly string[]
  /** Markdown: the `label: value` fields between the nearest heading (or the start) and the table, and those of the headings above it. */
  readonly context?: readonly FieldFound[]
  /** Markdown: the paragraphs nearest above it, its own section's first, then those of the headings above; each cut to {@link LONGEST_PROSE}. */
  readonly prose?: readonly string[]
  /** True when it was mended: the header stood at the end of a line of prose or of a list item, say. */
  readonly recovered?: boolean
  /** Markdown, text in a fence or HTML: how sure it is that this is such a table; a factor of its records' confidence. */
  readonly confidence?: number
  /** Offsets of the header in the decompressed bytes: first byte, and one past the last. */
  readonly bytes?: readonly [number, number]
}

export interface TableRow {
  readonly type: 'row'
  readonly table: number
  /** 0-based within its table. */
  readonly row: number
  /** Text of each cell, without markup and outer space (Markdown), unescaped and otherwise exactly as it stands (CSV). */
  readonly cells: readonly string[]
  /** 1-based line where the row starts. */
  readonly line: number
  /** Markdown: 1-based column of each cell's text. In a CSV the cell's number is its column. */
  readonly columns?: readonly number[]
  /** HTML in Markdown, where a row goes over several lines: the line each cell's text stands on, and its offsets. */
  readonly lines?: readonly { readonly line: number; readonly bytes: readonly [number, number] }[]
  /** Offsets of the row (Markdown: of its line) in the decompressed bytes: first byte, and one past the last, without the line end. */
  readonly bytes?: readonly [number, number]
}

/** Markdown `label: value`: a list item, a line `**Label:** value`, or a paragraph line of that shape. */
export interface FieldFound {
  readonly type: 'field'
  /** Plain text without the colon. */
  readonly label: string
  /** Plain text. */
  readonly value: string
  /** Where the field's line of text starts, behind a list marker. */
  readonly line: number
  readonly column: number
  readonly headings: readonly string[]
  /** Offsets in the decompressed bytes from the start of that line to the end of the last line of the value, without the line end. */
  readonly bytes?: readonly [number, number]
}

/** A JSON value that is complete: the whole document, one NDJSON line, or one element of a large document's array. */
export interface ValueFound {
  readonly type: 'value'
  readonly value: unknown
  /** RFC 6901 pointer of `value` in its document: `""` for a whole document, `/results/3` for an element, `/17` for the 18th NDJSON value. */
  readonly pointer: string
  /** Scalars and small objects that stand around an element of a large document, outermost first; absent for a whole document. */
  readonly context?: readonly { readonly pointer: string; readonly value: unknown }[]
  /** Markdown, where it stands in a fence: the headings above. */
  readonly headings?: readonly string[]
  /** Where the value under `pointer` (absolute, as above) stands; absent when not known, as in a document too large to hold. */
  place(pointer: string): ValuePlace | undefined
}

export interface ValuePlace {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  /** 0-based, in the decompressed bytes. */
  readonly byte: number
  /** One past the last byte of the value. */
  readonly end: number
  /** A number exactly as it is written there (`99.30`, `1e3`); absent for other values. */
  readonly number?: string
}
