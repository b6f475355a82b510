/** What was measured, in figures: one per metric and subject, the metrics that tell most first. */

import type { SummaryRow } from '../summary/summary-row.js'
import { centralOf, isRestated, type Central } from './central.js'
import { NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import { nameOf } from './name-of.js'
import { recordsOf } from './references.js'
import { clean, countWords, figureWords, groupWords, listWords, metricWords, subjectOf } from './wording.js'

/** Subjects told of a headline metric, and of any other. */
const HEADLINE_SUBJECTS = 6
const OTHER_SUBJECTS = 2
/** How many metrics, in order of telling, are the headline. */
export const HEADLINES = 2
const OTHER_METRICS = 6
/** So many figures of a headline stand at the very front; the others follow the comparisons. */
const UP_FRONT = 2
const FEWEST_FOR_TAIL = 20

export function keyFigures(subjects: readonly SummaryRow[]): Draft[] {
  return metricsInOrder(subjects).slice(0, HEADLINES + OTHER_METRICS).flatMap(({ rows }, place) => {
    const headline = place < HEADLINES
    const told = rows.slice(0, headline ? HEADLINE_SUBJECTS : OTHER_SUBJECTS)
    return told.map(({ row, central }, at) => ({
      ...figure(row, central),
      weight: headline ? (at < UP_FRONT ? WEIGHT.headline + place * 10 : WEIGHT.moreHeadline) : (isRestated(row) ? WEIGHT.restated : WEIGHT.otherFigures) + place,
    }))
  })
}

export interface MetricRows {
  readonly metric: string
  readonly unit: string
  /** Named subjects first, then those with most samples. */
  readonly rows: readonly { readonly row: SummaryRow; readonly central: Central }[]
}

/** The telling metrics that have figures and a unit, in order of telling; those that only reports speak of are last. */
export function metricsInOrder(subjects: readonly SummaryRow[]): MetricRows[] {
  const metrics = new Map<string, { metric: string; unit: string; rows: { row: SummaryRow; central: Central }[] }>()
  for (const row of subjects) {
    const central = centralOf(row)
    if (!central || row.unit === '' || tellingRank(row.metric) === NOT_TELLING) continue
    const key = `${row.metric}\n${row.unit}`
    const known = metrics.get(key) ?? { metric: row.metric, unit: row.unit, rows: [] }
    known.rows.push({ row, central })
    metrics.set(key, known)
  }
  for (const { rows } of metrics.values()) rows.sort((a, b) => standing(a.row) - standing(b.row) || (b.central.n ?? 0) - (a.central.n ?? 0))
  return [...metrics.values()].sort((a, b) => restatedOnly(a) - restatedOnly(b) || tellingRank(a.metric) - tellingRank(b.metric) || b.rows.length - a.rows.length)
}

/** What only written reports speak of comes after all that was measured. */
function restatedOnly({ rows }: MetricRows): number {
  return Number(rows.every(({ row }) => isRestated(row)))
}

/** Named subjects, then files that do not say what they measured, then what reports restate. */
function standing(row: SummaryRow): number {
  return isRestated(row) ? 2 : Number(Object.hasOwn(row.group, 'file'))
}

function figure(row: SummaryRow, central: Central): Omit<Draft, 'weight'> {
  const { metric, unit, group, better, samples } = row
  const subject = subjectOf(metric, group)
  return {
    kind: 'key-figure',
    subject,
    metric,
    group,
    who: nameOf(group),
    stat: central.stat,
    value: central.value,
    unit,
    better,
    ...(central.n === undefined ? {} : { n: central.n }),
    sentence: samples ? sampleSentence(row, samples) : reportedSentence(row, central),
    records: central.records,
    recordCount: recordsOf(row),
    files: row.files.slice(0, 5),
  }
}

function sampleSentence(row: SummaryRow, samples: NonNullable<SummaryRow['samples']>): string {
  const { metric, unit, group } = row
  const show = (value: number) => figureWords(value, unit)
  const who = whoWords(group)
  if (samples.count === 1) return `${capital(metricWords(metric))}${who} was measured once: ${show(samples.p50)}.`
  // Between a few samples, a 95th percentile says no more than their maximum.
  const tail = samples.count < FEWEST_FOR_TAIL ? ` and a mean of ${show(samples.mean)}` : `, a mean of ${show(samples.mean)} and a 95th percentile of ${show(samples.p95)}`
  const estimate = samples.quantileError > 0 ? `, quantiles within ${figureWords(100 * samples.quantileError, '')} %` : ''
  return (
    `${capital(metricWords(metric))}${who} has a median of ${show(samples.p50)}${tail} ` +
    `(${countWords(samples.count, 'sample')} from ${show(samples.min)} to ${show(samples.max)}${estimate}${variedWords(row)}).`
  )
}

function reportedSentence(row: SummaryRow, central: Central): string {
  const reported = row.aggregates.find((one) => one.stat === central.stat || (central.stat === 'median' && one.stat === 'p50'))
  const several = reported && reported.count > 1 ? `, averaged over ${reported.count} reports from ${figureWords(reported.min, row.unit)} to ${figureWords(reported.max, row.unit)}` : ''
  return `${capital(metricWords(row.metric))}${whoWords(row.group)} is reported with a ${central.stat} of ${figureWords(central.value, row.unit)}${several}; its samples are not in the files.`
}

/** Settings that varied under a figure: without them in mind its spread says nothing. */
export function variedWords({ varied }: SummaryRow): string {
  const keys = Object.entries(varied).filter(([, values]) => values.length > 1).map(([key]) => key)
  return keys.length === 0 ? '' : `, over several values of ${listWords(keys.map((key) => clean(key)), keys.length, 4)}`
}

export function whoWords(group: SummaryRow['group']): string {
  const who = groupWords(group)
  return who === '' ? '' : ` ${who.startsWith('file ') ? 'in' : 'of'} ${who}`
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
