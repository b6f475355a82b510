/** Splits arriving bytes into lines, whatever the reads cut in two: characters, line ends, lines. */

import { ChimeraError } from '../../stage/index.js'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** Longest line kept, in bytes; the longest real ones carry a whole answer's token ids and stay far below. */
export const LINE_LIMIT = 8 * 1024 * 1024

export interface Lines {
  /** The lines completed by these bytes, without their line ends (`\n` or `\r\n`). */
  push(bytes: Uint8Array): string[]
  /** What stands after the last line end. */
  rest(): string
}

/**
 * Only whole lines are decoded: a line feed is never part of a longer UTF-8 character, so no character is ever cut.
 * Bytes that are no UTF-8 become U+FFFD. Throws `MODEL_INVALID` when a line grows over {@link LINE_LIMIT}.
 */
export function lines(limit = LINE_LIMIT): Lines {
  // The beginning of a line whose end has not come; nearly always nothing, as servers write whole lines.
  let pending: Buffer[] = []
  let pendingBytes = 0

  const keep = (bytes: Buffer, from: number, to: number) => {
    if (from === to) return
    pendingBytes += to - from
    if (pendingBytes > limit) throw tooLong(limit)
    pending.push(bytes.subarray(from, to))
  }
  const flush = (): string => {
    const bytes = Buffer.concat(pending)
    pending = []
    pendingBytes = 0
    return decode(bytes, 0, bytes.length)
  }

  return {
    push(arrived) {
      // A view, not a copy; the HTTP client gives Buffers already.
      const bytes = Buffer.isBuffer(arrived) ? arrived : Buffer.from(arrived.buffer, arrived.byteOffset, arrived.byteLength)
      const found: string[] = []
      let from = 0
      for (;;) {
        const end = bytes.indexOf(LINE_FEED, from)
        if (end < 0) break
        if (pendingBytes > 0) {
          keep(bytes, from, end)
          found.push(flush())
        } else if (end - from > limit) throw tooLong(limit)
        else found.push(decode(bytes, from, end))
        from = end + 1
      }
      keep(bytes, from, bytes.length)
      return found
    },
    rest: flush,
  }
}

function decode(bytes: Buffer, from: number, to: number): string {
  if (from === to) return ''
  const end = bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to
  return bytes.toString('utf8', from, end)
}

function tooLong(limit: number): ChimeraError {
  return new ChimeraError('MODEL_INVALID', `expected lines of at most ${limit} bytes from the server, found a longer one: is this a model server?`)
}
