/** The facts sorted by what a writer does with them. */

import { COUNTED } from '../../fact/counted.js'
import type { Fact } from '../../fact/fact.js'
import { EFFECT, NO_EFFECT } from '../../fact/settings.js'

export interface Comparison {
  readonly best: Fact
  readonly worst: Fact | undefined
  readonly ratio: Fact | undefined
}

export interface Story {
  /** A fact that counts something, when there is something to count. */
  counted(what: keyof typeof COUNTED): Fact | undefined
  /** By metric, in order of telling. */
  readonly figures: ReadonlyMap<string, readonly Fact[]>
  readonly comparisons: readonly Comparison[]
  readonly effects: readonly Fact[]
  /** The strongest settings where none of them matters. */
  readonly noEffects: readonly Fact[]
  readonly outliers: readonly Fact[]
  readonly spreads: readonly Fact[]
  /** Metrics that some subjects lack. */
  readonly gaps: readonly Fact[]
  readonly problems: readonly Fact[]
}

export function readStory(facts: readonly Fact[]): Story {
  const of = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind)
  const counted = new Map(facts.filter(({ stat }) => stat === 'count').map((fact) => [fact.subject, fact]))
  const figures = new Map<string, Fact[]>()
  for (const fact of of('key-figure')) figures.set(fact.metric ?? '', [...(figures.get(fact.metric ?? '') ?? []), fact])
  return {
    counted: (what) => counted.get(COUNTED[what]),
    figures,
    comparisons: comparisons(facts),
    effects: facts.filter(({ stat }) => stat === EFFECT),
    noEffects: facts.filter(({ stat }) => stat === NO_EFFECT),
    outliers: of('outlier'),
    spreads: of('spread'),
    gaps: of('gap').filter(({ metric }) => metric !== undefined),
    problems: of('problems'),
  }
}

/** Best, worst and ratio of one comparison stand together. Where the facts were cut short, the latter may be missing. */
function comparisons(facts: readonly Fact[]): Comparison[] {
  return facts.flatMap((best, at) => {
    if (best.kind !== 'best') return []
    const next = facts.slice(at + 1, at + 3).filter(({ metric }) => metric === best.metric)
    const worst = next.find(({ kind }, i) => kind === 'worst' && i === 0)
    return [{ best, worst, ratio: worst && next.find(({ kind }, i) => kind === 'ratio' && i === 1) }]
  })
}
