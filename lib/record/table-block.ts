/** Rows of a table as columns of numbers, where all that is said about a row is said by words that come again and again. */

import type { CellBlock } from '../format/cell-block.js'
import { escapeJson } from '../stage/index.js'
import { isEmpty, setAttribute } from './attributes.js'
import { addCell, type ReadRow, type TableAround } from './cell.js'
import { cellDictionary, type CellDictionary } from './cell-dictionary.js'
import type { Column } from './column.js'
import { isBare, plainMeasure, type PlainMeasure } from './measure.js'
import type { AttributeValue, MetricRecord, Status } from './metric-record.js'
import { readNumber } from './number.js'
import { plainDecimals } from './plain-decimal.js'
import { RecordBlock, STATUSES, type BlockColumn, type BlockDictionary, type BlockSetting } from './record-block.js'
import { readError, readStatus, saysWarmup } from './status.js'
import { tableLines, type LineColumn } from './table-lines.js'
import { readTime } from './time.js'
import { convert, type Conversion } from './units.js'

/** Records of rows that stand one behind the other: many as a block, or those of one row that is unlike the others. */
export type RowsRead = RecordBlock | readonly MetricRecord[]

type MetricColumn = Extract<Column, { role: 'metric' }>

interface Measuring {
  readonly column: MetricColumn
  /** `undefined`: bare numbers give no record there. */
  readonly plain: PlainMeasure | undefined
}

/** What a text in a column that is no metric says. */
interface Said {
  readonly value?: AttributeValue
  readonly status?: Status
  /** It says more than that: such a row is read by itself. */
  readonly odd: boolean
}

const NOTHING: Said = { odd: false }
const ODD: Said = { odd: true }
/** More attributes than that, and not all would find room in a record. */
const MOST_SETTINGS = 40

/**
 * `undefined` for a table in which a number's meaning depends on other cells of its row. `read` makes the records of a row: what a block
 * gives is what `read` gives.
 */
export function tableBlocks(around: TableAround, columns: readonly Column[], read: (row: ReadRow) => readonly MetricRecord[]): ((cells: CellBlock) => readonly RowsRead[]) | undefined {
  const { context, layout } = around
  if (context.made || layout?.pairs || layout?.statuses || layout?.statSuffix) return undefined
  if (columns.some((column) => column.role === 'unit' || (column.role === 'metric' && column.meaningIn !== undefined))) return undefined
  const metrics = columns.flatMap((column): (Measuring | undefined)[] => {
    if (column.role !== 'metric') return []
    const plain = plainMeasure(column.meaning)
    return [plain && { column, plain: plain === 'nothing' ? undefined : plain }]
  })
  const measuring = metrics.filter((one) => one !== undefined)
  if (measuring.length < metrics.length || !measuring.some(({ plain }) => plain)) return undefined
  const attributes = columns.filter((column) => column.role === 'attribute')
  if (attributes.length > MOST_SETTINGS || new Set(attributes.map(({ key }) => key)).size < attributes.length) return undefined
  const sayings = columns.flatMap((column): Saying[] => (column.role === 'metric' || column.role === 'time' || column.role === 'ignore' ? [] : [saying(column, column.role === 'attribute' ? around.attributes[column.key] : undefined)]))
  const circumstances = circumstancesOf(measuring)
  const plan = {}
  const measured = measuring.flatMap(({ column, plain }): LineColumn[] =>
    plain ? [{ index: column.index, like: plain.like, title: (around.titles ?? around.start.header)[column.index] ?? '', asWritten: plain.conversion === undefined || (plain.conversion.factor === 1 && plain.conversion.offset === 0) }] : [])
  // Attributes of which only some numbers have more are written with their records.
  const write = circumstances.every((kind) => kind === 0) && context.format === 'csv' ? tableLines(around, measured) : undefined
  /** By the ids of a row, as long as those of all columns last. */
  const texts = new Map<string, Uint8Array>()
  const times = columns.filter(({ role }) => role === 'time')

  return (cells) => {
    const odd = new Uint8Array(cells.length)
    const values = measuring.map((one) => numbersIn(cells, one, odd))
    const said = sayings.map((one) => one.read(cells, odd))
    const status = statusesOf(said, cells.length)

    const block = (from: number, to: number): RecordBlock => {
      const recordsOf = (row: number) => read(cells.row(from + row))
      const found = measuring.flatMap(({ plain }, at): BlockColumn[] => {
        if (!plain) return []
        const { metric, unit, stat, better, confidence } = plain.like
        const numbers = (values[at] as Float64Array).subarray(from, to)
        const sure = context.confidence === undefined || context.confidence === 1 ? confidence : Math.round(confidence * context.confidence * 100) / 100
        return [{ metric, unit, stat, better, values: numbers, missing: missingIn(numbers), confidence: sure, circumstances: circumstances[at] ?? 0 }]
      })
      const settings = said.flatMap(({ key, ids, dictionary }): BlockSetting[] => (key === undefined ? [] : [{ key, ids: ids.subarray(from, to), dictionary }]))
      const lines = write && ((block: RecordBlock) => write(cells, from, block, { attributes: attributesAt(said, said.every(({ dictionary }) => dictionary.lasting) ? texts : new Map<string, Uint8Array>(), around, from), time: (row) => timeAt(cells, from + row, times, around) }))
      return new RecordBlock({ file: context.file, format: context.format, layout: layout?.name ?? 'generic', rows: to - from, firstByte: cells.offset + (cells.cells.places[3 * from] ?? 0), columns: found, settings, ...(status && { status: status.subarray(from, to) }), recordsOf, ...(lines && { lines }), plan })
    }

    const out: RowsRead[] = []
    let from = 0
    for (let row = odd.indexOf(1); row >= 0; row = odd.indexOf(1, row + 1)) {
      if (row > from) out.push(block(from, row))
      out.push(read(cells.row(row)))
      from = row + 1
    }
    if (from < cells.length) out.push(block(from, cells.length))
    return out
  }
}

