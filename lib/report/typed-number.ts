/** Numbers as a model types them: digits and words, read with the precision at which they are printed. */

import { MULTIPLE, type TypedUnit } from './unit-words.js'

export interface TypedNumber {
  readonly value: number
  /** Distance between neighbours at the printed precision: 1 for `42`, 0.01 for `0.12`. A true value lies within half of it. */
  readonly step: number
  /** Significant digits printed; 1 for a word. */
  readonly digits: number
  readonly unit?: TypedUnit
}

const DIGITS = /^(?:\d{1,3}(?:[,'\u00a0\u202f]\d{3})+|\d+)(\.\d+)?(?:[eE]([+-]?\d{1,3}))?/

/** Reads the number that `text` starts with; its length in `length`. */
export function readDigits(text: string): { readonly length: number; readonly number: TypedNumber } | undefined {
  const found = DIGITS.exec(text)
  if (!found) return undefined
  const [shown, fraction = '', exponent = '0'] = found
  const plain = shown.replace(/[,'\u00a0\u202f]/g, '')
  const value = Number(plain)
  if (!Number.isFinite(value)) return { length: shown.length, number: { value: Number.NaN, step: 1, digits: 1 } }
  const decimals = Math.max(0, fraction.length - 1)
  const mantissa = plain.replace(/[eE].*$/, '').replace('.', '').replace(/^0+/, '')
  return { length: shown.length, number: { value, step: 10 ** (Number(exponent) - decimals), digits: Math.max(1, mantissa.length) } }
}

const SMALL = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9, dozen: 12 }
/** Say how many times, without a noun behind them. */
const MULTIPLES: Readonly<Record<string, number>> = {
  twice: 2,
  double: 2,
  doubled: 2,
  doubles: 2,
  doubling: 2,
  thrice: 3,
  triple: 3,
  tripled: 3,
  triples: 3,
  tripling: 3,
  quadruple: 4,
  quadrupled: 4,
  half: 0.5,
  halved: 0.5,
  halves: 0.5,
  halving: 0.5,
}
/** Fractions are numbers only behind `a`, `one`, `two` or `three`: `third` alone is a rank. */
const FRACTIONS: Readonly<Record<string, number>> = { third: 3, thirds: 3, quarter: 4, quarters: 4, fifth: 5, fifths: 5 }
/** Too vague to be checked, so nothing backs them. */
const VAGUE = new Set(['dozens', 'hundreds', 'thousands', 'millions', 'billions'])

/** Words are coarse: `doubled` stands for anything that rounds to 2.0. */
const WORD_STEP = 0.1

export type WordReading =
  | { readonly kind: 'number'; readonly number: TypedNumber }
  /** `one` is a number before a unit only: `one of the files` counts nothing. */
  | { readonly kind: 'before-unit'; readonly number: TypedNumber }

/** What number `word` is; `before` is the text of the line up to it. */
export function readWord(word: string, before: string): WordReading | undefined {
  const lower = word.toLowerCase()
  if (VAGUE.has(lower)) return { kind: 'number', number: { value: Number.NaN, step: 1, digits: 1 } }
  const multiple = own(MULTIPLES, lower) ?? foldOf(lower)
  if (multiple !== undefined) return multiples(multiple)
  const parts = own(FRACTIONS, lower)
  if (parts !== undefined) {
    const share = /\b(a|one|two|three)[ -]$/i.exec(before)?.[1]?.toLowerCase()
    if (share === undefined) return undefined
    return multiples((share === 'a' ? 1 : SMALL.indexOf(share)) / parts)
  }
  const value = cardinal(lower)
  if (value === undefined) return undefined
  return { kind: lower === 'one' ? 'before-unit' : 'number', number: { value, step: 1, digits: 1 } }
}

function cardinal(word: string): number | undefined {
  const small = SMALL.indexOf(word)
  if (small >= 0) return small
  const [tens = '', ones] = word.split('-')
  const ten = TENS.indexOf(tens)
  if (ten >= 0) {
    if (ones === undefined) return (ten + 2) * 10
    const one = SMALL.indexOf(ones)
    return one > 0 && one < 10 ? (ten + 2) * 10 + one : undefined
  }
  return own(SCALES, word)
}

/** `twofold`, `ten-fold`. */
function foldOf(word: string): number | undefined {
  if (!word.endsWith('fold')) return undefined
  return cardinal(word.slice(0, -4).replace(/-$/, ''))
}

function multiples(value: number): WordReading {
  return { kind: 'number', number: { value, step: WORD_STEP, digits: 2, unit: { unit: MULTIPLE, factor: 1 } } }
}

function own(table: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
