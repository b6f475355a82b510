/** Everything a command touches of the world, so that a test can hand it another one. */

import type { Readable, Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly fd?: number }

export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Data only. */
  readonly stdout: Terminal
  /** For people: progress, notes, errors. */
  readonly stderr: Terminal
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Wall clock, for dates in what is written. */
  readonly date: () => Date
}
