/** The part of a configuration that says what was measured; the rest are settings. */

import { SUBJECT_KEYS, type Group } from '../summary/grouping.js'
import type { SummaryRow } from '../summary/summary-row.js'

const KEYS = new Set([...SUBJECT_KEYS, 'file'])

export function subjectGroup({ group }: SummaryRow): Group {
  return Object.fromEntries(Object.entries(group).filter(([key]) => KEYS.has(key)))
}

/** Equal for rows that measured the same thing. */
export function subjectKey(row: SummaryRow): string {
  return JSON.stringify(subjectGroup(row))
}
