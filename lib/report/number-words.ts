/** Numbers that a model spells: `twenty-five`, `one hundred and six`, `two and a half`, `twice`, `dreimal`, `veinticinco`. */

import { foreignCardinal, foreignMultiple } from './foreign-numbers.js'
import { UNREADABLE, type TypedNumber } from './typed-number.js'
import { MULTIPLE } from './unit-words.js'

const SMALL = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9, dozen: 12 }
/** Say how many times, without a noun behind them. */
const MULTIPLES: Readonly<Record<string, number>> = {
  twice: 2, double: 2, doubled: 2, doubles: 2, doubling: 2,
  thrice: 3, triple: 3, tripled: 3, triples: 3, tripling: 3, treble: 3,
  quadruple: 4, quadrupled: 4, quadruples: 4, quintuple: 5, quintupled: 5,
  half: 0.5, halved: 0.5, halves: 0.5, halving: 0.5,
}
/** Fractions are numbers only behind `a`, `one`, `two` or `three`: `third` alone is a rank. */
const FRACTIONS: Readonly<Record<string, number>> = { half: 2, halves: 2, third: 3, thirds: 3, quarter: 4, quarters: 4, fourth: 4, fourths: 4, fifth: 5, fifths: 5, sixth: 6, sixths: 6, eighth: 8, eighths: 8, tenth: 10, tenths: 10 }
/** Too vague to be checked, so nothing backs them. */
const VAGUE = new Set(['dozens', 'hundreds', 'thousands', 'millions', 'billions', 'manifold'])
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ')
/** Compounds that count nothing in a measurement: `one-sided`, `half-precision`. */
const TECHNICAL = /^(?:half|double|single|mixed)[ -](?:precision|check\w*|sided|click)|^\w+-(?:sided|way|stage|tailed|dimensional|shot|party|handed|class|rate|person|liner|bit)\b/i

/** Words are coarse: `doubled` stands for anything that rounds to 2.0. */
export const WORD_STEP = 0.1
/** Longest phrase that is read. */
const PHRASE_LIMIT = 64

export interface WordReading {
  readonly length: number
  /** `before-unit`: `one` is a number before a unit only, `one of the files` counts nothing; so are words that mean something else in English. */
  readonly kind: 'number' | 'before-unit'
  readonly number: TypedNumber
}

/** The number that `text` starts with, in words; `before` is the text of the line up to it, `more` when what follows may belong to it. */
export function readNumberWords(rest: string, ended: boolean, before: string): WordReading | 'more' | undefined {
  // What is read must not depend on how much has come already: only this much is looked at, in whole words.
  const text = rest.length <= PHRASE_LIMIT ? rest : rest.slice(0, PHRASE_LIMIT + 1).replace(/(?<=[^\p{L}])\p{L}+$|[^\p{L}]$/u, '')
  const first = wordAt(text, 0)
  if (first === '') return undefined
  const lower = first.toLowerCase()
  if (!mayCount(lower)) return undefined
  if (!ended && rest.length <= PHRASE_LIMIT && /^[\p{L} -]*$/u.test(rest)) return 'more'
  if (TECHNICAL.test(text)) return undefined
  if (VAGUE.has(lower)) return { length: first.length, kind: 'number', number: UNREADABLE }
  const single = own(MULTIPLES, lower) ?? foldOf(text)
  if (typeof single === 'number') return { length: first.length, kind: 'number', number: multiple(single) }
  if (single) return { length: single.length, kind: 'number', number: multiple(single.value) }
  const parts = own(FRACTIONS, lower)
  if (parts !== undefined) return /\ba[ -]$/i.test(before) ? { length: first.length, kind: 'number', number: multiple(1 / parts) } : undefined
  const phrase = readPhrase(text)
  if (phrase) return phrase
  const times = foreignMultiple(lower)
  if (times !== undefined) return { length: first.length, kind: 'number', number: multiple(times) }
  const foreign = foreignCardinal(text)
  return foreign && { length: foreign.length, kind: foreign.doubtful ? 'before-unit' : 'number', number: count(foreign.value) }
}

