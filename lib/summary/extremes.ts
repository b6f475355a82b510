/** The smallest and the largest value, and where they stand. */

import type { MetricRecord } from '../record/metric-record.js'
import { finite, object, text, type Saved } from './saved.js'
import type { RecordRef } from './summary-row.js'

interface Extreme {
  value: number
  at: RecordRef
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
    if (!this.#min || value < this.#min.value || (value === this.#min.value && record.id < this.#min.at.id)) {
      this.#min = { value, at: reference(record) }
    }
    if (!this.#max || value > this.#max.value || (value === this.#max.value && record.id < this.#max.at.id)) {
      this.#max = { value, at: reference(record) }
    }
  }

  merge(other: Extremes): void {
    for (const one of [other.#min, other.#max]) if (one) this.add(one.value, one.at)
  }

  /** `undefined` before the first value. Of equal values the one with the smallest id is named. */
  range(): Range | undefined {
    if (!this.#min || !this.#max) return undefined
    return { min: this.#min.value, max: this.#max.value, minAt: this.#min.at, maxAt: this.#max.at }
  }

  toJSON(): Saved {
    return { min: this.#min, max: this.#max }
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
