/** Reading back what a summary wrote as JSON: every shape is checked, because it may come from another machine. */

import type { AttributeValue } from '../record/metric-record.js'
import { ChimeraError } from '../stage/index.js'

export type Saved = Readonly<Record<string, unknown>>

export function object(value: unknown, what: string): Saved {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Saved
  throw unreadable(what, 'an object', value)
}

export function list(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw unreadable(what, 'an array', value)
}

export function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  throw unreadable(what, 'a string', value)
}

export function finite(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw unreadable(what, 'a finite number', value)
}

export function attributeValue(value: unknown, what: string): AttributeValue {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  throw unreadable(what, 'a string, number or boolean', value)
}

/** A whole number from 0. */
export function count(value: unknown, what: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw unreadable(what, 'a whole number from 0', value)
}

/** A bin and how many values lie in it. */
export function pair(value: unknown, what: string): [number, number] {
  if (Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0])) return [value[0] as number, count(value[1], what)]
  throw unreadable(what, 'a pair of whole numbers', value)
}

export function unreadable(what: string, expected: string, found: unknown): ChimeraError {
  const shown = found === null ? 'null' : Array.isArray(found) ? 'an array' : typeof found
  return new ChimeraError('UNREADABLE', `saved summary: expected ${expected} for ${what}, found ${shown}: save the summary again`)
}
