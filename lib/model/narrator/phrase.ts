/** Small pieces of sentences. Every figure stands in a slot; no number is ever typed. */

import type { Fact } from '../../fact/fact.js'
import { metricWords } from '../../fact/wording.js'
import type { Comparison } from './story.js'

/** A factor this close to one is not worth a decision. */
const WORTH_IT = 1.05
/** So many samples make a median that can be relied on for a first decision. */
const RELIABLE = 3

export function whole({ id }: Fact): string {
  return `{{${id}}}`
}

export function value({ id }: Fact): string {
  return `{{${id}.value}}`
}

export function subject({ id }: Fact): string {
  return `{{${id}.subject}}`
}

/** `{{F1.value}} files`, `{{F1.value}} file` */
export function counted(fact: Fact, singular: string, plural = `${singular}s`): string {
  return `${value(fact)} ${fact.value === 1 ? singular : plural}`
}

/** `was` or `were`, as the count asks for. */
export function byCount(fact: Fact, singular: string, plural: string): string {
  return fact.value === 1 ? singular : plural
}

/** What the metric of a fact is called; only words of our own, so that no digit from a file slips in. */
export function metricName({ metric = '' }: Fact): string {
  const words = metricWords(metric)
  return /\d/.test(words) ? 'the metric' : words
}

/** `the median is {{F2.value}}`, for a figure of any statistic. */
export function statement(fact: Fact): string {
  if (fact.stat === 'median') return `the median is ${value(fact)}`
  return fact.stat === 'value' ? `the only sample is ${value(fact)}` : `the reported ${/\d/.test(fact.stat ?? '') ? 'value' : (fact.stat ?? 'value')} is ${value(fact)}`
}

/** Several ways to say how far best and worst are apart; `at` picks one. */
export function comparison({ best, worst, ratio }: Comparison, at: number): string {
  if (!worst) return `The ${subject(best)}, is ${value(best)}.`
  if (!ratio) return `The ${subject(best)}, is ${value(best)}, and the ${subject(worst)}, is ${value(worst)}.`
  if (ratio.value < WORTH_IT) return `The ${subject(best)}, is ${value(best)}, hardly apart from the ${subject(worst)}, at ${value(worst)}: the factor is only ${value(ratio)}.`
  const ways = [
    `The ${subject(best)}, is ${value(best)}; the ${subject(worst)}, is ${value(worst)}. They are a factor of ${value(ratio)} apart.`,
    `Best is the ${subject(best)}, with ${value(best)}. It is ahead of the ${subject(worst)}, with ${value(worst)}, by a factor of ${value(ratio)}.`,
    `A factor of ${value(ratio)} lies between the ${subject(best)}, at ${value(best)}, and the ${subject(worst)}, at ${value(worst)}.`,
  ]
  return ways[at % ways.length] ?? ''
}

/** Worth a recommendation: apart by more than a trifle, and not by a single sample. */
export function isDecisive({ best, worst, ratio }: Comparison): boolean {
  return ratio !== undefined && ratio.value >= WORTH_IT && [best, worst].every((fact) => fact !== undefined && (fact.n ?? RELIABLE) >= RELIABLE)
}

/** True for outliers that their fact takes for a cold start. */
export function isColdStart({ kind, sentence }: Fact): boolean {
  return kind === 'outlier' && sentence.includes('cold start')
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

/** Paragraphs that have something to say. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n')
}

export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}
