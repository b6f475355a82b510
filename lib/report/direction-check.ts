/** Checks words of direction against the facts: `faster`, `highest`, `improved`, `significant`, `second fastest`. */

import type { Fact } from '../fact/fact.js'
import { DIFFERENCE, EFFECT } from '../fact/settings.js'
import { isSupposed, type Direction } from './direction-words.js'
import { isCount, type Figure, type KnownFigures } from './known-figures.js'
import type { Decided, Verdict } from './number-check.js'
import { betterOf, isCentral, isComparable, holds, pairsOf, sideOf, sidesAt, type Sides } from './pairs.js'
import type { Place, Sentence } from './sentence.js'
import { checkTogether } from './together-check.js'

const WRONG = { wrong: 'direction' } as const
/** Facts about one thing, whose own words of direction can only be said of it. */
const OWN_WORDS: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['outlier', 'cold-start', 'disagreement', 'between-runs', 'freshness'])

function wordsIn(sentence: string): ReadonlySet<string> {
  return new Set(sentence.toLowerCase().match(/\p{L}+/gu))
}

/** Metrics of speed: of them a word like `faster` speaks. */
const SPEED = /(?:throughput|latency|duration|time|ttft|itl|tpot)$/
/** A sentence without any of these speaks of no measurement. */
const MEASURABLE = /\b(?:model|backend|configuration|config|setting|run|variant|quanti[sz]ation|throughput|latency|token|performance|speed|memory|accuracy|result|figure|value|metric|time|num_|temperature|modell|modelo)/i

/** `shown`: facts whose figures stand in the sentence. */
export function checkDirection(direction: Direction, place: Place, sentence: Sentence, known: KnownFigures, shown: readonly Fact[]): Verdict {
  if (direction.axis === 'significance') return checkSignificance(sentence, known, shown)
  const together = checkTogether(place, sentence, known)
  if (together) return together
  const { text, names, places, carried } = sentence
  const metrics = metricsFor(direction, sentence, place)
  const named = sidesAt(sentence, place.start, place.end)
  // `drops from A to B`: of B it is said.
  const fromTo = direction.degree === 'change' && /^[^;]*\bfrom\b[^;]*\bto\b/.test(text.slice(place.end))
  const sides = fromTo ? named.map(({ dimension, a, b }): Sides => (b ? { dimension, a: b, b: a } : { dimension, a })) : named
  const supposed = isSupposed(text)
  if (direction.weak && (!/\b(?:than|als|que)\b/i.test(text) || sides.every(({ b }) => b === undefined))) return 'harmless'
  if (direction.degree === 'superlative') {
    const decided = superlative(direction, sides, metrics, known, shown, 1)
    if (decided && !(supposed && 'wrong' in decided && sides.length === 0)) return decided
  } else {
    // `a single run drops to`: an outlier says so itself.
    const far = direction.degree === 'change' && direction.axis === 'value' && shown.find(({ kind, stat }) => kind === 'outlier' && stat === (direction.sign === 1 ? 'max' : 'min'))
    if (far) return { facts: [far] }
    const decided = compared(direction, sides, metrics, known)
    if (decided) return decided
    const said = shown.find((fact) => OWN_WORDS.has(fact.kind) && wordsIn(fact.sentence).has(place.token.said ?? ''))
    if (said) return { facts: [said] }
    const ratio = byRatio(direction, sides, metrics, known, shown)
    if (ratio && !(supposed && 'wrong' in ratio && sides.every(({ b }) => b === undefined))) return ratio
  }
  if (direction.weak || supposed) return 'harmless'
  const speaks = names.length > 0 || carried.size > 0 || sentence.metrics.length > 0 || places.some(({ token }) => token.slot !== undefined || token.claim?.kind === 'number') || MEASURABLE.test(text)
  return speaks ? WRONG : 'harmless'
}

/** `second fastest`, `ranks third`; 1 is the same as the superlative. */
export function checkRank(rank: number, direction: Direction | undefined, place: Place, sentence: Sentence, known: KnownFigures, shown: readonly Fact[]): Verdict {
  const own = direction ?? { axis: 'good', sign: 1, degree: 'superlative' }
  return superlative(own, sidesAt(sentence, place.start, place.end), metricsFor(own, sentence, place), known, shown, rank) ?? WRONG
}

function metricsFor({ speed }: Direction, { metrics, text }: Sentence, place: Place): (metric: string) => boolean {
  const clauseStart = Math.max(text.lastIndexOf(';', place.start), text.lastIndexOf(' while ', place.start), text.lastIndexOf(' but ', place.start))
  const near = metrics.filter(({ start }) => start > clauseStart)
  const own = (near.length > 0 ? near : metrics).flatMap((one) => [...one.metrics])
  const spoken = new Set(own)
  // `generates faster`, `shows its first token sooner`: the verb says which.
  if (spoken.size > 0) return (metric) => spoken.has(metric)
  return (metric) => !speed || SPEED.test(metric)
}

/** Two things whose figures are told. */
function compared(direction: Direction, sides: readonly Sides[], isSpoken: (metric: string) => boolean, known: KnownFigures): Decided | undefined {
  const pairs = sides.flatMap((side) => pairsOf(known, side, undefined)).filter(({ a }) => isSpoken(a.fact.metric ?? ''))
  const judged = pairs.flatMap((pair) => {
    const better = pair.a.fact.better
    if (direction.axis === 'good' && better === null) return []
    const up = direction.axis === 'value' || better === 'higher' ? direction.sign : -direction.sign
    return [{ pair, holds: (pair.a.value - pair.b.value) * up > 0 }]
  })
  const right = judged.find((one) => one.holds)
  if (right) return { facts: [right.pair.a.fact, right.pair.b.fact] }
  return judged.length > 0 ? WRONG : undefined
}

