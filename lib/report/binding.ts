/** Binds a model's text to facts while it streams: figures are filled in, typed numbers are checked, markup is disarmed. */

import type { Fact } from '../fact/fact.js'
import { ChimeraError, sanitizeStream } from '../stage/index.js'
import { indexFigures } from './figure-index.js'
import { LedgerBook, type Ledger } from './ledger.js'
import { startJudge } from './judge.js'
import { startJudging, type Judged } from './judging.js'
import { knownFigures } from './known-figures.js'
import { metricFinder } from './metric-words.js'
import { startScanner } from './scanner.js'
import { readTold } from './told.js'
import { startSentenceGate } from './sentence-gate.js'

/**
 * What happens to a claim that no fact backs: `mark` shows it with `[unverified]` behind it, or `[wrong subject]` where it is right
 * of something else; `strict` leaves its sentence out; `off` does not look at it. Slots are filled in all three.
 */
export type Grounding = 'mark' | 'strict' | 'off'

export const GROUNDINGS: readonly Grounding[] = ['mark', 'strict', 'off']

export interface Binder {
  /** The text that is ready; what waits is at most the rest of a sentence in which something is claimed, in `strict` a sentence. */
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
  const check = grounding !== 'off'
  const strict = grounding === 'strict'
  const known = knownFigures(check ? facts : [], (sentence) => readTold(sentence, figures))
  const findMetrics = metricFinder(facts)
  return {
    ledger: () => ledger.read(),
    binder(section) {
      const clean = sanitizeStream()
      const scanner = startScanner({ figures, check, ...(cite ? { cite } : {}) })
      const judging = startJudging({ judge: startJudge(known, findMetrics), ledger, silent: strict, ...(section === undefined ? {} : { section }), ...(cite ? { cite } : {}) })
      const gate = strict ? startSentenceGate(() => ledger.dropped()) : openGate
      const through = (text: string) => gate.write(judging.write(scanner.write(text)))
      return {
        write: (text) => through(clean.write(text)),
        end: () => through(clean.end()) + gate.write(judging.write(scanner.end())) + gate.write(judging.end()) + gate.end(),
      }
    },
  }
}

const openGate = {
  write: (tokens: readonly Judged[]) => tokens.map((token) => token.out).join(''),
  end: () => '',
}
