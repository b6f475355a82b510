/** The records of many rows as lines of NDJSON, written straight from the bytes of their cells; what `formatRecord` gives of each. */

import type { CellBlock } from '../format/cell-block.js'
import { escapeJson } from '../stage/index.js'
import type { TableAround } from './cell.js'
import type { Measured } from './measure.js'
import type { Status } from './metric-record.js'
import { addText, placeHash, writeHex } from './place-hash.js'
import { STATUSES, type RecordBlock } from './record-block.js'

/** What the lines of one column have in common. */
export interface LineColumn {
  /** Of the cell in its row. */
  readonly index: number
  readonly like: Measured
  /** Its title as it stands in the file. */
  readonly title: string
  /** False where the number of the record is another than that of the cell. */
  readonly asWritten: boolean
}

/** What a row says of all its numbers. */
export interface RowSaid {
  /** JSON text. */
  readonly attributes: (row: number) => Uint8Array
  /** ISO 8601. */
  readonly time: (row: number) => string | undefined
}

interface Pieces {
  readonly head: Uint8Array
  readonly states: readonly Uint8Array[]
  readonly raw: Uint8Array
  readonly source: Uint8Array
  readonly column: Uint8Array
  readonly pointer: Uint8Array
  /** Behind the row in the hash. */
  readonly hashed: string
}

/** Bytes of a line that are no piece, attribute, time or cell: numbers of up to 24 digits, how sure it is, and the hashes. */
const NUMBERS = 24 * 6 + 80

/** Writes the lines of blocks whose columns have the same circumstances; a writer is used for one table. */
export function tableLines(around: TableAround, columns: readonly LineColumn[]): (cells: CellBlock, from: number, block: RecordBlock, said: RowSaid) => Uint8Array {
  const pieces = columns.map((column) => piecesOf(around, column))
  const widest = pieces.reduce((sum, { head, states, raw, source, column, pointer }) => sum + head.length + Math.max(...states.map(({ length }) => length)) + raw.length + source.length + column.length + pointer.length + NUMBERS, 0)
  /** By confidence in hundredths. */
  const ids: Uint8Array[] = []
  const idPiece = (confidence: number): Uint8Array => (ids[Math.round(confidence * 100)] ??= utf8.encode(`],"confidence":${confidence}},"id":"${around.context.hash}-`))
  /** Bytes that a row took, as a guess for the next block. */
  let usual = widest

  return (cells, from, block, { attributes, time }) => {
    const { bytes, cells: { spans, places, width } } = cells
    const { rows, columns: numbers, status } = block.content
    let out: Buffer = Buffer.allocUnsafe(Math.ceil(rows * usual * 1.1) + 1024)
    let at = 0

    const put = (piece: Uint8Array): void => {
      out.set(piece, at)
      at += piece.length
    }
    const putText = (ascii: string): void => {
      for (let index = 0; index < ascii.length; index += 1) out[at++] = ascii.charCodeAt(index)
    }

    for (let row = 0; row < rows; row += 1) {
      const inCells = from + row
      const [start = 0, end = 0, line = 0] = [places[3 * inCells], places[3 * inCells + 1], places[3 * inCells + 2]]
      const attributed = attributes(row)
      const when = time(row)
      const timed = when === undefined ? '' : `,"time":"${when}"`
      const number = cells.firstRow + inCells
      const lineText = String(line)
      const rowText = String(number)
      const rangeText = `${cells.offset + start},${cells.offset + end}`
      // The longest that a byte of a cell can become is \u00xx.
      const needed = at + widest + columns.length * (attributed.length + timed.length) + 6 * (end - start)
      if (needed > out.length) out = larger(out, needed)
      const hash = placeHash()
      addText(hash, `${cells.table}/${number}/`)
      const { first, second } = hash
      for (let index = 0; index < pieces.length; index += 1) {
        const value = numbers[index]?.values[row] as number
        if (Number.isNaN(value)) continue
        const piece = pieces[index] as Pieces
        const column = columns[index] as LineColumn
        const cell = 2 * (inCells * width + column.index)
        const cellStart = spans[cell] as number
        const cellEnd = spans[cell + 1] as number
        const shape = cellEnd < 0 ? ODD : shapeOf(bytes, cellStart, cellEnd)
        put(piece.head)
        if (shape === SHORTEST && column.asWritten) {
          for (let byte = cellStart; byte < cellEnd; byte += 1) out[at++] = bytes[byte] as number
        } else putText(String(value))
        put(piece.states[status === undefined ? 0 : (status[row] as number)] as Uint8Array)
        put(attributed)
        putText(timed)
        put(piece.raw)
        if (shape === ODD) put(utf8.encode(escapeJson(JSON.stringify(cells.text(inCells, column.index))).slice(1, -1)))
        else for (let byte = cellStart; byte < cellEnd; byte += 1) out[at++] = bytes[byte] as number
        put(piece.source)
        putText(lineText)
        put(piece.column)
        putText(rowText)
        put(piece.pointer)
        putText(rangeText)
        put(idPiece(block.confidenceOf(row, index)))
        hash.first = first
        hash.second = second
        addText(hash, piece.hashed)
        writeHex(hash, out, at)
        at += 16
        put(END)
      }
    }
    usual = at / Math.max(1, rows)
    return out.subarray(0, at)
  }
}

