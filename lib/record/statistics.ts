/** The words by which statistics are named. */

import type { Stat } from './metric-record.js'

const STATS: ReadonlyMap<string, Stat> = new Map<string, Stat>([
  ...entries('mean', 'mean', 'avg', 'average', 'averaged', 'geomean'),
  ...entries('median', 'median', 'med'),
  ...entries('min', 'min', 'minimum', 'lowest'),
  ...entries('max', 'max', 'maximum', 'peak', 'highest'),
  ...entries('stddev', 'std', 'stdev', 'stddev', 'sd', 'sigma', 'σ'),
  ...entries('sum', 'sum'),
])

const PAIRS: ReadonlyMap<string, Stat> = new Map<string, Stat>([
  ...entries('stddev', 'std dev', 'standard deviation', 'st dev', 'std deviation'),
  ...entries('mean', 'geometric mean', 'arithmetic mean', 'mean value', 'avg value', 'average value'),
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
  const named = STATS.get(word) ?? percentile(word)
  return named && { stat: named, words: 1 }
}

/** Measures of spread and shape that a record has no place for; none of them is a metric of its own. */
const UNKEPT = new Set(['mad', 'variance', 'var', 'iqr', 'cv', 'rsd', 'rme', 'moe', 'sem', 'skewness', 'kurtosis', 'squared', 'outliers'])

export function isUnkeptStatistic(words: readonly string[]): boolean {
  return words.length === 1 && UNKEPT.has(words[0] ?? '')
}

/** `p50`, `p99.9`; also without the point: `p999` is 99.9, `p001` is 0.1. */
export function percentile(word: string): Stat | undefined {
  const digits = /^(?:p|pct|perc|percentile)(\d{1,2}(?:\.\d+)?|\d{3,5})$/.exec(word)?.[1]
  if (digits === undefined) return undefined
  if (digits === '100') return 'max'
  if (Number(digits) === 0) return 'min'
  const value = digits.length > 2 && !digits.includes('.') ? Number(`${digits.slice(0, 2)}.${digits.slice(2)}`) : Number(digits)
  return `p${value}`
}

function entries(stat: Stat, ...words: string[]): [string, Stat][] {
  return words.map((word) => [word, stat])
}
