/** Tables of aligned columns in what tools print: lines that may belong to one are kept until another kind of line ends them. */

import type { FormatEvent } from './event.js'
import { isFrame } from './fence-piped.js'
import { isSegmented } from './fence-segments.js'
import { fencedTables } from './markdown-fence.js'
import type { MarkdownLine } from './markdown-lines.js'
import { BLOCK_LENGTH, BLOCK_LINES, type TextTable } from './text-table.js'

export interface TextColumns {
  /** False: the line stands in no column, and what was kept is complete. */
  add(line: MarkdownLine): boolean
  /** Whether a line of a label and several columns goes on with those above it. */
  goesOn(text: string): boolean
  /** Forgets the lines. */
  drop(): void
  /** The tables of the lines that were kept. */
  take(): readonly TextTable[]
}

const PARTED = /\S(?: {2,}|\t+)\s*\S/

export function textColumns(): TextColumns {
  let lines: MarkdownLine[] = []
  let length = 0
  let full = false
  const drop = (): void => {
    lines = []
    length = 0
    full = false
  }
  return {
    drop,
    add(line) {
      // Tools put a `#` before what is no number.
      const text = line.text.replace(/^(\s*)#+(?=\s)/, (mark) => ' '.repeat(mark.length))
      const rule = lines.length > 0 && isFrame(text)
      if (!rule && !PARTED.test(text.trim()) && !isSegmented(text)) return false
      full ||= lines.length >= BLOCK_LINES || length + text.length > BLOCK_LENGTH
      // More is a log; the rows that are there are read.
      if (full) return true
      lines.push({ ...line, text })
      length += text.length
      return true
    },
    goesOn: (text) => (lines.length > 0 && /\s:\s{2,}\S+(?: {2,}\S+){2}/.test(text)) || isSegmented(text),
    take() {
      const kept = lines
      drop()
      return kept.length < 2 ? [] : fencedTables(kept, 'text')
    },
  }
}

/** As events; `table`: its number. */
export function tableEvents({ header, start, rows, confidence, caption }: TextTable, table: number, heading: string | undefined): FormatEvent[] {
  const headings = [heading, caption].filter((text) => text !== undefined && text !== '') as string[]
  return [
    { type: 'table', table, header, line: start.line, confidence, bytes: start.bytes, ...(headings.length === 0 ? {} : { headings }) },
    ...rows.map(({ cells, line }, row): FormatEvent => ({ type: 'row', table, row, cells: cells.map(({ text }) => text), line: line.line, columns: cells.map(({ column }) => column), bytes: line.bytes })),
  ]
}
