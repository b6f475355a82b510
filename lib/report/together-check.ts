/** Checks sentences such as `higher throughput comes with lower latency`: two metrics, over all things that have both. */

import type { Direction } from './direction-words.js'
import type { Figure, KnownFigures } from './known-figures.js'
import type { Verdict } from './number-check.js'
import { isCentral } from './pairs.js'
import type { Place, Sentence } from './sentence.js'

const LINK =
  /\b(?:(?:comes?|came|goes|went|go) (?:hand in hand |together )?with|(?:is|are|was|were) (?:associated|accompanied|paired|correlated) (?:with|by)|correlates? with|coincides? with|accompan(?:y|ies|ied)|pairs? with)\b/i
/** `The higher the throughput, the lower the latency.` */
const BOTH = /^\W*the \w+ the [^,]*(,) ?the \w+ the\b/i
/** Fewer things than this have no trend. */
const FEWEST = 3
/** So many of the pairs must agree: a third of them the other way round is no rule. */
const AGREEING = 0.75

/**
 * `undefined` for a sentence of another kind, or one that names something: that is a claim about it. Two things agree when the one with
 * more of the first metric has more (or less, as said) of the second; things are compared that have names in the same dimensions.
 */
export function checkTogether(place: Place, { text, names, metrics, places }: Sentence, known: KnownFigures): Verdict | undefined {
  const link = LINK.exec(text) ?? BOTH.exec(text)
  if (!link || names.length > 0) return undefined
  const middle = link[1] === undefined ? link.index : text.indexOf(',', link.index)
  const side = (from: number, to: number) => {
    const said = places.find(({ start, end, token }) => start >= from && end <= to && token.claim?.kind === 'direction')
    const metric = said && metrics.find(({ start, end }) => start >= said.end && end <= to)
    return said?.token.claim?.kind === 'direction' && metric ? { said, direction: said.token.claim.direction, metrics: metric.metrics } : undefined
  }
  const first = side(0, middle)
  const second = side(middle, text.length)
  if (!first || !second || (place.at !== first.said.at && place.at !== second.said.at)) return undefined
  const together = known.figures.filter(isCentral).flatMap((a) => (first.metrics.has(a.fact.metric ?? '') ? partners(a, second.metrics, known).map((b) => ({ a, b })) : []))
  let agreeing = 0
  let all = 0
  const things = new Set<string>()
  for (const [index, one] of together.entries()) {
    for (const other of together.slice(index + 1)) {
      if (kindOf(one.a) !== kindOf(other.a) || kindOf(one.b) !== kindOf(other.b) || one.a.value === other.a.value || one.b.value === other.b.value) continue
      things.add(nameOf(one.a)).add(nameOf(other.a))
      all += 1
      if (up(first.direction, one.a) * Math.sign(one.a.value - other.a.value) === up(second.direction, one.b) * Math.sign(one.b.value - other.b.value)) agreeing += 1
    }
  }
  const [shown] = together
  if (!shown || things.size < FEWEST || agreeing < AGREEING * all) return { wrong: 'direction' }
  return { facts: [shown.a.fact, shown.b.fact] }
}

/** The other metric of the same thing. */
function partners(figure: Figure, metrics: ReadonlySet<string>, { figures }: KnownFigures): Figure[] {
  return figures.filter((other) => isCentral(other) && metrics.has(other.fact.metric ?? '') && other.fact.metric !== figure.fact.metric && other.stat === figure.stat && nameOf(other) === nameOf(figure))
}

/** Which way of its value was said: 1 for more. */
function up({ axis, sign }: Direction, { fact }: Figure): number {
  return axis === 'good' && fact.better === 'lower' ? -sign : sign
}

/** What can be compared with one another. */
function kindOf({ fact, unit, stat, about }: Figure): string {
  return JSON.stringify([fact.metric, unit, stat, [...about.names.keys()].sort()])
}

function nameOf({ about }: Figure): string {
  return JSON.stringify([...about.names].map(([dimension, names]) => [dimension, [...names].sort()]).sort())
}
