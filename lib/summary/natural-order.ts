/** The order in which people expect names with numbers in them: `q4` before `q10`, 2 before 10. */

import type { AttributeValue } from '../record/metric-record.js'

const RUN = /\d+|\D+/g

/** A total order on strings: runs of digits compare as numbers, the rest by code unit; 0 only for equal strings. */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0
  const at = firstDifference(a, b)
  const ours = a.charCodeAt(at)
  const theirs = b.charCodeAt(at)
  // Most names part at a letter, or where one ends: no need to cut them into runs.
  if (Number.isNaN(ours)) return -1
  if (Number.isNaN(theirs)) return 1
  if (!isDigit(ours) && !isDigit(theirs)) return ours - theirs
  const left = a.match(RUN) ?? []
  const right = b.match(RUN) ?? []
  for (const [at, one] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    if (one === other) continue
    const byNumber = isDigits(one) && isDigits(other) ? compareDigits(one, other) : 0
    if (byNumber !== 0) return byNumber
    // `07` and `7` are the same number but not the same text: what follows decides first, the text last.
    if (!(isDigits(one) && isDigits(other))) return one < other ? -1 : 1
  }
  if (right.length > left.length) return -1
  return a < b ? -1 : 1
}

/** Numbers before texts before booleans, so that a mixed column still has one order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) return RANK[typeof a as keyof typeof RANK] - RANK[typeof b as keyof typeof RANK]
  return compareNatural(String(a), String(b))
}

const RANK = { number: 0, string: 1, boolean: 2 }

function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  return at
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isDigits(run: string): boolean {
  return isDigit(run.charCodeAt(0))
}

/** By length without leading zeros, then by text: right for any number of digits, where `Number` would round. */
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  if (left.length !== right.length) return left.length - right.length
  if (left === right) return 0
  return left < right ? -1 : 1
}
