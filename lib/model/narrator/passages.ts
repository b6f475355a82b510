/** Passages that the analysis and the report are built from. */

import type { Fact } from '../../fact/fact.js'
import { byCount, bullets, comparison, counted, isColdStart, metricName, paragraphs, sentences, statement, subject, value, whole } from './phrase.js'
import type { Comparison, Story } from './story.js'

/** What was read and how much of it counts. */
export function scope(story: Story): string {
  const files = story.counted('files')
  const records = story.counted('records')
  const failed = story.counted('failedRuns')
  const copies = story.counted('copies')
  return sentences(
    files && `The results come from ${counted(files, 'file')}${records ? `, which hold ${counted(records, 'metric record')}${copies ? ' without those of copied files' : ''}` : ''}.`,
    failed && `In them ${counted(failed, 'run')} failed and ${byCount(failed, 'is', 'are')} in no figure below.`,
    copies && `${counted(copies, 'file')} ${byCount(copies, 'has', 'have')} the very bytes of another and ${byCount(copies, 'is', 'are')} left out of the figures.`,
  )
}

/** The main comparison of each headline metric, or its figures where nothing can be compared. */
export function headline(story: Story): string {
  const metrics = [...story.figures.keys()].slice(0, 2)
  const parts = metrics.map((metric, at) => {
    const compared = story.comparisons.find(({ best }) => best.metric === metric)
    if (compared) return comparison(compared, at)
    const figure = story.figures.get(metric)?.[0]
    return figure && `For ${subject(figure)}, ${statement(figure)}.`
  })
  return sentences(...parts)
}

/** All that is known about one metric: figures as a list, then who is best. */
export function aboutMetric(metric: string, story: Story): string {
  const figures = story.figures.get(metric) ?? []
  const compared = story.comparisons.filter(({ best }) => best.metric === metric)
  const first = figures[0] ?? compared[0]?.best
  if (!first) return ''
  const title = `**${capital(metricName(first))}.**`
  const comparisons = compared.map((one, at) => comparison(one, at)).join(' ')
  if (figures.length === 0) return `${title} ${comparisons}`
  return paragraphs(`${title} What was measured:`, bullets(figures.map(whole)), comparisons)
}

export function aboutSettings({ effects, noEffects }: Story): string {
  const real = effects.length > 0 ? paragraphs('**Settings that matter.** They change the metric by more than the scatter of all others, cold starts set aside:', bullets(effects.map(whole))) : ''
  const none =
    noEffects.length > 0
      ? paragraphs('**Settings that do not matter.** Of the settings varied these change the metric most, and still too little, or within the scatter:', bullets(noEffects.map(whole)))
      : ''
  return paragraphs(real, none)
}

export function aboutStability({ outliers, spreads }: Story): string {
  const cold = outliers.filter(isColdStart)
  const other = outliers.filter((fact) => !isColdStart(fact))
  const far = [
    ...cold.map((fact) => `${whole(fact)}, from the first run of a series: it looks like a cold start.`),
    ...other.map((fact) => `${whole(fact)}, far from the median without a reason that the data names.`),
  ]
  return paragraphs(
    far.length > 0 ? paragraphs('**Outliers.** Samples many times away from the median of their group:', bullets(far)) : '',
    spreads.length > 0 ? paragraphs('**Spread.** Where no outlier is to blame, these vary most from run to run:', bullets(spreads.map(whole))) : '',
  )
}

/** What the figures cannot say. */
export function missing(story: Story): string[] {
  const single = story.counted('single')
  const all = story.counted('allFailed')
  const some = story.counted('someFailed')
  const empty = story.counted('empty')
  const rejected = story.counted('rejected')
  const noUnit = story.counted('noUnit')
  const left = story.counted('leftOut')
  return present(
    all && `In ${counted(all, 'file')} every run failed: nothing was measured there.`,
    some && `In ${counted(some, 'file')} some runs failed and others worked.`,
    single && `${counted(single, 'configuration')} ${byCount(single, 'was', 'were')} measured without any repetition, so that spread is unknown there and a ranking may be chance.`,
    noUnit && `${counted(noUnit, 'metric')} ${byCount(noUnit, 'has', 'have')} no known unit and ${byCount(noUnit, 'is', 'are')} compared with nothing.`,
    ...story.gaps.map((fact) => `${capital(metricName(fact))} was not measured everywhere: ${value(fact)} of the comparable subjects ${byCount(fact, 'lacks', 'lack')} it.`),
    empty && `${counted(empty, 'file')} could be read and ${byCount(empty, 'holds', 'hold')} no measured number.`,
    rejected && `${counted(rejected, 'file')} could not be read as results.`,
    ...story.problems.map((fact) => `There were ${subject(fact)}: ${value(fact)} in all.`),
    left && `${counted(left, 'further fact')} ${byCount(left, 'was', 'were')} left out here for want of room.`,
  )
}

/** No choice wins everywhere: said when the best of two metrics are different subjects. */
export function tradeOff({ comparisons }: Story): string | undefined {
  const [first, second] = firstOfEachMetric(comparisons)
  if (!first || !second) return undefined
  const keys = (fact: Fact) => Object.keys(fact.group ?? {}).join(' ')
  if (keys(first.best) !== keys(second.best)) return undefined
  const same = JSON.stringify(first.best.group) === JSON.stringify(second.best.group)
  const names = `${metricName(first.best)} and ${metricName(second.best)}`
  return same ? `The same choice is best for ${names}.` : `No choice is best for both ${names}: the ${subject(first.best)}, and the ${subject(second.best)}, are different ones.`
}

export function firstOfEachMetric(comparisons: readonly Comparison[]): Comparison[] {
  const metrics = new Set<string | undefined>()
  return comparisons.filter(({ best }) => !metrics.has(best.metric) && metrics.add(best.metric))
}

export function present(...lines: readonly (string | undefined)[]): string[] {
  return lines.filter((line) => line !== undefined)
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
