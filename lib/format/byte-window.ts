/** The bytes of a file that are in memory now, and where in the file the one is that is looked at. */

import { isAscii } from 'node:buffer'
import type { Origin } from './json-place.js'

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  /** 0-based, in the file. */
  readonly byte: number
}

export interface ByteWindow {
  readonly bytes: Buffer
  /** Index of the byte that is looked at. */
  readonly at: number
  /** What was passed goes, `chunk` comes behind the rest; returns by how much all indices became smaller. */
  add(chunk: Uint8Array): number
  /** `lines`: how many line ends are among these bytes, where somebody counted. */
  pass(size: number, lines?: number): void
  passSpace(): void
  text(size: number): string
  position(): Position
  origin(): Origin
}

const LF = 0x0a

/** `firstByte`: where in the file the first chunk begins. */
export function byteWindow(firstByte: number): ByteWindow {
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  let gone = firstByte
  let line = 1
  // Columns are measured from mark to mark, so that a line of a gigabyte is not measured again for each of its values.
  let mark = 0
  let units = 0
  let ascii = true

  const measure = (): void => {
    units += ascii ? at - mark : bytes.toString('utf8', mark, at).length
    mark = at
  }
  const newLine = (behind: number, lines: number): void => {
    line += lines
    mark = behind
    units = 0
  }

  return {
    get bytes() {
      return bytes
    },
    get at() {
      return at
    },
    add(chunk) {
      measure()
      const shift = at
      bytes = at < bytes.length ? Buffer.concat([bytes.subarray(at), chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
      ascii = isAscii(bytes)
      gone += shift
      at = 0
      mark = 0
      return shift
    },
    pass(size, lines) {
      const end = at + size
      if (lines === undefined) {
        for (let found = bytes.indexOf(LF, at); found >= 0 && found < end; found = bytes.indexOf(LF, found + 1)) newLine(found + 1, 1)
      } else if (lines > 0) newLine(bytes.lastIndexOf(LF, end - 1) + 1, lines)
      at = end
    },
    passSpace() {
      for (; at < bytes.length; at += 1) {
        const byte = bytes[at]
        if (byte === LF) newLine(at + 1, 1)
        else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return
      }
    },
    text: (size) => bytes.toString('utf8', at, at + size),
    position() {
      measure()
      return { line, column: units + 1, byte: gone + at }
    },
    origin() {
      measure()
      return { encoding: 'utf-8', line, column: units + 1, byte: gone + at }
    },
  }
}
