/** Reads a JSON document that is too large to hold: the elements of its large arrays come one by one, the rest at the end. */

import { getManyValues, isMany, none, type Many } from 'stream-chain/core'
import { jsonParser, type Token } from 'stream-json/core/parser.js'
import { jsonVerifier, type VerifierError } from 'stream-json/core/utils/verifier.js'
import { problem, type Step } from '../stage/index.js'
import { byteLength } from './encoding.js'
import type { FormatEvent } from './event.js'
import { assembler } from './json-assembler.js'
import type { ReadingOptions } from './reading.js'

export interface LargeJsonOptions extends ReadingOptions {
  /** Most values (scalars, containers) held of one element, and of the rest of the document; default 2 million. */
  readonly heldLimit?: number
}

/** What the declarations leave out: the end of the input is told with `none`. */
type Flush = (input: string | typeof none) => unknown

/** Characters per step: small enough that few tokens are held at once. */
const SLICE = 16 * 1024
/** A single string, key or number longer than this is not read on. */
const TOKEN_LIMIT = 16 * 1024 * 1024

/**
 * Each element of a top-level array, and of an array of objects or arrays that stands in the outermost object or one level below,
 * becomes a value with its pointer and, as `context`, the scalars and small objects that stood before it. One value for
 * everything else follows at the end. Of a document that breaks off, everything complete before the place is kept.
 */
export function largeJson(file: string, options: LargeJsonOptions = {}): Step<Uint8Array, FormatEvent> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const encoding = options.encoding ?? 'utf-8'
  const verify = jsonVerifier() as Flush
  const parse = jsonParser({ packValues: true, streamValues: false }) as Flush
  const assemble = assembler({ file, ...(options.heldLimit === undefined ? {} : { heldLimit: options.heldLimit }) })
  let characters = 0
  let bytes = options.firstByte ?? 0
  let lastToken = 0
  let failed = false

  const feed = (text: string): FormatEvent[] => {
    const out: FormatEvent[] = []
    for (const token of tokensOf(parse(text))) {
      assemble.token(token, out)
      lastToken = characters
    }
    return out
  }
  const fail = (code: string, message: string, place: { line?: number; column?: number; byte?: number }): FormatEvent[] => {
    failed = true
    const out: FormatEvent[] = []
    assemble.end(out)
    out.push(problem(file, code, `${message}; the values before it are kept`, place))
    return out
  }

  const take = (text: string): FormatEvent[] => {
    try {
      verify(text)
    } catch (error) {
      const { line, pos, offset } = error as VerifierError
      // The error may lie before this piece, when it became clear only here.
      const good = text.slice(0, Math.max(0, offset - characters))
      const out = feed(good)
      const place = { line, column: pos, byte: bytes + byteLength(good, encoding) }
      return [...out, ...fail('broken-json', `expected JSON, found ${JSON.stringify(text.slice(good.length, good.length + 20))}`, place)]
    }
    const out = feed(text)
    characters += text.length
    bytes += byteLength(text, encoding)
    if (characters - lastToken > TOKEN_LIMIT) {
      out.push(...fail('value-too-long', `expected strings of at most ${TOKEN_LIMIT} characters, found a longer one`, { byte: bytes }))
    }
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
      try {
        verify(none)
      } catch {
        yield fail('truncated-json', 'expected the rest of the document, found the end of the file', { byte: bytes })
        return
      }
      for (const token of tokensOf(parse(none))) assemble.token(token, out)
      assemble.end(out)
      yield out
    },
  }
}

function tokensOf(result: unknown): readonly Token[] {
  return isMany(result) ? getManyValues(result as Many<Token>) : []
}

