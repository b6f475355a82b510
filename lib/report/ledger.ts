/** What became of every figure in a text: bound to a fact, matched with one, or backed by nothing. */

/**
 * - `typed`: no fact has this value.
 * - `subject`: a fact has it, but of something else than the sentence names.
 * - `direction`: no fact says that this is more, better or beyond chance, or one says the opposite.
 * - `id`: there is no such figure.
 * - `unit`: a unit was typed behind a figure that has another one.
 */
export type UnverifiedReason = 'typed' | 'subject' | 'direction' | 'id' | 'unit'

export interface Unverified {
  /** As the model wrote it, at most {@link TEXT_KEPT} characters. */
  readonly text: string
  readonly reason: UnverifiedReason
  /** The sentence it stands in, at most {@link SENTENCE_KEPT} characters around it. */
  readonly sentence: string
  /** Where in the document. */
  readonly section?: string
}

export interface Ledger {
  /** Slots filled from a fact. */
  readonly bound: number
  /** Numbers and words the model typed that agree with a fact. */
  readonly matched: number
  /** Those that nothing backs; the ones of a wrong subject are counted by themselves. */
  readonly unverifiedCount: number
  readonly wrongSubject: number
  /** The first {@link UNVERIFIED_KEPT} of both. */
  readonly unverified: readonly Unverified[]
  /** Sentences that were left out (`strict`). */
  readonly dropped: number
  /** Ids of the facts that were shown or matched, in order of first use. */
  readonly facts: readonly string[]
}

export const UNVERIFIED_KEPT = 100
export const TEXT_KEPT = 80
export const SENTENCE_KEPT = 160

/** A ledger that is being written. */
export class LedgerBook {
  #bound = 0
  #matched = 0
  #dropped = 0
  #unverifiedCount = 0
  #wrongSubject = 0
  readonly #unverified: Unverified[] = []
  readonly #facts = new Set<string>()

  bound(id: string): void {
    this.#bound += 1
    this.#facts.add(id)
  }

  /** `ids`: the facts that one claim rests on. */
  matched(ids: readonly string[]): void {
    this.#matched += 1
    for (const id of ids) this.#facts.add(id)
  }

  dropped(): void {
    this.#dropped += 1
  }

  unverified(entry: Unverified): void {
    if (entry.reason === 'subject') this.#wrongSubject += 1
    else this.#unverifiedCount += 1
    if (this.#unverified.length < UNVERIFIED_KEPT) this.#unverified.push({ ...entry, text: entry.text.slice(0, TEXT_KEPT), sentence: around(entry) })
  }

  read(): Ledger {
    return {
      bound: this.#bound,
      matched: this.#matched,
      unverifiedCount: this.#unverifiedCount,
      wrongSubject: this.#wrongSubject,
      unverified: [...this.#unverified],
      dropped: this.#dropped,
      facts: [...this.#facts],
    }
  }
}

/** As much of the sentence as is kept, with the claim in it. */
function around({ text, sentence }: Unverified): string {
  if (sentence.length <= SENTENCE_KEPT) return sentence
  const at = Math.max(0, sentence.indexOf(text))
  const from = Math.max(0, Math.min(at - SENTENCE_KEPT / 2, sentence.length - SENTENCE_KEPT))
  return `${from > 0 ? '…' : ''}${sentence.slice(from, from + SENTENCE_KEPT)}${from + SENTENCE_KEPT < sentence.length ? '…' : ''}`
}