const utf8 = new TextEncoder()
const END = utf8.encode('"}\n')
const ZERO = 0x30
const POINT = 0x2e
const MINUS = 0x2d

function piecesOf({ context, start, tokens, layout }: TableAround, { index, like, title }: LineColumn): Pieces {
  const { metric, unit, stat, better, rawUnit } = like
  const json = (value: unknown): string => escapeJson(JSON.stringify(value))
  const bytes = (text: string): Uint8Array => utf8.encode(text)
  const headings = start.headings !== undefined && start.headings.length > 0 ? `,"headings":${json(start.headings)}` : ''
  return {
    head: bytes(`{"metric":${json(metric)},"value":`),
    states: STATUSES.map((status: Status) => bytes(`,"unit":${json(unit)},"stat":${json(stat)},"better":${json(better)},"status":"${status}","attributes":`)),
    raw: bytes(`,"raw":{"name":${json(title)},"text":"`),
    source: bytes(`"${rawUnit === undefined ? '' : `,"unit":${json(rawUnit)}`}},"source":{"file":${json(context.file)},"format":"${context.format}","layout":${json(layout?.name ?? 'generic')},"line":`),
    column: bytes(`,"column":${index + 1},"pointer":"/`),
    pointer: bytes(`${json(`/${tokens[index] ?? String(index)}`).slice(1)}${headings},"bytes":[`),
    hashed: `${index}\n${metric}\n${stat}`,
  }
}

const ODD = 0
const PLAIN = 1
const SHORTEST = 2
/** With so many digits a number is written as it is read. */
const MOST_DIGITS = 15

/** Whether a cell is a plain decimal, and one that JSON would write in the same way. */
function shapeOf(bytes: Uint8Array, from: number, to: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from
  let point = -1
  for (let at = start; at < to; at += 1) {
    const byte = bytes[at] as number
    if (byte === POINT && point < 0) point = at
    else if (byte < ZERO || byte > ZERO + 9) return ODD
  }
  if (to - start > MOST_DIGITS || to === start) return PLAIN
  const leading = bytes[start] === ZERO
  // 0, 0.5 and 7, but not 007, -0, 0.50 or what is written with an exponent.
  if (point < 0) return leading && (to - start > 1 || start > from) ? PLAIN : SHORTEST
  if (bytes[to - 1] === ZERO || point === to - 1 || point === start || (leading && point > start + 1)) return PLAIN
  // The last digit is none, so the number is not 0.
  return leading && startsSmall(bytes, point + 1, to) ? PLAIN : SHORTEST
}

function someDigit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== ZERO) return true
  return false
}

/** Below a millionth. */
function startsSmall(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from > 6 && !someDigit(bytes, from, from + 6)
}

function larger(array: Buffer, size: number): Buffer {
  const grown = Buffer.allocUnsafe(Math.max(size, array.length * 2))
  grown.set(array)
  return grown
}
