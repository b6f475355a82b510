/** Time that passes only when everybody waits: concurrent runs take none of ours, and come out the same every time. */

import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../lib/bench/load.js'

export interface VirtualClock extends Clock {
  /** Lets time pass until the work is over. */
  drive<T>(work: Promise<T>): Promise<T>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export function virtualClock(start = 1000): VirtualClock {
  let time = start
  let sleepers: Sleeper[] = []
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve()
          return
        }
        const abort = () => {
          sleepers = sleepers.filter((one) => one !== sleeper)
          resolve()
        }
        const wake = () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        }
        const sleeper = { at: time + Math.max(0, ms), wake }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', abort)
      }),
    async drive(work) {
      let over = false
      const settled = work.finally(() => (over = true))
      settled.catch(() => undefined)
      for (let turns = 0; !over; turns += 1) {
        // One turn of the event loop lets everything run that can.
        await setImmediate()
        const next = sleepers.reduce<Sleeper | undefined>((least, one) => (least === undefined || one.at < least.at ? one : least), undefined)
        if (next === undefined) {
          if (turns > 100_000) throw new Error('nobody waits for time, and the work does not end')
          continue
        }
        turns = 0
        sleepers = sleepers.filter((one) => one !== next)
        time = Math.max(time, next.at)
        next.wake()
      }
      return settled
    },
  }
}
