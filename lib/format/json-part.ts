/** A part of a JSON document that is too long, or too strange, for JSON.parse: stream-json reads it as its bytes come. */

import type { ByteWindow, Position } from './byte-window.js'
import { openSequence } from './encoding.js'
import type { FormatEvent } from './event.js'
import type { Assembler } from './json-assembler.js'
import { skipFrom, skipValue, type Skip } from './json-skip.js'
import { jsonTokens, SLICE, TOKEN_LIMIT } from './json-tokens.js'

/** Where a document is wrong, and what stands from there to the window's place. */
export interface Wrong {
  readonly code: 'broken' | 'too long'
  readonly position: Position
  readonly text: string
}

export interface JsonPart {
  readonly skip: Skip
  /** Takes what is in the window of the part; true when it is complete. `ended`: nothing more comes. */
  read(ended: boolean, out: FormatEvent[]): boolean | Wrong
}

/** A piece that was read, kept while something wrong in it may still become clear. */
interface Piece {
  readonly from: number
  readonly position: Position
  readonly text: string
  readonly bytes: Uint8Array
}

/** Characters after which it is clear whether a word, a number or an escape is right. */
const UNCLEAR = 64

/** The part begins where the window is; `alone`: nothing need stand behind it. */
export function jsonPart(window: ByteWindow, assemble: Assembler, alone = false): JsonPart {
  const tokens = jsonTokens(assemble)
  const skip = skipFrom(window.at)
  let pieces: Piece[] = []
  let characters = 0

  const wrongAt = (character: number): Wrong => {
    const at = Math.max(0, pieces.findLastIndex(({ from }) => from <= character))
    const piece = pieces[at]
    if (!piece) return { code: 'broken', position: window.position(), text: '' }
    const inside = character - piece.from
    const rest = pieces.slice(at + 1).map(({ text }) => text)
    return { code: 'broken', position: moved(piece, inside), text: [piece.text.slice(inside), ...rest].join('') }
  }

  return {
    skip,
    read(ended, out) {
      const complete = skipValue(window.bytes, skip)
      const end = complete ? skip.at : window.bytes.length - (ended ? 0 : openSequence(window.bytes))
      while (window.at < end) {
        const bytes = window.bytes.subarray(window.at, pieceEnd(window.bytes, window.at + SLICE, end))
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
        pieces = [...pieces.filter((piece) => piece.from + piece.text.length + UNCLEAR > characters), { from: characters, position: window.position(), text, bytes }]
        window.pass(bytes.length)
        const broken = tokens.write(text, out)
        if (broken) return wrongAt(characters + broken.good)
        characters += text.length
        if (tokens.waiting() > TOKEN_LIMIT) return { code: 'too long', position: window.position(), text: '' }
      }
      if (!complete) return ended && alone && characters > 0 && tokens.end(out) === undefined
      const broken = tokens.end(out)
      return broken ? wrongAt(characters + broken.good) : true
    },
  }
}

/** At most `wanted`, but never within a character. */
function pieceEnd(bytes: Uint8Array, wanted: number, end: number): number {
  let at = Math.min(wanted, end)
  while (at < end && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1
  return at
}

function moved({ position, text, bytes }: Piece, inside: number): Position {
  const before = text.slice(0, inside)
  const newline = before.lastIndexOf('\n')
  return {
    line: position.line + before.split('\n').length - 1,
    column: newline < 0 ? position.column + before.length : before.length - newline,
    byte: position.byte + sizeOf(bytes, inside),
  }
}

/** How many of the bytes are `units` UTF-16 units of text; those that are no UTF-8 have a length of their own. */
export function sizeOf(bytes: Uint8Array, units: number): number {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, middle), { stream: true }).length < units) low = middle + 1
    else high = middle
  }
  return low
}
