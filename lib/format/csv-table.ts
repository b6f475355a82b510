/** Makes tables of rows: which row is a header, where the next table starts, which rows do not fit. */

import { problem, type Problem } from '../stage/index.js'
import { isNumeric, namesColumns, type Dialect } from './csv-dialect.js'
import type { TableRow, TableStart } from './event.js'

export interface CsvRow {
  readonly cells: readonly string[]
  /** 1-based line where it starts. */
  readonly line: number
  /** First byte and one past the last, without the line end. */
  readonly bytes: readonly [number, number]
  /** True for a line that starts with `#`. */
  readonly comment: boolean
  raw(): string
}

export interface CsvTables {
  /** Number of columns of the current table. */
  readonly width: number | undefined
  row(row: CsvRow): (TableStart | TableRow | Problem)[]
  /** Blank lines stood before the next row. */
  blank(): void
  end(): (TableStart | TableRow | Problem)[]
}

export function csvTables(file: string, dialect: Pick<Dialect, 'header'>): CsvTables {
  let table = -1
  let rows = 0
  let header: readonly string[] | undefined
  let numeric = false
  let blank = false
  /** A row of one cell after a blank line: the title of the table that follows, or a row that is too short. */
  let title: CsvRow | undefined

  const start = (names: readonly string[], { line, bytes }: CsvRow, heading?: string): (TableStart | Problem)[] => {
    table += 1
    rows = 0
    numeric = false
    header = names.map((name) => name.trim())
    const events: (TableStart | Problem)[] = [
      { type: 'table', table, header, line, bytes, ...(heading === undefined ? {} : { headings: [heading] }) },
    ]
    const twice = header.filter((name, at) => name !== '' && header?.indexOf(name) !== at)
    if (twice.length > 0) {
      const list = [...new Set(twice)].map((name) => `"${name}"`).join(', ')
      events.push(problem(file, 'duplicate-header', `expected each column name once, found ${list} more than once: all columns are kept, tell them apart by their number`, { line }))
    }
    return events
  }

  const first = (row: CsvRow): (TableStart | TableRow | Problem)[] => {
    switch (dialect.header) {
      case 'first':
        return start(row.cells, row)
      case 'shifted':
        return start(['', ...row.cells], row)
      case 'comment':
        return start([row.cells[0]?.replace(/^#+/, '') ?? '', ...row.cells.slice(1)], row)
      case 'none':
        return [...start(row.cells.map((_, at) => `column_${at + 1}`), row), ...body(row)]
    }
  }

  const body = (row: CsvRow): (TableRow | Problem)[] => {
    const width = header?.length ?? 0
    const { cells, line, bytes } = row
    numeric ||= cells.some(isNumeric)
    const events: (TableRow | Problem)[] = [{ type: 'row', table, row: rows, cells, line, bytes }]
    rows += 1
    if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== '')) {
      events.push(
        problem(file, 'ragged-row', `expected ${width} cells as in the header, found ${cells.length}: the cells that are there are kept`, {
          line,
          byte: bytes[0],
          raw: row.raw(),
        }),
      )
    }
    return events
  }

  const isNextHeader = (cells: readonly string[]): boolean => {
    if (!header || !namesColumns(cells) || cells.length < 2) return false
    return cells.length !== header.length || (numeric && !cells.some((cell) => header?.includes(cell.trim())))
  }

  return {
    get width() {
      return header?.length
    },
    blank() {
      blank = true
    },
    row(row) {
      const { cells } = row
      if (row.comment && !(header === undefined && dialect.header === 'comment')) return []
      // A row of empty cells is how a spreadsheet writes a blank line.
      if (cells.every((cell) => cell.trim() === '')) {
        blank = true
        return []
      }
      if (!header) {
        blank = false
        return first(row)
      }
      const held = title
      title = undefined
      if (cells.length > 1 && cells.length === header.length && cells.every((cell, at) => cell.trim() === header?.[at])) {
        blank = false
        return start(cells, row, held?.cells[0]?.trim())
      }
      if ((blank || held) && isNextHeader(cells)) {
        blank = false
        return start(cells, row, held?.cells[0]?.trim())
      }
      const events = held ? body(held) : []
      if (blank && cells.length === 1 && header.length > 1) {
        title = row
        blank = false
        return events
      }
      blank = false
      return [...events, ...body(row)]
    },
    end() {
      return title ? body(title) : []
    },
  }
}
