/** Problems as a report tells them: how many of each kind, and where the first one stands. Keeps no more than that. */

import type { Problem } from '../stage/index.js'

export interface ProblemKind {
  readonly code: string
  readonly count: number
  readonly first: Problem
}

const KINDS_TOLD_APART = 200

export class ProblemTally {
  #total = 0
  readonly #kinds = new Map<string, { code: string; count: number; first: Problem }>()

  add(problem: Problem): void {
    this.#total += 1
    const known = this.#kinds.get(problem.code)
    if (known) known.count += 1
    else if (this.#kinds.size < KINDS_TOLD_APART) this.#kinds.set(problem.code, { code: problem.code, count: 1, first: problem })
  }

  get total(): number {
    return this.#total
  }

  /** Most frequent first. */
  kinds(): readonly ProblemKind[] {
    return [...this.#kinds.values()].sort((a, b) => b.count - a.count)
  }
}
