/** The two texts of the narrator. Plain functions from facts to Markdown with slots. */

import type { Brief } from '../model.js'
import { comparison, tradeOff, unranked } from './compared.js'
import { aboutDisagreements, apart, coldStart, disagreement } from './contradictions.js'
import { REPORT_HEADINGS } from './headings.js'
import { aboutMetric, aboutSettings, aboutStability, effect, failures, isColdStart, listedMetric, missing, outlier, scope, spread, unrepeated } from './passages.js'
import { bullets, capital, counted, paragraphs, present, sentences, times, value, who } from './phrase.js'
import { recommendations } from './recommendations.js'
import { mainComparisons, readStory, WORTH_IT, type Story } from './story.js'

const METRICS_TOLD = 7
const FINDINGS = 12
const COMPARED_IN_FINDINGS = 4

export function write({ task, facts }: Brief): string {
  const story = readStory(facts)
  return task === 'analysis' ? analysis(story) : report(story)
}

function analysis(story: Story): string {
  if (story.metrics.length === 0) return paragraphs(nothing(story), bullets(missing(story)), whatToDo())
  const doubts = present(failures(story), unrepeated(story), ...missing(story))
  return paragraphs(
    summary(story),
    ...story.metrics.slice(0, METRICS_TOLD).map((metric) => listedMetric(metric, story)),
    aboutSettings(story),
    aboutStability(story),
    aboutDisagreements(story),
    doubts.length > 0 ? paragraphs('**What is missing or cannot be relied on.**', bullets(doubts)) : '',
  )
}

function report(story: Story): string {
  const bodies = story.metrics.length > 0 ? sections(story) : emptySections(story)
  return paragraphs(...REPORT_HEADINGS.flatMap((heading, at) => [`## ${heading}`, bodies[at]]))
}

function sections(story: Story): string[] {
  const failed = failures(story)
  return [
    sentences(summary(story), reliability(story)),
    paragraphs(
      ...story.metrics.slice(0, METRICS_TOLD).map((metric) => aboutMetric(metric, story)),
      aboutSettings(story),
      aboutStability(story),
      aboutDisagreements(story),
      failed && `**Failures.** ${failed}`,
    ),
    bullets(orElse(findings(story), 'Nothing stands out: no difference, no outlier and no failure was found.')),
    bullets(recommendations(story)),
  ]
}

function emptySections(story: Story): string[] {
  const doubts = present(failures(story), ...missing(story))
  return [
    nothing(story),
    'No metric with a unit was found, so that there is nothing to analyse.',
    bullets(orElse(doubts, 'Nothing was measured.')),
    bullets([whatToDo(), ...recommendations(story).filter((line) => !line.startsWith('Nothing in'))]),
  ]
}

function nothing(story: Story): string {
  const files = story.counted('files')
  if (!files) return 'There is nothing to report: no file was read and nothing was measured.'
  const failed = story.counted('failedRuns')
  return sentences(
    `Of ${counted(files, 'file')} that ${files.value === 1 ? 'was' : 'were'} read, none gave a measured value that can be reported.`,
    failed && `${counted(failed, 'run')} failed.`,
  )
}

function whatToDo(): string {
  return 'Name a folder or files with results of a benchmark: tables in CSV, documents or event logs in JSON, reports in Markdown. A column or key that names the metric and its unit, such as `latency_ms`, is enough.'
}

/** What was measured, what is best in the headline metrics, and whether that is one and the same. */
function summary(story: Story): string {
  const [first, second] = mainComparisons(story)
  return sentences(
    scope(story),
    first && comparison(first, { brief: true }),
    second && comparison(second, { after: first ?? second, brief: true }),
    first ? tradeOff(first, second) : unranked(story.figures.get(story.metrics[0] ?? '') ?? []),
  )
}

/** What not to trust, in a sentence or two. */
function reliability(story: Story): string {
  const failed = story.counted('failedRuns')
  const single = story.counted('single')
  const [far] = story.outliers
  const doubts = present(
    failed && `${counted(failed, 'run')} failed and ${failed.value === 1 ? 'is' : 'are'} left out`,
    single && `${counted(single, 'configuration was', 'configurations were')} not repeated, so that small differences may be chance`,
  )
  return sentences(
    far && far.better !== 'higher' ? `The farthest single value, ${value(far)} ${isColdStart(far) ? 'in what looks like a cold start of' : 'of'} ${who(far)}, is ${times(far)} times the median${isColdStart(far) ? ': trust medians here, not means' : ''}.` : undefined,
    doubts.length > 0 ? `${capital(doubts.join('; '))}.` : undefined,
  )
}

/** Most telling first: who wins, what spoils the figures, what setting matters, what is missing. */
function findings(story: Story): string[] {
  const [first, second, ...rest] = mainComparisons(story)
  const [far] = story.outliers
  const [cold] = story.coldStarts
  const [strongest] = story.effects.filter(({ value }) => value >= WORTH_IT).sort((a, b) => b.value - a.value)
  return present(
    first && comparison(first, { at: 1, brief: true }),
    second && comparison(second, { at: 1, brief: true }),
    tradeOff(first, second),
    ...rest.slice(0, COMPARED_IN_FINDINGS - 2).map((one, at) => comparison(one, { at, brief: true })),
    far && outlier(far),
    cold && cold.metric !== far?.metric ? coldStart(cold) : undefined,
    ...story.disagreements.slice(0, 1).map((fact) => disagreement(fact)),
    ...story.betweenRuns.slice(0, 1).map((fact) => apart(fact)),
    strongest && effect(strongest, story),
    failures(story),
    unrepeated(story),
    ...missing(story).slice(0, 2),
    story.spreads.length > 0 ? spread(story.spreads.slice(0, 1)) : undefined,
  ).slice(0, FINDINGS)
}

function orElse(lines: readonly string[], otherwise: string): readonly string[] {
  return lines.length > 0 ? lines : [otherwise]
}
