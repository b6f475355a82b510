/** Holds the numbers of a row, or of a JSON object, against each other; says once per check what does not fit, and where first. */

import { problem, type Problem } from '../../stage/index.js'
import { rounded } from '../confidence.js'
import type { MetricRecord, RecordSource } from '../metric-record.js'
import { amountRules } from './amounts.js'
import { deltaRules } from './delta.js'
import { orderRules } from './order.js'
import type { RecordBlock } from '../record-block.js'
import type { CheckCode, Rule } from './rule.js'

export interface Checker {
  /** Records as a table or a JSON document gave them, in order, before anybody else has them: in those that fail the confidence is lowered. */
  check(records: readonly MetricRecord[]): void
  /** The same for the rows of a block. */
  block(block: RecordBlock): void
  /** What failed in the file, once per check. */
  problems(): readonly Problem[]
}

interface Plan {
  readonly like: readonly MetricRecord[]
  readonly rules: readonly Rule[]
}

interface Failed {
  readonly code: CheckCode
  readonly doubt: number
  readonly message: string
  readonly first: MetricRecord
  count: number
}

/** Different checks told of in one file; more would be a way to read it that is wrong from the ground. */
const TOLD = 20
/** Objects with more numbers than this are maps, not rows. */
const LARGEST = 64

export function checker(file: string): Checker {
  let plan: Plan | undefined
  const failed = new Map<string, Failed>()
  const rows = new Map<string, number>()
  const views = new WeakMap<object, Map<string, View>>()

  /** `first`: makes the record that failed, for the place of the first one. */
  const apply = (rule: Rule, records: readonly MetricRecord[], first: (at: number) => MetricRecord | undefined, lower: (at: number, factor: number) => void): void => {
    const failure = rule.test(records)
    if (!failure) return
    const { name } = rule
    const known = failed.get(name)
    const record = known || failed.size >= TOLD ? undefined : first(rule.at[0] ?? 0)
    if (known) known.count += 1
    else if (record) failed.set(name, { code: failure.code, message: failure.message(), doubt: failure.doubt, first: record, count: 1 })
    if (failure.doubt >= 1) return
    for (const at of rule.at) lower(at, failure.doubt)
  }

  const checked = (name: string, times: number): void => {
    if (times > 0 && (rows.size < TOLD * 4 || rows.has(name))) rows.set(name, (rows.get(name) ?? 0) + times)
  }

  const row = (records: readonly MetricRecord[]): void => {
    if (records.length < 2 || records.length > LARGEST) return
    if (!plan || !alike(plan.like, records)) plan = { like: records, rules: rulesOf(records) }
    for (const rule of plan.rules) {
      if (rule.at.some((at) => records[at]?.status !== 'ok')) continue
      apply(rule, records, (at) => records[at], (at, factor) => doubt(records[at], factor))
      checked(rule.name, 1)
    }
  }

  /** Rows of a block in which the same columns have a number differ in nothing but those. */
  const viewOf = (block: RecordBlock, known: Map<string, View>, index: number, shape: string, columns: readonly number[]): View => {
    const found = known.get(shape)
    if (found) return found
    const like = block.row(index)
    const cursor: Cursor = { block: undefined, row: 0 }
    const view: View = { cursor, rules: columns.length < 2 || columns.length > LARGEST ? [] : rulesOf(like), scratch: like.map((record, at) => new Scratch(record, cursor, at, columns[at] ?? 0)) }
    if (known.size < SHAPES_KEPT) known.set(shape, view)
    return view
  }

  /** `some`: only these rows; default all. Rule by rule: each first looks at the bare numbers. */
  const checkRows = (block: RecordBlock, view: View, present: readonly number[], some: readonly number[] | undefined): void => {
    const values = present.map((at) => block.content.columns[at]?.values ?? new Float64Array())
    const { status } = block.content
    const { cursor, scratch } = view
    cursor.block = block
    for (const one of scratch) one.enter(block)
    const size = some?.length ?? block.content.rows
    for (const rule of view.rules) {
      let times = 0
      for (let index = 0; index < size; index += 1) {
        const row = some ? (some[index] as number) : index
        if (status !== undefined && status[row] !== 0) continue
        times += 1
        const look = rule.look ? rule.look(values, row) : 'ask'
        if (look === 'holds') continue
        const known = look === 'fails' ? failed.get(rule.name) : undefined
        if (known) {
          known.count += 1
          for (const at of rule.at) block.doubt(row, present[at] ?? 0, known.doubt)
          continue
        }
        cursor.row = row
        apply(rule, scratch, (at) => block.row(row)[at], (at, factor) => block.doubt(row, present[at] ?? 0, factor))
      }
      checked(rule.name, times)
    }
    cursor.block = undefined
  }

  return {
    check(records) {
      if (records.length < 2) return
      for (const group of groupsOf(records)) row(group.length === records.length ? records : group.flatMap((at) => records[at] ?? []))
    },
    block(block) {
      const { columns, rows: count, plan: meaning } = block.content
      let known = views.get(meaning)
      if (!known) views.set(meaning, (known = new Map<string, View>()))
      const all = columns.map((_, at) => at)
      const whole = columns.every(({ missing }) => missing === 0)
      const shapes = new Map<string, { readonly view: View; readonly present: readonly number[]; readonly rows: number[] | undefined }>()
      for (let index = 0; index < count; index += 1) {
        const present = whole ? all : all.filter((at) => !Number.isNaN(columns[at]?.values[index]))
        const shape = whole ? ALL : present.join()
        const found = shapes.get(shape)
        if (found) found.rows?.push(index)
        else shapes.set(shape, { view: viewOf(block, known, index, shape, present), present, rows: whole ? undefined : [index] })
        if (whole) break
      }
      for (const { view, present, rows: some } of shapes.values()) checkRows(block, view, present, some)
    },
    problems() {
      // Rows of a block are checked rule by rule: what is told comes in the order of the file all the same.
      return [...failed].sort(([, a], [, b]) => (a.first.source.bytes?.[0] ?? 0) - (b.first.source.bytes?.[0] ?? 0)).map(([name, { code, message, first, count }]) => {
        const all = rows.get(name) ?? count
        const { line, column, pointer } = first.source
        const where = all > 1 ? ` (${count} of ${all} times; this is the first)` : ''
        return problem(file, code, `${message}${where}`, {
          ...(line === undefined ? {} : { line }),
          ...(column === undefined ? {} : { column }),
          ...(pointer === undefined ? {} : { pointer }),
          raw: first.raw.text,
        })
      })
    },
  }
}

