/** Two things of a sentence and the figures in which they can be compared. */

import type { Fact } from '../fact/fact.js'
import type { Better } from '../record/metric-record.js'
import { OTHER_SIDE } from './bound-names.js'
import type { Figure, KnownFigures } from './known-figures.js'
import { setOf, type Sentence } from './sentence.js'

export interface Sides {
  readonly dimension: string
  readonly a: ReadonlySet<string>
  /** Absent where only one is named. */
  readonly b?: ReadonlySet<string>
}

export interface Pair {
  readonly a: Figure
  readonly b: Figure
}

/** Who is compared at this place, and with whom; in each dimension in which names stand near. */
export function sidesAt({ text, names, carried }: Sentence, start: number, end: number): Sides[] {
  const found: Sides[] = []
  for (const dimension of new Set(names.flatMap((mention) => mention.names.map((one) => one.dimension)))) {
    const mentions = names.filter((mention) => mention.names.some((one) => one.dimension === dimension) && (mention.end <= start || mention.start >= end))
    const before = mentions.filter((mention) => mention.end <= start)
    const after = mentions.filter((mention) => mention.start >= end)
    const isOther = (at: number) => OTHER_SIDE.test(text.slice(0, at))
    // `With A, it is faster than with B`; `compared with B, A is faster`; `it is faster than B`.
    const last = carried.get(dimension)?.[0]
    const subject = before.findLast((mention) => !isOther(mention.start)) ?? (last ? undefined : after.find((mention) => !isOther(mention.start)))
    const a = (subject && setOf(subject, dimension)) ?? last
    if (!a) continue
    const rest = [...after, ...before.toReversed()].filter((mention) => !meet(setOf(mention, dimension), a))
    const other = rest.find((mention) => isOther(mention.start)) ?? rest[0]
    found.push({ dimension, a, ...(other ? { b: setOf(other, dimension) } : {}) })
  }
  if (found.length === 0) for (const [dimension, sets] of carried) if (sets.length === 1 && sets[0]) found.push({ dimension, a: sets[0] })
  return found
}

/** Central figures of both, of one metric, statistic and unit, alike in all but who they are of. */
export function pairsOf({ figures }: KnownFigures, { dimension, a, b }: Sides, metrics: ReadonlySet<string> | undefined): Pair[] {
  if (!b) return []
  const of = (names: ReadonlySet<string>) => figures.filter((figure) => isCentral(figure) && holds(figure, dimension, names) && (metrics === undefined || metrics.has(figure.fact.metric ?? '')))
  const others = of(b)
  return of(a).flatMap((one) => others.filter((other) => one.fact !== other.fact && isComparable(one, other, dimension)).map((other) => ({ a: one, b: other })))
}

export function isCentral({ role, fact }: Figure): boolean {
  return role === 'main' && CENTRAL.has(fact.kind)
}

const CENTRAL: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['key-figure', 'best', 'worst'])

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name))
}

export function holds({ about }: Figure, dimension: string, names: ReadonlySet<string>): boolean {
  const own = about.names.get(dimension)
  return own !== undefined && [...names].some((name) => own.has(name))
}

export function isComparable(a: Figure, b: Figure, dimension?: string): boolean {
  if (a.fact.metric !== b.fact.metric || a.unit !== b.unit || a.stat !== b.stat) return false
  for (const [key, names] of a.about.names) {
    const others = b.about.names.get(key)
    if (key === dimension) continue
    if (!others || ![...names].some((name) => others.has(name))) return false
  }
  return a.about.names.size === b.about.names.size
}

/** Of the metric of a fact that has no direction itself, such as a ratio. */
export function betterOf({ figures }: KnownFigures, metric: string | undefined): Better {
  return figures.find(({ fact }) => fact.metric === metric && fact.better !== null)?.fact.better ?? null
}

/** How a ratio's sides stand to two names: 1 when it says the first is the better one, -1 the other way round, 0 when it is not about them. */
export function sideOf({ about }: Figure, { a, b }: Pick<Sides, 'a' | 'b'>): 1 | -1 | 0 {
  const has = (set: ReadonlySet<string> | undefined, names: ReadonlySet<string> | undefined) => names === undefined || [...names].some((name) => set?.has(name))
  if (has(about.who, a) && has(about.than, b)) return 1
  return has(about.than, a) && has(about.who, b) ? -1 : 0
}
