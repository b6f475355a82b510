/** What must hold between the numbers of one row or object; a plan is made once for rows that look alike. */

import type { MetricRecord } from '../metric-record.js'

export type CheckCode = 'check-failed' | 'delta-mismatch' | 'unit-likely'

export interface Failure {
  readonly code: CheckCode
  /** What was expected and what is there, for people; made only for the first failure of its kind. */
  readonly message: () => string
  /** A factor of the confidence of the records concerned. */
  readonly doubt: number
}

/** `ask`: only `test` can tell. */
export type Look = 'holds' | 'fails' | 'ask'

export interface Rule {
  /** Names what is checked, the same for all rows: failures are counted under it. */
  readonly name: string
  /** Positions among the records of the row. */
  readonly at: readonly number[]
  /** For many rows at once, given the numbers of each record by row: what `test` would say, without its words. */
  look?(values: readonly Float64Array[], row: number): Look
  /** `undefined`: it holds, or cannot be told. Given the whole row. */
  test(row: readonly MetricRecord[]): Failure | undefined
}

/** How far the number that was meant may lie from the one that was printed, in the base unit. */
export function printed({ value, raw }: MetricRecord): number {
  const digits = /[-+−]?(\d[\d,]*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?/.exec(raw.text.slice(0, 64))
  if (!digits) return 0
  const number = Number(digits[0].replace(/,/g, '').replace('−', '-'))
  const step = 10 ** (Number(digits[3] ?? 0) - (digits[2]?.length ?? 0))
  const scale = number === 0 || value === 0 ? 0 : Math.abs(value / number)
  return (step * scale) / 2
}

export function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** As it stands in the file. */
export function titleOf({ raw, metric }: MetricRecord): string {
  return raw.name === '' ? metric : raw.name.trim()
}
