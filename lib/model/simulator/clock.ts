/** The simulator's time: real by default, a test's own where it is given. */

export interface SimClock {
  /** Monotonic milliseconds. */
  now(): number
  /** Comes back after so many milliseconds, or at once when the signal aborts; never throws. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const realClock: SimClock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve()
        return
      }
      const until = performance.now() + ms
      const settle = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', settle)
        resolve()
      }
      // Node counts from the start of its turn, so that a timer may fire almost a millisecond early.
      const fired = () => {
        if (performance.now() < until) timer = setTimeout(fired, 1)
        else settle()
      }
      let timer = setTimeout(fired, ms)
      signal?.addEventListener('abort', settle, { once: true })
    }),
}

/**
 * The machine's own monotonic clock, ms: two processes on one machine read the same time from it. `performance.timeOrigin` is taken
 * by each process for itself and differs between two of them by half a millisecond and more.
 */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** What to add to a stamp of `performance.now` in this process to get {@link machineTime}, ms. */
export function machineOffset(): number {
  let best = { width: Infinity, offset: 0 }
  // The narrowest of a few readings: between two calls the process may have been put aside.
  for (let turn = 0; turn < 5; turn += 1) {
    const before = performance.now()
    const machine = machineTime()
    const after = performance.now()
    if (after - before < best.width) best = { width: after - before, offset: machine - (before + after) / 2 }
  }
  return best.offset
}
