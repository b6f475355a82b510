/** A mergeable quantile sketch of bounded size whose relative error is known at any time. */

import { Bins } from './bins.js'
import { count, list, object, pair, type Saved } from './saved.js'

/**
 * DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019):
 * a value x > 0 is counted in bin ceil(log_gamma x), gamma = (1 + error) / (1 - error), and every value of bin i lies within
 * `error` of 2 gamma^i / (gamma + 1). Negative values have bins of their own by their absolute value, zeros are counted.
 *
 * Where the paper gives up the lowest values when bins run out, bins are joined in pairs here (Epicoco et al., "UDDSketch:
 * accurate tracking of quantiles in data streams", IEEE Access 2020): gamma becomes gamma squared, so the error grows but
 * stays known, for all quantiles. With 2048 bins that starts at values a factor of about 10^9 apart.
 *
 * The state depends only on the multiset of values, never on their order or on how they were split before merging.
 */
export class QuantileSketch {
  #level = 0
  #zeros = 0
  #count = 0
  #positive = new Bins()
  #negative = new Bins()

  get count(): number {
    return this.#count
  }

  /** Bound on |estimate - value| / |value| for the value of any rank, up to rounding in the logarithm (below 1e-10). */
  get error(): number {
    const gamma = GAMMA ** (2 ** this.#level)
    return (gamma - 1) / (gamma + 1)
  }

  add(value: number): void {
    this.#count += 1
    if (value === 0) {
      this.#zeros += 1
      return
    }
    const bin = Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA)
    const bins = value > 0 ? this.#positive : this.#negative
    bins.add(this.#level === 0 ? bin : Math.ceil(bin / 2 ** this.#level), 1)
    this.#fit()
  }

  /** As {@link add} of each from `from` on. */
  addAll(values: Float64Array, from: number): void {
    for (let at = from; at < values.length; at += 1) {
      const value = values[at] as number
      // While nothing has to be joined, a value only moves the count of its bin.
      if (this.#level === 0 && value > 0 && this.#positive.addNear(Math.ceil(Math.log(value) / LOG_GAMMA) | 0)) this.#count += 1
      else this.add(value)
    }
  }

  merge(other: QuantileSketch): void {
    while (this.#level < other.#level) this.#join()
    const scale = 2 ** (this.#level - other.#level)
    for (const [bin, n] of other.#positive.sorted()) this.#positive.add(Math.ceil(bin / scale), n)
    for (const [bin, n] of other.#negative.sorted()) this.#negative.add(Math.ceil(bin / scale), n)
    this.#zeros += other.#zeros
    this.#count += other.#count
    this.#fit()
  }

  /** Estimates of the values of the given 0-based ranks (below `count`). */
  valuesAt(ranks: readonly number[]): number[] {
    const negative = this.#negative.sorted().reverse().map(([bin, n]) => [-this.#centre(bin), n] as const)
    const positive = this.#positive.sorted().map(([bin, n]) => [this.#centre(bin), n] as const)
    const bins = [...negative, [0, this.#zeros] as const, ...positive]
    const passed: number[] = []
    for (const [, n] of bins) passed.push((passed.at(-1) ?? 0) + n)
    return ranks.map((rank) => bins[passed.findIndex((upTo) => upTo > rank)]?.[0] ?? Number.NaN)
  }

  toJSON(): Saved {
    return { level: this.#level, zeros: this.#zeros, positive: this.#positive.sorted(), negative: this.#negative.sorted() }
  }

  /** @throws {ChimeraError} `UNREADABLE` when `saved` is not what {@link toJSON} gave. */
  static fromJSON(saved: unknown): QuantileSketch {
    const fields = object(saved, 'a sketch')
    const sketch = new QuantileSketch()
    sketch.#level = Math.min(count(fields['level'], 'level'), LEVELS)
    sketch.#zeros = count(fields['zeros'], 'zeros')
    sketch.#count = sketch.#zeros
    for (const [name, bins] of [['positive', sketch.#positive], ['negative', sketch.#negative]] as const) {
      for (const entry of list(fields[name], name)) {
        const [bin, n] = pair(entry, name)
        bins.add(bin, n)
        sketch.#count += n
      }
    }
    sketch.#fit()
    return sketch
  }

  #fit(): void {
    while (this.#positive.size + this.#negative.size > BINS && this.#level < LEVELS) this.#join()
  }

  #join(): void {
    this.#level += 1
    this.#positive = joined(this.#positive)
    this.#negative = joined(this.#negative)
  }

  #centre(bin: number): number {
    const log = bin * 2 ** this.#level * LOG_GAMMA
    // 2 gamma^i / (gamma + 1) = gamma^i (1 - error); the uppermost bin ends beyond the largest number.
    return Math.min(Math.exp(log) * (1 - this.error), Number.MAX_VALUE)
  }
}

const ERROR = 0.005
const BINS = 2048
/** Every finite number, of either sign, finds room after 8 joins; more can only come from damaged JSON. */
const LEVELS = 10
const GAMMA = (1 + ERROR) / (1 - ERROR)
const LOG_GAMMA = Math.log(GAMMA)

function joined(bins: Bins): Bins {
  const result = new Bins()
  for (const [bin, n] of bins.sorted()) result.add(Math.ceil(bin / 2), n)
  return result
}
