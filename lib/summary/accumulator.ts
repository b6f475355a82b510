/** Statistics of a stream of records, in one pass and bounded memory; two halves merged give the same as the whole. */

import type { AttributeValue, MetricRecord } from '../record/metric-record.js'
import type { RecordBlock } from '../record/record-block.js'
import { ChimeraError, problem, type Problem } from '../stage/index.js'
import { blockAdding } from './block-adding.js'
import { differsInARow, grouping, type By, type Group } from './grouping.js'
import { GroupState } from './group-state.js'
import { compareNatural, compareValues } from './natural-order.js'
import { count, list, object, text, unreadable, type Saved } from './saved.js'
import type { SummaryRow } from './summary-row.js'

export interface AccumulatorOptions {
  /** What makes a group within a metric and unit; default `subject`. */
  by?: By
  /** Default 20,000. Records of further groups are counted and reported as one problem. */
  maxGroups?: number
}

/**
 * Plain state, no stream. Samples (`stat: value`) and aggregates are kept apart, failed and warm-up records only counted.
 * The result does not depend on the order of the records nor on how they were split before merging, except for which groups
 * are left out beyond `maxGroups`, and for rounding of mean and stddev.
 *
 * @throws {ChimeraError} `USAGE` for options that make no sense.
 */
export class Accumulator {
  readonly by: By
  readonly #maxGroups: number
  readonly #groupOf: (record: MetricRecord) => Group
  readonly #addBlock: (block: RecordBlock) => boolean
  readonly #groups = new Map<string, GroupState>()
  readonly #keys = new WeakMap<Group, string>()
  #left = 0
  #leftFile = ''

  constructor({ by = 'subject', maxGroups = 20_000 }: AccumulatorOptions = {}) {
    if (!Number.isInteger(maxGroups) || maxGroups < 1) {
      throw new ChimeraError('USAGE', `maxGroups expects a whole number from 1, found ${maxGroups}`)
    }
    this.by = checked(by)
    this.#maxGroups = maxGroups
    this.#groupOf = grouping(by)
    this.#addBlock = blockAdding({
      by,
      groupOf: this.#groupOf,
      stateOf: (metric, unit, group) => this.#state(metric, unit, group),
      leave: (records, file) => this.#leave(records, file),
    })
  }

  /** `group` is the record's by the same keys, where the caller has it already. */
  add(record: MetricRecord, group: Group = this.#groupOf(record)): void {
    const state = this.#state(record.metric, record.unit, group)
    if (state) state.add(record)
    else this.#leave(1, record.source.file)
  }

  /** As {@link add} of each of its records, of which hardly any is made. */
  addBlock(block: RecordBlock): void {
    if (differsInARow(this.by) || !this.#addBlock(block)) for (const record of block) this.add(record)
  }

  /** Takes in what `other` saw; `other` stays as it is. @throws {ChimeraError} `USAGE` when it groups by something else. */
  merge(other: Accumulator): void {
    if (JSON.stringify(other.by) !== JSON.stringify(this.by)) {
      throw new ChimeraError('USAGE', `merge expects a summary by ${String(this.by)}, found one by ${String(other.by)}: group both alike`)
    }
    for (const theirs of other.#groups.values()) {
      const state = this.#state(theirs.metric, theirs.unit, theirs.group)
      if (state) state.merge(theirs)
      else this.#leave(theirs.records, other.#leftFile)
    }
    if (other.#left > 0) this.#leave(other.#left, other.#leftFile)
  }

  /** In order of metric, unit and group values. */
  rows(): SummaryRow[] {
    return [...this.#groups.values()]
      .map((state) => ({ row: state.row(), entries: Object.entries(state.group) }))
      .sort((a, b) => compareNatural(a.row.metric, b.row.metric) || compareNatural(a.row.unit, b.row.unit) || compareGroups(a.entries, b.entries))
      .map(({ row }) => row)
  }

  /** `too-many-groups`, when records did not find room. */
  problems(): Problem[] {
    if (this.#left === 0) return []
    const message =
      `summary by ${String(this.by)}: expected at most ${this.#maxGroups} groups, and ${this.#left} records belong to further ones: ` +
      'they are in no figure; group by fewer keys'
    return [problem(this.#leftFile, 'too-many-groups', message)]
  }

  toJSON(): Saved {
    return {
      version: VERSION,
      by: this.by,
      maxGroups: this.#maxGroups,
      left: this.#left,
      leftFile: this.#leftFile,
      groups: [...this.#groups.values()].map((state) => state.toJSON()),
    }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave, parsed. */
  static fromJSON(saved: unknown): Accumulator {
    const fields = object(saved, 'a summary')
    if (fields['version'] !== VERSION) throw unreadable('version', String(VERSION), fields['version'])
    const by = fields['by'] === 'subject' || fields['by'] === 'configuration' ? fields['by'] : list(fields['by'], 'by').map((key) => text(key, 'by'))
    const accumulator = new Accumulator({ by, maxGroups: count(fields['maxGroups'], 'maxGroups') })
    accumulator.#left = count(fields['left'], 'left')
    accumulator.#leftFile = text(fields['leftFile'], 'leftFile')
    for (const entry of list(fields['groups'], 'groups')) {
      const group = GroupState.fromJSON(entry)
      accumulator.#groups.set(accumulator.#key(group.metric, group.unit, group.group), group)
    }
    return accumulator
  }

  #state(metric: string, unit: string, group: Group): GroupState | undefined {
    const key = this.#key(metric, unit, group)
    const known = this.#groups.get(key)
    if (known || this.#groups.size >= this.#maxGroups) return known
    const state = new GroupState(metric, unit, group)
    this.#groups.set(key, state)
    return state
  }

  #key(metric: string, unit: string, group: Group): string {
    let key = this.#keys.get(group)
    if (key === undefined) {
      // A grouping gives its keys in one order, and number-like ones come first in any object: JSON changes neither.
      key = JSON.stringify(group)
      this.#keys.set(group, key)
    }
    return `${metric}\n${unit}\n${key}`
  }

  #leave(records: number, file: string): void {
    if (this.#left === 0) this.#leftFile = file
    this.#left += records
  }
}

const VERSION = 1

function checked(by: By): By {
  if (by === 'subject' || by === 'configuration') return by
  // A caller without types may give anything.
  const keys: unknown = by
  if (Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key !== '')) return [...by]
  throw new ChimeraError('USAGE', `by expects 'subject', 'configuration' or a list of attribute names, found ${JSON.stringify(by)}`)
}

type Entries = readonly (readonly [string, AttributeValue])[]

function compareGroups(left: Entries, right: Entries): number {
  for (const [at, [key, value]] of left.entries()) {
    const other = right[at]
    if (!other) return 1
    const difference = compareNatural(key, other[0]) || compareValues(value, other[1])
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