/** Values in the base unit; rows whose cell is more than a bare number are marked. */
function numbersIn(cells: CellBlock, { column, plain }: Measuring, odd: Uint8Array): Float64Array {
  const { spans, width, rows } = cells.cells
  const conversion = plain?.conversion
  const power = conversion === undefined ? 0 : conversion.offset === 0 ? conversion.power : undefined
  const values = plainDecimals(cells.bytes, { spans, first: 2 * column.index, stride: 2 * width, rows }, power ?? 0)
  for (let row = 0, at = 2 * column.index; row < rows; row += 1, at += 2 * width) {
    let value = values[row] as number
    if (Number.isNaN(value)) {
      if (spans[at] !== spans[at + 1]) value = numberIn(cells.text(row, column.index), conversion, row, odd)
    } else if (conversion && power === undefined) value = convert(value, conversion)
    else if (plain && !(value === 0 && plain.zeroIsAbsent)) continue
    values[row] = !plain || (value === 0 && plain.zeroIsAbsent) ? Number.NaN : value
  }
  return values
}

/** NaN for an empty cell, and for text that is no number: neither gives a record. */
function numberIn(text: string, conversion: Conversion | undefined, row: number, odd: Uint8Array): number {
  if (isEmpty(text)) return Number.NaN
  const number = readNumber(text)
  if (!number) return Number.NaN
  const value = conversion ? convert(number.value, conversion) : number.value
  if (number.bound !== undefined || !isBare(number) || !Number.isFinite(value)) odd[row] = 1
  return value
}

/** JSON texts kept of what rows say. */
const TEXTS_KEPT = 4096

/** What the rows of a block say as JSON text, in the order in which `circumstancesOf` puts it together. */
function attributesAt(said: readonly Read[], texts: Map<string, Uint8Array>, { attributes: others }: TableAround, from: number): (row: number) => Uint8Array {
  const telling = said.filter(({ key }) => key !== undefined)
  return (row) => {
    const id = telling.map(({ ids }) => ids[from + row]).join(' ')
    const known = texts.get(id)
    if (known) return known
    const attributes: Record<string, AttributeValue> = {}
    for (const { key = '', ids, own } of telling) {
      const value = own(ids[from + row] as number)
      if (value !== undefined) setAttribute(attributes, key, value)
    }
    for (const [key, value] of Object.entries(others)) setAttribute(attributes, key, value)
    const text = UTF8.encode(escapeJson(JSON.stringify(attributes)))
    if (texts.size >= TEXTS_KEPT) texts.clear()
    texts.set(id, text)
    return text
  }
}

const UTF8 = new TextEncoder()

/** The last column that tells one. */
function timeAt(cells: CellBlock, row: number, columns: readonly Column[], { time }: TableAround): string | undefined {
  let found = time
  for (const { index } of columns) {
    const text = cells.text(row, index)
    if (!isEmpty(text)) found = isoTime(text) ?? found
  }
  return found
}

/** The last day that was found to be one. */
let day = ''
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/

/** As `readTime`, which takes its time, reads it: rows of one day come together. */
function isoTime(text: string): string | undefined {
  if (day !== '' && text.startsWith(day) && CLOCK.test(text.slice(day.length))) return text
  const iso = readTime(text)?.iso
  if (iso === text && text.charAt(10) === 'T') day = text.slice(0, 11)
  return iso
}

interface Read {
  /** What the text says itself. */
  readonly own: (id: number) => AttributeValue | undefined
  readonly key: string | undefined
  readonly ids: Int32Array
  readonly dictionary: BlockDictionary
  /** `undefined` where the column says nothing of it. */
  readonly statusOf?: (id: number) => Status | undefined
}

interface Saying {
  read(cells: CellBlock, odd: Uint8Array): Read
}

type SayingColumn = Exclude<Column, { role: 'metric' | 'time' | 'ignore' }>