interface View {
  readonly cursor: Cursor
  readonly rules: readonly Rule[]
  readonly scratch: readonly Scratch[]
}

const ALL = 'all'
/** Ways in which numbers are missing. */
const SHAPES_KEPT = 256

/** Which row of which block is being looked at. */
interface Cursor {
  block: RecordBlock | undefined
  row: number
}

/** Stands for one record after the other, so that none has to be made for a check that holds. */
class Scratch implements MetricRecord {
  declare readonly type?: undefined
  readonly metric
  readonly unit
  readonly stat
  readonly better
  readonly attributes
  readonly source
  readonly id
  readonly raw: MetricRecord['raw']
  #values: Float64Array = new Float64Array()
  readonly #cursor: Cursor
  readonly #column: number

  constructor({ metric, unit, stat, better, attributes, source, id, raw }: MetricRecord, cursor: Cursor, at: number, column: number) {
    this.metric = metric
    this.unit = unit
    this.stat = stat
    this.better = better
    this.attributes = attributes
    this.source = source
    this.id = id
    this.#cursor = cursor
    this.#column = column
    this.raw = { name: raw.name, get text() { return cursor.block?.row(cursor.row)[at]?.raw.text ?? '' } }
  }

  get value(): number {
    return this.#values[this.#cursor.row] as number
  }

  get status(): MetricRecord['status'] {
    return this.#cursor.block?.statusOf(this.#cursor.row) ?? 'ok'
  }

  enter(block: RecordBlock): void {
    this.#values = block.content.columns[this.#column]?.values ?? this.#values
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
