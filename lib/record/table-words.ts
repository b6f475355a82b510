/** The columns of a table that are no metric, block by block: attributes, and whether a run worked. */

import type { CellBlock } from '../format/cell-block.js'
import { isEmpty } from './attributes.js'
import { addCell } from './cell.js'
import type { Column } from './column.js'
import type { AttributeValue, Status } from './metric-record.js'
import { NOTHING, numberedTexts, ODD, rowNumbers, type Said } from './numbered-texts.js'
import { STATUSES, type BlockDictionary } from './record-block.js'
import { readError, readStatus, saysWarmup } from './status.js'

export type WordColumn = Exclude<Column, { role: 'metric' | 'time' | 'ignore' }>

/** What one column says in one block. */
export interface Words {
  /** `undefined`: it is no attribute. */
  readonly key: string | undefined
  readonly ids: Int32Array
  readonly dictionary: BlockDictionary
  /** What the text says itself, where the dictionary has what holds otherwise. */
  readonly own: (id: number) => AttributeValue | undefined
  /** Absent where the column says nothing of it. */
  readonly statusOf?: (id: number) => Status | undefined
}

/** `otherwise`: what holds where the column says nothing. Rows whose text says more than one attribute or status are marked in `odd`. */
export function wordsOf(column: WordColumn, otherwise: AttributeValue | undefined): (cells: CellBlock, odd: Uint8Array) => Words {
  const key = column.role === 'attribute' ? column.key : undefined
  const tells = column.role !== 'attribute' || column.phase === true
  let text: (from: number, to: number) => string = () => ''
  const texts = numberedTexts((_, from, to) => saidBy(column, text(from, to)), otherwise)

  const singly = (cells: CellBlock, odd: Uint8Array): Words => {
    const own = (row: number) => saidBy(column, cells.text(row, column.index)).value
    for (let row = 0; row < cells.length; row += 1) {
      // A column that tells of errors says something else in nearly every row: each is read by itself.
      if (key === undefined || ((tells || mayBePacked(cells, row, column.index)) && saysMore(saidBy(column, cells.text(row, column.index))))) odd[row] = 1
    }
    return { key, ids: rowNumbers(cells.length), own, dictionary: { size: cells.length, lasting: false, value: (row) => own(row) ?? otherwise } }
  }

  return (cells, odd) => {
    const { spans, width, rows } = cells.cells
    text = (from, to) => cells.textAt(from, to)
    const ids = texts.idsOf({ bytes: cells.bytes, spans, first: 2 * column.index, stride: 2 * width, rows }, odd)
    if (!ids) return singly(cells, odd)
    return { key, ids, own: (id) => texts.said(id).value, dictionary: texts.dictionary, ...(tells && { statusOf: (id: number) => texts.said(id).status }) }
  }
}

/** What later columns say counts, unless an earlier one tells of an error; `undefined` where all rows are ok. */
export function statusesOf(words: readonly Words[], rows: number): Uint8Array | undefined {
  const telling = words.filter(({ statusOf }) => statusOf !== undefined)
  if (telling.length === 0) return undefined
  const status = new Uint8Array(rows)
  const failed = STATUSES.indexOf('error')
  for (const { ids, statusOf } of telling) {
    for (let row = 0; row < rows; row += 1) {
      const found = statusOf?.(ids[row] as number)
      if (found !== undefined && status[row] !== failed) status[row] = STATUSES.indexOf(found)
    }
  }
  return status.some((one) => one > 0) ? status : undefined
}

/** As `circumstancesOf` reads a cell. */
function saidBy(column: WordColumn, text: string): Said {
  if (isEmpty(text)) return column.role === 'attribute' && column.words === true && /^none$/i.test(text.trim()) ? { value: text.trim(), odd: false } : NOTHING
  switch (column.role) {
    case 'attribute': {
      const attributes: Record<string, AttributeValue> = {}
      addCell(attributes, column.key, text, column.whole)
      if (Object.keys(attributes).some((key) => key !== column.key)) return ODD
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

function saysMore({ odd, status }: Said): boolean {
  return odd || status !== undefined
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