/** A column whose texts are numbered (`otherwise`: what holds where one says nothing); once there are too many different ones, each row has its own. */
function saying(column: SayingColumn, otherwise: AttributeValue | undefined): Saying {
  const key = column.role === 'attribute' ? column.key : undefined
  const tells = column.role !== 'attribute' || column.phase === true
  let dictionary: CellDictionary<Said> | undefined
  let shared: BlockDictionary | undefined
  let many = false
  let text: (from: number, to: number) => string = () => ''

  const open = (): CellDictionary<Said> => {
    const known: CellDictionary<Said> = cellDictionary((_, from, to) => whatIsSaid(column, text(from, to)))
    shared = { lasting: true, get size() { return known.size }, value: (id) => known.entry(id).value ?? otherwise }
    return (dictionary = known)
  }

  const singly = (cells: CellBlock, odd: Uint8Array): Read => {
    const ids = Int32Array.from({ length: cells.length }, (_, row) => row)
    for (let row = 0; row < cells.length; row += 1) {
      // A column that tells of errors says something else in nearly every row: each is read by itself.
      if (key === undefined || ((tells || mayBePacked(cells, row, column.index)) && isOdd(whatIsSaid(column, cells.text(row, column.index))))) odd[row] = 1
    }
    return { key, ids, own: (id) => whatIsSaid(column, cells.text(id, column.index)).value, dictionary: { size: cells.length, lasting: false, value: (id) => whatIsSaid(column, cells.text(id, column.index)).value ?? otherwise } }
  }

  return {
    read(cells, odd) {
      if (many) return singly(cells, odd)
      const { spans, width, rows } = cells.cells
      const found = dictionary ?? open()
      text = (from, to) => (to >= 0 ? cells.bytes.toString('utf8', from, to) : cells.bytes.toString('utf8', from, ~to).replaceAll(cells.quote + cells.quote, cells.quote))
      const ids = new Int32Array(rows)
      for (let row = 0, at = 2 * column.index; row < rows; row += 1, at += 2 * width) {
        const id = found.idOf(cells.bytes, spans[at] as number, spans[at + 1] as number)
        if (id < 0) {
          many = true
          return singly(cells, odd)
        }
        ids[row] = id
        if (found.entry(id).odd) odd[row] = 1
      }
      return { key, ids, own: (id) => found.entry(id).value, dictionary: shared as BlockDictionary, ...(tells && { statusOf: (id: number) => found.entry(id).status }) }
    },
  }
}

/** Beside what it says of itself, a text that says something of its row. */
function isOdd({ odd, status }: Said): boolean {
  return odd || status !== undefined
}

/** As `circumstancesOf` reads a cell. */
function whatIsSaid(column: SayingColumn, text: string): Said {
  if (isEmpty(text)) return column.role === 'attribute' && column.words === true && /^none$/i.test(text.trim()) ? { value: text.trim(), odd: false } : NOTHING
  switch (column.role) {
    case 'attribute': {
      const attributes: Record<string, AttributeValue> = {}
      addCell(attributes, column.key, text, column.whole)
      const keys = Object.keys(attributes)
      if (keys.some((key) => key !== column.key)) return ODD
      const value = attributes[column.key]
      const status: Status | undefined = column.phase === true && saysWarmup(text) ? 'warmup' : undefined
      return { odd: false, ...(value === undefined ? {} : { value }), ...(status && { status }) }
    }
    case 'warmup':
      return /^(?:t|y|1)/i.test(text.trim()) ? { odd: false, status: 'warmup' } : NOTHING
    case 'success': {
      const status = readStatus(text)
      return status === undefined ? NOTHING : { odd: false, status }
    }
    case 'error':
      return readError(text, column.when) === undefined ? NOTHING : ODD
    default:
      return ODD
  }
}

const BRACE = 0x7b
const EQUALS = 0x3d

/** Settings packed into one cell are `{...}` or have an equals sign. */
function mayBePacked({ bytes, cells: { spans, width } }: CellBlock, row: number, column: number): boolean {
  const at = 2 * (row * width + column)
  const [from, stop] = [spans[at] ?? 0, spans[at + 1] ?? 0]
  const to = stop < 0 ? ~stop : stop
  if (bytes[from] === BRACE) return true
  for (let index = from; index < to; index += 1) if (bytes[index] === EQUALS) return true
  return false
}

/** What later columns say counts, unless an earlier one tells of an error. */
function statusesOf(said: readonly Read[], rows: number): Uint8Array | undefined {
  const telling = said.filter(({ statusOf }) => statusOf !== undefined)
  if (telling.length === 0) return undefined
  const status = new Uint8Array(rows)
  const ERROR = STATUSES.indexOf('error')
  for (const { ids, statusOf } of telling) {
    for (let row = 0; row < rows; row += 1) {
      const found = statusOf?.(ids[row] as number)
      if (found !== undefined && status[row] !== ERROR) status[row] = STATUSES.indexOf(found)
    }
  }
  return status.some((one) => one > 0) ? status : undefined
}

/** Numbers that have nothing of their own in their attributes share them; each other one is apart. */
function circumstancesOf(measuring: readonly Measuring[]): readonly number[] {
  return measuring.map(({ column, plain }, at) => (column.variant === undefined && plain?.like.qualifier === undefined ? 0 : at + 1))
}

function missingIn(values: Float64Array): number {
  let missing = 0
  for (let at = 0; at < values.length; at += 1) if (Number.isNaN(values[at])) missing += 1
  return missing
}
