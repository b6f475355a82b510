/** Lines of a Markdown text that wait until it is known what they mean, and whether the ones behind are rows that can be scanned. */

import { isDelimiterRow, mayNameWhatIsBelow } from './markdown-look.js'
import { isBlank, type MarkdownLine } from './markdown-lines.js'

export interface MarkdownHeld {
  add(line: MarkdownLine): void
  /** Columns of the table that the last line belongs to, when rows of it may be scanned from there. */
  readonly width: number | undefined
  /** Lines that need not wait any more, in order. */
  ready(): readonly MarkdownLine[] | undefined
  rest(): readonly MarkdownLine[]
}

/** Weighed in characters, with what a line takes besides. */
const LINE_WEIGHT = 64
/** Lines in which nothing refers to a definition wait for their block to end, but not longer than this. */
const ENOUGH = 64 * 1024
const TOO_MUCH = 1024 * 1024
const LONGEST_HEADER = 8000

/** `windowSize`: how long lines wait that may refer to a definition further down. */
export function markdownHeld(windowSize: number): MarkdownHeld {
  let lines: MarkdownLine[] = []
  let weight = 0
  /** Lines before the last place that is safe to cut: a blank line, and a line in the first column behind it. */
  let safe = 0
  let blanks = 0
  let refers = false
  const table = tableWatch()

  const take = (count: number): readonly MarkdownLine[] => {
    const taken = lines
    lines = taken.splice(count)
    safe = 0
    weight = lines.reduce((sum, line) => sum + weightOf(line), 0)
    refers = lines.some(mayRefer)
    return taken
  }

  return {
    get width() {
      return table.width
    },
    add(line) {
      const blank = isBlank(line.text)
      if (!blank && blanks > 0 && /^\S/.test(line.text)) safe = lines.length
      blanks = blank ? blanks + 1 : 0
      table.add(line)
      // The third blank line in a row says no more than the second.
      if (blanks > 2 && !line.block) return
      lines.push(line)
      weight += weightOf(line)
      refers ||= mayRefer(line)
      // The rows of a table go on behind its header, wherever that is.
      if (line.rows) safe = lines.length
    },
    ready() {
      if (weight > ENOUGH && !refers && safe > 0) return take(safe)
      if (weight <= Math.min(windowSize, refers ? Infinity : TOO_MUCH)) return undefined
      return take(safe > lines.length / 2 ? safe : lines.length)
    },
    rest: () => take(lines.length),
  }
}

function weightOf({ text, rows }: MarkdownLine): number {
  return rows ? rows.cells.end + 4 * rows.cells.spans.length : text.length + LINE_WEIGHT
}

/** `[a](b)` is a link whatever is defined. */
function mayRefer({ text }: MarkdownLine): boolean {
  return text.includes('[') && text.replace(/\[[^[\]]*\]\(/g, '').includes('[')
}

/** Knows of which tables it is sure: at the beginning of a block or below its heading, between pipes. */
function tableWatch(): { add(line: MarkdownLine): void; readonly width: number | undefined } {
  let clear = true
  let header: number | undefined
  let inTable: number | undefined
  let named = false
  return {
    get width() {
      return named ? undefined : inTable
    },
    add({ text, rows }) {
      if (rows) {
        named = false
        return
      }
      const row = text.startsWith('|') && text.length < LONGEST_HEADER ? text.trimEnd() : ''
      const isRow = row.length > 1 && row.endsWith('|') && !row.endsWith('\\|')
      const delimiter = isRow && isDelimiterRow(row)
      if (header !== undefined && delimiter && row.split('|').length - 2 === header) inTable = header
      else if (!isRow || delimiter) inTable = undefined
      named = inTable !== undefined && mayNameWhatIsBelow(row)
      // A header within the table has a width of its own.
      if (named && row.split('|').length - 2 !== inTable) inTable = undefined
      header = clear && isRow && !delimiter && !row.includes('\\') ? row.split('|').length - 2 : undefined
      clear = isBlank(text) || (clear && /^#{1,6}(?: |$)/.test(text))
    },
  }
}
