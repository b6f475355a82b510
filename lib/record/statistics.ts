/** The words by which statistics are named. */

import type { Stat } from './metric-record.js'

const STATS: ReadonlyMap<string, Stat> = new Map<string, Stat>([
  ...entries('mean', 'mean', 'avg', 'average', 'averaged', 'geomean', 'gmean', 'hmean'),
  ...entries('median', 'median', 'med'),
  ...entries('min', 'min', 'minimum', 'lowest'),
  ...entries('max', 'max', 'maximum', 'peak', 'highest'),
  ...entries('stddev', 'std', 'stdev', 'stddev', 'stdv', 'sd', 'sigma', 'σ'),
  ...entries('sum', 'sum'),
])

const PAIRS: ReadonlyMap<string, Stat> = new Map<string, Stat>([
  ...entries('stddev', 'std dev', 'standard deviation', 'st dev', 'std deviation', 'stand dev'),
  ...entries('mean', 'geometric mean', 'arithmetic mean', 'harmonic mean', 'mean value', 'avg value', 'average value', 'geo mean'),
])

export interface FoundStat {
  readonly stat: Stat
  /** How many words name it. */
  readonly words: number
}

/** The statistic that the words at `at` name. */
export function statAt(words: readonly string[], at: number): FoundStat | undefined {
  const word = words[at]
  if (word === undefined) return undefined
  const next = words[at + 1]
  const pair = next === undefined ? undefined : PAIRS.get(`${word} ${next}`)
  if (pair) return { stat: pair, words: 2 }
  const ordinal = /^(\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?$/.exec(word)?.[1]
  if (ordinal !== undefined && next !== undefined && /^(?:percentile|percent|ile|pct|pctl)$/.test(next)) {
    const more = next === 'percent' && words[at + 2] === 'ile' ? 1 : 0
    return { stat: `p${Number(ordinal)}`, words: 2 + more }
  }
  // `percentile_99`, `p_95`, and `p99_9`, where the point became an underscore.
  if (/^(?:percentile|pctl|perc|p)$/.test(word) && next !== undefined && /^\d{2}(?:\.\d+)?$|^9{3,4}$/.test(next)) return { stat: percentile(`p${next}`) ?? 'value', words: 2 }
  const named = STATS.get(word) ?? percentile(word)
  if (named === undefined) return undefined
  if (/^p99$/.test(named) && next !== undefined && /^9{1,3}$/.test(next)) return { stat: `p${Number(`99.${next}`)}`, words: 2 }
  return { stat: named, words: 1 }
}

/** `p50`, `p99.9`; also without the point: `p999` is 99.9, `p001` is 0.1; `tp99`, `99th`. */
export function percentile(word: string): Stat | undefined {
  const digits = /^(?:t?p|pct|perc|percentile)(\d{1,2}(?:\.\d+)?|\d{3,5})$/.exec(word)?.[1] ?? /^p?(\d{2}(?:\.\d+)?)th$/.exec(word)?.[1] ?? /^(9[059])p$/.exec(word)?.[1]
  if (digits === undefined) return undefined
  if (digits === '100') return 'max'
  if (Number(digits) === 0) return 'min'
  const value = digits.length > 2 && !digits.includes('.') ? Number(`${digits.slice(0, 2)}.${digits.slice(2)}`) : Number(digits)
  return `p${value}`
}

/** Names in which a statistic's word is part of the metric: no mean of an `absolute error` was taken. */
const WHOLE_NAMES: ReadonlyMap<string, string> = new Map(Object.entries({
  'mean absolute error': 'mae',
  'mean absolute percentage error': 'mape',
  'mean squared error': 'mse',
  'root mean squared error': 'rmse',
  'root mean square error': 'rmse',
  'mean average precision': 'map',
  'average precision': 'average_precision',
  'mean reciprocal rank': 'mrr',
}))

/** Spread and shape that `stat` has no word for, in one spelling; such a name is none of the metric's own values. */
const SPREADS: ReadonlyMap<string, string> = new Map(Object.entries({
  'median absolute deviation': 'mad',
  'median abs dev': 'mad',
  'mean absolute deviation': 'mad',
  'coefficient of variation': 'cv',
  'coeff of variation': 'cv',
  'coeff var': 'cv',
  'relative standard deviation': 'rsd',
  'relative std dev': 'rsd',
  'rel std': 'rsd',
  'relative margin of error': 'rme',
  'margin of error': 'moe',
  'standard error of the mean': 'sem',
  'standard error of mean': 'sem',
  'standard error': 'stderr',
  'std error': 'stderr',
  'std err': 'stderr',
  'interquartile range': 'iqr',
}))
const SPREAD_WORDS = new Set(['mad', 'variance', 'var', 'iqr', 'cv', 'rsd', 'rme', 'moe', 'sem', 'stderr', 'skewness', 'kurtosis'])

/** Joins in `words` what is one name; what it joins, {@link statAt} no longer finds. */
export function joinNames(words: string[]): void {
  const joined = words.join(' ')
  for (const names of [WHOLE_NAMES, SPREADS]) {
    for (const [phrase, name] of names) {
      const from = ` ${joined} `.includes(` ${phrase} `) ? positionOf(words, phrase.split(' ')) : -1
      if (from < 0) continue
      words.splice(from, phrase.split(' ').length, name)
      return
    }
  }
}

/** Measures of spread that a record has no place for; alone, none of them is a metric. */
const UNKEPT = new Set([...SPREAD_WORDS, 'squared', 'outliers'])

export function isUnkeptStatistic(words: readonly string[]): boolean {
  return words.length === 1 && UNKEPT.has(words[0] ?? '')
}

/** `latency_stderr`: a name of its own, without a good direction. */
export function isSpreadName(words: readonly string[]): boolean {
  return words.some((word) => SPREAD_WORDS.has(word) && word !== 'var' && word !== 'mad')
}

const BOUND = new RegExp(
  String.raw`(?:^|_)(?:9\d_(?:percent_)?)?(?:ci|conf|confidence)(?:9\d(?:\.\d)?)?(?:_(?:9\d|interval|int|level|lower|upper|low|high|lo|hi|lb|ub|l|u|width|half|bounds?|limit|percent|pct|margin|error))*$` +
    String.raw`|(?:^|_)(?:lower|upper|lo|hi)_(?:bounds?|limit|fence|ci|conf|confidence|whisker|9\d|percent)(?:_(?:percent|ci|9\d|interval))*$`,
)

/** A bound of a confidence interval, or its width: never a value of the metric. */
export function isBound(words: readonly string[], isMetric: (name: string) => boolean): boolean {
  const name = words.join('_')
  if (BOUND.test(name)) return true
  const last = words.at(-1) ?? ''
  if (!/^(?:lower|upper|lb|ub)$/.test(last)) return false
  // `letters_lower` is somebody's benchmark; `latency_lower` and a bare `lower` bound something.
  return words.length === 1 || isMetric(words.slice(0, -1).join('_'))
}

function positionOf(words: readonly string[], phrase: readonly string[]): number {
  return words.findIndex((_, at) => phrase.every((word, offset) => words[at + offset] === word))
}

function entries(stat: Stat, ...words: string[]): [string, Stat][] {
  return words.map((word) => [word, stat])
}
