/** Makes tables of rows: which rows are a header, where the next table starts, what describes it, which rows do not fit. */

import { problem, type Problem } from '../stage/index.js'
import { describedBy } from './csv-description.js'
import type { Dialect } from './csv-dialect.js'
import { distinctNames, HEADER_ROWS, headerDepth, isMissing, isNumeric, joinedNames, namesColumns } from './csv-header.js'
import type { FieldFound, TableRow, TableStart } from './event.js'
import { rawOf } from './raw-text.js'

export interface CsvRow {
  readonly cells: readonly string[]
  /** 1-based line where it starts. */
  readonly line: number
  /** First byte and one past the last, without the line end. */
  readonly bytes: readonly [number, number]
  /** True for a line that starts with `#`. */
  readonly comment: boolean
  /** What stands in the file, no more of it than a problem shows. */
  raw(): Buffer
}

export type CsvEvent = TableStart | TableRow | FieldFound | Problem

export interface CsvTables {
  /** Number of columns of the current table. */
  readonly width: number | undefined
  /** Where any row of `width` cells with a number under `probe` can be nothing but the next row of the table: what `row` needs not be asked about. */
  plain(): { readonly table: number; readonly row: number; readonly width: number; readonly probe: number } | undefined
  /** So many of those rows were taken. */
  took(rows: number): void
  /** A line before the first table. */
  above(row: Omit<CsvRow, 'cells' | 'comment'>): CsvEvent[]
  row(row: CsvRow): CsvEvent[]
  /** Blank lines stood before the next row. */
  blank(): CsvEvent[]
  end(): CsvEvent[]
}

/** Lines that describe a table and are remembered for it. */
const MAX_CONTEXT = 100
const MAX_TITLE = 80
/** Rows in which is looked which columns hold numbers. */
const PROBED_ROWS = 64

