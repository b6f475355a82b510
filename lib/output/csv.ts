/** Records or summary rows as CSV. */

import { ChimeraError, sanitize, type Stage } from '../stage/index.js'
import { dataSheets } from './data-sheets.js'
import { sheetRun, type Cell, type Column } from './sheet.js'
import { textStage, type Printable, type WriterOptions } from './writer.js'

export interface CsvOptions extends WriterOptions {
  /** Names of the columns to write, in this order; default all. */
  fields?: readonly string[]
}

/**
 * CSV as RFC 4180 has it, but with `\n` at the end of lines, as programs in a pipe expect. Base units, full precision; a header
 * comes always. Records: `metric,value,unit,stat,better,status,time,file,line,column,pointer,byte,byte_end,format,layout,confidence,
 * raw_name,raw_text,raw_unit,attributes,id`, attributes as JSON in one column, since they differ from record to record and the stream has no end.
 * Summary rows: `metric,unit,better`, the keys of `by` (else `group` as JSON), `stat,n,mean,...,files`; aggregates on lines of their
 * own, with the statistic named in `stat`.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front (CWE-1236); control characters are removed.
 *
 * @throws {ChimeraError} `USAGE` for an unknown field, or when records and summary rows come mixed.
 */
export function csv(options: CsvOptions = {}): Stage<Printable, string> {
  const { by, fields } = options
  return textStage(
    'csv',
    () => {
      const sheet = sheetRun(dataSheets(by), by ? 'summary' : 'record')
      let picked: readonly number[] | undefined
      const header = (): string => {
        if (picked) return ''
        const columns = sheet.columns()
        picked = pick(columns, fields)
        return csvLine(picked.map((at) => columns[at]?.name))
      }
      return {
        item(item) {
          const rows = sheet.rows(item)
          if (rows.length === 0) return ''
          return header() + rows.map((row) => csvLine((picked ?? []).map((at) => row[at]))).join('')
        },
        end: header,
      }
    },
    options,
  )
}

function pick(columns: readonly Column[], fields: readonly string[] | undefined): readonly number[] {
  const names = columns.map((column) => column.name)
  return (fields ?? names).map((field) => {
    const at = names.indexOf(field)
    if (at < 0) throw new ChimeraError('USAGE', `expected fields among ${names.join(', ')}, found "${field}": leave it out or correct it`)
    return at
  })
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

/** Numbers, negative ones included, stay as they are, also where they come as text: `-5`, `-1,234.5`, `-5 %`, `-0.5 ms`. Nothing in them can call or refer to anything. */
const NUMBER = /^[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)? ?(?:%|\p{L}{0,12})$/u
/** Signs that start a formula; the wide ones do where such a keyboard is common. Behind an apostrophe they start none, but one more tells that the first is the text's own. */
const FORMULA = /^'*[=+\-@\t＝＋－＠]/

function csvCell(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const clean = sanitize(cell)
  const active = cell.startsWith('\r') || FORMULA.test(cell) || FORMULA.test(clean)
  const safe = active && !NUMBER.test(clean) ? `'${clean}` : clean
  // A line that begins with `#` is a comment to many readers, ours among them; a cell in `'`, or two that begin and end with one, look quoted.
  return /[",\n]|^[\s#']|[\s']$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
