/** Proves that a stage stops when its reader stops: what it takes in stays bounded, whatever waits in front of it. */

import { Readable, type Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

export interface Stopped {
  /** Items the endless source gave before everything came to rest. */
  taken: number
  /** Items read before the reader stopped. */
  read: number
}

/**
 * Puts an endless source in front of `stage`, reads `readItems` of its output, stops, and lets the event loop run dry.
 * The stage is destroyed afterwards.
 */
export async function stopsReading(
  stage: Duplex,
  makeItem: (index: number) => unknown,
  options: { readItems?: number; limit?: number } = {},
): Promise<Stopped> {
  const { readItems = 1, limit = 100_000 } = options
  let taken = 0
  const endless = new Readable({
    objectMode: true,
    read() {
      // A stage that never says "full" would swallow the limit; the test then sees it in `taken`.
      if (taken >= limit) this.push(null)
      else this.push(makeItem(taken++))
    },
  })
  endless.pipe(stage)
  let read = 0
  while (read < readItems) {
    if (stage.read() === null) await setImmediate()
    else read += 1
    if (taken >= limit) break
  }
  // The event loop has come to rest when a few turns in a row took nothing more.
  for (let quiet = 0, before = taken; quiet < 10; before = taken) {
    await setImmediate()
    quiet = taken === before ? quiet + 1 : 0
  }
  endless.unpipe(stage)
  endless.destroy()
  stage.destroy()
  return { taken, read }
}

/** The same for a source: reads a few items, stops; `made()` says how many it has made by then. */
export async function sourceRests(source: Readable, made: () => number, readItems = 1): Promise<number> {
  let read = 0
  while (read < readItems) {
    if (source.read() === null) await setImmediate()
    else read += 1
  }
  for (let quiet = 0, before = made(); quiet < 10; before = made()) {
    await setImmediate()
    quiet = made() === before ? quiet + 1 : 0
  }
  source.destroy()
  return made()
}
