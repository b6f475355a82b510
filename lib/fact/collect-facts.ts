/** From the evidence to the facts: every kind of figure in order of telling, numbered, and no more than are asked for. */

import { ChimeraError } from '../stage/index.js'
import { COUNTED } from './counted.js'
import { compareConfigurations, compareSubjects } from './comparisons.js'
import type { Draft } from './draft.js'
import type { Evidence } from './evidence.js'
import type { Fact } from './fact.js'
import { missingMetrics, singleSamples, withoutUnit } from './gaps.js'
import { copies, counting, failures, filesWithoutNumbers, inventory, problems } from './inventory.js'
import { keyFigures } from './key-figures.js'
import { settingEffects } from './settings.js'
import { outliers, spreads } from './stability.js'
import { countWords } from './wording.js'

export interface FactOptions {
  /** Most facts that are told; default 60. The last one then says how many were left out. */
  maxFacts?: number
}

export const DEFAULT_MAX_FACTS = 60

/**
 * The same evidence gives the same facts. The first ten tell the story: how much was read, the headline metrics and who is
 * best and worst in them; then failures and outliers, further figures, settings, spread, and what is missing.
 *
 * @throws {ChimeraError} `USAGE` for an option that makes no sense.
 */
export function collectFacts(evidence: Evidence, options: FactOptions = {}): Fact[] {
  const maxFacts = checked(options)
  const subjects = evidence.subjects()
  const configurations = evidence.configurations()
  const drafts = [
    ...inventory(evidence),
    ...keyFigures(subjects),
    ...compareSubjects(subjects, configurations),
    ...failures(evidence),
    ...outliers(subjects, configurations),
    ...compareConfigurations(configurations),
    ...settingEffects(configurations),
    ...spreads(subjects),
    ...singleSamples(configurations),
    ...filesWithoutNumbers(evidence),
    ...withoutUnit(subjects),
    ...missingMetrics(subjects),
    ...copies(evidence),
    ...problems(evidence),
  ]
  const ordered = drafts.sort((a, b) => a.weight - b.weight)
  if (ordered.length <= maxFacts) return ordered.map(numbered)
  const left = ordered.length - maxFacts + 1
  return [...ordered.slice(0, maxFacts - 1), leftOut(left)].map(numbered)
}

/** Throws for options that make no sense, gives the limit otherwise. */
export function checked({ maxFacts = DEFAULT_MAX_FACTS }: FactOptions): number {
  if (Number.isInteger(maxFacts) && maxFacts >= 1) return maxFacts
  throw new ChimeraError('USAGE', `maxFacts expects a whole number from 1, found ${maxFacts}`)
}

function leftOut(count: number): Draft {
  return counting('inventory', COUNTED.leftOut, count, [], Infinity, { sentence: `${countWords(count, 'further fact was', 'further facts were')} left out for want of room.` })
}

function numbered(draft: Draft, at: number): Fact {
  const fact: Fact & { weight?: number } = { type: 'fact', id: `F${at + 1}`, ...draft }
  delete fact.weight
  return fact
}
