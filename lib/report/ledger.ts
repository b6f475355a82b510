/** What became of every figure in a text: bound to a fact, matched with one, or backed by nothing. */

/** `typed`: no fact has this value; `id`: there is no such figure; `unit`: a unit was typed behind a figure that has another one. */
export type UnverifiedReason = 'typed' | 'id' | 'unit'

export interface Unverified {
  /** As the model wrote it, at most {@link TEXT_KEPT} characters. */
  readonly text: string
  readonly reason: UnverifiedReason
  /** Text of the line up to it, shortened. */
  readonly before: string
  /** Where in the document. */
  readonly section?: string
}

export interface Ledger {
  /** Slots filled from a fact. */
  readonly bound: number
  /** Numbers the model typed that agree with a fact. */
  readonly matched: number
  readonly unverifiedCount: number
  /** The first {@link UNVERIFIED_KEPT} of them. */
  readonly unverified: readonly Unverified[]
  /** Sentences that were left out (`strict`). */
  readonly dropped: number
  /** Ids of the facts that were shown or matched, in order of first use. */
  readonly facts: readonly string[]
}

export const UNVERIFIED_KEPT = 100
export const TEXT_KEPT = 80

/** A ledger that is being written. */
export class LedgerBook {
  #bound = 0
  #matched = 0
  #dropped = 0
  #unverifiedCount = 0
  readonly #unverified: Unverified[] = []
  readonly #facts = new Set<string>()

  bound(id: string): void {
    this.#bound += 1
    this.#facts.add(id)
  }

  matched(id: string): void {
    this.#matched += 1
    this.#facts.add(id)
  }

  dropped(): void {
    this.#dropped += 1
  }

  unverified(entry: Unverified): void {
    this.#unverifiedCount += 1
    if (this.#unverified.length < UNVERIFIED_KEPT) this.#unverified.push({ ...entry, text: entry.text.slice(0, TEXT_KEPT) })
  }

  read(): Ledger {
    return {
      bound: this.#bound,
      matched: this.#matched,
      unverifiedCount: this.#unverifiedCount,
      unverified: [...this.#unverified],
      dropped: this.#dropped,
      facts: [...this.#facts],
    }
  }
}
