/** What one file measured of one thing, in the file's order: enough to see a slow start, and values far from the others. */

import type { AttributeValue, Better, MetricRecord } from '../record/metric-record.js'
import { Quantiles } from '../summary/quantiles.js'
import type { RecordRef } from '../summary/summary-row.js'
import { referenceTo } from './references.js'

export interface Sample {
  readonly value: number
  readonly at: RecordRef
}

export interface Series {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  /** What was measured, as a summary by subject groups it. */
  readonly group: Readonly<Record<string, AttributeValue>>
  readonly file: string
  readonly first: Sample
  /** All but the first. */
  readonly rest: Rest
  /** The worst ones, worst first, the first sample among them; at most {@link WORST_KEPT}. */
  readonly worst: readonly Sample[]
}

export interface Rest {
  readonly count: number
  readonly mean: number
  readonly min: number
  readonly max: number
  readonly quantiles: Quantiles
}

/** One list per metric, unit and subject, with its series in order of their first record. */
export interface SubjectSeries {
  readonly key: string
  readonly series: readonly Series[]
}

export const WORST_KEPT = 8
/** Further series are not looked at; what was kept of others stays right. */
const SERIES_KEPT = 10_000

export class SeriesStore {
  readonly #subjects = new Map<string, Map<string, State>>()
  readonly #limit: number
  #kept = 0

  constructor(limit = SERIES_KEPT) {
    this.#limit = limit
  }

  /** Takes samples of runs that worked, of a metric whose direction is known. `key` is that of the group. */
  add(record: MetricRecord, group: Series['group'], key: string): void {
    const { metric, unit, source } = record
    const subject = `${metric}\n${unit}\n${key}`
    let files = this.#subjects.get(subject)
    if (!files) {
      if (this.#kept >= this.#limit) return
      this.#subjects.set(subject, (files = new Map<string, State>()))
    }
    const known = files.get(source.file)
    if (known) known.add(record)
    else if (this.#kept < this.#limit) {
      this.#kept += 1
      files.set(source.file, new State(record, group))
    }
  }

  /** Of subjects, in the order in which they came. */
  read(): SubjectSeries[] {
    return [...this.#subjects].map(([key, files]) => ({ key, series: [...files.values()] }))
  }
}

/** Worse first. */
export function isWorse(better: Better, a: number, b: number): boolean {
  return better === 'higher' ? a < b : a > b
}

class State implements Series, Rest {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly file: string
  readonly first: Sample
  readonly worst: Sample[] = []
  readonly quantiles = new Quantiles()
  count = 0
  mean = 0
  min = Infinity
  max = -Infinity

  constructor(record: MetricRecord, readonly group: Series['group']) {
    this.metric = record.metric
    this.unit = record.unit
    this.better = record.better
    this.file = record.source.file
    this.first = { value: record.value, at: referenceTo(record) }
    this.worst.push(this.first)
  }

  get rest(): Rest {
    return this
  }

  add(record: MetricRecord): void {
    const { value } = record
    this.count += 1
    this.mean += (value - this.mean) / this.count
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    this.quantiles.add(value)
    this.#keepIfWorse(record)
  }

  /** Of equal values the earlier one stands first. Most calls end at the first line. */
  #keepIfWorse(record: MetricRecord): void {
    const { worst, better } = this
    const last = worst.at(-1)
    if (worst.length >= WORST_KEPT && last && !isWorse(better, record.value, last.value)) return
    let place = worst.length
    while (place > 0 && isWorse(better, record.value, worst[place - 1]?.value ?? record.value)) place -= 1
    worst.splice(place, 0, { value: record.value, at: referenceTo(record) })
    if (worst.length > WORST_KEPT) worst.pop()
  }
}
