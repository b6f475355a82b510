/** Rows of a table into records. */

import { LAYOUTS } from '../layout/index.js'
import type { Layout } from '../layout/layout.js'
import { matchColumns } from '../layout/match.js'
import type { TableRow, TableStart } from '../format/event.js'
import type { Problem } from '../stage/index.js'
import { isEmpty, setAttribute } from './attributes.js'
import { metricAbove } from './caption.js'
import { addCell, cellPlace, type ReadRow, type TableAround } from './cell.js'
import { decideColumns, type Column } from './column.js'
import { contextOf } from './context.js'
import { decimalCommas } from './decimal-comma.js'
import { escape } from './json-path.js'
import { makeRecord, type Circumstances, type FileContext } from './make-record.js'
import { measure } from './measure.js'
import type { AttributeValue, MetricRecord, Status } from './metric-record.js'
import { namewise } from './namewise.js'
import { readNumber } from './number.js'
import { readError, readStatus } from './status.js'
import { readTime } from './time.js'
import { unitsRow } from './units-row.js'
import type { Variant } from './wide.js'

export interface TableReader<Found = MetricRecord | Problem> {
  readonly layout?: Pick<Layout, 'name'>
  row(row: TableRow): readonly Found[]
  /** The records of the rows that still wait; rows that come after are read all the same. */
  flush(): readonly Found[]
}

type RowReader = (row: ReadRow) => readonly MetricRecord[]

/** Rows looked at before the columns are decided. */
const SAMPLE_ROWS = 64

export function tableReader(context: FileContext, start: TableStart, title?: string): TableReader<MetricRecord> {
  const layout = matchColumns(LAYOUTS, start.header)
  const above = contextOf(start.context ?? [], start.headings ?? [], title)
  const around: TableAround = {
    context,
    start,
    tokens: start.header.map(escape),
    ...(layout === undefined ? {} : { layout }),
    attributes: above.attributes,
    ...(above.time === undefined ? {} : { time: above.time }),
    aboutModels: /model|llama|gemma|qwen|mistral|quant/i.test([...start.header, ...(start.headings ?? [])].join(' ')),
  }
  const named = metricAbove(start.headings ?? [])
  let waiting: TableRow[] = []
  let read: RowReader | undefined

  const decide = (): readonly MetricRecord[] => {
    const units = unitsRow(waiting)
    const written = units ? waiting.slice(1) : waiting
    waiting = []
    const pointed = decimalCommas(written.map((row) => row.cells), context.delimiter)
    const ready = (row: TableRow): ReadRow => (pointed ? { ...row, cells: pointed(row.cells), written: row.cells } : row)
    const rows = written.map(ready)
    const cells = rows.map((row) => row.cells)
    const reading = layout ? undefined : namewise(around, cells)
    const decided = reading ?? rowwise(around, decideColumns(cells, { headers: start.header, aboutModels: around.aboutModels, ...(named && { above: named }), ...(layout && { layout }), ...(units && { units }) }))
    read = pointed ? (row) => decided(ready(row)) : decided
    return rows.flatMap((row) => decided(row))
  }

  return {
    ...(layout === undefined ? {} : { layout }),
    row(row) {
      if (read) return read(row)
      waiting.push(row)
      return waiting.length >= SAMPLE_ROWS ? decide() : []
    },
    flush: () => (read ? [] : decide()),
  }
}

/** The common table: a column is a metric or an attribute, a row is one configuration. */
function rowwise(around: TableAround, columns: readonly Column[]): RowReader {
  const { context, start } = around
  const firstMetric = columns.findIndex((column) => column.role === 'metric')
  const markdown = context.format === 'markdown'
  const above: string[] = []
  return (row) => {
    const cells = markdown ? filledDown(row.cells, above, columns, firstMetric) : row.cells
    const circumstances = circumstancesOf(cells, columns, around)
    const rowUnit = columns.find((column) => column.role === 'unit')
    const out: MetricRecord[] = []
    for (const column of columns) {
      if (column.role !== 'metric') continue
      const text = cells[column.index]
      if (text === undefined || isEmpty(text)) continue
      const number = readNumber(text)
      if (!number) continue
      const sibling = rowUnit === undefined ? undefined : cells[rowUnit.index]?.trim()
      const own = column.meaningIn ? column.meaningIn(cells) : column.meaning
      if (!own) continue
      const meaning = sibling === undefined || sibling === '' ? own : { ...own, siblingUnit: sibling }
      for (const measured of measure(number, meaning)) {
        out.push(makeRecord(context, cellPlace(around, row, column.index), measured, { name: start.header[column.index] ?? '', text: row.written?.[column.index] ?? text }, underVariant(circumstances, column.variant)))
      }
    }
    return out
  }
}

function underVariant(circumstances: Circumstances, variant: Variant | undefined): Circumstances {
  if (!variant) return circumstances
  const attributes: Record<string, AttributeValue> = {}
  setAttribute(attributes, Object.hasOwn(circumstances.attributes, variant[0]) ? 'variant' : variant[0], variant[1])
  for (const [name, value] of Object.entries(circumstances.attributes)) setAttribute(attributes, name, value)
  return { ...circumstances, attributes }
}

/** An empty first cell, or one that says "as above", under a filled one belongs to the same group. */
function filledDown(cells: readonly string[], above: string[], columns: readonly Column[], before: number): readonly string[] {
  const same = DITTO.test(cells[0] ?? '')
  if (!same || columns[0]?.role !== 'attribute') {
    above.splice(0, above.length, ...cells.slice(0, Math.max(before, 1)))
    return cells
  }
  return cells.map((cell, index) => (index < before && columns[index]?.role === 'attribute' && (cell.trim() === '' || (index === 0 && above[0] !== undefined)) ? (above[index] ?? cell) : cell))
}

const DITTO = /^\s*(?:[-–—]+|["″〃]|\^)?\s*$/

function circumstancesOf(cells: readonly string[], columns: readonly Column[], around: TableAround): Circumstances {
  const attributes: Record<string, AttributeValue> = {}
  let status: Status = 'ok'
  let time = around.time
  for (const column of columns) {
    const text = cells[column.index]
    if (text === undefined || isEmpty(text)) continue
    if (column.role === 'attribute') addCell(attributes, column.key, text, column.whole)
    else if (column.role === 'time') time = readTime(text)?.iso ?? time
    else if (column.role === 'success') status = worse(status, readStatus(text))
    else if (column.role === 'error') {
      const message = readError(text, column.when)
      if (message === undefined) continue
      status = 'error'
      setAttribute(attributes, 'error', message)
    }
  }
  for (const [name, value] of Object.entries(around.attributes)) setAttribute(attributes, name, value)
  if (around.layout?.statuses) status = worse(status, statusIn(cells, around.start.header, around.layout.statuses))
  return { attributes, status, ...(time === undefined ? {} : { time }) }
}

function statusIn(cells: readonly string[], header: readonly string[], statuses: Readonly<Record<string, Status>>): Status | undefined {
  for (const [index, name] of header.entries()) {
    const sign = `${name.trim()}=${cells[index]?.trim() ?? ''}`
    if (Object.hasOwn(statuses, sign)) return statuses[sign]
  }
  return undefined
}

function worse(a: Status, b: Status | undefined): Status {
  return a === 'error' || b === undefined ? a : b
}
