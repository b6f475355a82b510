/** Count, mean and standard deviation in one pass, mergeable. */

import { count, finite, object, type Saved } from './saved.js'

/**
 * Welford's update ("Note on a method for calculating corrected sums of squares and products", Technometrics 1962), merged as
 * in Chan, Golub, LeVeque ("Updating formulae and a pairwise algorithm for computing sample variances", 1979). Neither loses
 * digits the way a sum of squares does.
 */
export class Moments {
  #count = 0
  #mean = 0
  /** Sum of squared distances from the mean. */
  #squares = 0

  get count(): number {
    return this.#count
  }

  get mean(): number {
    return this.#mean
  }

  /** Of a sample (n - 1); `undefined` below two values, and where the squares leave the range of a number. */
  get stddev(): number | undefined {
    if (this.#count < 2) return undefined
    const result = Math.sqrt(this.#squares / (this.#count - 1))
    return Number.isFinite(result) ? result : undefined
  }

  add(value: number): void {
    const before = this.#mean
    this.#count += 1
    // Divided before the subtraction, so that values at both ends of the range cannot overflow the mean.
    this.#mean += value / this.#count - before / this.#count
    this.#squares += (value - before) * (value - this.#mean)
  }

  /** As {@link add} of each, in order. */
  addAll(values: Float64Array): void {
    let [count, mean, squares] = [this.#count, this.#mean, this.#squares]
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] as number
      const before = mean
      count += 1
      mean += value / count - before / count
      squares += (value - before) * (value - mean)
    }
    this.#count = count
    this.#mean = mean
    this.#squares = squares
  }

  merge(other: Moments): void {
    if (other.#count === 0) return
    if (this.#count === 0) {
      this.#count = other.#count
      this.#mean = other.#mean
      this.#squares = other.#squares
      return
    }
    const total = this.#count + other.#count
    const distance = other.#mean - this.#mean
    const share = other.#count / total
    this.#squares += other.#squares + distance * distance * this.#count * share
    this.#mean = Number.isFinite(distance) ? this.#mean + distance * share : this.#mean * (1 - share) + other.#mean * share
    this.#count = total
  }

  toJSON(): Saved {
    return { count: this.#count, mean: this.#mean, squares: Number.isFinite(this.#squares) ? this.#squares : null }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): Moments {
    const fields = object(saved, 'moments')
    const moments = new Moments()
    moments.#count = count(fields['count'], 'count')
    moments.#mean = finite(fields['mean'], 'mean')
    moments.#squares = fields['squares'] === null ? Number.NaN : finite(fields['squares'], 'squares')
    return moments
  }
}
