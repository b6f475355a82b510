/** The keys of JSON rows that say what was varied, told by all rows together as the columns of a table are. */

import { readName, type NameReading } from './names.js'
import { roleOfName } from './roles.js'
import { isObject, type JsonObject } from './shape.js'
import { isKnownMetric } from './vocabulary.js'

const NONE: ReadonlySet<string> = new Set()

/**
 * Whole numbers without a unit that stand before all that is plainly measured, and of which the rows have the same again
 * or ever greater ones: `H`, `tile_x`, `txCount`.
 */
export function variedKeys(rows: readonly JsonObject[]): ReadonlySet<string> {
  const [first] = rows
  if (!first || rows.length < 2) return NONE
  const keys = Object.keys(first)
  const end = keys.findIndex((key) => isPlainlyMeasured(key, first[key]))
  const varied = keys.slice(0, Math.max(0, end)).filter((key) => typeof first[key] === 'number' && mayBeSetting(readName(key)) && isVaried(rows.map((row) => row[key])))
  return varied.length === 0 ? NONE : new Set(varied)
}

/** `iterations` or statistics in an object or a list are measured as well. */
function isPlainlyMeasured(key: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => typeof one === 'number')
  if (isObject(value)) return Object.values(value).some((one) => typeof one === 'number' && !Number.isInteger(one))
  if (typeof value !== 'number') return false
  const reading = readName(key)
  return !mayBeSetting(reading) && roleOfName(reading) === 'result'
}

/** A count of what was given to work on is named like a count of what came out. */
function mayBeSetting(reading: NameReading): boolean {
  const { full, unit, stat, words } = reading
  if (unit !== undefined || stat !== undefined || isKnownMetric(words.join('_'))) return false
  const role = roleOfName(reading)
  return role === 'unknown' || (role === 'result' && /_counts?$/.test(full) && !/error|fail|success|correct|retr|miss|hit|token/.test(full))
}

function isVaried(values: readonly unknown[]): boolean {
  if (!values.every((value): value is number => typeof value === 'number' && Number.isInteger(value))) return false
  const distinct = new Set(values).size
  return distinct * 2 <= values.length || (values.length > 2 && values.every((value, at) => at === 0 || value > (values[at - 1] ?? Infinity)))
}
