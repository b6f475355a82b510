/** Numbers worked out from two figures: `6.3 times as fast as`, `16 % lower than`, `249 tok/s more`, `3 percentage points`. */

import type { Fact } from '../fact/fact.js'
import type { Bound } from './bound-names.js'
import type { Figure, KnownFigures } from './known-figures.js'
import type { Verdict } from './number-check.js'
import { betterOf, isComparable, isCentral, pairsOf, sideOf, sidesAt, type Pair, type Sides } from './pairs.js'
import { agrees, type Looseness } from './printed.js'
import { relationOf, shareOf, timesOf, type Relation } from './relation.js'
import { metricOf } from './bound-metric.js'
import type { Place, Sentence } from './sentence.js'
import type { TypedNumber } from './typed-number.js'
import { MULTIPLE, POINTS } from './unit-words.js'

const DIFFERENCE = /\b(?:differences?|gap|margin|differs?|apart|unterschied|diferencia)\b[^;]*$/i
/** However coarsely it is printed, `2x` is not 1.6. */
const MULTIPLE_STEP = 0.2
const UP: Relation = { axis: 'value', sign: 1 }
const APART = /\b(?:difference|gap|margin|spread|apart|more|less|faster|slower|higher|lower|longer|shorter|larger|smaller|above|below|ahead|behind|saves?|saving|gains?|gained|increase\w*|decrease\w*|reduc\w*|drop\w*|improve\w*)\b/i

/** `none` where the number is not one of these: then it must be a figure itself. */
export function derived(typed: TypedNumber, place: Place, sentence: Sentence, known: KnownFigures, bound: Bound, looseness: Looseness, shown: readonly Fact[]): Verdict | 'none' {
  const unit = typed.unit?.unit
  const number = unit === MULTIPLE ? { ...typed, step: Math.min(typed.step, MULTIPLE_STEP * typed.value) } : typed
  const relation = relationOf(sentence.text, place.start, place.end)
  const near = `${sentence.text.slice(Math.max(0, place.start - 30), place.start)} ${sentence.text.slice(place.end, place.end + 30)}`
  const isShare = unit === '1' && relation !== undefined
  if (unit !== MULTIPLE && unit !== POINTS && !isShare && !(unit !== undefined && (APART.test(near) || DIFFERENCE.test(sentence.text.slice(0, place.start))))) return 'none'
  const metrics = metricOf(sentence, place, (some) => known.figures.some(({ fact }) => some.has(fact.metric ?? '')))
  const all = sidesAt(sentence, place.start, place.end)
  const full = all.filter(({ b }) => b !== undefined)
  const use: readonly Sides[] = full.length > 0 ? full : all
  const expected = (pair: Pair): number | undefined => {
    const [a, b] = [Math.abs(pair.a.value), Math.abs(pair.b.value)]
    if (unit === MULTIPLE) return relation ? timesOf(a, b, betterFor(pair.a, known), relation) : Math.max(a, b) / Math.min(a, b)
    if (unit === POINTS) return Math.abs(a - b) * 100
    if (isShare) {
      const share = shareOf(a, b, betterFor(pair.a, known), relation)
      return share === undefined ? undefined : 100 * share
    }
    return pair.a.unit === unit && number.unit ? Math.abs(a - b) / number.unit.factor : undefined
  }
  const fitting = (pair: Pair) => {
    const value = expected(pair)
    return value !== undefined && (unit !== POINTS || pair.a.unit === '1') && agrees(number, value, looseness)
  }
  for (const sides of use) {
    const pair = pairsOf(known, sides, metrics).find(fitting)
    if (pair) return { facts: [pair.a.fact, pair.b.fact] }
  }
  const apart = known.figures.find((figure) => figure.role === 'apart' && figure.unit === unit && number.unit && (!metrics || metrics.has(figure.fact.metric ?? '')) && use.some((sides) => sideOf(figure, sides) !== 0) && agrees(number, figure.value / number.unit.factor, looseness))
  if (apart) return { facts: [apart.fact] }
  const ratio = ratioFor(number, unit === MULTIPLE ? 'times' : isShare ? 'share' : undefined, relation, use, metrics, known, looseness)
  if (ratio) return ratio
  if (full.length === 0) {
    const pair = shownPairs(known, shown).find(fitting)
    if (pair) return { facts: [pair.a.fact, pair.b.fact] }
  }
  // A share that stands beside such a word may still be a figure: `utilization is higher at 42 %`; and a multiple an outlier's distance.
  if (unit === POINTS) return { wrong: 'typed' }
  return bound.size >= 0 && unit === MULTIPLE ? outlier(number, use, known, looseness) : 'none'
}

function betterFor({ fact }: Figure, known: KnownFigures) {
  return fact.better ?? betterOf(known, fact.metric)
}

/** Against the facts that are ratios, when the two values themselves are not told. */
function ratioFor(number: TypedNumber, form: 'times' | 'share' | undefined, relation: Relation | undefined, sides: readonly Sides[], metrics: ReadonlySet<string> | undefined, known: KnownFigures, looseness: Looseness): Verdict | undefined {
  if (form === undefined) return undefined
  let contradicted = false
  for (const figure of known.figures) {
    const { fact, value } = figure
    if (fact.kind !== 'ratio' || figure.role !== 'main' || (metrics && !metrics.has(fact.metric ?? ''))) continue
    const better = betterOf(known, fact.metric)
    const matching = sides.map((one) => sideOf(figure, one)).find((side) => side !== 0)
    if (sides.length > 0 && matching === undefined) continue
    // With one side named, it must be said what is compared, and how; `faster` says both.
    if (sides.some(({ b }) => b === undefined) && (!relation || (!metrics && relation.axis === 'value'))) continue
    // The better side against the other one, as values would stand.
    const [good, bad] = better === 'lower' ? [1, value] : [value, 1]
    for (const side of matching === undefined ? [1, -1] : [matching]) {
      const [a, b] = side === 1 ? [good, bad] : [bad, good]
      const read = relation ?? UP
      const expected = form === 'times' ? (relation ? timesOf(a, b, better, read) : value) : shareOf(a, b, better, read)
      if (expected !== undefined && agrees(number, form === 'times' ? expected : 100 * expected, looseness)) return { facts: [fact] }
    }
    contradicted ||= form === 'times' && agrees(number, value, looseness)
  }
  return contradicted ? { wrong: 'direction' } : undefined
}

function outlier(number: TypedNumber, sides: readonly Sides[], known: KnownFigures, looseness: Looseness): Verdict {
  const found = known.figures.filter((figure) => figure.unit === MULTIPLE && agrees(number, figure.value, looseness))
  const about = found.find(({ about: { names } }) => sides.every(({ dimension, a }) => [...a].some((name) => names.get(dimension)?.has(name))))
  if (about) return { facts: [about.fact] }
  return { wrong: found.length > 0 ? 'subject' : 'typed' }
}

/** Of what the sentence has shown already: `295 tok/s against 46.5 tok/s, a factor of 6.3`. */
function shownPairs(known: KnownFigures, shown: readonly Fact[]): Pair[] {
  const own = known.figures.filter((figure) => isCentral(figure) && shown.includes(figure.fact))
  return own.flatMap((a) => own.filter((b) => a !== b && alike(a, b)).map((b) => ({ a, b })))
}

function alike(a: Figure, b: Figure): boolean {
  return isComparable(a, b) || (a.fact.metric === b.fact.metric && a.unit === b.unit)
}
