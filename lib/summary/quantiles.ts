/** Quantiles of a growing set of numbers: exact while there are few, within a stated bound afterwards. */

import { QuantileSketch } from './quantile-sketch.js'
import { finite, list, object, type Saved } from './saved.js'

/**
 * The quantile of n sorted values is linear interpolation between the values around rank (n - 1) q: type 7 of Hyndman and Fan,
 * "Sample quantiles in statistical packages" (1996), the default of numpy, pandas and R, so that anybody can compute it again.
 * Up to {@link EXACT} values all are kept and the result is exact. Beyond, both neighbours come from a {@link QuantileSketch}:
 * the same definition, off by at most `error` of its own size as long as both neighbours have the same sign.
 */
export class Quantiles {
  #few: number[] | undefined = []
  #sketch: QuantileSketch | undefined

  get count(): number {
    return this.#few?.length ?? this.#sketch?.count ?? 0
  }

  /** 0 while exact. */
  get error(): number {
    return this.#sketch?.error ?? 0
  }

  add(value: number): void {
    if (this.#few && this.#few.length < EXACT) this.#few.push(value)
    else this.#toSketch().add(value)
  }

  addAll(values: Float64Array): void {
    let at = 0
    for (; this.#few && at < values.length; at += 1) this.add(values[at] as number)
    this.#sketch?.addAll(values, at)
  }

  merge(other: Quantiles): void {
    if (this.#few && other.#few && this.#few.length + other.#few.length <= EXACT) {
      this.#few.push(...other.#few)
      return
    }
    const sketch = this.#toSketch()
    if (other.#sketch) sketch.merge(other.#sketch)
    else for (const value of other.#few ?? []) sketch.add(value)
  }

  /** One value for each q of `at` (ascending, 0 to 1). `min` and `max` are the true extremes: no estimate lies outside them. */
  at(at: readonly number[], min: number, max: number): number[] {
    // Most groups of a large folder have one sample.
    if (min === max) return at.map(() => min)
    const last = this.count - 1
    const ranks = at.flatMap((q) => [Math.floor(last * q), Math.ceil(last * q)])
    const values = this.#valuesAt(ranks)
    return at.map((q, i) => {
      const low = values[2 * i] ?? Number.NaN
      const high = values[2 * i + 1] ?? Number.NaN
      const share = last * q - Math.floor(last * q)
      // As a weighted sum, not low + share * (high - low): the difference of two huge numbers may be infinite.
      const between = low === high ? low : low * (1 - share) + high * share
      return Math.min(Math.max(between, min), max)
    })
  }

  toJSON(): Saved {
    return this.#sketch ? { sketch: this.#sketch.toJSON() } : { few: [...(this.#few ?? [])] }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): Quantiles {
    const fields = object(saved, 'quantiles')
    const quantiles = new Quantiles()
    if ('sketch' in fields) {
      quantiles.#few = undefined
      quantiles.#sketch = QuantileSketch.fromJSON(fields['sketch'])
    } else {
      for (const value of list(fields['few'], 'few')) quantiles.add(finite(value, 'few'))
    }
    return quantiles
  }

  #valuesAt(ranks: readonly number[]): number[] {
    if (this.#sketch) return this.#sketch.valuesAt(ranks)
    const sorted = [...(this.#few ?? [])].sort((a, b) => a - b)
    return ranks.map((rank) => sorted[rank] ?? Number.NaN)
  }

  #toSketch(): QuantileSketch {
    if (!this.#sketch) {
      this.#sketch = new QuantileSketch()
      for (const value of this.#few ?? []) this.#sketch.add(value)
      this.#few = undefined
    }
    return this.#sketch
  }
}

/** So many values are kept as they are: 64 numbers cost less than the bins they would fill. */
export const EXACT = 64
