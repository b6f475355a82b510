/** Time that passes only while everybody sleeps: several models at once take no time, and always the same figures. */

export interface VirtualClock {
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** Wakes the earliest sleeper once the event loop has nothing else to do. */
export function virtualClock(): VirtualClock {
  let time = 0
  let sleepers: { readonly due: number; readonly wake: () => void }[] = []
  let turning = false
  const turn = (quiet: number): void => {
    if (sleepers.length === 0) {
      turning = false
      return
    }
    // Whoever is between two awaits gets a few turns to reach its next sleep.
    if (quiet < 3) {
      setImmediate(turn, quiet + 1)
      return
    }
    time = Math.min(...sleepers.map(({ due }) => due))
    const woken = sleepers.filter(({ due }) => due <= time)
    sleepers = sleepers.filter(({ due }) => due > time)
    for (const { wake } of woken) wake()
    setImmediate(turn, 0)
  }
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve()
          return
        }
        const wake = () => {
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        signal?.addEventListener('abort', wake, { once: true })
        sleepers.push({ due: time + ms, wake })
        if (!turning) {
          turning = true
          setImmediate(turn, 0)
        }
      }),
  }
}
