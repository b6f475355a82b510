/** Records or summary rows as aligned columns of plain text. */

import { sanitizeLine, stage, type Batches, type Stage } from '../stage/index.js'
import * as narrow from './narrow-width.js'
import { peopleSheets } from './people-sheets.js'
import { sheetRun, type Cell, type Column } from './sheet.js'
import { piece, WAITING, type Printable, type WriterOptions } from './writer.js'

export interface TableOptions extends WriterOptions {
  /** Width of the terminal: text columns are cut until the lines fit. Without it nothing is cut. */
  columns?: number | undefined
  /** Whether the header is bold; default false. */
  color?: boolean | undefined
}

/** So many rows are held back to measure the columns; later ones that are wider only push their own line out. */
const MEASURED_ROWS = 500
const GAP = 2
/** No text column is cut below this. */
const NARROWEST = 6

/**
 * Aligned columns for people, values scaled (0.1175 s is 117.5 ms), numbers to the right and never cut, control characters removed.
 * The first 500 rows are measured before the first is written, so memory is bounded. Nothing comes when there are no rows.
 *
 * @throws {ChimeraError} `USAGE` when records and summary rows come mixed.
 */
export function table(options: TableOptions = {}): Stage<Printable, string> {
  const { by, columns: limit, color = false } = options
  const start = () => {
    const sheet = sheetRun(peopleSheets(by), by ? 'summary' : 'record')
    /** Knows how wide text is: of what is no plain letter only once it is loaded. */
    let cells: CellWidth = narrow
    let held: (readonly string[])[] = []
    let widths: readonly number[] | undefined

    const names = () => sheet.columns().map((column) => sanitizeLine(column.name))
    const line = (row: readonly string[], fixed: readonly number[]): string => {
      const shown = row.map((cell, at) => {
        const numeric = sheet.columns()[at]?.numeric ?? false
        const width = fixed[at] ?? 0
        return cells.pad(numeric || limit === undefined ? cell : cells.truncate(cell, width), width, numeric)
      })
      return shown.join(' '.repeat(GAP)).trimEnd()
    }
    const flush = (): string => {
      if (held.length === 0) return ''
      const fixed = fit(sheet.columns(), measure([names(), ...held], cells), limit)
      widths = fixed
      const header = line(names(), fixed)
      const lines = [color ? `\x1b[1m${header}\x1b[22m` : header, ...held.map((row) => line(row, fixed))]
      held = []
      return `${lines.join('\n')}\n`
    }
    const take = (rows: readonly (readonly string[])[]): string => {
      const lines: string[] = []
      for (const row of rows) {
        if (widths) {
          lines.push(`${line(row, widths)}\n`)
          continue
        }
        held.push(row)
        if (held.length >= MEASURED_ROWS) lines.push(flush())
      }
      return lines.join('')
    }
    async function* takeWide(rows: readonly (readonly string[])[]): Batches<string> {
      cells = await import('./cell-width.js')
      yield* piece(take(rows))
    }
    return {
      write(batch: readonly Printable[]): Batches<string> {
        const rows = batch.flatMap((item) => sheet.rows(item)).map((row) => row.map(cellText))
        const known = cells !== narrow || [names(), ...rows].every((row) => row.every(narrow.isNarrow))
        return known ? piece(take(rows)) : takeWide(rows)
      },
      end: () => piece(flush()),
    }
  }
  return stage({ name: 'table', start }, { highWaterMark: WAITING, ...options })
}

type CellWidth = Pick<typeof narrow, 'pad' | 'truncate' | 'widthOf'>

function cellText(cell: Cell): string {
  return cell === undefined ? '' : sanitizeLine(String(cell))
}

function measure(rows: readonly (readonly string[])[], { widthOf }: CellWidth): number[] {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))
  return widths
}

/** Takes the excess from the widest text column first, so that short ones stay whole. */
function fit(columns: readonly Column[], widths: readonly number[], limit: number | undefined): readonly number[] {
  if (limit === undefined) return widths
  const fitted = [...widths]
  let excess = fitted.reduce((sum, width) => sum + width, 0) + GAP * (fitted.length - 1) - limit
  while (excess > 0) {
    const [widest] = [...fitted.keys()]
      .filter((at) => columns[at]?.numeric === false && (fitted[at] ?? 0) > NARROWEST)
      .sort((a, b) => (fitted[b] ?? 0) - (fitted[a] ?? 0))
    if (widest === undefined) break
    fitted[widest] = (fitted[widest] ?? 0) - 1
    excess -= 1
  }
  return fitted
}
