/** Names and figures as they stand in facts: plain words, clean, of limited length. */

import { formatQuantity } from '../record/quantity.js'
import type { AttributeValue } from '../record/metric-record.js'
import { sanitize } from '../stage/index.js'
import type { RecordRef } from '../summary/summary-row.js'

type Group = Readonly<Record<string, AttributeValue>>

/** Longest subject, in UTF-16 code units. */
export const SUBJECT_LIMIT = 160
const NAME_LIMIT = 60

const METRIC_WORDS: Readonly<Record<string, string>> = {
  ttft: 'time to first token',
  itl: 'inter-token latency',
  tpot: 'time per output token',
  e2e_latency: 'end-to-end latency',
  gpu_memory_used: 'GPU memory used',
  gpu_utilization: 'GPU utilization',
  cpu_utilization: 'CPU utilization',
}

export function metricWords(metric: string): string {
  return Object.hasOwn(METRIC_WORDS, metric) ? (METRIC_WORDS[metric] ?? metric) : clean(metric).replaceAll('_', ' ')
}

/** `time to first token, model gemma3:latest` */
export function subjectOf(metric: string, group: Group): string {
  const who = groupWords(group)
  return limit(who === '' ? metricWords(metric) : `${metricWords(metric)}, ${who}`, SUBJECT_LIMIT)
}

/** `model gemma3:latest, num_gpu 80` */
export function groupWords(group: Group): string {
  return Object.entries(group)
    .map(([key, value]) => `${clean(key)} ${key === 'file' ? fileWords(String(value)) : clean(String(value))}`)
    .join(', ')
}

/** Enough of a path to find the file: its folder and name. */
export function fileWords(file: string): string {
  return limitFront(clean(file, Infinity).split('/').slice(-2).join('/'), NAME_LIMIT)
}

/** `reports/x.csv:4`; a JSON pointer where there is no line. */
export function placeWords({ source }: RecordRef): string {
  const at = source.line === undefined ? (source.pointer === undefined ? '' : ` at ${clean(source.pointer)}`) : `:${source.line}`
  return `${clean(source.file, 200)}${at}`
}

/** `117.5 ms`, `1.34`, `102.6 tok/s` */
export function figureWords(value: number, unit: string): string {
  const { text, unit: shown } = formatQuantity(value, unit)
  return shown === '' ? text : `${text} ${clean(shown)}`
}

/** `6.34`, `1.10`, `1.003`, `1250`: more than three digits would pretend a precision that medians do not have; four where three would make it a plain 1. */
export function factorWords(value: number): string {
  if (Math.abs(value) >= 1000) return String(Math.round(value))
  return value.toPrecision(Math.abs(value - 1) < 0.05 ? 4 : 3)
}

/** `1 file`, `4,321 records` */
export function countWords(count: number, singular: string, plural = `${singular}s`): string {
  return `${groupDigits(count)} ${count === 1 ? singular : plural}`
}

export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `a, b and 3 more` */
export function listWords(names: readonly string[], total = names.length, shown = 5): string {
  const listed = names.slice(0, shown)
  const more = total - listed.length
  if (more > 0) return `${listed.join(', ')} and ${more} more`
  return listed.length < 2 ? listed.join('') : `${listed.slice(0, -1).join(', ')} and ${listed.at(-1) ?? ''}`
}

/** One line without control characters; braces could open a slot in the text a fact is put into. */
export function clean(text: string, length = NAME_LIMIT): string {
  return limit(sanitize(text).replace(/\s+/g, ' ').trim().replaceAll('{', '(').replaceAll('}', ')'), length)
}

export function limit(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text
}

function limitFront(text: string, length: number): string {
  return text.length > length ? `…${text.slice(1 - length)}` : text
}
