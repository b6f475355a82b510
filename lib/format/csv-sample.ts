/** Splits the first lines of a CSV file for a delimiter that is only being tried. Forgiving: it never fails, and looks at few rows. */

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

/** Rows of cells, quotes respected; a quote that does not end within some lines is taken as text, so that one bad line spoils no other. */
export function sampleRows(text: string, delimiter: string, newline: string): SampleRow[] {
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
    while (!raw.startsWith('#') && more < 50 && to < text.length && quotesOpen(long, delimiter)) {
      const next = text.indexOf(newline, to + 1)
      to = next < 0 ? text.length : next
      long = text.slice(at, to)
      more += 1
    }
    if (more > 0 && !quotesOpen(long, delimiter)) {
      raw = long
      end = to
      line += more
    }
    at = end + 1
    if (raw.trim() === '') block += 1
    else rows.push({ cells: cellsOf(raw.replace(/\r$/, ''), delimiter), line: start, block, quoted: raw.startsWith('"') })
  }
  return rows
}

function quotesOpen(raw: string, delimiter: string): boolean {
  let open = false
  let start = true
  for (const char of raw) {
    if (char === '"' && (open || start)) {
      open = !open
      // A doubled quote closes and opens again at once.
      start = !open
    } else if (!open) {
      start = char === delimiter || (start && char === ' ')
    }
  }
  return open
}

function cellsOf(raw: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let open = false
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at] ?? ''
    if (open && char === '"' && raw[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (char === '"' && (open || cell.trim() === '')) {
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
