/** Single samples that are kept for drawing: of each metric and subject a bounded choice, and pairs of metrics from one run. */

import type { MetricRecord } from '../record/metric-record.js'
import { grouping, type Group } from './grouping.js'
import { Copies } from './copies.js'
import type { RecordRef } from './summary-row.js'

export interface SamplingOptions {
  /** Metrics worth keeping; default all that have a unit. */
  wanted?: (metric: string) => boolean
  /** Two metrics that are looked for in the same run; not in Markdown reports. */
  pair?: readonly [x: string, y: string]
}

export interface Sampled {
  readonly sets: readonly SampleSet[]
  readonly runs: readonly PairedRun[]
  /** Runs that had both metrics, those not kept included. */
  readonly runCount: number
}

export interface SampleSet {
  readonly metric: string
  readonly unit: string
  /** As the rows of `summary()` by subject have it. */
  readonly group: Group
  /** All of them. */
  readonly count: number
  /** Ascending; all of them, or a choice of {@link SAMPLES_KEPT}. */
  readonly values: readonly number[]
}

/** Two figures of one row or object of a file. */
export interface PairedRun {
  readonly group: Group
  readonly x: number
  readonly y: number
  readonly at: RecordRef
}

export const SAMPLES_KEPT = 150
export const RUNS_KEPT = 400
const SETS_KEPT = 2000

/**
 * Takes what counts as a sample: `stat: value` of runs that worked, copied files once. Which ones are kept is decided by the hash of
 * the place they stand at, so it depends neither on the value nor on the order in which they came.
 */
export class Sampling {
  readonly #wanted: (metric: string) => boolean
  readonly #pair: readonly [string, string] | undefined
  readonly #copies = new Copies()
  readonly #groupOf = grouping('subject')
  readonly #sets = new Map<string, { metric: string; unit: string; group: Group; count: number; kept: Choice<number> }>()
  readonly #keys = new WeakMap<Group, string>()
  readonly #runs = new Choice<PairedRun>(RUNS_KEPT)
  #run: { readonly key: string; x?: MetricRecord; y?: MetricRecord } = { key: '' }
  #runCount = 0

  constructor({ wanted = () => true, pair }: SamplingOptions = {}) {
    this.#wanted = wanted
    this.#pair = pair
  }

  add(record: MetricRecord): void {
    if (record.status !== 'ok' || record.stat !== 'value' || record.unit === '' || !this.#wanted(record.metric)) return
    if (this.#copies.originalOf(record) !== undefined) return
    const group = this.#groupOf(record)
    this.#keep(record, group)
    // What a written report tells of runs mostly repeats, rounded, what the data files beside it hold.
    if (this.#pair && record.source.format !== 'markdown' && (record.metric === this.#pair[0] || record.metric === this.#pair[1])) this.#match(record, group, this.#pair[0])
  }

  read(): Sampled {
    const sets = [...this.#sets.values()].map(({ kept, ...set }) => ({ ...set, values: kept.read().sort((a, b) => a - b) }))
    return { sets, runs: this.#runs.read(), runCount: this.#runCount }
  }

  #keep({ metric, unit, value, id }: MetricRecord, group: Group): void {
    let groupKey = this.#keys.get(group)
    if (groupKey === undefined) this.#keys.set(group, (groupKey = JSON.stringify(group)))
    const key = `${metric}\n${unit}\n${groupKey}`
    let set = this.#sets.get(key)
    if (!set) {
      if (this.#sets.size >= SETS_KEPT) return
      this.#sets.set(key, (set = { metric, unit, group, count: 0, kept: new Choice(SAMPLES_KEPT) }))
    }
    set.count += 1
    set.kept.add(value, rankOf(id))
  }

  /** Records of one run follow one another; a second value of the same metric belongs to another run. */
  #match(record: MetricRecord, group: Group, x: string): void {
    const key = runKey(record)
    const which = record.metric === x ? 'x' : 'y'
    if (this.#run.key !== key || this.#run[which]) this.#run = { key }
    this.#run[which] = record
    if (!this.#run.x || !this.#run.y) return
    this.#runCount += 1
    const { id, source, attributes } = this.#run.x
    this.#runs.add({ group, x: this.#run.x.value, y: this.#run.y.value, at: { id, source, attributes } }, rankOf(id))
    this.#run = { key: '' }
  }
}

/** Keeps the members with the smallest ranks, of equal ranks any. */
class Choice<T> {
  #members: { readonly rank: number; readonly member: T }[] = []

  constructor(readonly limit: number) {}

  add(member: T, rank: number): void {
    this.#members.push({ rank, member })
    // Cut back only at twice the limit, so that one sort pays for many additions.
    if (this.#members.length >= 2 * this.limit) this.#cut()
  }

  read(): T[] {
    this.#cut()
    return this.#members.map(({ member }) => member)
  }

  #cut(): void {
    this.#members = this.#members.sort((a, b) => a.rank - b.rank).slice(0, this.limit)
  }
}

/** The end of an id is a hash of the record's place, as good as a number drawn by lot. */
function rankOf(id: string): number {
  return Number.parseInt(id.slice(-12), 16) || 0
}

function runKey({ source: { file, pointer, line } }: MetricRecord): string {
  return pointer === undefined ? `${file}\n${line ?? ''}` : `${file}\n${pointer.slice(0, pointer.lastIndexOf('/'))}`
}
