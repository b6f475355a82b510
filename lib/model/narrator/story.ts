/** The facts sorted by what a writer does with them. */

import { BETWEEN_RUNS } from '../../fact/between-runs.js'
import { COUNTED } from '../../fact/counted.js'
import { DISAGREEMENT } from '../../fact/disagreements.js'
import type { Fact } from '../../fact/fact.js'
import { SPAN } from '../../fact/freshness.js'
import { NAMES_OF_MODEL } from '../../fact/family.js'
import { DIFFERENCE, EFFECT, NO_DIFFERENCE, NO_EFFECT } from '../../fact/settings.js'

export interface Comparison {
  readonly best: Fact
  readonly worst: Fact | undefined
  readonly ratio: Fact | undefined
  /** Models do something; files hold something; of other choices (backends, settings) one gives the best figure. */
  readonly of: 'models' | 'files' | 'choices'
}

export interface Story {
  /** A fact that counts something, when there is something to count. */
  counted(what: keyof typeof COUNTED): Fact | undefined
  /** The metrics that there is something to say about, in order of telling. */
  readonly metrics: readonly string[]
  readonly figures: ReadonlyMap<string, readonly Fact[]>
  readonly comparisons: readonly Comparison[]
  /** Of settings, beyond chance, over configurations that differ in nothing else. */
  readonly effects: readonly Fact[]
  /** Beyond chance, over configurations that differ in more. */
  readonly differences: readonly Fact[]
  /** The clearest settings where none has an effect beyond chance. */
  readonly noEffects: readonly Fact[]
  readonly outliers: readonly Fact[]
  readonly spreads: readonly Fact[]
  /** First runs that are slow again and again. */
  readonly coldStarts: readonly Fact[]
  /** Configurations that differ between runs. */
  readonly betweenRuns: readonly Fact[]
  /** What reports state and the data do not bear out. */
  readonly disagreements: readonly Fact[]
  /** From when to when it was measured. */
  readonly measured: Fact | undefined
  /** Metrics that were measured long before others. */
  readonly stale: readonly Fact[]
  /** Metrics that some subjects lack. */
  readonly gaps: readonly Fact[]
  readonly problems: readonly Fact[]
  /** True where a higher value of this metric is better. */
  higherIsBetter(metric: string | undefined): boolean
}

export function readStory(facts: readonly Fact[]): Story {
  const of = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind)
  const counted = new Map(facts.filter(({ stat }) => stat === 'count').map((fact) => [fact.subject, fact]))
  const figures = new Map<string, Fact[]>()
  for (const fact of of('key-figure')) figures.set(fact.metric ?? '', [...(figures.get(fact.metric ?? '') ?? []), fact])
  const compared = comparisons(facts)
  const higher = new Set(facts.filter(({ better }) => better === 'higher').map(({ metric }) => metric))
  return {
    counted: (what) => counted.get(COUNTED[what]),
    metrics: [...new Set(facts.filter(({ kind }) => kind === 'key-figure' || kind === 'best').map(({ metric = '' }) => metric))],
    figures,
    comparisons: compared,
    effects: facts.filter(({ stat }) => stat === EFFECT),
    differences: facts.filter(({ stat }) => stat === DIFFERENCE),
    noEffects: facts.filter(({ stat }) => stat === NO_EFFECT || stat === NO_DIFFERENCE),
    outliers: of('outlier'),
    spreads: of('spread'),
    coldStarts: of('cold-start'),
    betweenRuns: facts.filter(({ stat }) => stat === BETWEEN_RUNS),
    disagreements: facts.filter(({ stat }) => stat === DISAGREEMENT),
    measured: facts.find(({ stat }) => stat === SPAN),
    stale: facts.filter(({ note }) => note === 'stale'),
    gaps: of('gap').filter(({ metric }) => metric !== undefined),
    problems: of('problems'),
    higherIsBetter: (metric) => higher.has(metric),
  }
}

/** The first comparison of each metric, the most telling metric first. */
export function mainComparisons({ metrics, comparisons }: Story): Comparison[] {
  return metrics.flatMap((metric) => comparisons.find(({ best }) => best.metric === metric) ?? [])
}

/** The same thing is best in both. */
export function isSameChoice(a: Comparison, b: Comparison): boolean {
  const text = ({ best }: Comparison) => JSON.stringify(Object.entries(best.group ?? {}).sort())
  return text(a) === text(b)
}

/** Worth a recommendation: apart by more than a trifle, not by a single sample, no tie, beyond overlap, and between equals. */
export function isDecisive({ best, worst, ratio }: Comparison): boolean {
  return ratio !== undefined && ratio.value >= WORTH_IT && best.note !== 'tied' && best.note !== 'close' && worst?.note !== 'overlap' && ratio.note !== 'not-alike' && [best, worst].every((fact) => fact !== undefined && (fact.n ?? RELIABLE) >= RELIABLE)
}

/** A factor this close to one is not worth a decision. */
export const WORTH_IT = 1.05
/** So many samples make a median that can be relied on for a first decision. */
export const RELIABLE = 3

/** Best, worst and ratio of one comparison stand together. Where the facts were cut short, the latter may be missing. */
function comparisons(facts: readonly Fact[]): Comparison[] {
  return facts.flatMap((best, at) => {
    if (best.kind !== 'best') return []
    const next = facts.slice(at + 1, at + 3).filter(({ metric }) => metric === best.metric)
    const worst = next.find(({ kind }, i) => kind === 'worst' && i === 0)
    return [{ best, worst, ratio: worst && next.find(({ kind }, i) => kind === 'ratio' && i === 1), of: kindOf(best, worst) }]
  })
}

function kindOf({ group: best = {} }: Fact, worst: Fact | undefined): Comparison['of'] {
  const differing = Object.keys(best).filter((key) => best[key] !== worst?.group?.[key])
  if (differing.includes('file')) return 'files'
  return differing.length > 0 && differing.every((key) => NAMES_OF_MODEL.has(key)) ? 'models' : 'choices'
}

/** Of a fact about a setting: it compares configurations that differ in nothing else. */
export function isPaired({ stat }: Fact): boolean {
  return stat === EFFECT || stat === NO_EFFECT
}