/** A ratio in the sentence or about these sides says who is better. */
function byRatio(direction: Direction, sides: readonly Sides[], isSpoken: (metric: string) => boolean, known: KnownFigures, shown: readonly Fact[]): Decided | undefined {
  const ratios = known.figures.filter(({ fact, role }) => fact.kind === 'ratio' && role === 'main' && isSpoken(fact.metric ?? ''))
  const own = ratios.filter(({ fact }) => shown.includes(fact))
  // That somebody is the better one of two says nothing of a change.
  if (direction.degree === 'change' && own.length === 0 && sides.every(({ b }) => b === undefined)) return undefined
  let contradicted = false
  for (const figure of own.length > 0 ? own : ratios) {
    const better = betterOf(known, figure.fact.metric)
    const good = direction.axis === 'good' ? direction.sign : better === null ? 0 : better === 'higher' ? direction.sign : -direction.sign
    const side = sides.length === 0 && own.length > 0 ? good : (sides.map((one) => sideOf(figure, one)).find((one) => one !== 0) ?? 0)
    if (side === 0 || good === 0) continue
    if (side === good) return { facts: [figure.fact] }
    contradicted = true
  }
  return contradicted ? WRONG : undefined
}

/** The best or worst of all, or the one at that place among those told, when all are told. */
function superlative(direction: Direction, sides: readonly Sides[], isSpoken: (metric: string) => boolean, known: KnownFigures, shown: readonly Fact[], rank: number): Decided | undefined {
  let contradicted = false
  const places = known.figures.filter(({ fact, role }) => role === 'place' && isSpoken(fact.metric ?? ''))
  const place = places.find((figure) => sides.some(({ dimension, a }) => holds(figure, dimension, a)))
  // Ranks are counted from the best.
  if (place && rank > 1 && isBest(direction, place, known)) return place.value === rank ? { facts: [place.fact] } : WRONG
  const spoken = known.figures.filter(({ fact, role }) => role === 'main' && isSpoken(fact.metric ?? ''))
  // Where no comparison is told, the figures themselves are compared.
  const told = rank === 1 && spoken.some(({ fact }) => fact.kind === 'best')
  const extremes = spoken.filter(({ fact }) => EXTREME.has(fact.kind) || (fact.kind === 'key-figure' && !told))
  for (const figure of extremes) {
    const { fact } = figure
    const better = fact.better ?? betterOf(known, fact.metric)
    const good = direction.axis === 'good' ? direction.sign : better === null ? 0 : better === 'higher' ? direction.sign : -direction.sign
    if (good === 0) continue
    const named = sides.length === 0 ? shown.includes(fact) : sides.some(({ dimension, a }) => holds(figure, dimension, a))
    if (named && (EXTREME.has(fact.kind) && rank === 1 ? standing(fact) === good : rankOf(figure, good, known) === rank)) return { facts: [fact] }
    contradicted ||= named
  }
  if (!contradicted && sides.length === 0 && rank === 1) {
    const extreme = known.figures.find(({ fact, stat, role }) => shown.includes(fact) && !isCount(fact) && (role === 'told' || fact.kind === 'outlier') && (stat === 'min' || stat === 'max'))
    if (extreme) return { facts: [extreme.fact] }
    const apart = shown.find(({ kind, metric }) => kind === 'ratio' && isSpoken(metric ?? ''))
    if (apart) return { facts: [apart] }
  }
  return contradicted || rank > 1 || sides.some(({ a }) => a.size > 0 && extremes.length > 0) ? WRONG : undefined
}

const EXTREME: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['best', 'worst', 'outlier'])

function isBest({ axis, sign }: Direction, { fact }: Figure, known: KnownFigures): boolean {
  const better = betterOf(known, fact.metric)
  return axis === 'good' ? sign === 1 : better !== null && (better === 'higher') === (sign === 1)
}

/** 1 for the best, -1 for the worst. */
function standing({ kind }: Fact): 1 | -1 {
  return kind === 'best' ? 1 : -1
}

/** Place among the central figures that can be compared with it, from the best (`good` 1) or the worst. */
function rankOf(figure: Figure, good: number, known: KnownFigures): number {
  if (!isCentral(figure)) return 0
  const better = figure.fact.better
  if (better === null) return 0
  const [dimension] = [...figure.about.names.keys()]
  const up = (better === 'higher' ? 1 : -1) * good
  const others = known.figures.filter((other) => isCentral(other) && other !== figure && isComparable(figure, other, dimension))
  if (others.length === 0) return 0
  return new Set(others.flatMap((other) => ((other.value - figure.value) * up > 0 ? other.value : []))).size + 1
}

/** Only where a test says so. */
function checkSignificance({ names, text }: Sentence, known: KnownFigures, shown: readonly Fact[]): Verdict {
  const isTested = ({ stat }: Fact) => stat === EFFECT || stat === DIFFERENCE
  const own = shown.find(isTested)
  if (own) return { facts: [own] }
  const tested = known.figures.find(({ fact, about, role }) => role === 'main' && isTested(fact) && names.length > 0 && names.every((mention) => mention.names.some(({ dimension, name }) => about.names.get(dimension)?.has(name))))
  if (tested) return { facts: [tested.fact] }
  return /\b(?:no|not|n't|without|nicht|kein\w*)\b/i.test(text) || isSupposed(text) ? 'harmless' : WRONG
}
