/** What varied while something was measured: some values of some attributes, never more than fit on a line or two. */

import type { AttributeValue } from '../record/metric-record.js'
import { compareNatural, compareValues } from './natural-order.js'
import { attributeValue, list, text } from './saved.js'
import { Smallest } from './smallest.js'

const KEYS = 8
const VALUES = 8

export class Varied {
  /** At most twice as many keys as are shown, each with a bounded set of values. */
  readonly #values = new Map<string, Smallest<AttributeValue>>()

  add(key: string, value: AttributeValue): void {
    const known = this.#values.get(key)
    if (known) {
      known.add(value)
      return
    }
    const values = new Smallest<AttributeValue>(VALUES, compareValues)
    values.add(value)
    this.#values.set(key, values)
    if (this.#values.size > 2 * KEYS) for (const dropped of this.#keys().slice(KEYS)) this.#values.delete(dropped)
  }

  merge(other: Varied): void {
    for (const [key, values] of other.#values) for (const value of values.values()) this.add(key, value)
  }

  /** The first keys and values in natural order. */
  values(): Readonly<Record<string, readonly AttributeValue[]>> {
    const shown = Object.create(null) as Record<string, readonly AttributeValue[]>
    for (const key of this.#keys().slice(0, KEYS)) shown[key] = this.#values.get(key)?.values() ?? []
    return shown
  }

  toJSON(): unknown {
    return [...this.#values].map(([key, values]) => [key, values.values()])
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): Varied {
    const varied = new Varied()
    for (const entry of list(saved, 'varied')) {
      const [key, values] = list(entry, 'varied')
      for (const value of list(values, 'varied')) varied.add(text(key, 'varied'), attributeValue(value, 'varied'))
    }
    return varied
  }

  #keys(): string[] {
    return [...this.#values.keys()].sort(compareNatural)
  }
}
