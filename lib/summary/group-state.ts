/** All that is known about one metric of one group while records still come. */

import type { AttributeValue, Better, MetricRecord, Stat, Status } from '../record/metric-record.js'
import { Extremes, type ColumnOfBlock } from './extremes.js'
import { isPerSample, type Group } from './grouping.js'
import { Moments } from './moments.js'
import { compareNatural } from './natural-order.js'
import { Quantiles } from './quantiles.js'
import { count, list, object, text, type Saved } from './saved.js'
import { Smallest } from './smallest.js'
import { FILES_KEPT, type AggregateRow, type Statistics, type SummaryRow } from './summary-row.js'
import { Varied } from './varied.js'

/** Numbers of one statistic: the samples, or one kind of aggregate. */
export class Figures {
  constructor(
    readonly moments = new Moments(),
    readonly extremes = new Extremes(),
    readonly quantiles = new Quantiles(),
  ) {}

  add(record: MetricRecord): void {
    this.moments.add(record.value)
    this.extremes.add(record.value, record)
    this.quantiles.add(record.value)
  }

  /** As {@link add} of each; `values` are those of `rows`, in order. */
  addRows(values: Float64Array, column: ColumnOfBlock, rows: Int32Array): void {
    this.moments.addAll(values)
    this.extremes.addRows(values, column, rows)
    this.quantiles.addAll(values)
  }

  merge(other: Figures): void {
    this.moments.merge(other.moments)
    this.extremes.merge(other.extremes)
    this.quantiles.merge(other.quantiles)
  }

  toJSON(): Saved {
    return { moments: this.moments.toJSON(), extremes: this.extremes.toJSON(), quantiles: this.quantiles.toJSON() }
  }

  static fromJSON(saved: unknown): Figures {
    const { moments, extremes, quantiles } = object(saved, 'figures')
    return new Figures(Moments.fromJSON(moments), Extremes.fromJSON(extremes), Quantiles.fromJSON(quantiles))
  }
}

export class GroupState {
  readonly #figures = new Map<Stat, Figures>()
  readonly #better = new Set<Better>()
  readonly #files = new Smallest<string>(FILES_COUNTED, compareNatural)
  readonly #varied = new Varied()
  #records = 0
  #failed = 0
  #warmup = 0
  #attributes: unknown

  constructor(
    readonly metric: string,
    readonly unit: string,
    readonly group: Group,
  ) {}

  /** How many were added, whatever their status. */
  get records(): number {
    return this.#records
  }

