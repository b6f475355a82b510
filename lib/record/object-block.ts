/** Flat JSON objects as columns of numbers: what a block gives is what reading them one by one gives. */

import type { JsonBlock } from '../format/json-block.js'
import { CELL, type CellKind, type Template } from '../format/json-template.js'
import type { FileContext } from './make-record.js'
import type { MetricRecord } from './metric-record.js'
import { numberedTexts, rowNumbers, type Said } from './numbered-texts.js'
import { objectPlan, type MeasuredKey, type ObjectPlan, type SayingKey } from './object-plan.js'
import { shiftedColumn } from './plain-decimal.js'
import { alikeRuns, blockColumn, RecordBlock, type BlockColumn, type BlockSetting } from './record-block.js'
import { convert } from './units.js'
import { valueRecords } from './value.js'

/** Records of objects that stand one behind the other: a block, or the number of one that has to be read by itself. */
export type ObjectsRead = RecordBlock | number

/** Objects read one by one before a plan is trusted. */
const TRIED = 8
/** Fewer are read one by one. */
const FEWEST_ROWS = 4
const KINDS_COMPARED = 64

/** `undefined`: objects of this shape are read one by one. */
export function objectBlocks(first: JsonBlock, context: FileContext): ((block: JsonBlock) => readonly ObjectsRead[]) | undefined {
  const { template } = first.content
  const plan = objectPlan(first.event(0), mostKinds(first), context)
  if (!plan) return undefined
  const sayings = plan.saying.map((key) => saying(key, template))
  const circumstances = plan.measured.map(({ plain }, at) => (plain?.like.qualifier === undefined ? 0 : at + 1))
  const same = {}

  const read = (block: JsonBlock): readonly ObjectsRead[] => {
    const odd = new Uint8Array(block.length)
    if (plan.anchor !== undefined) markNumbers(block, plan.anchor, odd)
    // One piece of memory for all columns: each costs more than filling it.
    const numbers = new Float64Array(block.length * plan.measured.length)
    const values = plan.measured.map((key, at) => numbersIn(block, key, odd, numbers.subarray(at * block.length, (at + 1) * block.length)))
    const settings = sayings.map((one) => one(block, odd))
    const part = (from: number, to: number): RecordBlock =>
      new RecordBlock({
        file: context.file,
        format: context.format,
        layout: plan.layout ?? 'generic',
        rows: to - from,
        firstByte: block.content.offset + (block.content.rows.places[4 * from] ?? 0),
        columns: plan.measured.flatMap(({ plain }, at) => (plain ? [blockColumn(plain.like, (values[at] as Float64Array).subarray(from, to), circumstances[at] ?? 0, context.confidence)] : [])),
        settings: settings.map((setting) => ({ ...setting, ids: setting.ids.subarray(from, to) })),
        recordsOf: (row) => valueRecords(block.event(from + row), context).records,
        plan: same,
      })
    return Array.from(alikeRuns(odd)).flatMap(({ from, to, odd: single }): ObjectsRead[] => (single || to - from < FEWEST_ROWS ? Array.from({ length: to - from }, (_, at) => from + at) : [part(from, to)]))
  }
  return read(first).every((found) => typeof found === 'number' || isRight(found, plan)) ? read : undefined
}

/** A plan that reading does not bear out is none. */
function isRight(block: RecordBlock, { measured }: ObjectPlan): boolean {
  const { rows, columns, recordsOf } = block.content
  const keys = measured.filter(({ plain }) => plain)
  for (let row = 0; row < Math.min(rows, TRIED); row += 1) {
    const records = recordsOf(row)
    const present = columns.filter(({ values }) => !Number.isNaN(values[row]))
    if (present.length !== records.length || keys.length !== columns.length) return false
    if (!present.every((column, at) => says(records[at], column, row, block))) return false
  }
  return true
}

function says(record: MetricRecord | undefined, { metric, unit, stat, better, confidence, values }: BlockColumn, row: number, { content: { settings } }: RecordBlock): boolean {
  if (record?.metric !== metric || record.unit !== unit || record.stat !== stat || record.better !== better || record.status !== 'ok') return false
  if (!Object.is(record.value, values[row]) || record.source.confidence !== confidence) return false
  return settings.every(({ key, ids, dictionary }) => record.attributes[key] === dictionary.value(ids[row] ?? 0))
}

/** A key may hold nothing in the first object. */
function mostKinds(block: JsonBlock): CellKind[] {
  const { template, cells } = block.content
  const width = template.keys.length
  return template.keys.map((_, column) => {
    for (let row = 0; row < Math.min(block.length, KINDS_COMPARED); row += 1) {
      const kind = cells.kinds[row * width + column] as CellKind
      if (kind !== CELL.null) return kind
    }
    return CELL.null
  })
}

