/** What a server's protocol says, line by line; knows no sockets. */

import type { PieceKind, ServerUsage } from '../model.js'

export interface Piece {
  readonly kind: PieceKind
  /** Never empty. */
  readonly text: string
}

/** What one line of the response said. */
export interface Reading {
  readonly pieces: readonly Piece[]
  /** How many tokens the server says it generated for this line, also where it still holds their text back. */
  readonly tokens?: number
  /** How far it has read the prompt, in tokens. */
  readonly progress?: { readonly processed: number; readonly total: number; readonly cached?: number }
  /** Server's own clock, ms since the epoch. */
  readonly serverTime?: number
  /** The answer is complete. */
  readonly end?: { readonly reason: 'stop' | 'length'; readonly usage: ServerUsage }
}

/** One answer being read; owns its state and is used once. */
export interface Dialect {
  /**
   * One line; `undefined` when it says nothing (blank, a comment, half of an event).
   *
   * @throws {ChimeraError} `MODEL_FAILED` for an error of the server's inside the stream, `MODEL_INVALID` for a line that makes no sense.
   */
  line(text: string): Reading | undefined
  /** The end of the body, with what stood after the last line end. Gives what is still unsaid. */
  finish(rest: string): Reading | undefined
}
