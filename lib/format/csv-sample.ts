/** Splits the first lines of a CSV file for a delimiter that is only being tried. Forgiving: it never fails, and looks at few rows. */

import { isAligned, splitAligned, type Delimiter, type Quote } from './csv-core.js'

export interface SampleRow {
  readonly cells: readonly string[]
  /** 0-based physical line. */
  readonly line: number
  /** Rows that follow each other without a blank line between them. */
  readonly block: number
  /** The first cell stands in quotes: it cannot begin a comment. */
  readonly quoted: boolean
}

const MAX_ROWS = 500
/** A rule between rows, as databases and consoles draw it. */
const RULE = /^[-+|=: \t]*$/

export interface SampleOptions {
  readonly delimiter: Delimiter
  readonly newline: '\n' | '\r'
  readonly quote: Quote
}

/** Rows of cells, quotes respected; a quote that does not end within some lines is taken as text, so that one bad line spoils no other. */
export function sampleRows(text: string, { delimiter, newline, quote }: SampleOptions): SampleRow[] {
  const rows: SampleRow[] = []
  let at = 0
  let line = 0
  let block = 0
  while (at < text.length && rows.length < MAX_ROWS) {
    let end = text.indexOf(newline, at)
    if (end < 0) end = text.length
    const start = line
    let raw = text.slice(at, end)
    line += 1
    // A row whose quotes are open goes on, but not for ever: then the quote is text, and so are those in comments.
    let to = end
    let long = raw
    let more = 0
    while (!raw.startsWith('#') && more < 50 && to < text.length && quotesOpen(long, delimiter, quote)) {
      const next = text.indexOf(newline, to + 1)
      to = next < 0 ? text.length : next
      long = text.slice(at, to)
      more += 1
    }
    if (more > 0 && !quotesOpen(long, delimiter, quote)) {
      raw = long
      end = to
      line += more
    }
    at = end + 1
    if (isRule(raw, delimiter)) continue
    const cells = raw.trim() === '' ? [] : cellsOf(raw.replace(/\r$/, ''), delimiter, quote)
    // A row of empty cells is how a spreadsheet writes a blank line.
    if (cells.every((cell) => cell.trim() === '')) block += 1
    else rows.push({ cells, line: start, block, quoted: raw.startsWith(quote) })
  }
  return rows
}

/** `+-----+----+`, `|=====|`: draws the table and holds nothing. */
export function isRule(line: string, delimiter: Delimiter): boolean {
  return (delimiter === '|' || isAligned(delimiter)) && /--|==/.test(line) && RULE.test(line.trim())
}

function quotesOpen(raw: string, delimiter: Delimiter, quote: Quote): boolean {
  if (isAligned(delimiter) || !raw.includes(quote)) return false
  let open = false
  let start = true
  for (const char of raw) {
    if (char === quote && (open || start)) {
      open = !open
      // A doubled quote closes and opens again at once.
      start = !open
    } else if (!open) {
      start = char === delimiter || (start && char === ' ')
    }
  }
  return open
}

function cellsOf(raw: string, delimiter: Delimiter, quote: Quote): string[] {
  if (isAligned(delimiter)) return splitAligned(raw, delimiter)
  if (!raw.includes(quote)) return raw.split(delimiter)
  const cells: string[] = []
  let cell = ''
  let open = false
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at] ?? ''
    if (open && char === quote && raw[at + 1] === quote) {
      cell += quote
      at += 1
    } else if (char === quote && (open || cell.trim() === '')) {
      open = !open
    } else if (char === delimiter && !open) {
      cells.push(cell)
      cell = ''
    } else {
      cell += char
    }
  }
  cells.push(cell)
  return cells
}
