/** A table that stands in text which Markdown itself does not read: in a code fence, or written as HTML. */

import type { MarkdownLine } from './markdown-lines.js'

export interface TextTable {
  readonly header: readonly string[]
  /** Where the header stands; for rows that need none, the first of them. */
  readonly start: MarkdownLine
  readonly rows: readonly TextRow[]
  /** 0 to 1: how sure it is that this is a table with these columns. */
  readonly confidence: number
  /** A caption of its own. */
  readonly caption?: string
}

export interface TextRow {
  readonly cells: readonly TextCell[]
  readonly line: MarkdownLine
}

export interface TextCell {
  readonly text: string
  /** Where its text begins; a cell that goes on from the row above stands there. */
  readonly line: MarkdownLine
  /** 1-based. */
  readonly column: number
}

/** Lines kept of one block, and their length together; longer blocks are logs or programs. */
export const BLOCK_LINES = 2000
export const BLOCK_LENGTH = 512 * 1024
