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
      const settle = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', settle)
        resolve()
      }
      const timer = setTimeout(settle, ms)
      signal?.addEventListener('abort', settle, { once: true })
    }),
}
