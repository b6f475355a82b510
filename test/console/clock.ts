/** A clock that tests move, with the timers that hang on it. */

import type { Scheduler } from '../../lib/console/painter.js'

export class TestClock implements Scheduler {
  #time = 0
  readonly #timers = new Set<{ run: () => void; at: number }>()

  readonly now = (): number => this.#time

  set(run: () => void, ms: number): unknown {
    const timer = { run, at: this.#time + ms }
    this.#timers.add(timer)
    return timer
  }

  clear(timer: unknown): void {
    this.#timers.delete(timer as { run: () => void; at: number })
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.size
  }

  /** Moves on by `ms` and runs what falls due, in order. */
  pass(ms: number): void {
    const end = this.#time + ms
    for (;;) {
      const [next] = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#timers.delete(next)
      this.#time = Math.max(this.#time, next.at)
      next.run()
    }
    this.#time = end
  }
}