  add(record: MetricRecord): void {
    this.#records += 1
    this.#files.add(record.source.file)
    this.#better.add(record.better)
    if (record.status === 'error') this.#failed += 1
    else if (record.status === 'warmup') this.#warmup += 1
    else {
      this.#figuresOf(record.stat).add(record)
      if (record.attributes !== this.#attributes) this.vary(record)
      this.#attributes = record.attributes
    }
  }

  /** Counts records of a block that have the status, without their numbers. */
  count(status: Status, records: number): void {
    this.#records += records
    if (status === 'error') this.#failed += records
    else if (status === 'warmup') this.#warmup += records
  }

  /** Where the numbers of a block belong that are ok. */
  figuresIn(file: string, better: Better, stat: Stat): Figures {
    this.#files.add(file)
    this.#better.add(better)
    return this.#figuresOf(stat)
  }

  /** What one record says of the circumstances. */
  vary({ attributes }: MetricRecord): void {
    for (const [key, value] of Object.entries(attributes)) this.varyIn(key, value)
  }

  varyIn(key: string, value: AttributeValue): void {
    if (!Object.hasOwn(this.group, key) && !isPerSample(key, value)) this.#varied.add(key, value)
  }

  merge(other: GroupState): void {
    for (const [stat, figures] of other.#figures) this.#figuresOf(stat).merge(figures)
    for (const better of other.#better) this.#better.add(better)
    this.#files.merge(other.#files)
    this.#varied.merge(other.#varied)
    this.#records += other.#records
    this.#failed += other.#failed
    this.#warmup += other.#warmup
  }

  row(): SummaryRow {
    const samples = this.#figures.get('value')
    const aggregates = [...this.#figures].filter(([stat]) => stat !== 'value').sort(([a], [b]) => compareNatural(a, b))
    const files = this.#files.values()
    return {
      type: 'summary',
      metric: this.metric,
      unit: this.unit,
      better: this.#direction(),
      group: this.group,
      ...(samples ? statistics(samples) : {}),
      aggregates: aggregates.flatMap(([stat, figures]) => aggregate(stat, figures)),
      failed: this.#failed,
      warmup: this.#warmup,
      varied: this.#varied.values(),
      files: files.slice(0, FILES_KEPT),
      fileCount: files.length,
    }
  }

  toJSON(): Saved {
    return {
      metric: this.metric,
      unit: this.unit,
      group: this.group,
      figures: [...this.#figures].map(([stat, figures]) => ({ stat, ...figures.toJSON() })),
      better: [...this.#better],
      files: this.#files.values(),
      varied: this.#varied.toJSON(),
      records: this.#records,
      failed: this.#failed,
      warmup: this.#warmup,
    }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): GroupState {
    const fields = object(saved, 'a group')
    const group = Object.assign(Object.create(null) as Record<string, AttributeValue>, object(fields['group'], 'group'))
    const state = new GroupState(text(fields['metric'], 'metric'), text(fields['unit'], 'unit'), group)
    for (const figures of list(fields['figures'], 'figures')) {
      state.#figures.set(text(object(figures, 'figures')['stat'], 'stat') as Stat, Figures.fromJSON(figures))
    }
    for (const better of list(fields['better'], 'better')) state.#better.add(better as Better)
    for (const file of list(fields['files'], 'files')) state.#files.add(text(file, 'files'))
    state.#varied.merge(Varied.fromJSON(fields['varied']))
    state.#records = count(fields['records'], 'records')
    state.#failed = count(fields['failed'], 'failed')
    state.#warmup = count(fields['warmup'], 'warmup')
    return state
  }

  #figuresOf(stat: Stat): Figures {
    const known = this.#figures.get(stat)
    if (known) return known
    const figures = new Figures()
    this.#figures.set(stat, figures)
    return figures
  }

  /** Unknown gives way to known; a contradiction is unknown again. */
  #direction(): Better {
    const known = [...this.#better].filter((better) => better !== null)
    return known.length === 1 ? (known[0] ?? null) : null
  }
}

/** More files than this are not told apart in one group, to keep memory bounded. */
const FILES_COUNTED = 4096
const QUANTILES = [0.5, 0.9, 0.95, 0.99]

function statistics({ moments, extremes, quantiles }: Figures): { samples: Statistics } | undefined {
  const range = extremes.range()
  if (!range) return undefined
  const [p50 = 0, p90 = 0, p95 = 0, p99 = 0] = quantiles.at(QUANTILES, range.min, range.max)
  const { count: n, stddev } = moments
  return {
    samples: {
      count: n,
      mean: within(moments.mean, range),
      ...(stddev === undefined ? {} : { stddev }),
      min: range.min,
      max: range.max,
      p50,
      p90,
      p95,
      p99,
      quantileError: quantiles.error,
      minAt: range.minAt,
      maxAt: range.maxAt,
    },
  }
}

function aggregate(stat: Stat, { moments, extremes }: Figures): AggregateRow[] {
  const range = extremes.range()
  return range ? [{ stat, count: moments.count, mean: within(moments.mean, range), ...range }] : []
}

/** Rounding may carry the mean of equal values past them by a last digit. */
function within(mean: number, { min, max }: { readonly min: number; readonly max: number }): number {
  return Math.min(Math.max(mean, min), max)
}
