/** Runs a reader in one of its lanes. */

import { CellBlock } from '../../../lib/format/cell-block.js'
import type { FormatEvent } from '../../../lib/format/index.js'
import type { Step } from '../../../lib/stage/index.js'

export interface Lane {
  readonly events: readonly FormatEvent[]
  /** Rows that came as places in the bytes. */
  readonly scanned: number
}

/** The bytes come in chunks of `size`. */
export function laneOf(step: Step<Uint8Array, FormatEvent>, bytes: Uint8Array, size: number): Lane {
  const events: FormatEvent[] = []
  let scanned = 0
  const take = (batches: ReturnType<typeof step.write>) => {
    for (const batch of batches as Iterable<Iterable<FormatEvent>>) {
      if (batch instanceof CellBlock) scanned += batch.length
      events.push(...batch)
    }
  }
  for (let at = 0; at < bytes.length; at += size) take(step.write([bytes.subarray(at, at + size)]))
  take(step.end?.() ?? [])
  return { events, scanned }
}
