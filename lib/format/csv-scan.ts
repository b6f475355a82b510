/** The fast lane of CSV: finds the cells of plain rows in the bytes, and stops at the first row that is anything else. */

import type { CellSpans } from './cell-block.js'

export interface PlainRows {
  /** Byte of the delimiter and of the quote. */
  readonly delimiter: number
  readonly quote: number
  /** Cells of every row, at least 2. */
  readonly width: number
  /** The column in which every row has a number, so that it is surely a row of this table. */
  readonly probe: number
  /** Space around a cell is no part of it: such cells are left to csv-parse. */
  readonly padded: boolean
  /** Longest row in bytes. */
  readonly limit: number
}

export interface Scanned extends CellSpans {
  /** One past the line end of the last row. */
  readonly end: number
  /** Line of what follows. */
  readonly line: number
  /** True when it stopped for want of bytes: the row that begins at `end` has not ended. */
  readonly open: boolean
}

/** Of rows that are taken at once, unless one row is longer than that: it is left to csv-parse. */
const MOST_BYTES = 256 * 1024

const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const HASH = 0x23
const MINUS = 0x2d
const POINT = 0x2e

/**
 * Takes rows of exactly `width` cells, a number under `probe`, quotes only around whole cells (RFC 4180), and lines ended by LF
 * or CRLF. Anything else (a blank line, a comment, another width, a quote in the middle) is left to csv-parse.
 */
export function scanRows(bytes: Uint8Array, from: number, firstLine: number, { delimiter, quote, width, probe, padded, limit }: PlainRows): Scanned {
  // A block of a very long chunk is no larger than others.
  const size = Math.min(bytes.length, from + MOST_BYTES)
  // A row has at least a byte for each cell; most have several times that.
  let room = Math.max(16, Math.ceil((size - from) / (width * 4)))
  let spans = new Int32Array(room * width * 2)
  let places = new Int32Array(room * 3)
  let rows = 0
  let line = firstLine
  let end = from
  let open = false

  // Bytes are compared once: 1 ends an unquoted cell.
  const ends = new Uint8Array(256)
  ends[delimiter] = ends[quote] = ends[NEWLINE] = 1

  scan: while (end < size) {
    let at = end
    let lines = 1
    if (bytes[at] === HASH) break
    if (rows === room) {
      room *= 2
      spans = grown(spans, room * width * 2)
      places = grown(places, room * 3)
    }
    let cell = rows * width * 2
    let rowEnd = 0
    for (let column = 0; column < width; column += 1) {
      let start = at
      let stop = at
      if (at < size && bytes[at] === quote) {
        at += 1
        start = at
        let doubled = false
        for (;;) {
          while (at < size && bytes[at] !== quote) {
            if (bytes[at] === NEWLINE) lines += 1
            at += 1
          }
          if (at + 1 >= size || bytes[at + 1] !== quote) break
          doubled = true
          at += 2
        }
        stop = doubled ? ~at : at
        at += 1
      } else {
        while (at < size && ends[bytes[at] as number] === 0) at += 1
        stop = at
        // The return belongs to the line end.
        if (at > start && bytes[at - 1] === RETURN && at < size && bytes[at] === NEWLINE) stop -= 1
        if (padded && stop > start && ((bytes[start] as number) <= SPACE || (bytes[stop - 1] as number) <= SPACE)) break scan
      }
      if (at >= size) {
        open = true
        break scan
      }
      if (column === probe && !isNumber(bytes, start, stop)) break scan
      spans[cell] = start
      spans[cell + 1] = stop
      cell += 2
      const byte = bytes[at]
      if (column + 1 < width) {
        if (byte !== delimiter) break scan
        at += 1
      } else if (byte === NEWLINE) {
        rowEnd = stop >= 0 && stop < at && bytes[stop] === RETURN ? stop : at
        at += 1
      } else if (byte === RETURN && at + 1 < size && bytes[at + 1] === NEWLINE) {
        rowEnd = at
        at += 2
      } else {
        open = byte === RETURN && at + 1 >= size
        break scan
      }
    }
    if (at - end > limit) break
    const place = rows * 3
    places[place] = end
    places[place + 1] = rowEnd
    places[place + 2] = line
    rows += 1
    line += lines
    end = at
  }
  return { width, rows, spans: spans.subarray(0, rows * width * 2), places: places.subarray(0, rows * 3), end, line, open: open && size === bytes.length }
}

/** A plain decimal; whatever else may be a number is looked at by those who know more. */
function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from
  if (bytes[at] === MINUS) at += 1
  if (at >= to || to - at > 20) return false
  let points = 0
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === POINT && points === 0 && at > from && at + 1 < to) points = 1
    else if (byte < 0x30 || byte > 0x39) return false
  }
  return true
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size)
  larger.set(array)
  return larger
}
