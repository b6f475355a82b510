/** Recognises what chimera wrote itself: its records come back as they were, its summaries as aggregates. */

import type { TableRow, TableStart, ValueFound } from '../format/event.js'
import { problem, type Problem } from '../stage/index.js'
import type { FileContext } from './make-record.js'
import type { MetricRecord } from './metric-record.js'
import { parseRecord } from './record-line.js'
import { isObject, type JsonObject } from './shape.js'
import { OWN_SUMMARY_LAYOUT, summaryLineRecords, summaryRecords } from './own-summary.js'
import type { TableReader } from './table.js'

/** `source.layout` of a file of records. */
export const OWN_LAYOUT = 'chimera-records'

/** `type` of the line that says the plan of an experiment. */
export const PLAN_TYPE = 'chimera-plan'

const RECORD_COLUMNS = [
  'metric', 'value', 'unit', 'stat', 'better', 'status', 'time', 'file', 'line', 'column', 'pointer', 'format', 'layout', 'raw_name',
  'raw_text', 'raw_unit', 'attributes', 'id',
] as const
/** Written since records know their bytes and how sure they are; a table without them is read all the same. */
const LATER_COLUMNS = ['byte', 'byte_end', 'confidence'] as const
type RecordColumn = (typeof RECORD_COLUMNS)[number] | (typeof LATER_COLUMNS)[number]

/** The columns of a summary before and behind those of its group. */
const SUMMARY_BEGIN = 'metric,unit,better'
const SUMMARY_END = 'stat,n,mean,stddev,min,p50,p90,p95,p99,max,quantile_error,failed,warmup,files'

/** The reader of a table that chimera wrote; `undefined` for all others. */
export function ownTable(context: FileContext, { header }: TableStart): TableReader | undefined {
  const line = header.join(',')
  if (RECORD_COLUMNS.every((column) => header.includes(column))) {
    const at = Object.fromEntries([...RECORD_COLUMNS, ...LATER_COLUMNS].map((column) => [column, header.indexOf(column)])) as Record<RecordColumn, number>
    return readerOf(OWN_LAYOUT, (row, cell) => {
      const record = parseRow((column) => cell(at[column]))
      if (record) return [record]
      const message = 'expected a record as it was written, found a row that was changed or cut: it is left out'
      return [problem(context.file, 'bad-record', message, { line: row.line, raw: row.cells.join(',') })]
    })
  }
  if (line.startsWith(`${SUMMARY_BEGIN},`) && line.endsWith(`,${SUMMARY_END}`)) {
    return readerOf(OWN_SUMMARY_LAYOUT, (row, cell) => summaryLineRecords(context, header, row, cell))
  }
  return undefined
}

function readerOf(name: string, read: (row: TableRow, cell: (index: number) => string) => readonly (MetricRecord | Problem)[]): TableReader {
  return { layout: { name }, row: (row) => read(row, (index) => unguarded(row.cells[index] ?? '')), flush: () => [] }
}

/** The apostrophe in front of what a spreadsheet would run. */
function unguarded(cell: string): string {
  return /^'+[=+\-@\t＝＋－＠]/.test(cell) ? cell.slice(1) : cell
}

function parseRow(cell: (column: RecordColumn) => string): MetricRecord | undefined {
  const number = (column: RecordColumn): number | undefined => (cell(column).trim() === '' ? undefined : Number(cell(column)))
  const known = (column: RecordColumn): string | undefined => (cell(column) === '' ? undefined : cell(column))
  const [byte, byteEnd] = [number('byte'), number('byte_end')]
  const bytes = byte === undefined || byteEnd === undefined ? undefined : [byte, byteEnd]
  return parseRecord({
    metric: cell('metric'),
    value: number('value'),
    unit: cell('unit'),
    stat: cell('stat'),
    better: known('better') ?? null,
    status: cell('status'),
    attributes: parseJson(cell('attributes')),
    time: known('time'),
    raw: present({ name: cell('raw_name'), text: cell('raw_text'), unit: known('raw_unit') }),
    source: present({
      file: cell('file'),
      format: cell('format'),
      layout: cell('layout'),
      line: number('line'),
      column: number('column'),
      pointer: known('pointer'),
      bytes,
      confidence: number('confidence'),
    }),
    id: cell('id'),
  })
}

/** Without what is not known. */
function present(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export interface OwnItems {
  readonly items: readonly MetricRecord[]
  readonly layout: string
}

/** One record or summary row, or an array of them; `undefined` for every other value. */
export function ownValue(found: ValueFound, context: FileContext): OwnItems | undefined {
  const { value, pointer } = found
  if (!Array.isArray(value)) return ownObject(found, value, pointer, context)
  const all: MetricRecord[] = []
  let layout: string | undefined
  for (const [index, element] of value.entries()) {
    const own = ownObject(found, element, `${pointer}/${index}`, context)
    // Written as one array, all of them are; else it is somebody else's.
    if (!own) return undefined
    layout ??= own.layout
    for (const record of own.items) all.push(record)
  }
  return layout === undefined ? undefined : { items: all, layout }
}

/** What `type` says in lines that are not records. */
export function isOwnType(type: unknown): boolean {
  return type === PLAN_TYPE || type === 'summary'
}

function ownObject(found: ValueFound, value: unknown, pointer: string, context: FileContext): OwnItems | undefined {
  if (!isObject(value)) return undefined
  // The plan of an experiment, in front of its records: it measured nothing.
  if (value['type'] === PLAN_TYPE) return { items: [], layout: OWN_LAYOUT }
  if (value['type'] === 'summary') {
    const items = summaryRecords(context, value, pointer, found)
    return items && { items, layout: OWN_SUMMARY_LAYOUT }
  }
  const record = parseRecord(value)
  return record && { items: [record], layout: OWN_LAYOUT }
}
