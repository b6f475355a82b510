/** Rows of a table, or its columns, explained by what became of them. */

import type { TableRow, TableStart } from '../../format/event.js'
import type { Layout } from '../../layout/layout.js'
import { attributeKey, isEmpty } from '../attributes.js'
import { fieldOf } from '../field-of.js'
import { escape } from '../json-path.js'
import type { MetricRecord } from '../metric-record.js'
import { readName } from '../names.js'
import { roleOfName } from '../roles.js'
import { readTime } from '../time.js'
import { holds, inTable, originsOf, saysStatus } from './attribute-origin.js'
import type { Watched } from './collector.js'
import type { Explanation, ReadingPlace, ReadingRole } from './explanation.js'
import { whyNumber } from './why-number.js'
import { whyRole } from './why-role.js'

export interface TableCollector {
  row(row: TableRow): void
  /** Of rows that were given before. */
  records(records: readonly MetricRecord[]): void
  end(): void
}

/** Rows that are kept to say what the columns of a file hold. */
const ROWS_KEPT = 32

export function tableCollector(watched: Watched, start: TableStart): TableCollector {
  const { at } = watched.options
  const markdown = watched.format === 'markdown'
  const rows: TableRow[] = []
  const found = new Map<number, MetricRecord[]>()
  const counts: number[] = []
  // Who asks for the header asks for the columns.
  const whole = at === undefined || at.line === start.line
  const tokens = start.header.map(escape)

  const indexOf = (row: TableRow, { source }: MetricRecord): number => (markdown ? (row.columns?.indexOf(source.column ?? -1) ?? -1) : (source.column ?? 0) - 1)
  const wanted = (row: TableRow) => (whole ? rows.length < ROWS_KEPT : isAt(at, row, start))

  return {
    row(row) {
      if (wanted(row)) rows.push(row)
    },
    records(records) {
      for (const record of records) {
        const line = record.source.line ?? 0
        if (whole) {
          const column = markdown ? tokens.indexOf(record.source.pointer?.split('/').at(-1) ?? '') : (record.source.column ?? 0) - 1
          counts[column] = (counts[column] ?? 0) + 1
        }
        if (!rows.some((row) => row.line === line)) continue
        const list = found.get(line) ?? []
        list.push(record)
        found.set(line, list)
      }
    },
    end() {
      const cells = whole ? columnsOf() : rows.flatMap((row) => start.header.map((_, index) => [row, index] as const))
      for (const [row, index] of cells) {
        if (at?.column !== undefined && !isColumn(at.column, row, index)) continue
        const explanation = explainCell(watched, start, row, index, found.get(row.line) ?? [], (record) => indexOf(row, record))
        watched.tell(whole ? { ...explanation, line: start.line, count: counts[index] ?? 0 } : explanation)
      }
    },
  }

  function isColumn(column: number, row: TableRow, index: number): boolean {
    if (!markdown) return index + 1 === column
    const [from = 1, next = Infinity] = [row.columns?.[index], row.columns?.[index + 1]]
    return column >= from && column < next
  }

  /** Each column by the first of its rows that says most. */
  function columnsOf(): (readonly [TableRow, number])[] {
    return start.header.flatMap((_, index) => {
      const measured = rows.find((row) => found.get(row.line)?.some((record) => indexOf(row, record) === index))
      const row = measured ?? rows.find((one) => !isEmpty(one.cells[index] ?? '')) ?? rows[0]
      return row ? [[row, index] as const] : []
    })
  }
}

/** A row may go over several lines where a cell holds line ends. */
function isAt({ line, pointer }: ReadingPlace, row: TableRow, start: TableStart): boolean {
  if (line !== undefined) {
    if (line === row.line) return true
    return line > row.line && line <= row.line + row.cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
  }
  if (pointer === undefined) return false
  const [table, at] = start.headings || row.columns ? pointer.split('/').slice(1) : [String(row.table), pointer.split('/')[1]]
  return Number(table) === row.table && Number(at) === row.row
}

