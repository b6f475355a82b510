/** Feeds one JSON text to stream-json, piece by piece: what is right of it goes into an assembler, what is wrong is told with its place. */

import { getManyValues, isMany, none, type Many } from 'stream-chain/core'
import { jsonParser, type Token } from 'stream-json/core/parser.js'
import { jsonVerifier, type VerifierError } from 'stream-json/core/utils/verifier.js'
import type { FormatEvent } from './event.js'
import type { Assembler } from './json-assembler.js'

/** Where the text is broken; `line` and `column` as stream-json counts them, from the start of the text. */
export interface Broken {
  readonly line: number
  readonly column: number
  /** How much of the last piece was right; less than 0 when it became clear only now that something before it was wrong. */
  readonly good: number
}

export interface JsonTokens {
  /** After a text that is broken nothing more may be written. */
  write(text: string, out: FormatEvent[]): Broken | undefined
  /** Broken when the text must go on, or only now is plain to be wrong. */
  end(out: FormatEvent[]): Broken | undefined
  /** Characters since the last token. */
  waiting(): number
}

/** What the declarations leave out: the end of the input is told with `none`. */
type Flush = (input: string | typeof none) => unknown

/** Characters per step: small enough that few tokens are held at once. */
export const SLICE = 16 * 1024
const IN_NUMBER = /[\w.+-]/
/** A single string, key or number longer than this is not read on. */
export const TOKEN_LIMIT = 16 * 1024 * 1024

export function jsonTokens(assemble: Assembler): JsonTokens {
  const verify = jsonVerifier() as Flush
  const parse = jsonParser({ packValues: true, streamValues: false }) as Flush
  let characters = 0
  let lastToken = 0
  let last = ''

  const feed = (text: string, out: FormatEvent[]) => {
    for (const token of tokensOf(parse(text))) {
      assemble.token(token, out)
      lastToken = characters
    }
  }

  /** A number is complete when something stands behind it, be it wrong. */
  const finish = (before: string, behind: string | undefined, out: FormatEvent[]) => {
    if (behind === undefined || (IN_NUMBER.test(before) && IN_NUMBER.test(behind))) return
    try {
      feed(' ', out)
      feed(',', out)
    } catch {
      // What stood there was part of a number only, or of a text.
    }
  }

  return {
    write(text, out) {
      try {
        verify(text)
      } catch (error) {
        const { line, pos, offset } = error as VerifierError
        const good = offset - characters
        feed(text.slice(0, Math.max(0, good)), out)
        finish(text[good - 1] ?? last, text[good], out)
        return { line, column: pos, good }
      }
      feed(text, out)
      characters += text.length
      last = text.at(-1) ?? last
      return undefined
    },
    end(out) {
      try {
        verify(none)
      } catch (error) {
        const { line, pos, offset } = error as VerifierError
        return { line, column: pos, good: offset - characters }
      }
      for (const token of tokensOf(parse(none))) assemble.token(token, out)
      return undefined
    },
    waiting: () => characters - lastToken,
  }
}

function tokensOf(result: unknown): readonly Token[] {
  return isMany(result) ? getManyValues(result as Many<Token>) : []
}
