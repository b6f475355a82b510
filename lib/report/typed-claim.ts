/** Reads what a model types at the start of a word or number: a claim that must be checked, or words that claim nothing. */

import { directionOf } from './direction-words.js'
import { readExempt } from './exempt.js'
import type { FigureIndex } from './figure-index.js'
import { readNumberWords, readOrdinal, WORD_STEP } from './number-words.js'
import { readRoman } from './roman.js'
import type { Claim } from './token.js'
import { plainDigits, readDigits, UNREADABLE, type TypedNumber } from './typed-number.js'
import { COUNT, MULTIPLE, readUnit, type TypedUnit } from './unit-words.js'

export interface TypedReading {
  readonly length: number
  readonly claim?: Claim
}

/** Longest word that is waited for. */
export const WORD_LIMIT = 120
export const WORD = /^[\p{L}_][\p{L}\p{N}_]*(?:[.:/@+-][\p{L}\p{N}_]+)*/u

const OTHER_DIGITS = /^\p{N}+/u
/** What may still become part of the number before it: `,200`, `.5`, `e-3`. */
const NUMBER_GROWS = /^(?:[,'\u00a0\u202f]\d{0,3}|\.|[eE][+-]?)?$/
/** `per second` is a unit, however it is spelled. */
const RATE = /(?:\bper|\ba|\beach|\bevery|\/|\bpro)\s*$/i

/** `undefined`: wait for more. `text` starts with a letter, a digit or half a pair; `before` is the line up to it. */
export function readTyped(text: string, ended: boolean, before: string, figures: FigureIndex): TypedReading | undefined {
  const exempt = readExempt(text, ended, before, figures)
  if (exempt === 'more') return undefined
  if (exempt > 0) return { length: exempt }
  const word = WORD.exec(text.slice(0, WORD_LIMIT))?.[0]
  if (word !== undefined) return readWord(word, text, ended, before, figures)
  const run = OTHER_DIGITS.exec(text.slice(0, WORD_LIMIT))?.[0]
  if (run === undefined) return { length: isPairStart(text) ? 2 : 1 }
  if (run.length === text.length && !ended) return undefined
  const ordinal = /^\d{1,3}(?:st|nd|rd|th)/i.exec(text)?.[0]
  if (ordinal !== undefined && !/[\p{L}\p{N}_]/u.test(text.charAt(ordinal.length))) {
    if (ordinal.length === text.length && !ended) return undefined
    return { length: ordinal.length, claim: { kind: 'ordinal', rank: readOrdinal(ordinal) ?? 0 } }
  }
  const window = text.slice(0, WORD_LIMIT)
  // Only of this number: what stands behind it, and has not come yet perhaps, must not change how it is read.
  const lead = /^[^ \t\n]*/.exec(window)?.[0] ?? ''
  const readable = plainDigits(lead)
  const plain = readable + window.slice(lead.length)
  // Superscripts, fractions in one sign, digits of two code units and the like are no digits that could be read.
  const digits = readable.length === lead.length ? readDigits(plain) : undefined
  if (!digits || digits.length < run.length) return withUnit(text, ended, run.length, UNREADABLE, before, figures)
  const open = text.length < WORD_LIMIT && NUMBER_GROWS.test(plain.slice(digits.length))
  return open && !ended ? undefined : withUnit(text, ended, digits.length, digits.number, before, figures)
}

function readWord(word: string, text: string, ended: boolean, before: string, figures: FigureIndex): TypedReading | undefined {
  const number = readNumberWords(text, ended, before)
  if (number === 'more') return undefined
  if (number) {
    if (number.kind === 'number') return withUnit(text, ended, number.length, number.number, before, figures)
    const unit = readUnit(text.slice(number.length), ended)
    if (unit === 'more') return undefined
    if (unit !== 'none' && unit.typed.unit !== COUNT) return withUnit(text, ended, number.length, number.number, before, figures)
    return { length: number.length }
  }
  const rank = readOrdinal(word)
  if (rank !== undefined && !(rank === 2 && RATE.test(before))) return { length: word.length, claim: { kind: 'ordinal', rank } }
  const direction = directionOf(word) ?? directionOf(/^\p{L}+(?=-)/u.exec(word)?.[0] ?? '')
  if (direction) return { length: word.length, claim: { kind: 'direction', direction } }
  const roman = readRoman(word)
  if (roman !== undefined) {
    const unit = readUnit(text.slice(word.length), ended)
    if (unit === 'more') return undefined
    if (unit !== 'none') return withUnit(text, ended, word.length, { value: roman, step: 1, digits: 1 }, before, figures)
  }
  return /\p{N}/u.test(word) ? { length: word.length, claim: { kind: 'number', number: UNREADABLE } } : { length: word.length }
}

/** The number with the unit behind it; letters glued to it make another word of it, such as `4bit`, which nothing backs either. */
function withUnit(text: string, ended: boolean, length: number, number: TypedNumber, before: string, figures: FigureIndex): TypedReading | undefined {
  if (figures.isSetting(before, text.slice(0, length))) return { length }
  let unit: TypedUnit | undefined = number.unit ?? (before.endsWith('$') ? { unit: 'USD', factor: 1 } : undefined)
  let end = length
  let read = number
  if (!unit) {
    const reading = readUnit(text.slice(length), ended)
    if (reading === 'more') return undefined
    if (reading !== 'none') {
      unit = reading.typed
      end += reading.length
    } else {
      const glued = /^[\p{L}\p{N}_]+/u.exec(text.slice(length, length + WORD_LIMIT))?.[0] ?? ''
      if (glued !== '' && length + glued.length === text.length && !ended) return undefined
      end += glued.length
      if (glued !== '') read = UNREADABLE
    }
  }
  // `three times` stands for anything that rounds to 3.0, as `twice` does to 2.0.
  if (unit?.unit === MULTIPLE && read.spelled) read = { ...read, step: WORD_STEP }
  return { length: end, claim: { kind: 'number', number: unit ? { ...read, unit } : read } }
}

/** Letters outside the basic plane take two code units, which must not be parted. */
export function isPairStart(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 0xd800 && code <= 0xdbff
}
