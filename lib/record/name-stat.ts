/** The words of a name that say which statistic it is, or that it is a difference; each is taken out of the words. */

import type { Stat } from './metric-record.js'
import { statAt } from './statistics.js'
import { baseUnit } from './units.js'
import { isKnownMetric, nameless, resolve } from './vocabulary.js'

const BASELINES = /^(?:base|baseline|reference|ref|previous|prev|main|master|before|last|control)$/

/** `Latency vs baseline` is a difference; `Speedup vs baseline` is a speedup still. */
export function takeComparison(words: string[]): boolean {
  const at = words.findIndex((word) => /^(?:vs|versus|against|compared)$/.test(word))
  if (at < 0 || !words.slice(at + 1).some((word) => BASELINES.test(word)) || words.some((word) => /^(?:speedup|ratio|factor|relative|times|faster)$/.test(word))) return false
  words.splice(at)
  return true
}

const DELTA_WORDS = new Set(['delta', 'diff', 'difference', 'deltas'])

export function takeDelta(words: string[]): boolean {
  for (const at of [words.length - 1, 0]) {
    const word = words[at]
    if (word === undefined || !(DELTA_WORDS.has(word) || (word === 'change' && at > 0))) continue
    words.splice(at, 1)
    return true
  }
  // `total_improvement` is a name of its own, and so is `improvement` alone.
  if (words.length > 1 && words.at(-1) === 'improvement' && isKnownMetric(words.slice(0, -1).join('_'))) {
    words.pop()
    return true
  }
  return words.length === 1 && /^(?:improvement|change)$/.test(words[0] ?? '')
}

const EXTREMES: ReadonlyMap<string, 'best' | 'worst'> = new Map([['best', 'best'], ['fastest', 'best'], ['worst', 'worst'], ['slowest', 'worst']])

/** Only beside a metric, or a unit that has a good end: the best of `Best model` is something else. */
export function takeExtreme(words: string[], unitText: string | undefined): 'best' | 'worst' | undefined {
  const unit = unitText === undefined ? undefined : baseUnit(unitText)
  for (const at of [0, words.length - 1]) {
    const extreme = EXTREMES.get(words[at] ?? '')
    if (extreme === undefined) continue
    const rest = words.filter((_, index) => index !== at)
    const found = rest.length === 0 ? resolve(nameless(unit), unit) : resolve(rest.join('_'), unit)
    if (found.better === null || !found.canonical) continue
    words.splice(at, 1)
    return extreme
  }
  return undefined
}

export function takeStat(words: string[]): Stat | undefined {
  // Outer words first: in `max_mean_error` the outer one is the statistic of the rest.
  const order = [0, words.length - 1, words.length - 2, ...words.keys()]
  for (const at of order) {
    const found = statAt(words, at)
    if (!found || (at === words.length - 2 && found.words !== 2 && words.length > 2)) continue
    words.splice(at, found.words)
    return found.stat
  }
  const [only] = words
  if (words.length === 1 && (only === 'count' || only === 'n')) {
    words.pop()
    return 'count'
  }
  // `latency_count`: how many were measured; `token_count` counts tokens.
  if (words.length > 1 && words.at(-1) === 'count' && !isKnownMetric(words.join('_')) && isTimed(words.slice(0, -1))) {
    words.pop()
    return 'count'
  }
  return undefined
}

/** The name of a time, not of a count. */
function isTimed(words: readonly string[]): boolean {
  return resolve(words.join('_'), 's').canonical
}
