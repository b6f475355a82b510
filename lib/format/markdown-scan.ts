/** Finds the cells of plain table rows in the bytes, and stops at the first row of which it is not sure what remark makes of it. */

import { isUtf8 } from 'node:buffer'
import type { CellSpans } from './cell-block.js'

export interface ScannedRows extends CellSpans {
  /** One past the line end of the last row. */
  readonly end: number
  /** Line of what follows. */
  readonly line: number
}

/** Longer ones are left to those who know what to do with them. */
const LONGEST_ROW = 8000
const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const STAR = 0x2a
const TICK = 0x60
const PIPE = 0x7c

const PLAIN = 0
const WIDE = 1
const UNDERSCORE = 2
const BEFORE_NAME = 3
const TILDE = 4
const OTHER = 5

/** What a byte may begin. */
const KINDS = kinds()
/** 1: ends a text between backticks, or makes it too hard to tell. */
const IN_CODE = Uint8Array.from({ length: 256 }, (_, byte) => (byte < SPACE || [TICK, PIPE, 0x5c, 0x3c].includes(byte) ? 1 : 0))

function kinds(): Uint8Array {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => (byte < SPACE ? OTHER : byte < 0x80 ? PLAIN : WIDE))
  for (const char of '|*`[\\') all[char.charCodeAt(0)] = OTHER
  all[0x5f] = UNDERSCORE
  all[0x26] = all[0x3c] = BEFORE_NAME
  all[0x7e] = TILDE
  return all
}

/**
 * `from` is where a line of a table of `width` columns starts. Takes rows between pipes, of exactly as many cells, each of them plain
 * text, or all of it `**bold**` or `code`; not a row of nothing but bold cells, which may be a header, nor one above what may be a
 * delimiter row, nor one of which the line behind has not come yet. Spans leave the marks out; an empty cell stands at the pipe before it.
 */
export function scanTable(bytes: Uint8Array, from: number, firstLine: number, width: number): ScannedRows {
  const size = bytes.length
  let room = 16
  let spans = new Int32Array(room * width * 2)
  let places = new Int32Array(room * 3)
  let rows = 0
  let end = from

  scan: while (end < size && bytes[end] === PIPE) {
    // Of each further row the one before it has made sure.
    if (rows === 0 && !isNoRule(bytes, end)) break
    if (rows === room) {
      room *= 4
      spans = grown(spans, room * width * 2)
      places = grown(places, room * 3)
    }
    let at = end
    let filled = 0
    let bold = 0
    let wide = false
    for (let column = 0, cell = rows * width * 2; column < width; column += 1, cell += 2) {
      const pipe = at
      at += 1
      while (bytes[at] === SPACE) at += 1
      let start = at
      let stop: number
      if (bytes[at] === TICK) {
        start = at += 1
        while (at < size && IN_CODE[bytes[at] as number] === 0) at += 1
        stop = at
        if (bytes[at] !== TICK || !isTrimmed(bytes, start, stop)) break scan
        wide ||= hasWide(bytes, start, stop)
        at += 1
      } else {
        const marked = bytes[at] === STAR
        if (marked) {
          if (bytes[at + 1] !== STAR) break scan
          start = at += 2
        }
        let tildes = 0
        for (;;) {
          while (at < size && KINDS[bytes[at] as number] === PLAIN) at += 1
          const kind = KINDS[bytes[at] as number]
          if (at >= size || kind === OTHER) break
          if (kind === WIDE) wide = true
          else if (kind === UNDERSCORE && !(isWord(bytes[at - 1]) && isWord(bytes[at + 1]))) break scan
          else if (kind === BEFORE_NAME && beginsName(bytes[at + 1])) break scan
          else if (kind === TILDE && (tildes += 1) > 1) break scan
          at += 1
        }
        stop = at
        if (marked) {
          if (bytes[at] !== STAR || bytes[at + 1] !== STAR || !isTrimmed(bytes, start, stop)) break scan
          bold += 1
          at += 2
        } else {
          while (stop > start && bytes[stop - 1] === SPACE) stop -= 1
          if (stop > start && !isTrimmed(bytes, start, stop)) break scan
        }
      }
      while (bytes[at] === SPACE) at += 1
      if (bytes[at] !== PIPE) break scan
      if (stop > start) filled += 1
      spans[cell] = stop > start ? start : pipe
      spans[cell + 1] = stop > start ? stop : pipe
    }
    at += 1
    while (bytes[at] === SPACE) at += 1
    const rowEnd = at
    if (bytes[at] === RETURN) at += 1
    if (bytes[at] !== NEWLINE || at - end > LONGEST_ROW) break
    if (filled > 1 && bold === filled) break
    if (wide && !isUtf8(bytes.subarray(end, rowEnd))) break
    if (!isNoRule(bytes, at + 1)) break
    places[3 * rows] = end
    places[3 * rows + 1] = rowEnd
    places[3 * rows + 2] = firstLine + rows
    rows += 1
    end = at + 1
  }
  return { width, rows, spans: spans.subarray(0, rows * width * 2), places: places.subarray(0, rows * 3), end, line: firstLine + rows }
}

/** Space that only JavaScript knows would be cut off; ASCII space is no part of bold text or code. */
function isTrimmed(bytes: Uint8Array, from: number, to: number): boolean {
  if (from >= to || bytes[from] === SPACE || bytes[to - 1] === SPACE) return false
  return !isWideSpace(bytes, from) && !isWideSpace(bytes, to - 2) && !isWideSpace(bytes, to - 3)
}

function isWideSpace(bytes: Uint8Array, at: number): boolean {
  const [first, second, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]]
  if (first === undefined || first < 0xc2) return false
  if (first === 0xc2) return second === 0xa0
  if (first === 0xe2) return (second === 0x80 && (third <= 0x8a || (third >= 0xa8 && third <= 0xaf))) || (second === 0x81 && third === 0x9f)
  return (first === 0xe3 && second === 0x80 && third === 0x80) || (first === 0xe1 && second === 0x9a && third === 0x80) || (first === 0xef && second === 0xbb && third === 0xbf)
}

function hasWide(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) >= 0x80) return true
  return false
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || isLetter(byte))
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

/** Behind `&` or `<`: an entity, or a tag. */
function beginsName(byte: number | undefined): boolean {
  return byte === undefined || isLetter(byte) || byte === 0x23 || byte === 0x2f || byte === 0x21 || byte === 0x3f
}

/** False where the line that begins here may be a delimiter row, or cannot be told yet. */
function isNoRule(bytes: Uint8Array, from: number): boolean {
  let rule = false
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === NEWLINE) return !rule
    if (byte === 0x2d) rule = true
    else if (byte !== PIPE && byte !== SPACE && byte !== 0x3a && byte !== 0x09 && byte !== RETURN) return true
  }
  return false
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size)
  larger.set(array)
  return larger
}
