/** From the evidence to the facts: every kind of figure in order of telling, numbered, and no more than are asked for. */

import { ChimeraError } from '../stage/index.js'
import { COUNTED } from './counted.js'
import { compareConfigurations, compareSubjects } from './comparisons.js'
import { withDistinctNames } from './distinct-names.js'
import { numbered, type Draft } from './draft.js'
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
    ...spreads(configurations),
    ...singleSamples(configurations),
    ...filesWithoutNumbers(evidence),
    ...withoutUnit(subjects),
    ...missingMetrics(subjects),
    ...copies(evidence),
    ...problems(evidence),
  ]
  const ordered = withDistinctNames(withoutRepetition(drafts.sort((a, b) => a.weight - b.weight)))
  if (ordered.length <= maxFacts) return ordered.map(numbered)
  const told = withoutBrokenEnd(ordered.slice(0, maxFacts - 1), ordered)
  return [...told, leftOut(ordered.length - told.length)].map(numbered)
}

/** Throws for options that make no sense, gives the limit otherwise. */
export function checked({ maxFacts = DEFAULT_MAX_FACTS }: FactOptions): number {
  if (Number.isInteger(maxFacts) && maxFacts >= 1) return maxFacts
  throw new ChimeraError('USAGE', `maxFacts expects a whole number from 1, found ${maxFacts}`)
}

/** A figure that was told before, as the best or worst of a comparison, need not take the room of another one. */
function withoutRepetition(ordered: readonly Draft[]): Draft[] {
  const told = new Set<string>()
  return ordered.filter((draft) => {
    const { kind, metric, unit, stat, group } = draft
    const key = JSON.stringify([metric, unit, stat, Object.entries(group ?? {}).sort()])
    if (kind === 'key-figure') return !told.has(key)
    if (kind === 'best' || kind === 'worst') told.add(key)
    return true
  })
}

/** Best, worst and ratio say little without one another: the last comparison is told whole or not at all. */
function withoutBrokenEnd(told: readonly Draft[], ordered: readonly Draft[]): readonly Draft[] {
  const next = ordered[told.length]
  if (next?.kind !== 'worst' && !(next?.kind === 'ratio' && told.at(-1)?.kind === 'worst')) return told
  return told.slice(0, next.kind === 'worst' ? -1 : -2)
}

function leftOut(count: number): Draft {
  return counting('inventory', COUNTED.leftOut, count, [], Infinity, { sentence: `${countWords(count, 'further fact was', 'further facts were')} left out for want of room.` })
}
