/** What does not fit together: first runs and later ones, one run and the next, what is stated and what was measured. */

import type { Fact } from '../../fact/fact.js'
import { byCount, counted, fileOnly, metricName, number, place, present, sentences, value, who } from './phrase.js'
import type { Story } from './story.js'

/** Without ordinals and words of direction: a checker of typed claims cannot tell a run's place in its series. */
export function coldStart(fact: Fact): string {
  return `In a series, the opening run stands out in the ${metricName(fact)} ${fileOnly(fact) ? 'in' : 'of'} ${who(fact)}: by a factor of ${value(fact)} against the median of all that follow (${number(fact)} series looked at), a cold start.`
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
    deltas && `${counted(deltas, 'stated delta')} ${byCount(deltas, 'does', 'do')} not match the values beside ${byCount(deltas, 'it', 'them')}${deltas.files.length > 0 ? ` (see {{${deltas.id}.file}})` : ''}.`,
  )
  return told.length > 0 ? sentences('**Disagreements.**', ...told) : ''
}
