/** How exactly a typed number claims to be meant, and whether a value agrees with it. */

import type { TypedNumber } from './typed-number.js'

export type Looseness = 'exact' | 'about' | 'floor' | 'ceiling'

const ABOUT = /(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|close to|some|etwa|rund|ungefähr|casi|unos|environ))\s*[*_`]*$/i
const FLOOR = /(?:≥|(?:^|\s)>|\b(?:over|more than|above|at least|exceeding|exceeds|upwards of|über|más de))\s*[*_`]*$/i
const CEILING = /(?:≤|(?:^|\s)<|\b(?:under|below|less than|at most|within|fewer than|just under|unter|menos de))\s*[*_`]*$/i

export function loosenessOf(before: string): Looseness {
  if (ABOUT.test(before)) return 'about'
  if (FLOOR.test(before)) return 'floor'
  return CEILING.test(before) ? 'ceiling' : 'exact'
}

const ROUNDING = 1 + 1e-9
/** `about 300` may be 295, but not 330: zeros at the end leave room, within this share of the value. */
const ABOUT_SHARE = 0.05
/** `over 60` is fair for 63, not for 80. */
const BOUND_SHARE = 0.1

/** `value` in the typed unit; `step` is how coarsely it is known itself. */
export function agrees({ value: typed, step }: TypedNumber, value: number, looseness: Looseness = 'exact', known = 0): boolean {
  if (step < known * 0.99) return false
  const distance = Math.abs(typed - value)
  if (distance <= (step / 2) * ROUNDING) return true
  if (looseness === 'about') return distance <= Math.min(zeroStep(typed, step) / 2, ABOUT_SHARE * Math.abs(typed)) * ROUNDING
  if (looseness === 'floor') return value >= typed && value <= typed * (1 + BOUND_SHARE)
  return looseness === 'ceiling' && value <= typed && value >= typed * (1 - BOUND_SHARE)
}

/** 100 for `300`, 10 for `60`. */
function zeroStep(typed: number, step: number): number {
  if (!Number.isInteger(typed) || typed === 0) return step
  let zeros = step
  while (zeros < 1e12 && typed % (zeros * 10) === 0) zeros *= 10
  return zeros
}
