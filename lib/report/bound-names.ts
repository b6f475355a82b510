/** Whom a number is about: the names that grammar ties to it, per dimension. */

import type { About, KnownFigures } from './known-figures.js'
import type { NameMention } from './names.js'
import { cellAt, setOf, type Place, type Sentence } from './sentence.js'

/** `every`: the number is said of all of them (`both A and B`), else of one of them. */
export interface BoundName {
  readonly sets: readonly ReadonlySet<string>[]
  readonly every: boolean
}

export type Bound = ReadonlyMap<string, BoundName>

/** `295 tok/s for A`, `63 ms on the A backend`, `295 tok/s (A)` */
const FOLLOWS =
  /^[\s*_`"]*(?:(?:[\p{L}-]+|\/)\s+){0,3}?\(?(?:for|of|with|by|from|on|in|at|using|under|für|von|bei|mit|de|para|con)\s+(?:the\s+|der\s+|die\s+|el\s+|la\s+)?(?:[\p{L}_]+\s+)?[`*_"]*$|^[\s*_`"]*\([`*_"]*(?:model |backend |file )?[`*_"]*$/iu
/** `for time to first token, model A` */
const SUBJECT_FOLLOWS = /^\s*(?:for|of)\s+[\p{L}_ -]+,\s*(?:[\p{L}_]+\s+)?[`*_"]*$/iu
const FOLLOWS_LIMIT = 60
/** Between names that say one thing: `A on B, backend C in D`. */
const CHAINED = /^[`*_")]*\s*(?:,|on|in|under|with|at|by|\()?\s*[`*_"(]*(?:[\p{L}_]+\s+)?[`*_"]*$/iu
/** Between things that are said together. */
const TOGETHER = /^[`*_"]*\s*(?:,|and|or|&|\/|\+|,\s*and|und|y)\s*[`*_"]*(?:the\s+|model\s+)?[`*_"]*$/i
/** Before the other side of a comparison. */
export const OTHER_SIDE = /\b(?:than|over|against|versus|vs\.?|compared (?:to|with)|instead of|rather than|relative to|behind|ahead of|beats|outperforms|als|que)\s+(?:(?:the|model|that of|those of|with|on|in|by|for|backend)\s+)*[`*_"]*$/i
const ITS_OWN = /^[`*_"]*\s*(?:\(|['’]s\b|with\b|which\b)/

export function boundNames(sentence: Sentence, place: Place, known: KnownFigures): Bound {
  const { text, names, header, carried } = sentence
  const outside = names.filter(({ start, end }) => end <= place.start || start >= place.end)
  const bound = new Map<string, BoundName>()
  if (header) {
    const cell = header[cellAt(text, place.start)]?.text ?? ''
    for (const mention of known.find(cell)) for (const { dimension } of mention.names) bound.set(dimension, { sets: [setOf(mention, dimension)], every: false })
  }
  if (outside.length === 0) {
    for (const [dimension, sets] of carried) if (!bound.has(dimension)) bound.set(dimension, { sets, every: false })
    return bound
  }
  const following = chainAfter(text, place, outside)
  for (const dimension of new Set(outside.flatMap((mention) => mention.names.map((one) => one.dimension)))) {
    if (bound.has(dimension)) continue
    const mentions = outside.filter((mention) => mention.names.some((one) => one.dimension === dimension))
    bound.set(dimension, boundIn(sentence, place, mentions, dimension, following.find((mention) => mentions.includes(mention))))
  }
  return bound
}

function boundIn(sentence: Sentence, place: Place, mentions: readonly NameMention[], dimension: string, following: NameMention | undefined): BoundName {
  const { text } = sentence
  const one = (...some: readonly (NameMention | undefined)[]): BoundName => ({ sets: some.flatMap((mention) => (mention ? [setOf(mention, dimension)] : [])), every: false })
  const paired = respectively(sentence, place, mentions)
  if (paired) return one(paired)
  if (following) return one(following)
  const next = mentions.find(({ start }) => start >= place.end)
  const at = mentions.findLastIndex(({ end }) => end <= place.start)
  const previous = mentions[at]
  const carried = sentence.carried.get(dimension)
  if (!previous) return carried ? { sets: carried, every: false } : one(next)
  let first = at
  while (first > 0 && TOGETHER.test(text.slice(mentions[first - 1]?.end, mentions[first]?.start))) first -= 1
  if (first < at) return { sets: mentions.slice(first, at + 1).map((mention) => setOf(mention, dimension)), every: true }
  const before = mentions[at - 1]
  if (before && OTHER_SIDE.test(text.slice(0, previous.start))) {
    const between = text.slice(previous.end, place.start)
    if (ITS_OWN.test(between)) return one(previous)
    return /^[`*_"]*,/.test(between) ? one(before) : one(previous, before)
  }
  return one(previous)
}

/** The names that grammar ties to a number before them. */
function chainAfter(text: string, place: Place, mentions: readonly NameMention[]): readonly NameMention[] {
  const from = mentions.findIndex(({ start }) => start >= place.end)
  const first = mentions[from]
  if (!first) return []
  const between = text.slice(place.end, first.start)
  if (between.length > FOLLOWS_LIMIT || /[\d;.]/.test(between) || !(between.includes(',') ? SUBJECT_FOLLOWS : FOLLOWS).test(between)) return []
  let to = from + 1
  while (to < mentions.length && CHAINED.test(text.slice(mentions[to - 1]?.end, mentions[to]?.start))) to += 1
  return mentions.slice(from, to)
}

/** `A and B reach 295 and 46.5 tok/s respectively` */
function respectively({ text, places }: Sentence, place: Place, mentions: readonly NameMention[]): NameMention | undefined {
  if (!/\brespectively\b|\bbeziehungsweise\b|\brespectivamente\b/i.test(text)) return undefined
  const numbers = places.filter(({ token }) => token.claim?.kind === 'number' || (token.slot && token.slot.part !== 'who'))
  return numbers.length === mentions.length ? mentions[numbers.indexOf(place)] : undefined
}

/** Dimensions that say where something was found rather than what it is. */
const LOOSE: ReadonlySet<string> = new Set(['file', 'section'])

/** Whether a figure may be about these; `lenient` lets pass what the figure does not speak of. */
export function agreesWith(about: About, bound: Bound, lenient = false): boolean {
  for (const [dimension, { sets, every }] of bound) {
    const own = about.names.get(dimension)
    if (!own) {
      if (lenient || LOOSE.has(dimension)) continue
      return false
    }
    const holds = (set: ReadonlySet<string>) => [...set].some((name) => own.has(name))
    if (every && !lenient ? !sets.every(holds) : !sets.some(holds)) return false
  }
  return true
}

/** Each of things said together, alone. */
export function apart(bound: Bound): readonly Bound[] {
  let all: Map<string, BoundName>[] = [new Map<string, BoundName>()]
  for (const [dimension, { sets, every }] of bound) {
    const choices = every ? sets.map((set) => ({ sets: [set], every: false })) : [{ sets, every: false }]
    all = all.flatMap((one) => choices.map((choice) => new Map<string, BoundName>([...one, [dimension, choice]]))).slice(0, 16)
  }
  return all
}
