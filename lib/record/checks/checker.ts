/** Holds the numbers of a row, or of a JSON object, against each other; says once per check what does not fit, and where first. */

import { problem, type Problem } from '../../stage/index.js'
import { rounded } from '../confidence.js'
import type { MetricRecord, RecordSource } from '../metric-record.js'
import { amountRules } from './amounts.js'
import { deltaRules } from './delta.js'
import { orderRules } from './order.js'
import type { Failure, Rule } from './rule.js'

export interface Checker {
  /** Records as a table or a JSON document gave them, in order, before anybody else has them: in those that fail the confidence is lowered. */
  check(records: readonly MetricRecord[]): void
  /** What failed in the file, once per check. */
  problems(): readonly Problem[]
}

interface Plan {
  readonly like: readonly MetricRecord[]
  readonly rules: readonly Rule[]
}

interface Failed {
  readonly failure: Failure
  readonly first: MetricRecord
  count: number
  rows: number
}

/** Different checks told of in one file; more would be a way to read it that is wrong from the ground. */
const TOLD = 20
/** Objects with more numbers than this are maps, not rows. */
const LARGEST = 64

export function checker(file: string): Checker {
  let plan: Plan | undefined
  const failed = new Map<string, Failed>()
  const rows = new Map<string, number>()

  const row = (records: readonly MetricRecord[]): void => {
    if (records.length < 2 || records.length > LARGEST) return
    if (!plan || !alike(plan.like, records)) plan = { like: records, rules: rulesOf(records) }
    for (const rule of plan.rules) {
      if (rule.at.some((at) => records[at]?.status !== 'ok')) continue
      const failure = rule.test(records)
      const name = rule.name
      if (rows.size < TOLD * 4 || rows.has(name)) rows.set(name, (rows.get(name) ?? 0) + 1)
      if (!failure) continue
      const known = failed.get(name)
      const [at = 0] = rule.at
      if (known) known.count += 1
      else if (failed.size < TOLD && records[at]) failed.set(name, { failure, first: records[at], count: 1, rows: 0 })
      if (failure.doubt >= 1) continue
      for (const index of rule.at) doubt(records[index], failure.doubt)
    }
  }

  return {
    check(records) {
      if (records.length < 2) return
      for (const group of groupsOf(records)) row(group.length === records.length ? records : group.flatMap((at) => records[at] ?? []))
    },
    problems() {
      return [...failed].map(([name, { failure, first, count }]) => {
        const all = rows.get(name) ?? count
        const { line, column, pointer } = first.source
        const where = all > 1 ? ` (${count} of ${all} times; this is the first)` : ''
        return problem(file, failure.code, `${failure.message}${where}`, {
          ...(line === undefined ? {} : { line }),
          ...(column === undefined ? {} : { column }),
          ...(pointer === undefined ? {} : { pointer }),
          raw: first.raw.text,
        })
      })
    },
  }
}

/** In place: who explains a record knows it by what it is, not by what is in it. */
function doubt(record: MetricRecord | undefined, factor: number): void {
  const source: { -readonly [Key in keyof RecordSource]: RecordSource[Key] } | undefined = record?.source
  if (source?.confidence !== undefined) source.confidence = rounded(source.confidence * factor)
}

/** Rows of one table are alike: their rules are made once. */
function alike(a: readonly MetricRecord[], b: readonly MetricRecord[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) {
    const [one, other] = [a[at], b[at]]
    if (one?.metric !== other?.metric || one?.stat !== other?.stat || one?.unit !== other?.unit || one?.raw.name !== other?.raw.name) return false
    if ((one?.attributes === a[0]?.attributes) !== (other?.attributes === b[0]?.attributes)) return false
  }
  return true
}

function rulesOf(row: readonly MetricRecord[]): readonly Rule[] {
  const groups = sameCircumstances(row)
  return [...orderRules(row, groups), ...amountRules(row, groups), ...deltaRules(row)]
}

/** What was measured under the same circumstances: variants and qualified metrics apart. */
function sameCircumstances(row: readonly MetricRecord[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  for (const [at, { attributes }] of row.entries()) {
    const key = JSON.stringify(attributes)
    const group = groups.get(key)
    if (group) group.push(at)
    else groups.set(key, [at])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

/** Numbers whose pointers differ in the last step only stand in one row or object. */
function groupsOf(records: readonly MetricRecord[]): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>()
  let prefix = ''
  let group: number[] | undefined
  for (let at = 0; at < records.length; at += 1) {
    const pointer = records[at]?.source.pointer
    if (pointer === undefined) {
      group = undefined
      continue
    }
    const end = pointer.lastIndexOf('/') + 1
    if (group && end === prefix.length && pointer.startsWith(prefix)) {
      group.push(at)
      continue
    }
    prefix = pointer.slice(0, end)
    group = groups.get(prefix)
    if (group) group.push(at)
    else groups.set(prefix, (group = [at]))
  }
  return groups.values()
}
