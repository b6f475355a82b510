/** What does not fit together: first runs and later ones, one run and the next, what is stated and what was measured. */

import type { Fact } from '../../fact/fact.js'
import { byCount, counted, fileOnly, metricName, number, place, present, sentences, value, who } from './phrase.js'
import type { Story } from './story.js'

/** `The first time to first token of X in a series is higher than all that follow ...` */
export function coldStart(fact: Fact, story: Story): string {
  const way = story.higherIsBetter(fact.metric) ? 'lower' : 'higher'
  return `In a series of runs, the first ${metricName(fact)} ${fileOnly(fact) ? 'in' : 'of'} ${who(fact)} is ${way} than all that follow, by a factor of ${value(fact)} against their median (${number(fact)} series looked at): a cold start.`
}

/** The same settings, and not the same figure. */
export function apart(fact: Fact): string {
  const doubt = fact.note === 'single' ? 'too few values stand in each to know their own spread' : 'the ranges of both do not meet'
  return `With the same settings, the ${metricName(fact)} of ${who(fact)} differs by a factor of ${value(fact)} between the ${number(fact)} files that measured it; ${doubt}.`
}

export function repeated(story: Story): string | undefined {
  const all = story.counted('repeated')
  return all && `${counted(all, 'figure')} of configurations can be held against another run in this way.`
}

/** Said here, measured otherwise there. */
export function disagreement(fact: Fact): string {
  return `${place(fact)} states a figure for the ${metricName(fact)} of ${who(fact)} that is beyond all ${number(fact)} samples in the data files by a factor of ${value(fact)}: it is wrong, or speaks of runs that are not here.`
}

export function aboutDisagreements(story: Story): string {
  const deltas = story.counted('delta')
  const told = present(
    ...story.disagreements.map((fact) => disagreement(fact)),
    deltas && `${counted(deltas, 'stated delta')} ${byCount(deltas, 'does', 'do')} not match the values beside ${byCount(deltas, 'it', 'them')}${deltas.files.length > 0 ? ` (first in {{${deltas.id}.file}})` : ''}.`,
  )
  return told.length > 0 ? sentences('**Disagreements.**', ...told) : ''
}
