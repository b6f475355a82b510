/** Cuts bytes into the lines of a text, each with its place; of a line longer than any that is read, beginning and end are kept. */

import { StringDecoder } from 'node:string_decoder'
import { byteLength, type Encoding } from './encoding.js'
import type { MarkdownLine } from './markdown-lines.js'
import { scanTable, type ScannedRows } from './markdown-scan.js'

export interface MarkdownSplit {
  /** Each chunk, once no further line comes of those before. */
  add(chunk: Uint8Array): void
  /** `undefined`: the next line has not ended yet. */
  line(): MarkdownLine | undefined
  /** The rows of a table of `width` columns that come next and are plain; UTF-8 only. */
  rows(width: number): MarkdownLine | undefined
  /** At the end of the text: the line that nothing ends. */
  rest(): MarkdownLine | undefined
}

/** Rows of one table as they stand in the bytes. */
export interface TableRun {
  readonly cells: ScannedRows
  readonly bytes: Buffer
  /** Where `bytes` stands in the file. */
  readonly offset: number
}

const NEWLINE = 0x0a
/** Bytes of the beginning and the end of a line that are kept; what is longer is not read, but may end something. */
const HEAD = 64 * 1024
const TAIL = 1024
const NOTHING = Buffer.alloc(0)

export function markdownSplit(encoding: Encoding, firstByte: number): MarkdownSplit {
  let held: Buffer = NOTHING
  let at = 0
  /** How much of what is held has no line end. */
  let looked = 0
  let number = 0
  let byte = firstByte
  let long: LongLine | undefined
  const ending = byteLength('\n', encoding)

  const placed = (text: string, bytes: number): MarkdownLine => {
    number += 1
    const from = byte
    const to = from + (encoding === 'utf-8' ? bytes : byteLength(text, encoding))
    return ended(text, from, to)
  }

  const ended = (text: string, from: number, to: number): MarkdownLine => {
    byte = to + ending
    const returned = text.endsWith('\r')
    return { text: returned ? text.slice(0, -1) : text, line: number, shift: 0, bytes: [from, returned ? to - byteLength('\r', encoding) : to] }
  }

  const longEnded = (last: Buffer): MarkdownLine => {
    const { text, bytes } = (long ?? longLine(encoding)).end(last)
    long = undefined
    number += 1
    return ended(text, byte, byte + bytes)
  }

  const take = (to: number): MarkdownLine => {
    const line = long || to - at > HEAD + TAIL ? longEnded(held.subarray(at, to)) : placed(held.toString('utf8', at, to), to - at)
    at = looked = Math.min(to + 1, held.length)
    return line
  }

  return {
    add(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
      looked = Math.max(0, looked - at)
      held = at < held.length ? Buffer.concat([held.subarray(at), bytes]) : bytes
      at = 0
    },
    line() {
      const to = held.indexOf(NEWLINE, Math.max(at, looked))
      if (to >= 0) return take(to)
      looked = held.length
      if (long || held.length - at > HEAD + TAIL) {
        long ??= longLine(encoding)
        long.add(held.subarray(at))
        held = NOTHING
        at = looked = 0
      }
      return undefined
    },
    rows(width) {
      if (encoding !== 'utf-8' || long) return undefined
      const cells = scanTable(held, at, number + 1, width)
      if (cells.rows === 0) return undefined
      const line: MarkdownLine = { text: '|', line: number + 1, shift: 0, bytes: [byte, byte + cells.end - at - 1], rows: { cells, bytes: held, offset: byte - at } }
      number += cells.rows
      byte += cells.end - at
      at = looked = cells.end
      return line
    },
    rest: () => (long || at < held.length ? take(held.length) : undefined),
  }
}

interface LongLine {
  add(part: Buffer): void
  /** Beginning and end of the line, and its length in the file. */
  end(last: Buffer): { readonly text: string; readonly bytes: number }
}

function longLine(encoding: Encoding): LongLine {
  const decoder = encoding === 'utf-8' ? undefined : new StringDecoder('utf8')
  let head = NOTHING
  let tail = NOTHING
  let bytes = 0
  const add = (part: Buffer): void => {
    bytes += decoder ? byteLength(decoder.write(part), encoding) : part.length
    const missing = HEAD - head.length
    if (missing > 0) head = Buffer.concat([head, part.subarray(0, missing)])
    const more = part.subarray(Math.max(0, missing))
    if (more.length > 0) tail = Buffer.from(more.length >= TAIL ? more.subarray(-TAIL) : Buffer.concat([tail, more]).subarray(-TAIL))
  }
  return {
    add,
    end(last) {
      add(last)
      return { text: head.toString('utf8') + tail.toString('utf8'), bytes }
    },
  }
}
