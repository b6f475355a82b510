/** The two texts of the narrator. Plain functions from facts to Markdown with slots. */

import type { Brief } from '../model.js'
import { aboutMetric, aboutSettings, aboutStability, headline, missing, scope, tradeOff } from './passages.js'
import { bullets, comparison, counted, paragraphs, sentences, subject, value } from './phrase.js'
import { recommendations } from './recommendations.js'
import { readStory, type Story } from './story.js'

/** Exactly these, in this order. */
export const HEADINGS = ['Executive Summary', 'Performance Analysis', 'Key Findings', 'Recommendations'] as const

const FINDINGS = 4

export function write({ task, facts }: Brief): string {
  const story = readStory(facts)
  return task === 'analysis' ? analysis(story) : report(story)
}

function analysis(story: Story): string {
  if (!hasFigures(story)) return paragraphs(nothing(story), bullets(missing(story)), whatToDo())
  const metrics = metricsOf(story)
  const gaps = missing(story)
  return paragraphs(
    sentences(scope(story), headline(story), tradeOff(story)),
    ...metrics.map((metric) => aboutMetric(metric, story)),
    aboutSettings(story),
    aboutStability(story),
    gaps.length > 0 ? paragraphs('**What is missing or cannot be relied on.**', bullets(gaps)) : '',
  )
}

function report(story: Story): string {
  const bodies = hasFigures(story) ? sections(story) : emptySections(story)
  return paragraphs(...HEADINGS.flatMap((heading, at) => [`## ${heading}`, bodies[at]]))
}

function sections(story: Story): string[] {
  const gaps = missing(story)
  return [
    sentences(scope(story), headline(story), worstOutlier(story), reliability(story)),
    paragraphs(...metricsOf(story).map((metric) => aboutMetric(metric, story)), aboutSettings(story), aboutStability(story)),
    bullets(orElse([...findings(story), ...gaps], 'Nothing stands out: no difference, no outlier and no failure was found.')),
    bullets(recommendations(story)),
  ]
}

function emptySections(story: Story): string[] {
  const gaps = missing(story)
  return [
    nothing(story),
    'No metric with a unit was found, so that there is nothing to analyse.',
    bullets(orElse(gaps, 'Nothing was measured.')),
    bullets(recommendationsWithoutFigures(story)),
  ]
}

function recommendationsWithoutFigures(story: Story): string[] {
  const asked = recommendations(story).filter((line) => !line.startsWith('Nothing in'))
  return [whatToDo(), ...asked]
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

/** Comparisons in words, then what setting matters, then the farthest outlier. */
function findings(story: Story): string[] {
  const compared = story.comparisons.slice(0, FINDINGS).map((one, at) => comparison(one, at + 1))
  const settings = story.effects.slice(0, 2).map((fact) => `A setting matters: ${subject(fact)}, makes a factor of ${value(fact)}.`)
  const trade = tradeOff(story)
  const outlier = worstOutlier(story)
  return [...compared, ...(trade === undefined ? [] : [trade]), ...settings, ...(outlier === undefined ? [] : [outlier])]
}

function worstOutlier({ outliers }: Story): string | undefined {
  const [first] = outliers
  return first && `The most conspicuous value is the ${subject(first)}: ${value(first)}.`
}

function reliability(story: Story): string | undefined {
  const single = story.counted('single')
  return single && `Treat rankings with care: ${counted(single, 'configuration was', 'configurations were')} measured without repetition.`
}

function orElse(lines: readonly string[], otherwise: string): readonly string[] {
  return lines.length > 0 ? lines : [otherwise]
}

function hasFigures({ figures, comparisons }: Story): boolean {
  return figures.size > 0 || comparisons.length > 0
}

function metricsOf({ figures, comparisons }: Story): string[] {
  return [...new Set([...figures.keys(), ...comparisons.map(({ best }) => best.metric ?? '')])]
}
