/** A reader that pushes its events, as a step: one batch for each chunk that gave any. */

import type { Step } from '../stage/index.js'
import type { FormatEvent } from './event.js'

export interface PushReader {
  /** `undefined`: no more bytes come, what is held back goes out. */
  readonly write: (chunk: Uint8Array | undefined, out: FormatEvent[]) => void
  /** After the last write. */
  readonly end: (out: FormatEvent[]) => void
}

export function batched({ write, end }: PushReader): Step<Uint8Array, FormatEvent> {
  return {
    *write(batch) {
      for (const chunk of batch) {
        const out: FormatEvent[] = []
        write(chunk, out)
        if (out.length > 0) yield out
      }
    },
    *end() {
      const out: FormatEvent[] = []
      write(undefined, out)
      end(out)
      if (out.length > 0) yield out
    },
  }
}
