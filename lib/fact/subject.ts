/** The part of a configuration that says what was measured; the rest are settings. */

import { SUBJECT_KEYS, type Group } from '../summary/grouping.js'
import type { SummaryRow } from '../summary/summary-row.js'

const keys = new WeakMap<SummaryRow, string>()
const KEYS = new Set([...SUBJECT_KEYS, 'file'])

export function subjectGroup({ group }: SummaryRow): Group {
  return Object.fromEntries(Object.entries(group).filter(([key]) => KEYS.has(key)))
}

/** Equal for rows that measured the same thing. */
export function subjectKey(row: SummaryRow): string {
  const known = keys.get(row)
  if (known !== undefined) return known
  const key = JSON.stringify(subjectGroup(row))
  keys.set(row, key)
  return key
}
