/** The smallest and the largest value, and where they stand. */

import type { MetricRecord } from '../record/metric-record.js'
import { finite, object, text, type Saved } from './saved.js'
import type { RecordRef } from './summary-row.js'

interface Extreme {
  value: number
  at: RecordRef
  /** Which column of which block it is from: a number, since a block is not to be kept. */
  from?: number
}

/** One column of a block, whose rows come in the order of the file. */
export interface ColumnOfBlock {
  /** No other column of any block has it. */
  readonly number: number
  readonly file: string
  readonly firstByte: number
  record(row: number): MetricRecord
}

export interface Range {
  readonly min: number
  readonly max: number
  readonly minAt: RecordRef
  readonly maxAt: RecordRef
}

export class Extremes {
  #min: Extreme | undefined
  #max: Extreme | undefined

  add(value: number, record: MetricRecord | RecordRef): void {
    if (!this.#min || value < this.#min.value || (value === this.#min.value && precedes(record, this.#min.at))) {
      this.#min = { value, at: reference(record) }
    }
    if (!this.#max || value > this.#max.value || (value === this.#max.value && precedes(record, this.#max.at))) {
      this.#max = { value, at: reference(record) }
    }
  }

  /** The same without a record, unless it is one of the two; `values` are those of `rows`. */
  addRows(values: Float64Array, column: ColumnOfBlock, rows: Int32Array): void {
    let [low, high] = [0, 0]
    for (let at = 1; at < values.length; at += 1) {
      if ((values[at] as number) < (values[low] as number)) low = at
      if ((values[at] as number) > (values[high] as number)) high = at
    }
    for (const at of values.length === 0 ? [] : [low, high]) this.#addRow(values[at] as number, column, rows[at] as number)
  }

  #addRow(value: number, column: ColumnOfBlock, row: number): void {
    const [min, max] = [this.#min, this.#max]
    if (!min || value < min.value || (value === min.value && mayPrecede(column, min) && precedes(column.record(row), min.at))) {
      this.#min = { value, at: reference(column.record(row)), from: column.number }
    }
    if (!max || value > max.value || (value === max.value && mayPrecede(column, max) && precedes(column.record(row), max.at))) {
      this.#max = { value, at: reference(column.record(row)), from: column.number }
    }
  }

  merge(other: Extremes): void {
    for (const one of [other.#min, other.#max]) if (one) this.add(one.value, one.at)
  }

  /** `undefined` before the first value. Of equal values the one that stands first is named, in the file whose name comes first. */
  range(): Range | undefined {
    if (!this.#min || !this.#max) return undefined
    return { min: this.#min.value, max: this.#max.value, minAt: this.#min.at, maxAt: this.#max.at }
  }

  toJSON(): Saved {
    return { min: saved(this.#min), max: saved(this.#max) }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): Extremes {
    const extremes = new Extremes()
    for (const name of ['min', 'max']) {
      const one = object(saved, 'extremes')[name]
      if (one === undefined) continue
      const { value, at } = object(one, name)
      extremes.add(finite(value, name), savedReference(at))
    }
    return extremes
  }
}

function saved(extreme: Extreme | undefined): Omit<Extreme, 'from'> | undefined {
  return extreme && { value: extreme.value, at: extreme.at }
}

/** False where a row of the column surely stands behind the other, as nearly always. */
function mayPrecede(column: ColumnOfBlock, { at: { source }, from }: Extreme): boolean {
  return from !== column.number && !(source.file === column.file && source.bytes !== undefined && source.bytes[0] < column.firstByte)
}

/** One order for all records, whichever came first. */
function precedes(a: MetricRecord | RecordRef, b: RecordRef): boolean {
  if (a.source.file !== b.source.file) return a.source.file < b.source.file
  const difference = (a.source.bytes?.[0] ?? 0) - (b.source.bytes?.[0] ?? 0) || (a.source.line ?? 0) - (b.source.line ?? 0) || (a.source.column ?? 0) - (b.source.column ?? 0)
  return difference === 0 ? a.id < b.id : difference < 0
}

function reference({ id, source, attributes }: MetricRecord | RecordRef): RecordRef {
  return { id, source, attributes }
}

function savedReference(saved: unknown): RecordRef {
  const at = object(saved, 'a reference')
  text(at['id'], 'id')
  text(object(at['source'], 'source')['file'], 'file')
  object(at['attributes'], 'attributes')
  return at as unknown as RecordRef
}
