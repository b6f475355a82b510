/** One timer for everything that is due: a thousand streams must not need a thousand timers a token. */

import type { SimClock } from './clock.js'

export interface Wheel {
  /** Runs it once at that time of the clock, or at once when it is past; gives what takes it back. */
  at(time: number, run: () => void): () => void
}

interface Entry {
  readonly time: number
  run: (() => void) | undefined
}

/** More than these at once would keep arriving requests waiting. */
const MOST_A_TURN = 512

/** A heap of what is due, and one sleep until the first of it. */
export function wheel(clock: SimClock): Wheel {
  const heap: Entry[] = []
  let sleeping: { readonly until: number; readonly wake: AbortController } | undefined

  const arm = () => {
    while (heap[0] && !heap[0].run) pop(heap)
    const first = heap[0]
    if (!first) {
      sleeping?.wake.abort()
      return
    }
    if (sleeping && sleeping.until <= first.time && !sleeping.wake.signal.aborted) return
    sleeping?.wake.abort()
    const mine = { until: first.time, wake: new AbortController() }
    sleeping = mine
    // Timers know whole milliseconds only, and a token must not leave before it is there.
    void clock.sleep(Math.max(0, Math.ceil(first.time - clock.now())), mine.wake.signal).then(() => {
      if (mine.wake.signal.aborted) return
      sleeping = undefined
      turn(mine.until)
    })
  }
  const turn = (slept: number) => {
    for (let count = 0; count < MOST_A_TURN; count += 1) {
      const first = heap[0]
      // What was slept for is due, whatever a test's clock says.
      if (!first || first.time > Math.max(slept, clock.now())) break
      pop(heap)
      first.run?.()
    }
    const next = heap[0]
    if (next && next.time <= clock.now()) setImmediate(() => turn(slept))
    else arm()
  }

  return {
    at(time, run) {
      const entry: Entry = { time, run }
      push(heap, entry)
      arm()
      return () => {
        entry.run = undefined
        if (heap[0] === entry) arm()
      }
    },
  }
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.length
  heap.push(entry)
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above]
    if (!parent || parent.time <= entry.time) break
    heap[place] = parent
    place = above
  }
  heap[place] = entry
}

function pop(heap: Entry[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let place = 0
  for (;;) {
    const left = heap[2 * place + 1]
    const right = heap[2 * place + 2]
    const child = right && left && right.time < left.time ? right : left
    if (!child || child.time >= last.time) break
    heap[place] = child
    place = child === left ? 2 * place + 1 : 2 * place + 2
  }
  heap[place] = last
}
