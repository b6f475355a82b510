/** Records and summary rows as rows of cells: the step between data and every tabular form. */

import type { MetricRecord } from '../record/metric-record.js'
import { ChimeraError } from '../stage/index.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { isRecord } from './format-item.js'
import type { Printable } from './writer.js'

/** `undefined` is an empty cell: not known, or does not apply. */
export type Cell = string | number | undefined

export interface Column {
  readonly name: string
  /** Numbers stand to the right, and are never cut. */
  readonly numeric: boolean
}

export interface Sheet<T> {
  readonly columns: readonly Column[]
  /** One item may take several lines. */
  rows(item: T): readonly (readonly Cell[])[]
}

export interface Sheets {
  readonly record: Sheet<MetricRecord>
  readonly summary: Sheet<SummaryRow>
}

export interface SheetRun {
  /** Known after the first row, or asked for without one. */
  columns(): readonly Column[]
  rows(item: Printable): readonly (readonly Cell[])[]
}

/**
 * The first figure decides what is written; without any, `expected` does.
 *
 * @throws {ChimeraError} `USAGE` when records and summary rows come mixed: they have different columns.
 */
export function sheetRun(sheets: Sheets, expected: keyof Sheets): SheetRun {
  let kind: keyof Sheets | undefined
  return {
    columns: () => sheets[kind ?? expected].columns,
    rows(item) {
      const found = isRecord(item) ? 'record' : item.type === 'summary' ? 'summary' : undefined
      if (!found) return []
      kind ??= found
      if (kind !== found) {
        throw new ChimeraError('USAGE', `expected ${kind} rows only, found a ${found} row: write records and summaries to tables of their own`)
      }
      return isRecord(item) ? sheets.record.rows(item) : item.type === 'summary' ? sheets.summary.rows(item) : []
    },
  }
}

export function text(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, numeric: false }))
}

export function numbers(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, numeric: true }))
}