function markNumbers({ content: { cells, template }, length }: JsonBlock, column: number, odd: Uint8Array): void {
  for (let row = 0, cell = column; row < length; row += 1, cell += template.keys.length) if (cells.kinds[cell] === CELL.number) odd[row] = 1
}

/** Values in the base unit, into `values`; objects in which something else stands than a number, or one that means something else, are marked. */
function numbersIn(block: JsonBlock, { column, plain, most, ratio }: MeasuredKey, odd: Uint8Array, values: Float64Array): Float64Array {
  const { cells: { kinds, mantissas, decimals }, template } = block.content
  const rows = block.length
  const width = template.keys.length
  const conversion = plain?.conversion
  const power = conversion === undefined ? 0 : conversion.offset === 0 ? conversion.power : undefined
  if (power === undefined) values.fill(Number.NaN)
  else shiftedColumn({ mantissas, fractions: decimals, first: column, stride: width }, power, values)
  for (let row = 0, cell = column; row < rows; row += 1, cell += width) {
    const kind = kinds[cell]
    if (kind !== CELL.number) {
      values[row] = Number.NaN
      if (kind !== CELL.null) odd[row] = 1
      continue
    }
    if (Number.isNaN(values[row])) {
      const number = Number(block.text(row, column))
      values[row] = conversion ? convert(number, conversion) : number
      if (!Number.isFinite(values[row])) odd[row] = 1
    }
    if (most !== Infinity || ratio !== undefined) {
      const number = Number(block.text(row, column))
      if (number > most || (ratio !== undefined && ratio !== (number >= 0 && number <= 1))) odd[row] = 1
    }
    if (!plain || (values[row] === 0 && plain.zeroIsAbsent)) values[row] = Number.NaN
  }
  return values
}

/** Values are numbered; once there are too many different ones, each object has its own. */
function saying(key: SayingKey, { keys: { length: width } }: Template): (block: JsonBlock, odd: Uint8Array) => BlockSetting {
  const texts = numberedTexts((bytes, from, to) => key.says(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8'))))

  const singly = (block: JsonBlock, odd: Uint8Array): BlockSetting => {
    const { bytes, cells: { spans, kinds } } = block.content
    const said = (row: number): Said => key.says(JSON.parse(block.text(row, key.column)))
    for (let row = 0, cell = key.column; row < block.length; row += 1, cell += width) {
      if (key.timed && kinds[cell] === CELL.text && isTime(bytes, (spans[2 * cell] as number) + 1, (spans[2 * cell + 1] as number) - 1)) continue
      if (said(row).odd) odd[row] = 1
    }
    return { key: key.key, ids: rowNumbers(block.length), dictionary: { size: block.length, lasting: false, value: (row) => said(row).value } }
  }

  return (block, odd) => {
    const { bytes, cells: { spans } } = block.content
    const ids = key.timed ? undefined : texts.idsOf({ bytes, spans, first: 2 * key.column, stride: 2 * width, rows: block.length }, odd)
    return ids ? { key: key.key, ids, dictionary: texts.dictionary } : singly(block, odd)
  }
}

/** `2026-03-01T10:00:00Z`, with fractions of a second or an offset: as most programs write it. On a day that every month has. */
function isTime(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 20 || to - from > 35) return false
  for (let at = 0; at < 19; at += 1) {
    const byte = bytes[from + at] as number
    const sign = SIGNS[at]
    if (sign === undefined ? byte < 0x30 || byte > 0x39 : byte !== sign) return false
  }
  const two = (at: number) => ((bytes[from + at] as number) - 0x30) * 10 + ((bytes[from + at + 1] as number) - 0x30)
  const [month, day] = [two(5), two(8)]
  if (month < 1 || month > 12 || day < 1 || day > 28 || two(11) > 23 || two(14) > 59 || two(17) > 59 || two(0) < 19) return false
  let at = from + 19
  if (bytes[at] === 0x2e) {
    at += 1
    const start = at
    while (at < to && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at += 1
    if (at === start || at - start > 9) return false
  }
  return at === to - 1 && bytes[at] === 0x5a
}

const SIGNS: readonly (number | undefined)[] = [undefined, undefined, undefined, undefined, 0x2d, undefined, undefined, 0x2d, undefined, undefined, 0x54, undefined, undefined, 0x3a, undefined, undefined, 0x3a, undefined, undefined]
