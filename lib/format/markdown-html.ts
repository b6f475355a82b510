/** Reads the `<table>` of an HTML block: rows, spans, and where each cell's text stands. */

import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow, TextTable } from './text-table.js'

interface Cell extends TextCell {
  readonly head: boolean
  readonly across: number
  readonly down: number
}

interface Row {
  readonly cells: readonly Cell[]
  readonly line: MarkdownLine
  /** Stands in a `<thead>`. */
  readonly head: boolean
}

const TAG = /<(\/?)(table|thead|tbody|tfoot|tr|td|th|caption)\b((?:"[^"]{0,500}"|'[^']{0,500}'|[^<>"'])*)>/gi
const MOST_COLUMNS = 100
const MOST_ROWS = 2000
const CONFIDENCE = 0.9

/** `undefined` for tables that only lay a page out: nested ones, ones with Markdown in them, ones of one row or column. */
export function htmlTable(lines: readonly MarkdownLine[]): TextTable | undefined {
  const { rows, caption } = readRows(lines)
  const grid = spread(rows)
  const width = Math.max(0, ...grid.map((row) => row.length))
  const headed = headerRows(rows, grid, width)
  const start = rows[0]?.line
  if (start === undefined || width < 2 || headed === 0 || grid.length <= headed) return undefined
  const titles = grid.slice(0, headed).filter((row) => !isBand(row))
  const bands = grid.slice(0, headed).filter(isBand).flatMap((row) => row[0]?.text ?? [])
  const header = Array.from({ length: width }, (_, index) => title(titles, index))
  if (header.every((text) => text === '')) return undefined
  const found = grid.slice(headed).flatMap((cells, index): TextRow[] => {
    const line = rows[headed + index]?.line
    // A band across the table parts its rows.
    return line === undefined || isBand(cells) || cells.length === 0 ? [] : [{ cells, line }]
  })
  const above = [...(caption === '' ? [] : [caption]), ...bands].join('. ')
  return found.length === 0 ? undefined : { header, start, rows: found, confidence: CONFIDENCE, ...(above === '' ? {} : { caption: above }) }
}

function readRows(lines: readonly MarkdownLine[]): { readonly rows: readonly Row[]; readonly caption: string } {
  const starts: number[] = []
  let text = ''
  for (const line of lines) {
    starts.push(text.length)
    text += `${line.text}\n`
  }
  let next = 0
  /** Offsets are asked for in rising order. */
  const lineAt = (offset: number): MarkdownLine | undefined => {
    while (next + 1 < starts.length && (starts[next + 1] ?? Infinity) <= offset) next += 1
    return lines[next]
  }
  const rows: Row[] = []
  let caption = ''
  let cells: Cell[] = []
  let rowLine: MarkdownLine | undefined
  let inHead = false
  let open: { readonly from: number; readonly name: string; readonly attributes: string } | undefined

  const close = (to: number) => {
    if (!open) return
    const { from, name, attributes } = open
    open = undefined
    const inside = text.slice(from, to)
    const shown = plain(inside)
    if (name === 'caption') caption = shown
    if (name === 'caption' || cells.length >= MOST_COLUMNS) return
    const at = from + (/^(?:\s|<[^<>]{0,500}>)*/.exec(inside)?.[0].length ?? 0)
    const line = lineAt(Math.min(at, to))
    if (line) cells.push({ text: shown, line, column: Math.min(at, to) - (starts[next] ?? 0) + 1 + line.shift, head: name === 'th', across: span(attributes, 'col'), down: span(attributes, 'row') })
  }
  const endRow = () => {
    if (cells.length > 0 && rowLine && rows.length < MOST_ROWS) rows.push({ cells, line: rowLine, head: inHead })
    cells = []
  }
  for (const match of text.matchAll(TAG)) {
    const [whole, slash, tag = '', attributes = ''] = match
    const name = tag.toLowerCase()
    close(match.index)
    if (name === 'tr') {
      endRow()
      if (slash === '') rowLine = lineAt(match.index)
    } else if (name === 'thead' || name === 'tbody') {
      endRow()
      inHead = name === 'thead' && slash === ''
    } else if (slash === '' && (name === 'td' || name === 'th' || name === 'caption')) {
      rowLine ??= lineAt(match.index)
      open = { from: match.index + whole.length, name, attributes }
    }
  }
  endRow()
  return { rows, caption }
}

function span(attributes: string, of: 'col' | 'row'): number {
  const found = (of === 'col' ? /colspan\s*=\s*["']?(\d{1,3})/i : /rowspan\s*=\s*["']?(\d{1,4})/i).exec(attributes)?.[1]
  return Math.max(1, Math.min(Number(found ?? 1), of === 'col' ? MOST_COLUMNS : MOST_ROWS))
}

/** Each cell wherever it reaches. */
function spread(rows: readonly Row[]): Cell[][] {
  const hanging: { readonly cell: Cell; left: number }[] = []
  return rows.map(({ cells }) => {
    const out: Cell[] = []
    const hang = () => {
      for (let above = hanging[out.length]; above && above.left > 0 && out.length < MOST_COLUMNS; above = hanging[out.length]) {
        above.left -= 1
        out.push(above.cell)
      }
    }
    for (const cell of cells) {
      hang()
      for (let left = cell.across; left > 0 && out.length < MOST_COLUMNS; left -= 1) {
        hanging[out.length] = { cell, left: cell.down - 1 }
        out.push(cell)
      }
    }
    hang()
    return out
  })
}

/** The rows of `<thead>`, or those of nothing but `<th>`, or the first one where it holds no number; with the bands between them. */
function headerRows(rows: readonly Row[], grid: readonly (readonly Cell[])[], width: number): number {
  const marked = rows.findIndex(({ cells, head }) => !head && cells.some((cell) => !cell.head))
  if (marked > 0) return marked
  // A `<thead>` may hold `<td>` only.
  const first = grid.findIndex((row) => !isBand(row))
  const row = grid[first]
  if (marked !== 0 || row?.length !== width) return 0
  if (row.some(({ text }) => NUMBER.test(text))) return 0
  // A title that goes down beside others has them all in the header.
  const last = first + (row[0]?.down ?? 1)
  const under = grid.slice(first + 1, last)
  return last < grid.length && under.every((cells) => cells.length === width && !cells.some(({ text }) => NUMBER.test(text))) ? last : first + 1
}

const NUMBER = /^[\d.,]+\s?%?$/

function isBand(row: readonly Cell[]): boolean {
  return row.length > 1 && row.every((cell) => cell === row[0])
}

/** What stands above a column, from the outside in. */
function title(rows: readonly (readonly Cell[])[], index: number): string {
  const parts = rows.flatMap((row) => row[index]?.text ?? [])
  return parts.filter((part, at) => part !== '' && part !== parts[at - 1]).join(' ')
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", plusmn: '±', mu: 'µ', micro: 'µ', times: '×', minus: '−', ndash: '–', mdash: '—' }

function plain(html: string): string {
  return html
    .replace(/<!--[^]{0,2000}?-->/g, '')
    .replace(/<(?:br|\/p|\/div|\/li)\b[^<>]{0,200}>/gi, ' ')
    .replace(/<img\b[^<>]{0,500}?\balt="([^"<>]{0,100})"[^<>]{0,500}>/gi, '$1')
    .replace(/<[^<>]{0,1000}>/g, '')
    .replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (whole, code: string | undefined, name: string | undefined) => (code !== undefined ? String.fromCodePoint(Math.min(Number(code), 0xffff)) : (ENTITIES[(name ?? '').toLowerCase()] ?? whole)))
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