/** `third` is 3, `2nd` is 2. */
export function readOrdinal(word: string): number | undefined {
  const at = ORDINALS.indexOf(word.toLowerCase())
  if (at >= 0) return at + 1
  const digits = /^(\d{1,3})(?:st|nd|rd|th)$/i.exec(word)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Longest sequence of number words: `two thirds`, `one hundred and six`, `two point five`, `twenty five`. */
function readPhrase(text: string): WordReading | undefined {
  let total = 0
  let current = 0
  let read = 0
  let seen = 0
  let last = Infinity
  let word = wordAt(text, 0)
  for (let at = 0; word !== ''; ) {
    const lower = word.toLowerCase()
    const scale = own(SCALES, lower)
    const value = cardinal(lower)
    if (scale !== undefined) {
      if (scale === 100 || scale === 12) current = Math.max(current, 1) * scale
      else {
        total += Math.max(current, 1) * scale
        current = 0
      }
      last = scale
    } else if (value !== undefined && (seen === 0 || value < last)) {
      current += value
      // After `twenty` only a digit belongs to it, after `seven` nothing but a scale.
      last = value >= 20 ? 10 : value === 0 ? 0 : 1
      if (value >= 1 && value < 20) last = 0
    } else break
    seen += 1
    read = at + word.length
    const gap = /^(?:[ -]and[ -]|[ -])/i.exec(text.slice(read))?.[0] ?? ''
    if (gap === '') break
    at = read + gap.length
    word = wordAt(text, at)
    if (/and/i.test(gap) && last !== 100 && last !== 1000) break
  }
  if (seen === 0) return undefined
  const value = total + current
  const rest = text.slice(read)
  const half = /^[ -]and[ -]a[ -]half\b/i.exec(rest)?.[0]
  if (half !== undefined) return { length: read + half.length, kind: 'number', number: { value: value + 0.5, step: WORD_STEP, digits: 2 } }
  const point = /^ point((?:[ -](?:zero|one|two|three|four|five|six|seven|eight|nine))+)\b/i.exec(rest)
  if (point) {
    const digits = (point[1] ?? '').trim().split(/[ -]/).map((one) => SMALL.indexOf(one.toLowerCase())).join('')
    return { length: read + point[0].length, kind: 'number', number: { value: Number(`${value}.${digits}`), step: 10 ** -digits.length, digits: digits.length + 1 } }
  }
  const fraction = /^[ -](\w+)/.exec(rest)
  const parts = own(FRACTIONS, fraction?.[1]?.toLowerCase() ?? '')
  if (fraction && parts !== undefined && value < 10 && seen === 1) return { length: read + fraction[0].length, kind: 'number', number: multiple(value / parts) }
  return { length: read, kind: value === 1 && seen === 1 ? 'before-unit' : 'number', number: count(value) }
}

/** Words joined by hyphens are read one by one. */
function wordAt(text: string, at: number): string {
  return /^\p{L}+/u.exec(text.slice(at, at + 40))?.[0] ?? ''
}

function mayCount(word: string): boolean {
  return cardinal(word) !== undefined || Object.hasOwn(SCALES, word) || VAGUE.has(word) || Object.hasOwn(MULTIPLES, word) || Object.hasOwn(FRACTIONS, word) || word.endsWith('fold') || foreignMultiple(word) !== undefined || foreignCardinal(word) !== undefined
}

function cardinal(word: string): number | undefined {
  const small = SMALL.indexOf(word)
  if (small >= 0) return small
  const ten = TENS.indexOf(word)
  return ten >= 0 ? (ten + 2) * 10 : undefined
}

/** `twofold`, `ten-fold`. */
function foldOf(text: string): { readonly length: number; readonly value: number } | undefined {
  const found = /^(\p{L}+)-?fold\b/iu.exec(text.slice(0, 40))
  const value = cardinal(found?.[1]?.toLowerCase() ?? '')
  return found && value !== undefined ? { length: found[0].length, value } : undefined
}

function multiple(value: number): TypedNumber {
  return { value, step: WORD_STEP, digits: 2, unit: { unit: MULTIPLE, factor: 1 } }
}

function count(value: number): TypedNumber {
  return { value, step: 1, digits: String(value).replace(/0+$/, '').length || 1, spelled: true }
}

function own(table: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
