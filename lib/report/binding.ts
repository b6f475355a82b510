/** Binds a model's text to facts while it streams: figures are filled in, typed numbers are checked, markup is disarmed. */

import type { Fact } from '../fact/fact.js'
import { ChimeraError, sanitizeStream } from '../stage/index.js'
import { indexFigures } from './figure-index.js'
import { LedgerBook, type Ledger } from './ledger.js'
import { startScanner } from './scanner.js'
import { startSentenceGate } from './sentence-gate.js'

/**
 * What happens to a number that no fact backs: `mark` shows it with `[unverified]` behind it, `strict` leaves its sentence out,
 * `off` does not look at it. Slots are filled in all three.
 */
export type Grounding = 'mark' | 'strict' | 'off'

export const GROUNDINGS: readonly Grounding[] = ['mark', 'strict', 'off']

export interface Binder {
  /** The text that is ready; at most a few words wait, or in `strict` a sentence. */
  write(text: string): string
  end(): string
}

export interface Binding {
  /** For one section's text, from its start. */
  binder(section?: string): Binder
  /** What became of the figures of all sections so far. */
  ledger(): Ledger
}

export interface BindingOptions {
  /** How a figure is shown, given its fact's id and its text, which is safe Markdown; default the text alone. */
  cite?: (id: string, text: string) => string
}

/** @throws {ChimeraError} `USAGE` for a grounding that does not exist. */
export function bindFigures(facts: readonly Fact[], grounding: Grounding = 'mark', { cite }: BindingOptions = {}): Binding {
  if (!GROUNDINGS.includes(grounding)) {
    throw new ChimeraError('USAGE', `grounding expects ${GROUNDINGS.join(', ')}, found "${grounding as string}"`)
  }
  const figures = indexFigures(facts)
  const ledger = new LedgerBook()
  return {
    ledger: () => ledger.read(),
    binder(section) {
      const clean = sanitizeStream()
      const scanner = startScanner({ figures, ledger, check: grounding !== 'off', ...(section === undefined ? {} : { section }), ...(cite ? { cite } : {}) })
      const gate = grounding === 'strict' ? startSentenceGate(() => ledger.dropped()) : openGate
      return {
        write: (text) => gate.write(scanner.write(clean.write(text))),
        end: () => gate.write(scanner.write(clean.end())) + gate.write(scanner.end()) + gate.end(),
      }
    },
  }
}

const openGate = {
  write: (tokens: readonly { readonly out: string }[]) => tokens.map((token) => token.out).join(''),
  end: () => '',
}
