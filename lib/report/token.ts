/** What the scanner makes of a model's text: pieces that are safe to show, each marked when nothing backs its number. */

export interface Token {
  /**
   * `prefix` starts a block (list mark, heading mark), `newline` is one line's end, `space` lies between words, `text` is all
   * else.
   */
  readonly kind: 'prefix' | 'newline' | 'space' | 'text'
  /** Ready for the document. */
  readonly out: string
  /** Present when the piece is a figure that nothing backs. */
  readonly unverified?: true
}
