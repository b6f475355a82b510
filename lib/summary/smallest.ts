/** A set that keeps only its smallest members: bounded, and the same whatever the order in which they came. */

export class Smallest<T> {
  readonly #limit: number
  readonly #compare: (a: T, b: T) => number
  #members = new Set<T>()
  #last: T | undefined
  /** Once there are enough: the largest of those that count. */
  #bound: T | undefined

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit
    this.#compare = compare
  }

  /** Never more than the limit. */
  get size(): number {
    return Math.min(this.#members.size, this.#limit)
  }

  add(member: T): void {
    // Records of one file or setting come in runs, so most calls end here.
    if (member === this.#last) return
    this.#last = member
    if (this.#bound !== undefined && this.#compare(member, this.#bound) > 0) return
    this.#members.add(member)
    // Cut back only at twice the limit, so that one sort pays for many additions.
    if (this.#members.size < 2 * this.#limit) return
    const smallest = this.values()
    this.#members = new Set(smallest)
    this.#bound = smallest.at(-1)
  }

  merge(other: Smallest<T>): void {
    for (const member of other.#members) this.add(member)
  }

  /** Ascending. */
  values(): T[] {
    return [...this.#members].sort(this.#compare).slice(0, this.#limit)
  }
}
