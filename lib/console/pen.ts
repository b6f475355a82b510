/** What every drawn line has to know. */

import pico from 'picocolors'

export interface DrawOptions {
  /** Widest line, in terminal columns. */
  readonly columns: number
  /** Most lines; default as many as there are. */
  readonly rows?: number
  readonly color: boolean
  readonly unicode: boolean
  /** Monotonic ms, on the clock of `advance`. */
  readonly now: number
}

export interface Pen extends DrawOptions {
  readonly rows: number
  readonly colors: ReturnType<typeof pico.createColors>
}

export function pen(options: DrawOptions): Pen {
  return { ...options, columns: Math.max(0, Math.floor(options.columns)), rows: options.rows ?? Infinity, colors: pico.createColors(options.color) }
}
