/** What the scanner makes of a model's text: pieces that are safe to show, with what each of them claims. */

import type { Fact } from '../fact/fact.js'
import type { Direction } from './direction-words.js'
import type { UnverifiedReason } from './ledger.js'
import type { TypedNumber } from './typed-number.js'

/** Something that a model typed itself and that a fact must back. */
export type Claim =
  | { readonly kind: 'number'; readonly number: TypedNumber }
  /** `second fastest` is 2. */
  | { readonly kind: 'ordinal'; readonly rank: number }
  | { readonly kind: 'direction'; readonly direction: Direction }

export interface Token {
  /**
   * `prefix` starts a block (list mark, heading mark), `newline` is one line's end, `space` lies between words, `text` is all
   * else.
   */
  readonly kind: 'prefix' | 'newline' | 'space' | 'text'
  /** Ready for the document. */
  readonly out: string
  /** As a reader reads it, without the signs that disarm it; default `out`. */
  readonly said?: string
  readonly claim?: Claim
  /** The fact that a slot showed; `part` is what of it, `''` for all. */
  readonly slot?: { readonly fact: Fact; readonly part: string }
  /** Wrong whatever stands around it: a figure that does not exist, a unit that contradicts its figure. `out` says so already. */
  readonly fault?: { readonly reason: UnverifiedReason; readonly text: string }
}