function explainCell(watched: Watched, start: TableStart, row: TableRow, index: number, ofRow: readonly MetricRecord[], indexOf: (record: MetricRecord) => number): Explanation {
  const name = start.header[index] ?? ''
  const text = row.cells[index] ?? ''
  const records = ofRow.filter((record) => indexOf(record) === index)
  const layout = layoutOf(watched, ofRow)
  const [record] = records
  const measured = record && watched.measured(record)
  const { role, attribute } = record ? { role: 'metric' as const, attribute: undefined } : outcomeOf(name, text, ofRow, layout)
  const column = watched.format === 'markdown' ? row.columns?.[index] : index + 1
  const titled = record === undefined || record.raw.name === name
  return {
    type: 'explanation',
    file: watched.file,
    format: watched.format,
    layout: ofRow[0]?.source.layout ?? 'generic',
    line: row.line,
    ...(column === undefined ? {} : { column }),
    ...(record?.source.pointer === undefined ? {} : { pointer: record.source.pointer }),
    ...(start.headings === undefined ? {} : { headings: start.headings }),
    ...(row.bytes === undefined ? {} : { bytes: row.bytes }),
    name,
    text,
    role,
    why: titled ? whyRole({ name, text, role, alone: ofRow.length === 0, ...(layout && { layout }), ...(measured?.meaning && { meaning: measured.meaning }), ...(attribute === undefined ? {} : { attribute }) }) : `the row is about "${record.raw.name}"`,
    ...(attribute === undefined ? {} : { attribute }),
    records,
    decisions: record ? whyNumber(record, measured, titled ? 'header' : 'name') : [],
    attributes: record ? originsOf(record, inTable(start, row, index)) : [],
  }
}

function layoutOf(watched: Watched, [record]: readonly MetricRecord[]): Layout | undefined {
  return record && watched.measured(record)?.meaning?.layout
}

/** What became of a cell that gave no record, as the records of its row show. */
function outcomeOf(name: string, text: string, records: readonly MetricRecord[], layout: Layout | undefined): { role: ReadingRole; attribute?: string } {
  const field = fieldOf(layout, name)
  const role = roleOfName(readName(name))
  if (isEmpty(text)) return { role: 'ignored' }
  if (records.some(({ raw }) => raw.name === text.trim())) return { role: 'name' }
  if ((field?.role ?? role) === 'time' && records.some(({ time }) => time !== undefined && time === readTime(text)?.iso)) return { role: 'time' }
  if (saysStatus(field?.role ?? role, text, records)) return { role: 'status' }
  if (role === 'unit' && records.some(({ raw }) => raw.unit === text.trim())) return { role: 'unit' }
  const attribute = attributeOf(name, text, records)
  if (attribute !== undefined) return { role: 'attribute', attribute }
  if (records.some(({ stat }) => stat === readName(text).stat) && readName(text).words.length === 0) return { role: 'stat' }
  return records.length === 0 && role === 'attribute' ? { role: 'attribute', attribute: attributeKey(name) } : { role: 'ignored' }
}

function attributeOf(name: string, text: string, records: readonly MetricRecord[]): string | undefined {
  const own = attributeKey(name)
  const names = new Set(records.flatMap(({ attributes }) => Object.entries(attributes).flatMap(([key, value]) => (holds(text, value) ? [key] : []))))
  if (names.has(own) || names.size === 0) return names.has(own) ? own : packedIn(text, records)
  return [...names][0]
}

/** Names of the settings that stand in one cell, `a=1, b=2`. */
function packedIn(text: string, records: readonly MetricRecord[]): string | undefined {
  if (!/[={]/.test(text)) return undefined
  const names = Object.entries(records[0]?.attributes ?? {}).flatMap(([name, value]) => (text.includes(String(value)) && text.includes(name) ? [name] : []))
  return names.length > 0 ? names.join(', ') : undefined
}
