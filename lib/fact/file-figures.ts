/** The same configuration in several files: what each of them gives, kept apart, so that runs can be held against one another. */

import type { AttributeValue, Better, MetricRecord } from '../record/metric-record.js'
import { Quantiles } from '../summary/quantiles.js'
import type { RecordRef } from '../summary/summary-row.js'
import { referenceTo } from './references.js'

/** Samples, or the averages that a file states; those are never mixed. */
export type Kind = 'samples' | 'mean' | 'median'

export interface FileFigure {
  readonly file: string
  readonly count: number
  /** The median of the file's samples; of stated averages their median. */
  readonly central: number
  readonly min: number
  readonly max: number
  readonly minAt: RecordRef
  readonly maxAt: RecordRef
}

export interface ConfigurationFigures {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly kind: Kind
  /** As a summary by configuration groups it. */
  readonly group: Readonly<Record<string, AttributeValue>>
  /** In the order in which they came. */
  readonly files: readonly FileFigure[]
}

const FIGURES_KEPT = 20_000
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([['value', 'samples'], ['mean', 'mean'], ['median', 'median'], ['p50', 'median']])

interface Configuration extends Omit<ConfigurationFigures, 'files'> {
  readonly files: Map<string, State>
}

export class FileFigures {
  readonly #configurations = new Map<string, Configuration>()
  readonly #limit: number
  #kept = 0

  constructor(limit = FIGURES_KEPT) {
    this.#limit = limit
  }

  /** `key` is that of the group. Of a group that is a file's own there is nothing to compare. */
  add(record: MetricRecord, group: ConfigurationFigures['group'], key: string): void {
    const kind = KINDS.get(record.stat)
    if (kind === undefined || Object.hasOwn(group, 'file')) return
    const { metric, unit, better, source } = record
    const id = `${metric}\n${unit}\n${kind}\n${key}`
    let configuration = this.#configurations.get(id)
    if (!configuration) {
      if (this.#kept >= this.#limit) return
      this.#configurations.set(id, (configuration = { metric, unit, better, kind, group, files: new Map<string, State>() }))
    }
    const known = configuration.files.get(source.file)
    if (known) known.add(record)
    else if (this.#kept < this.#limit) {
      this.#kept += 1
      configuration.files.set(source.file, new State(record))
    }
  }

  /** Configurations that stand in several files. */
  shared(): ConfigurationFigures[] {
    return [...this.#configurations.values()]
      .filter(({ files }) => files.size > 1)
      .map((configuration) => ({ ...configuration, files: [...configuration.files].map(([file, state]) => state.read(file)) }))
  }
}

/** Most configurations have one value: what needs room is made for the second. */
class State {
  #min: number
  #max: number
  #minAt: RecordRef
  #maxAt: RecordRef
  #count = 1
  #quantiles: Quantiles | undefined

  constructor(record: MetricRecord) {
    this.#min = this.#max = record.value
    this.#minAt = this.#maxAt = referenceTo(record)
  }

  add(record: MetricRecord): void {
    const { value } = record
    if (!this.#quantiles) {
      this.#quantiles = new Quantiles()
      this.#quantiles.add(this.#min)
    }
    this.#quantiles.add(value)
    this.#count += 1
    if (value < this.#min) {
      this.#min = value
      this.#minAt = referenceTo(record)
    }
    if (value > this.#max) {
      this.#max = value
      this.#maxAt = referenceTo(record)
    }
  }

  read(file: string): FileFigure {
    const [central = this.#min] = this.#quantiles?.at([0.5], this.#min, this.#max) ?? []
    return { file, count: this.#count, central, min: this.#min, max: this.#max, minAt: this.#minAt, maxAt: this.#maxAt }
  }
}
