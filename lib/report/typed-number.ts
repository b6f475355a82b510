/** Numbers that a model types in digits, read with the precision at which they are printed. */

import type { TypedUnit } from './unit-words.js'

export interface TypedNumber {
  /** NaN where it cannot be read, so that nothing backs it. */
  readonly value: number
  /** Distance between neighbours at the printed precision: 1 for `42`, 0.01 for `0.12`. A true value lies within half of it. */
  readonly step: number
  /** Significant digits printed; 1 for a word. */
  readonly digits: number
  readonly unit?: TypedUnit
  /** Spelled, not printed in digits. */
  readonly spelled?: true
}

export const UNREADABLE: TypedNumber = { value: Number.NaN, step: 1, digits: 1 }

const DIGITS = /^(?:\d{1,3}(?:[,'\u00a0\u202f]\d{3})+(?!\d)|\d+)(\.\d+|,\d{1,2}(?![\d,]))?(?:[eE]([+-]?\d{1,3}))?/
/** `4.4k`, `1.2M`; not the start of a unit. */
const SUFFIX = /^([kKM])(?![\p{L}\p{N}_/])/u
const SUFFIXES: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6 }

/** Reads the number that `text` starts with; its length in `length`. */
export function readDigits(text: string): { readonly length: number; readonly number: TypedNumber } | undefined {
  const found = DIGITS.exec(text)
  if (!found) return undefined
  const [shown, fraction = '', exponent = '0'] = found
  const suffix = SUFFIX.exec(text.slice(shown.length))?.[1] ?? ''
  const power = Number(exponent) + (SUFFIXES[suffix] ?? 0)
  const mantissa = shown.replace(/[eE].*$/, '')
  const whole = mantissa.slice(0, mantissa.length - fraction.length).replace(/[,'\u00a0\u202f]/g, '')
  const value = Number(`${whole}.${fraction.slice(1) || '0'}e${power}`)
  const length = shown.length + suffix.length
  if (!Number.isFinite(value)) return { length, number: UNREADABLE }
  const decimals = Math.max(0, fraction.length - 1)
  const significant = `${whole}${fraction.slice(1)}`.replace(/^0+/, '')
  return { length, number: { value, step: 10 ** (power - decimals), digits: Math.max(1, significant.length) } }
}

const FOREIGN_DIGIT = /\p{Nd}/gu

/** Decimal digits of any script as 0 to 9, sign for sign; each of them takes as many code units as before where it can. */
export function plainDigits(text: string): string {
  return text.replace(FOREIGN_DIGIT, (digit) => String(digitValue(digit)))
}

/** Digits of a script stand in a row of ten. */
function digitValue(digit: string): number {
  let value = 0
  for (let code = (digit.codePointAt(0) ?? 0) - 1; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code)); code -= 1) value += 1
  // Two scripts' rows may touch: Latin digits and mathematical ones start at a multiple that is known.
  const code = digit.codePointAt(0) ?? 0
  return code < 0x3a ? code - 0x30 : code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : value
}
