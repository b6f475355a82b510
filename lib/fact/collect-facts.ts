/** From the evidence to the facts: every kind of figure in order of telling, numbered, and no more than are asked for. */

import { ChimeraError } from '../stage/index.js'
import { COUNTED } from './counted.js'
import { compareConfigurations, compareSubjects } from './comparisons.js'
import { withDistinctNames } from './distinct-names.js'
import { betweenRuns } from './between-runs.js'
import { coldStarts } from './cold-starts.js'
import { disagreements } from './disagreements.js'
import { inOrder, numbered, withWorstUpFront, type Draft } from './draft.js'
import type { Evidence } from './evidence.js'
import type { Fact } from './fact.js'
import { freshness } from './freshness.js'
import { missingInFiles, missingMetrics, singleSamples, withoutUnit } from './gaps.js'
import { copies, counting, failures, filesWithoutNumbers, inventory, problems } from './inventory.js'
import { keyFigures } from './key-figures.js'
import { settingEffects } from './settings.js'
import { kindsLeftOut } from './kind-words.js'
import { outliers, poolsOf } from './outliers.js'
import { spreads } from './stability.js'
import { readTime } from './times.js'
import { countWords } from './wording.js'

export interface FactOptions {
  /** Most facts that are told; default 80. The last one then says how many were left out, and of what kind. */
  maxFacts?: number
  /** The date against which ages are told, ISO 8601; without it none is, for no clock is asked. */
  asOf?: string
}

export const DEFAULT_MAX_FACTS = 80

/**
 * The same evidence gives the same facts. The first ten tell the story: how much was read, the headline metrics and who is
 * best and worst in them; then failures and outliers, further figures, settings, spread, and what is missing.
 *
 * @throws {ChimeraError} `USAGE` for an option that makes no sense.
 */
export function collectFacts(evidence: Evidence, options: FactOptions = {}): Fact[] {
  const { maxFacts, asOf } = checked(options)
  const subjects = evidence.subjects()
  const configurations = evidence.configurations()
  const pools = poolsOf(evidence.series())
  const drafts = [
    ...inventory(evidence),
    ...keyFigures(subjects),
    ...compareSubjects(subjects, configurations),
    ...failures(evidence),
    ...outliers(pools, configurations),
    ...coldStarts(pools),
    ...betweenRuns(evidence.sharedConfigurations()),
    ...disagreements(subjects),
    ...compareConfigurations(configurations),
    ...settingEffects(configurations),
    ...spreads(configurations, new Set(pools.flatMap(({ far }) => far.map(({ at }) => at.id)))),
    ...singleSamples(configurations),
    ...filesWithoutNumbers(evidence),
    ...withoutUnit(subjects),
    ...missingMetrics(subjects),
    ...missingInFiles(evidence),
    ...freshness(evidence, asOf),
    ...copies(evidence),
    ...problems(evidence),
  ]
  const ordered = withDistinctNames(withoutRepetition(inOrder(withWorstUpFront(drafts))))
  if (ordered.length <= maxFacts) return ordered.map(numbered)
  const told = withoutBrokenEnd(ordered.slice(0, maxFacts - 1), ordered)
  return [...told, leftOut(ordered.slice(told.length))].map(numbered)
}

interface Checked {
  readonly maxFacts: number
  /** Milliseconds since 1970. */
  readonly asOf: number | undefined
}

/** Throws for options that make no sense. */
export function checked({ maxFacts = DEFAULT_MAX_FACTS, asOf }: FactOptions): Checked {
  if (!Number.isInteger(maxFacts) || maxFacts < 1) throw new ChimeraError('USAGE', `maxFacts expects a whole number from 1, found ${maxFacts}`)
  const date = asOf === undefined ? undefined : readTime(asOf)
  if (asOf !== undefined && date === undefined) throw new ChimeraError('USAGE', `expected --as-of (asOf) to be a date such as 2026-01-31, found ${JSON.stringify(asOf)}`)
  return { maxFacts, asOf: date }
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

function leftOut(drafts: readonly Draft[]): Draft {
  const sentence = `${countWords(drafts.length, 'further fact was', 'further facts were')} left out for want of room: ${kindsLeftOut(drafts)}.`
  return counting('inventory', COUNTED.leftOut, drafts.length, [], Infinity, { sentence })
}
