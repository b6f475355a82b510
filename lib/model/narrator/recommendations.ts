/** What to do next, as far as the facts ask for it; no targets are set. */

import { byCount, counted, isColdStart, isDecisive, metricName, subject, value } from './phrase.js'
import { firstOfEachMetric, present } from './passages.js'
import type { Comparison, Story } from './story.js'

export function recommendations(story: Story): string[] {
  const failed = story.counted('allFailed')
  const some = story.counted('someFailed')
  const single = story.counted('single')
  const noUnit = story.counted('noUnit')
  const empty = story.counted('empty')
  const rejected = story.counted('rejected')
  const copies = story.counted('copies')
  const cold = story.outliers.find(isColdStart)
  const other = story.outliers.find((fact) => !isColdStart(fact))
  const spread = story.spreads[0]
  const lines = present(
    ...firstOfEachMetric(story.comparisons.filter(isDecisive)).slice(0, 3).map(choice),
    ...story.effects.slice(0, 2).map((fact) => `Take the setting named first in ${subject(fact)}: a factor of ${value(fact)} on ${metricName(fact)}, beyond the scatter. Confirm it with repeated runs.`),
    story.effects.length === 0 && story.noEffects.length > 0 ? 'Leave the settings that were varied at their defaults: none of them changed the headline metrics by more than the scatter, so time is better spent on other choices.' : undefined,
    failed && `Run again what failed: ${counted(failed, 'file')} ${byCount(failed, 'has', 'have')} no successful run at all. Look at the error texts in ${byCount(failed, 'it', 'them')} before that, and check that the server is reachable.`,
    some && `Look into the ${counted(some, 'file')} in which only some runs failed: a failure that comes and goes is worth more attention than a constant failure.`,
    cold && `Warm up before measuring, or mark the first run as a warm-up: the ${subject(cold)}, at ${value(cold)}, spoils every mean it is part of. Where users do meet cold starts, measure them as a figure of their own.`,
    other && `Find out what happened at the ${subject(other)}, at ${value(other)}, before that group is compared with anything.`,
    single && `Repeat each configuration: ${counted(single, 'of them was', 'of them were')} measured without repetition, and then a difference cannot be told from chance.`,
    spread && `Measure longer where values scatter, starting with the ${subject(spread)}, at ${value(spread)}.`,
    noUnit && `Write the unit into the column name or beside the value: ${counted(noUnit, 'metric')} cannot be compared without.`,
    story.gaps[0] && `Record ${metricName(story.gaps[0])} for all subjects, so that they can be compared.`,
    empty && rejected ? `Check the ${counted(empty, 'file')} without a measured number and the ${counted(rejected, 'rejected file')}: notes are fine, but results should not be among them.` : undefined,
    empty && !rejected ? `Check the ${counted(empty, 'file')} without a measured number: notes are fine, but results should not be among them.` : undefined,
    rejected && !empty ? `Check the ${counted(rejected, 'rejected file')}: what is broken there was not counted anywhere.` : undefined,
    copies && `Keep ${byCount(copies, 'a file', 'files')} that ${byCount(copies, 'is a copy', 'are copies')} out of the results folder: ${byCount(copies, 'it counts', 'they count')} again wherever nobody looks at the bytes.`,
  )
  return lines.length > 0 ? lines : ['Nothing in these figures calls for action. Repeat the measurement to confirm them.']
}

/** Choosing another one of these changes the answers, not only their speed. */
const ANSWER_CHANGES: ReadonlySet<string> = new Set(['model', 'model_name', 'model_id', 'tag', 'quantization', 'quant', 'precision', 'dtype', 'file'])

function choice({ best, ratio, worst }: Comparison): string {
  const shared = ratio?.group ?? {}
  const chosen = Object.keys(best.group ?? {}).filter((key) => !Object.hasOwn(shared, key))
  const caution = chosen.some((key) => ANSWER_CHANGES.has(key))
    ? ' Compare the quality of the answers before deciding: smaller or coarser models are often the faster choice.'
    : ''
  return `Where ${metricName(best)} decides, prefer the choice with the ${subject(best)}: ${value(best)}${worst ? ` against ${value(worst)}` : ''}${ratio ? `, a factor of ${value(ratio)}` : ''}.${caution}`
}
