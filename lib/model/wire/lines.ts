/** Splits arriving bytes into lines, whatever the reads cut in two: characters, line ends, lines. */

import { ChimeraError } from '../../stage/index.js'

const LINE_FEED = 0x0a
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
  let pending: Uint8Array[] = []
  let pendingBytes = 0

  const keep = (bytes: Uint8Array) => {
    if (bytes.length === 0) return
    pendingBytes += bytes.length
    if (pendingBytes > limit) {
      throw new ChimeraError('MODEL_INVALID', `expected lines of at most ${limit} bytes from the server, found a longer one: is this a model server?`)
    }
    pending.push(bytes)
  }
  const flush = (): string => {
    const text = decode(pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending))
    pending = []
    pendingBytes = 0
    return text
  }

  return {
    push(bytes) {
      const found: string[] = []
      let from = 0
      for (;;) {
        const end = bytes.indexOf(LINE_FEED, from)
        if (end < 0) break
        keep(bytes.subarray(from, end))
        found.push(flush())
        from = end + 1
      }
      keep(bytes.subarray(from))
      return found
    },
    rest: flush,
  }
}

function decode(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
