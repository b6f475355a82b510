/** Samples far from all others of their subject, and first runs that are: robust fences, never from fewer than five samples. */

import { Quantiles } from '../summary/quantiles.js'
import type { RecordRef, SummaryRow } from '../summary/summary-row.js'
import { NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import { whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { basisOf } from './references.js'
import { scoreOf } from './score.js'
import { isWorse, WORST_KEPT, type Sample, type Series, type SubjectSeries } from './series.js'
import { subjectKey } from './subject.js'
import { countWords, factorWords, figureWords, metricWords, placeWords, subjectOf } from './wording.js'

/** Fewer have no middle that others could be far from. */
export const FEWEST_SAMPLES = 5
/** Nearer than this factor to the median nothing is worth telling, however narrow the rest is. */
export const LEAST_FACTOR = 2
/** Interquartile ranges beyond a quartile: what Tukey calls far out ("Exploratory Data Analysis", 1977). Taken of logarithms, as times and rates are skewed. */
const FENCE = 3
const OUTLIERS_TOLD = 4

/** All samples of one subject and metric, over its files. */
export interface Pool {
  readonly key: string
  readonly sample: Series
  readonly series: readonly Series[]
  readonly n: number
  readonly median: number
  /** Worse than this is far out; absent where there are too few samples, or values that are not positive. */
  readonly fence?: number
  /** Far out, worst first; with {@link WORST_KEPT} of one file there may be more. */
  readonly far: readonly Sample[]
  readonly more: boolean
}

export function poolsOf(subjects: readonly SubjectSeries[]): Pool[] {
  return subjects.flatMap(({ key, series }) => {
    const [sample] = series
    return sample ? [poolOf(key, sample, series)] : []
  })
}

function poolOf(key: string, sample: Series, series: readonly Series[]): Pool {
  const { better } = sample
  const all = new Quantiles()
  let [min, max] = [Infinity, -Infinity]
  for (const { first, rest } of series) {
    all.add(first.value)
    all.merge(rest.quantiles)
    min = Math.min(min, first.value, rest.min)
    max = Math.max(max, first.value, rest.max)
  }
  const [low = Number.NaN, median = Number.NaN, high = Number.NaN] = all.at([0.25, 0.5, 0.75], min, max)
  const pool = { key, sample, series, n: all.count, median }
  if (all.count < FEWEST_SAMPLES || !(min > 0)) return { ...pool, far: [], more: false }
  // On logarithms: the upper quartile times the third power of how far the quartiles are apart.
  const fence = better === 'higher' ? Math.min(low * (low / high) ** FENCE, median / LEAST_FACTOR) : Math.max(high * (high / low) ** FENCE, median * LEAST_FACTOR)
  const kept = series.map(({ worst }) => worst.filter(({ value }) => isWorse(better, value, fence)))
  const far = kept.flat().sort((a, b) => (a.value === b.value ? 0 : isWorse(better, a.value, b.value) ? -1 : 1))
  return { ...pool, fence, far, more: kept.some((list) => list.length >= WORST_KEPT) }
}

/**
 * One of each subject, with how many more are far out. A cold start shows in several metrics of one run and is told by the most
 * telling of them; a setting that gives such values again and again is none.
 */
export function outliers(pools: readonly Pool[], configurations: readonly SummaryRow[]): Draft[] {
  const loads = loadsOf(pools)
  const places = new Set<string>()
  const told = pools
    .filter(({ far }) => far.length > 0)
    .sort((a, b) => standing(a) - standing(b))
    .flatMap((pool) => {
      const [worst] = pool.far
      if (!worst || isUsual(pool, worst.at, configurations)) return []
      const place = runOf(worst.at)
      if (places.has(place)) return []
      places.add(place)
      return [{ draft: outlier(pool, worst, loads, farConfigurations(pool, configurations)), factor: factorOf(pool, worst.value) }]
    })
  return told
    .sort((a, b) => b.factor - a.factor)
    .filter(({ draft }, at, all) => !all.slice(0, at).some((earlier) => isSame(earlier.draft, draft)))
    .slice(0, OUTLIERS_TOLD)
    .map(({ draft }, at) => ({ ...draft, weight: at === 0 ? WEIGHT.moreSpoils : WEIGHT.outliers }))
}

/** A rate falls because some time grew: that time says more. */
function standing({ sample: { metric, better } }: Pool): number {
  return tellingRank(metric) + (better === 'higher' ? NOT_TELLING : 0)
}

/** How many times the median, or which part of it: above 1. */
function factorOf({ sample, median }: Pool, value: number): number {
  return sample.better === 'higher' ? median / value : value / median
}

/** Far from the rest of its subject, but near what its own configuration gives again and again: the setting, no accident. */
function isUsual({ sample }: Pool, at: RecordRef, configurations: readonly SummaryRow[]): boolean {
  return configurations.some(({ metric, unit, samples }) => {
    if (metric !== sample.metric || unit !== sample.unit || !samples || samples.count < FEWEST_SAMPLES) return false
    if (samples.minAt.id !== at.id && samples.maxAt.id !== at.id) return false
    return sample.better === 'higher' ? samples.p50 < LEAST_FACTOR * samples.min : samples.max < LEAST_FACTOR * samples.p50
  })
}

/** Configurations of this subject all of whose samples are far out: more than one is a pattern, not an accident. */
function farConfigurations({ sample, fence }: Pool, configurations: readonly SummaryRow[]): string {
  const key = JSON.stringify(sample.group)
  const same = configurations.filter((row) => row.metric === sample.metric && row.unit === sample.unit && row.samples && subjectKey(row) === key)
  const far = same.filter(({ samples }) => samples && fence !== undefined && (sample.better === 'higher' ? samples.max < fence : samples.min > fence))
  return far.length < 2 ? '' : ` Of ${same.length} configurations ${far.length} are that far out in every sample: reloading after a change of settings would look like this.`
}

function outlier(pool: Pool, worst: Sample, loads: ReadonlyMap<string, number>, pattern: string): Omit<Draft, 'weight'> {
  const { sample, n, median, fence = 0, far, more } = pool
  const { metric, unit, group, better } = sample
  const factor = factorOf(pool, worst.value)
  const times = better === 'higher' ? `one ${factorWords(factor)}th of` : `${factorWords(factor)} times`
  const first = isFirstRun(pool, worst)
  const load = metric === 'load_duration' || unit !== 's' ? undefined : loads.get(runOf(worst.at))
  const loaded = load !== undefined && load >= (worst.value - median) / 2
  const cold = [
    ...(first ? [' It is the first run of its series, which points to a cold start.'] : []),
    ...(loaded ? [` Loading the model took ${figureWords(load, 's')} of it.`] : []),
  ].join('')
  const others = far.length < 2 ? '' : ` ${more ? 'At least ' : ''}${far.length} of the samples lie beyond ${figureWords(fence, unit)}, ${better === 'higher' ? 'below' : 'above'} which a value counts as far out here.`
  return {
    kind: 'outlier',
    subject: `${better === 'higher' ? 'lowest' : 'highest'} single ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    times: factor,
    ...(first || loaded ? { note: 'cold-start' as const } : {}),
    stat: better === 'higher' ? 'min' : 'max',
    value: worst.value,
    unit,
    better,
    n,
    sentence: `A single ${metricWords(metric)}${whoWords(group)} is ${figureWords(worst.value, unit)}, ${times} the median of ${figureWords(median, unit)} (${countWords(n, 'sample')}), at ${placeWords(worst.at)}.${cold}${others}${pattern}`,
    ...basisOf(far.map(({ at }) => at)),
    files: [...new Set(far.map(({ at }) => at.source.file))].slice(0, 5),
    score: scoreOf('mend', factor, n),
  }
}

/** The longest loads, by the run they belong to. */
function loadsOf(pools: readonly Pool[]): Map<string, number> {
  const loads = pools.filter(({ sample }) => sample.metric === 'load_duration' && sample.unit === 's')
  return new Map(loads.flatMap(({ series }) => series.flatMap(({ worst }) => worst.map(({ value, at }) => [runOf(at), value] as const))))
}

/** The row or object that a record stands in; the others of the run stand there too. */
export function runOf({ id, source: { file, line, pointer, format } }: RecordRef): string {
  if (format === 'csv' || format === 'ndjson') return `${file}:${line ?? id}`
  return pointer === undefined ? `${file}:${line ?? id}` : `${file}:${pointer.slice(0, pointer.lastIndexOf('/'))}`
}

/** The same measurement in two files, perhaps rounded in one of them. */
function isSame(a: { readonly metric?: string; readonly value: number }, b: { readonly metric?: string; readonly value: number }): boolean {
  return a.metric === b.metric && Math.abs(a.value - b.value) <= 1e-3 * Math.abs(a.value)
}

/** Numbers of a run within its series, counted from 0 or 1. */
const SERIES = ['prompt_index', 'index', 'run', 'iteration', 'repetition', 'trial', 'sample']

/** The first of its file's samples, or what calls itself the first of its series. */
export function isFirstRun({ series }: Pool, { at }: Sample): boolean {
  if (SERIES.some((key) => at.attributes[key] === 0 || at.attributes[key] === 1)) return true
  return series.some(({ first, rest }) => first.at.id === at.id && rest.count > 0)
}
