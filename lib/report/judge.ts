/** Judges every claim of a sentence: which facts back it, or why none does. */

import type { Fact } from '../fact/fact.js'
import { agreesWith, boundNames } from './bound-names.js'
import { checkDirection, checkRank } from './direction-check.js'
import { harmless, isSupposed } from './direction-words.js'
import type { KnownFigures } from './known-figures.js'
import type { UnverifiedReason } from './ledger.js'
import type { MetricFinder } from './metric-words.js'
import { checkNumber, type Verdict } from './number-check.js'
import { readOrdinalUse } from './ordinals.js'
import { sentenceReader, type Place, type Sentence } from './sentence.js'
import type { Token } from './token.js'

export interface Judgement {
  /** By the token's place in the sentence. */
  readonly wrong: ReadonlyMap<number, UnverifiedReason>
  /** Ids of the facts that back what was typed, by the token's place. */
  readonly matched: ReadonlyMap<number, readonly string[]>
  readonly text: string
}

export interface Judge {
  judge(tokens: readonly Token[]): Judgement
  block(prefix: string): void
  gap(): void
}

export function startJudge(known: KnownFigures, findMetrics: MetricFinder): Judge {
  const reader = sentenceReader(known, findMetrics)
  return {
    block: (prefix) => reader.block(prefix),
    gap: () => reader.gap(),
    judge(tokens) {
      const sentence = reader.read(tokens)
      const wrong = new Map<number, UnverifiedReason>()
      const matched = new Map<number, readonly string[]>()
      const shown: Fact[] = []
      for (const place of sentence.places) {
        const { slot } = place.token
        if (!slot) continue
        shown.push(slot.fact)
        if (VALUES.has(slot.part) && !isSlotOfSubject(slot.fact, place, sentence, known)) wrong.set(place.at, 'subject')
      }
      const take = (place: Place, verdict: Verdict) => {
        if (verdict === 'harmless') return
        if ('wrong' in verdict) wrong.set(place.at, verdict.wrong)
        else {
          matched.set(place.at, verdict.facts.map(({ id }) => id))
          shown.push(...verdict.facts)
        }
      }
      // What is worked out from figures, and words that compare them, rest on the figures beside them.
      for (const later of [false, true]) {
        for (const place of sentence.places) {
          const { claim } = place.token
          if (claim?.kind === 'number' && isWorkedOut(place) === later) take(place, checkNumber(claim.number, place, sentence, known, shown))
        }
      }
      const free = harmless(sentence.text)
      for (const place of sentence.places) {
        const { claim } = place.token
        if (claim?.kind === 'direction' && !isRanked(place, sentence) && !free.some(([start, end]) => start <= place.start && place.end <= end)) take(place, checkDirection(claim.direction, place, sentence, known, shown))
        else if (claim?.kind === 'ordinal') take(place, checkOrdinal(claim.rank, place, sentence, known, shown))
      }
      return { wrong, matched, text: sentence.text }
    },
  }
}

/** The parts of a slot that are figures. */
const VALUES: ReadonlySet<string> = new Set(['value', 'percent', 'times'])

/** A figure that a slot shows beside the name of something else is a wrong figure, though each is right by itself. */
function isSlotOfSubject(fact: Fact, place: Place, sentence: Sentence, known: KnownFigures): boolean {
  const about = known.about(fact)
  return about.names.size === 0 || agreesWith(about, boundNames(sentence, place, known), true)
}

function isWorkedOut({ token }: Place): boolean {
  const unit = token.claim?.kind === 'number' ? token.claim.number.unit?.unit : undefined
  return unit === 'multiple' || unit === '1' || unit === 'percentage points'
}

function checkOrdinal(rank: number, place: Place, sentence: Sentence, known: KnownFigures, shown: readonly Fact[]): Verdict {
  const use = readOrdinalUse(rank, sentence.text.slice(0, place.start), sentence.text.slice(place.end))
  if (use === 'claim') return isSupposed(sentence.text) ? 'harmless' : { wrong: 'typed' }
  if (use.ranks) return checkRank(rank, use.direction, place, sentence, known, shown)
  return 'harmless'
}

/** `second fastest`: the ordinal is judged with the word behind it. */
function isRanked(place: Place, { places, text }: Sentence): boolean {
  const before = places[places.indexOf(place) - 1]
  return before?.token.claim?.kind === 'ordinal' && /^[\s-]+$/.test(text.slice(before.end, place.start))
}
