/** Counts by whole numbers: an array where these lie close together, and a map for those that lie far from the others. */

/** Widest array; 64 kB. */
const WIDEST = 8192
const MARGIN = 64

export class Bins {
  #base = 0
  #counts = new Float64Array(0)
  #filled = 0
  #far = new Map<number, number>()

  /** How many are not empty. */
  get size(): number {
    return this.#filled + this.#far.size
  }

  /** `by` is at least 1. */
  add(bin: number, by: number): void {
    const at = bin - this.#base
    if (at >= 0 && at < this.#counts.length) {
      if (this.#counts[at] === 0) this.#filled += 1
      this.#counts[at] = (this.#counts[at] as number) + by
    } else if (this.#widen(bin)) this.add(bin, by)
    else this.#far.set(bin, (this.#far.get(bin) ?? 0) + by)
  }

  /** Adds 1 to a bin that is not empty and near; false when it is another. */
  addNear(bin: number): boolean {
    const at = bin - this.#base
    if (!(at >= 0 && at < this.#counts.length)) return false
    const count = this.#counts[at] as number
    if (count === 0) return false
    this.#counts[at] = count + 1
    return true
  }

  /** Ascending. */
  sorted(): [number, number][] {
    const near: [number, number][] = []
    for (let at = 0; at < this.#counts.length; at += 1) if (this.#counts[at] !== 0) near.push([at + this.#base, this.#counts[at] as number])
    return this.#far.size === 0 ? near : [...near, ...this.#far].sort((a, b) => a[0] - b[0])
  }

  /** Makes room for `bin` in the array, unless that would be too wide. */
  #widen(bin: number): boolean {
    const old = this.#counts
    const low = old.length === 0 ? bin : Math.min(bin, this.#base)
    const high = old.length === 0 ? bin : Math.max(bin, this.#base + old.length - 1)
    const spare = WIDEST - (high - low + 1)
    if (spare < 0) return false
    // Numbers that come later lie on either side, and further out where this one lies.
    const below = Math.min(spare >> 1, MARGIN + (bin === low ? old.length >> 1 : 0))
    const above = Math.min(spare >> 1, MARGIN + (bin === high ? old.length >> 1 : 0))
    const base = low - below
    const counts = new Float64Array(high - low + 1 + below + above)
    if (old.length > 0) counts.set(old, this.#base - base)
    this.#base = base
    this.#counts = counts
    for (const [other, count] of this.#far) {
      const at = other - base
      if (at < 0 || at >= counts.length) continue
      this.#far.delete(other)
      this.#filled += 1
      counts[at] = count
    }
    return true
  }
}