export function csvTables(file: string, dialect: Pick<Dialect, 'header' | 'delimiter'>): CsvTables {
  let table = -1
  let rows = 0
  let header: readonly string[] | undefined
  let place: readonly [first: CsvRow, last: CsvRow] | undefined
  /** Columns in whose first rows numbers stood, and the first of them. */
  let numeric: boolean[] = []
  let probe = -1
  /** Rows of the table with as many cells as its header, and with more: where most have more, the header lacks a name. */
  let fitting = 0
  let longer = 0
  let blank = false
  let context: readonly FieldFound[] = []
  /** The last line above the first table that describes nothing else. */
  let above: { readonly text: string; readonly line: number } | undefined
  let told = false
  /** The first rows of a table, as long as it is open how many of them are its header. */
  let opening: { readonly rows: CsvRow[]; readonly heading: string | undefined } | undefined
  /** Rows that may be the title or the header of a further table, and are decided by the row that follows. */
  let title: CsvRow | undefined
  let candidate: CsvRow | undefined

  const start = (names: readonly string[], first: CsvRow, last: CsvRow, heading?: string): CsvEvent[] => {
    table += 1
    rows = 0
    numeric = []
    probe = -1
    fitting = 0
    longer = 0
    place = [first, last]
    const distinct = distinctNames(names.map((name) => name.trim()))
    header = distinct.names
    const { line } = first
    const found: TableStart = {
      type: 'table',
      table,
      header,
      line,
      bytes: [first.bytes[0], last.bytes[1]],
      ...(heading === undefined ? {} : { headings: [heading] }),
      ...(context.length === 0 ? {} : { context }),
    }
    if (distinct.twice.length === 0) return [found]
    const list = distinct.twice.map((name) => `"${name}"`).join(', ')
    return [found, problem(file, 'duplicate-header', `expected each column name once, found ${list} more than once: all columns are kept, the later ones as "${distinct.twice[0] ?? ''} (2)" and so on`, { line, byte: first.bytes[0] })]
  }

  const opened = (row: CsvRow): CsvEvent[] => {
    const heading = above && above.line === row.line - 1 ? above.text : undefined
    switch (dialect.header) {
      case 'first':
        opening = { rows: [row], heading }
        return []
      case 'shifted':
        return start(['', ...row.cells], row, row)
      case 'comment':
        return start([row.cells[0]?.replace(/^#+/, '') ?? '', ...row.cells.slice(1)], row, row)
      case 'none': {
        const names = row.cells.map((_, at) => `column_${at + 1}`)
        const nameless = problem(file, 'no-header', 'expected names of columns in the first row, found values: the columns are called column_1 and so on, and what they hold is not known; put a row of names on top', {
          line: row.line,
          byte: row.bytes[0],
          ...rawOf(row.raw()),
        })
        return [...start(names, row, row), nameless, ...body(row)]
      }
    }
  }

  /** Decides how many of the rows that wait are the header. */
  const settle = (): CsvEvent[] => {
    const waiting = opening
    opening = undefined
    const [top, ...others] = waiting?.rows ?? []
    if (!waiting || !top) return []
    const depth = headerDepth(waiting.rows.map((row) => row.cells))
    const last = waiting.rows[depth - 1] ?? top
    const names = depth > 1 ? joinedNames(waiting.rows.slice(0, depth).map((row) => row.cells)) : top.cells
    return [...start(names, top, last, waiting.heading), ...others.slice(depth - 1).flatMap(body)]
  }

  const look = (cells: readonly string[]): void => {
    for (const [at, cell] of cells.entries()) if (numeric[at] !== true && isNumeric(cell)) numeric[at] = true
    probe = numeric.findIndex((found) => found)
  }

  const body = (row: CsvRow): CsvEvent[] => {
    const width = header?.length ?? 0
    const { line, bytes } = row
    const extra = row.cells.length > width && row.cells.slice(width).some((cell) => cell.trim() !== '')
    const mended = extra ? rejoined(row.cells, width, dialect.delimiter) : undefined
    const cells = mended ?? (row.cells.length > width ? row.cells.slice(0, width) : row.cells)
    if (rows < PROBED_ROWS && (mended !== undefined || !extra)) look(cells)
    if (row.cells.length === width) fitting += 1
    const shifted = extra && mended === undefined && fitting > 0 && longer <= fitting && (row.cells.slice(width).some(isNumeric) || cells.some((cell, at) => numeric[at] === true && !isMissing(cell) && !isNumeric(cell)))
    if (extra && mended === undefined) longer += 1
    const events: CsvEvent[] = shifted ? [] : [{ type: 'row', table, row: rows, cells, line, bytes }]
    rows += 1
    if (row.cells.length < width || extra) {
      const kept = mended ? 'cells that a delimiter inside a text had parted are joined' : shifted ? 'they stand under the wrong names, so the row is left out; put texts with a delimiter in them in quotes' : extra ? `the first ${width} are kept` : 'the cells that are there are kept'
      events.push(problem(file, 'ragged-row', `expected ${width} cells as in the header, found ${row.cells.length}: ${kept}`, { line, byte: bytes[0], ...rawOf(row.raw()) }))
    }
    return events
  }

  /** The first line of a further table, where a blank line or a title says that one begins. */
  const isNextHeader = (cells: readonly string[]): boolean => {
    if (!header || !namesColumns(cells) || cells.length < 2) return false
    return cells.length !== header.length || (probe >= 0 && !cells.some((cell) => header?.includes(cell.trim())))
  }

  /** Nothing else says that a table begins here: names where numbers stood, under a name that stays or in another number of cells. */
  const mayBeHeader = ({ cells }: CsvRow): boolean => {
    if (!header || probe < 0 || cells.length < 2) return false
    // Nearly every row has a number here, and is none.
    if (cells.length === header.length && isNumeric(cells[probe] ?? '')) return false
    if (!namesColumns(cells)) return false
    if (cells.length !== header.length) return true
    const shared = cells.some((cell, at) => cell.trim() !== '' && cell.trim() === header?.[at])
    return shared && cells.every((cell, at) => numeric[at] !== true || !isMissing(cell))
  }

  /** The row below a header has as many cells, and numbers where that has names. */
  const confirms = (row: CsvRow, above: CsvRow): boolean =>
    row.cells.length === above.cells.length && row.cells.some(isNumeric) && !above.cells.some(isMissing) && (row.cells.length !== header?.length || above.cells.some((cell, at) => numeric[at] === true && isNumeric(row.cells[at] ?? '') && cell.trim() !== header?.[at]))

  const describe = (text: string, { line, bytes }: Pick<CsvRow, 'line' | 'bytes'>): FieldFound[] => {
    if (context.length >= MAX_CONTEXT) return []
    const found = describedBy(text, dialect.delimiter).map(([label, value]): FieldFound => ({ type: 'field', label, value, line, column: 1, headings: [], bytes }))
    context = [...context.filter((field) => !found.some(({ label }) => label === field.label)), ...found]
    return found
  }

  /** Settings that are stated anew hold for the rows behind them: a table of its own, under the same names. */
  const restate = (row: CsvRow): CsvEvent[] => {
    const before = context
    const found = describe(row.raw().toString('utf8'), row)
    const changed = found.some(({ label, value }) => before.some((field) => field.label === label && field.value !== value))
    return [...found, ...(changed && header && place && rows > 0 ? start(header, ...place) : [])]
  }

  /** Rows that wait turn out to be rows. */
  const release = (): CsvEvent[] => {
    const waiting = [title, candidate].filter((row) => row !== undefined)
    title = undefined
    candidate = undefined
    return waiting.flatMap(body)
  }

  const next = (row: CsvRow, held: CsvRow | undefined): void => {
    opening = { rows: [row], heading: held?.cells[0]?.trim() }
    title = undefined
    candidate = undefined
    blank = false
  }

  const blankLine = (): CsvEvent[] => {
    blank = true
    return opening && opening.rows.length > 1 ? settle() : []
  }

  const take = (row: CsvRow): CsvEvent[] => {
    const { cells } = row
    if (row.comment && !(header === undefined && dialect.header === 'comment')) {
      if (opening) return describe(row.raw().toString('utf8'), row)
      return [...release(), ...restate(row)]
    }
    // A row of empty cells is how a spreadsheet writes a blank line.
    if (cells.every((cell) => cell.trim() === '')) return blankLine()
    if (opening) {
      opening.rows.push(row)
      blank = false
      return opening.rows.length >= HEADER_ROWS || cells.some(isNumeric) ? settle() : []
    }
    if (!header) {
      blank = false
      return opened(row)
    }
    return within(row, header)
  }

  /** A row behind the header of a table. */
  const within = (row: CsvRow, names: readonly string[]): CsvEvent[] => {
    const { cells } = row
    if (cells.length > 1 && cells.length === names.length && cells.every((cell, at) => cell.trim() === names[at])) {
      const events = candidate ? release() : []
      next(row, title)
      return events
    }
    if (candidate) {
      if (!confirms(row, candidate)) return [...release(), ...within(row, names)]
      next(candidate, title)
      opening?.rows.push(row)
      return settle()
    }
    if ((blank || title) && isNextHeader(cells)) {
      next(row, title)
      return []
    }
    blank = false
    if (mayBeHeader(row)) {
      candidate = row
      return []
    }
    const events = release()
    if (cells.length === 1 && names.length > 1) {
      title = row
      return events
    }
    return [...events, ...body(row)]
  }

  return {
    get width() {
      return header?.length ?? opening?.rows[0]?.cells.length
    },
    plain() {
      if (!header || header.length < 2 || opening || title || candidate || blank || rows < PROBED_ROWS || probe < 0) return undefined
      return isNumeric(header[probe] ?? '') ? undefined : { table, row: rows, width: header.length, probe }
    },
    took(count) {
      rows += count
      fitting += count
    },
    above(row) {
      const text = row.raw().toString('utf8').trim()
      if (/^sep=.?$/i.test(text)) return []
      const found = describe(text, row)
      const prose = text.replace(/^[#\s]+/, '')
      if (found.length === 0 && /[\p{L}\p{N}]/u.test(prose)) {
        above = !told && prose.length <= MAX_TITLE && !/[.!?]$/.test(prose) ? { text: prose, line: row.line } : undefined
        told = true
      }
      return found
    },
    blank: blankLine,
    row: take,
    end: () => [...settle(), ...release()],
  }
}

/** `Sort, 1000 rows` without quotes: behind the delimiter of a sentence stands a blank, behind those of the file none. */
function rejoined(cells: readonly string[], width: number, delimiter: string): readonly string[] | undefined {
  const parts = cells.filter((cell, at) => at > 0 && cell.startsWith(' ') && !isNumeric(cell))
  if (parts.length === 0 || parts.length !== cells.length - width || cells.some((cell, at) => at > 0 && cell.startsWith(' ') && isNumeric(cell))) return undefined
  const joined: string[] = []
  for (const [at, cell] of cells.entries()) {
    if (at > 0 && cell.startsWith(' ')) joined.push(`${joined.pop() ?? ''}${delimiter}${cell}`)
    else joined.push(cell)
  }
  return joined
}
