/** What cannot be trusted to repeat: spread of samples, and single samples far away from all others. */

import type { RecordRef, Statistics, SummaryRow } from '../summary/summary-row.js'
import { isRestated } from './central.js'
import { BOUND_TO_WORK, NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import { capital, HEADLINES, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { subjectKey } from './subject.js'
import { countWords, factorWords, figureWords, metricWords, placeWords, subjectOf } from './wording.js'

const FEWEST_SAMPLES = 5
/** A sample so many times the median (or so small a part of it, where higher is better) is an outlier. */
const OUTLIER = 5
const OUTLIERS_TOLD = 4
const SPREADS_TOLD = 4
const SPREADS_UP_FRONT = 2
/** Below this coefficient of variation nothing is worth telling. */
const STEADY = 0.05

interface Sampled {
  readonly row: SummaryRow
  readonly samples: Statistics
}

export function outliers(subjects: readonly SummaryRow[], configurations: readonly SummaryRow[]): Draft[] {
  const places = new Set<string>()
  const told: { draft: Omit<Draft, 'weight'>; factor: number }[] = []
  // Rows of a written report are different things: one far from the others is no accident of measuring.
  for (const { row, samples } of sampled(subjects.filter((one) => !isRestated(one)))) {
    const factor = farthest(row, samples)
    if (factor < OUTLIER) continue
    const [at, value] = row.better === 'higher' ? [samples.minAt, samples.min] : [samples.maxAt, samples.max]
    if (isUsual(row, at, configurations)) continue
    // One cold start shows in several metrics of the same run; it is told by the most telling of them.
    const place = `${at.source.file}:${at.source.line ?? at.source.pointer}`
    if (places.has(place)) continue
    places.add(place)
    told.push({ draft: outlier(row, samples, at, value, factor, farConfigurations(row, samples, configurations)), factor })
  }
  return told
    .sort((a, b) => b.factor - a.factor)
    .filter(({ draft }, at, all) => !all.slice(0, at).some((earlier) => isSame(earlier.draft, draft)))
    .slice(0, OUTLIERS_TOLD)
    .map(({ draft }, at) => ({ ...draft, weight: at === 0 ? WEIGHT.topOutlier : WEIGHT.outliers }))
}

/** Of rows whose settings are all alike: what was pooled over several says how much those matter, not how much a value scatters. */
export function spreads(rows: readonly SummaryRow[]): Draft[] {
  return sampled(rows.filter(({ varied }) => Object.values(varied).every((values) => values.length < 2)))
    .flatMap(({ row, samples }) => {
      const variation = samples.stddev === undefined || samples.mean <= 0 ? 0 : samples.stddev / samples.mean
      // Rows of a written report are not runs of one thing; where one sample stands far away it makes the spread, and is told as an outlier.
      return variation >= STEADY && !isRestated(row) && farthest(row, samples) < OUTLIER ? [{ draft: spread(row, samples, variation), variation, headline: tellingRank(row.metric) < HEADLINES }] : []
    })
    .sort((a, b) => Number(b.headline) - Number(a.headline) || b.variation - a.variation)
    .slice(0, SPREADS_TOLD)
    .map(({ draft }, at) => (at < SPREADS_UP_FRONT ? { ...draft, weight: WEIGHT.topSpreads } : draft))
}

/** Rows with enough samples, the most telling metrics first. */
function sampled(subjects: readonly SummaryRow[]): Sampled[] {
  return subjects
    .flatMap((row) => (row.samples && row.samples.count >= FEWEST_SAMPLES && isTelling(row) ? [{ row, samples: row.samples }] : []))
    .sort((a, b) => Number(isRestated(a.row)) - Number(isRestated(b.row)) || tellingRank(a.row.metric) - tellingRank(b.row.metric))
}

/** The same measurement in two files, perhaps rounded in one of them. */
function isSame(a: { readonly metric?: string; readonly value: number }, b: { readonly metric?: string; readonly value: number }): boolean {
  return a.metric === b.metric && Math.abs(a.value - b.value) <= 1e-3 * Math.abs(a.value)
}

/** How far the worst sample is from the median, as a factor; 0 where that makes no sense. */
function farthest({ better }: SummaryRow, { min, max, p50 }: Statistics): number {
  const factor = better === 'higher' ? p50 / min : max / p50
  return Number.isFinite(factor) && factor > 0 ? factor : 0
}

/** Far from the rest of its subject, but near what its own configuration gives again and again: the setting, no accident. */
function isUsual(row: SummaryRow, at: RecordRef, configurations: readonly SummaryRow[]): boolean {
  return configurations.some((one) => {
    const { samples } = one
    if (one.metric !== row.metric || one.unit !== row.unit || !samples || samples.count < FEWEST_SAMPLES) return false
    return (samples.minAt.id === at.id || samples.maxAt.id === at.id) && farthest(one, samples) < OUTLIER
  })
}

/** Configurations of this subject all of whose samples are outliers: more than one is a pattern, not an accident. */
function farConfigurations(row: SummaryRow, { p50 }: Statistics, configurations: readonly SummaryRow[]): string {
  const key = subjectKey(row)
  const same = configurations.filter((one) => one.metric === row.metric && one.unit === row.unit && one.samples && subjectKey(one) === key)
  const far = same.filter(({ samples }) => samples && (row.better === 'higher' ? samples.max <= p50 / OUTLIER : samples.min >= p50 * OUTLIER))
  return far.length < 2 ? '' : ` Of ${same.length} configurations ${far.length} are that far out in every sample: reloading after a change of settings would look like this.`
}

function isTelling({ metric, unit, better }: SummaryRow): boolean {
  return unit !== '' && better !== null && tellingRank(metric) < NOT_TELLING && !BOUND_TO_WORK.has(metric)
}

function outlier(row: SummaryRow, samples: Statistics, at: RecordRef, value: number, factor: number, pattern: string): Omit<Draft, 'weight'> {
  const { metric, unit, group, better } = row
  const times = better === 'higher' ? `one ${factorWords(factor)}th of` : `${factorWords(factor)} times`
  const first = isFirstRun(at)
  const cold = first ? ' It is the first run of its series, which points to a cold start.' : ''
  return {
    kind: 'outlier',
    subject: `${better === 'higher' ? 'lowest' : 'highest'} single ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    times: factor,
    ...(first ? { note: 'cold-start' as const } : {}),
    stat: better === 'higher' ? 'min' : 'max',
    value,
    unit,
    better,
    n: samples.count,
    sentence: `A single ${metricWords(metric)}${whoWords(group)} is ${figureWords(value, unit)}, ${times} the median of ${figureWords(samples.p50, unit)} (${countWords(samples.count, 'sample')}), at ${placeWords(at)}.${cold}${pattern}`,
    records: [at],
    files: [at.source.file],
  }
}

function spread(row: SummaryRow, samples: Statistics, variation: number): Draft {
  const { metric, unit, group } = row
  const prompts = PROMPTS.some((key) => samples.minAt.attributes[key] !== samples.maxAt.attributes[key])
  const tail = samples.p50 > 0 ? `, and the 99th percentile is ${factorWords(samples.p99 / samples.p50)} times the median` : ''
  return {
    kind: 'spread',
    subject: `coefficient of variation of ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    ...(prompts ? { note: 'prompts' as const } : {}),
    stat: 'coefficient of variation',
    value: variation,
    unit: '1',
    better: null,
    n: samples.count,
    sentence:
      `${capital(metricWords(metric))}${whoWords(group)} varies by ${figureWords(100 * variation, '')} % around its mean (standard deviation ${figureWords(samples.stddev ?? 0, unit)}, ` +
      `mean ${figureWords(samples.mean, unit)}, ${countWords(samples.count, 'sample')}${prompts ? ' of different prompts' : ''})${tail}.`,
    records: [samples.minAt, samples.maxAt],
    files: row.files.slice(0, 5),
    weight: WEIGHT.spread,
  }
}

/** What may tell one sample's work from another's. */
const PROMPTS = ['prompt', 'prompt_index', 'prompt_id', 'prompt_name', 'prompt_text', 'question', 'input_text']

/** Numbers of a run within its series, counted from 0 or 1. */
const SERIES = ['prompt_index', 'index', 'run', 'iteration', 'repetition', 'trial', 'sample']

/** The first row of a table, the first element of a list, or what calls itself the first of its series. */
function isFirstRun({ source, attributes }: RecordRef): boolean {
  if (SERIES.some((key) => attributes[key] === 0 || attributes[key] === 1)) return true
  if (source.format === 'csv') return source.line === 2
  if (source.format === 'ndjson') return source.line === 1
  return source.pointer !== undefined && /\/0(?:\/|$)/.test(source.pointer)
}
