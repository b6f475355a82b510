/** Reads a JSON document that is too large to hold: the elements of its large arrays come one by one, the rest at the end. */

import { problem, type Step } from '../stage/index.js'
import { byteLength } from './encoding.js'
import type { FormatEvent } from './event.js'
import { assembler } from './json-assembler.js'
import { jsonTokens, SLICE, TOKEN_LIMIT } from './json-tokens.js'
import type { ReadingOptions } from './reading.js'

export interface LargeJsonOptions extends ReadingOptions {
  /** Most values (scalars, containers) held of one element, and of the rest of the document; default 2 million. */
  readonly heldLimit?: number
}

/**
 * Each element of a top-level array, and of an array of objects or arrays that stands in the outermost object or one level below,
 * becomes a value with its pointer and, as `context`, the scalars and small objects that stood before it. One value for
 * everything else follows at the end. Of a document that breaks off, everything complete before the place is kept.
 */
export function largeJson(file: string, options: LargeJsonOptions = {}): Step<Uint8Array, FormatEvent> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const encoding = options.encoding ?? 'utf-8'
  const assemble = assembler({ file, ...(options.heldLimit === undefined ? {} : { heldLimit: options.heldLimit }) })
  const tokens = jsonTokens(assemble)
  let bytes = options.firstByte ?? 0
  let failed = false

  const fail = (code: string, message: string, place: { line?: number; column?: number; byte?: number }, out: FormatEvent[]) => {
    failed = true
    assemble.end(out)
    out.push(problem(file, code, `${message}; the values before it are kept`, place))
  }

  const take = (text: string): FormatEvent[] => {
    const out: FormatEvent[] = []
    const broken = tokens.write(text, out)
    if (broken) {
      const { line, column } = broken
      const good = Math.max(0, broken.good)
      const place = { line, column, byte: bytes + byteLength(text.slice(0, good), encoding) }
      fail('broken-json', `expected JSON, found ${JSON.stringify(text.slice(good, good + 20))}`, place, out)
      return out
    }
    bytes += byteLength(text, encoding)
    if (tokens.waiting() > TOKEN_LIMIT) fail('value-too-long', `expected strings of at most ${TOKEN_LIMIT} characters, found a longer one`, { byte: bytes }, out)
    return out
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        const text = decoder.decode(chunk, { stream: true })
        for (let at = 0; at < text.length && !failed; at += SLICE) {
          const out = take(text.slice(at, at + SLICE))
          if (out.length > 0) yield out
        }
      }
    },
    *end() {
      if (failed) return
      const out: FormatEvent[] = []
      if (!tokens.end(out)) assemble.end(out)
      else fail('truncated-json', 'expected the rest of the document, found the end of the file', { byte: bytes }, out)
      yield out
    },
  }
}
