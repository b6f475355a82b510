/** Small pieces of sentences. Every figure stands in a slot; no number is ever typed. */

import type { Fact } from '../../fact/fact.js'
import { metricWords } from '../../fact/wording.js'

export function whole({ id }: Fact): string {
  return `{{${id}}}`
}

export function value({ id }: Fact): string {
  return `{{${id}.value}}`
}

/** Whom the figure is about: `gemma3:270m`, `backend jit`. */
export function who({ id }: Fact): string {
  return `{{${id}.who}}`
}

/** The other side of a ratio. */
export function than({ id }: Fact): string {
  return `{{${id}.than}}`
}

/** How many samples, configurations or subjects are behind the figure. */
export function number({ id }: Fact): string {
  return `{{${id}.n}}`
}

export function percent({ id }: Fact): string {
  return `{{${id}.percent}}`
}

/** An outlier's distance from the median, as a factor. */
export function times({ id }: Fact): string {
  return `{{${id}.times}}`
}

/** File and line, where the fact has a record; else `""`. */
export function place({ id, records }: Fact): string {
  return records.length > 0 ? `{{${id}.place}}` : ''
}

/** `{{F1.value}} files`, `{{F1.value}} file` */
export function counted(fact: Fact, singular: string, plural = `${singular}s`): string {
  return `${value(fact)} ${byCount(fact, singular, plural)}`
}

/** `was` or `were`, as the count asks for. */
export function byCount(fact: Fact, singular: string, plural: string): string {
  return fact.value === 1 ? singular : plural
}

/** What the metric of a fact is called; only words of our own, so that no digit from a file slips in. */
export function metricName({ metric = '' }: Pick<Fact, 'metric'>): string {
  const words = metricWords(metric)
  return words === '' || /\d/.test(words) ? 'the metric' : words
}

/** True where only a file is known, which does nothing by itself. */
export function fileOnly({ group = {} }: Fact): boolean {
  return Object.keys(group).every((key) => key === 'file' || key === 'section')
}

/** What a figure rests on, behind it: ` in the median of {{F2.n}} samples`. */
export function basis(fact: Fact): string {
  if (fact.n === 1) return ' in a single sample'
  if (fact.n !== undefined && fact.stat === 'median') return ` in the median of ${number(fact)} samples`
  return fact.stat === undefined || fact.stat === 'value' || /\d/.test(fact.stat) ? '' : ` by the reported ${fact.stat}`
}

/** The same in brackets, for lists. */
export function shortBasis(fact: Fact): string {
  if (fact.n === 1) return ' (single sample)'
  if (fact.n !== undefined && fact.stat === 'median') return ` (median of ${number(fact)})`
  return fact.stat === undefined || fact.stat === 'value' || /\d/.test(fact.stat) ? '' : ` (reported ${fact.stat})`
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

/** Paragraphs that have something to say. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return present(...parts).join('\n\n')
}

export function sentences(...parts: readonly (string | undefined)[]): string {
  return present(...parts).join(' ')
}

export function present(...lines: readonly (string | undefined)[]): string[] {
  return lines.flatMap((line) => (line === undefined || line === '' ? [] : [line]))
}

/** `a`, `a and b`, `a, b and c` */
export function series(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
