/** From a Pull into a Readable, as fast as its reader takes and no faster. */

import type { Readable } from 'node:stream'
import { itemsOf, type Batch } from './block.js'
import { isPromise, type Pull } from './pull.js'

/** Pushes what a Pull gives until the reader is full, then waits for `resume`. */
export class Drain<Out> {
  readonly #stream: Readable
  readonly #fail: (error: unknown) => void
  #pull: Pull<Batch<Out>> | undefined
  #batch: readonly Out[] = []
  #at = 0
  #done: (() => void) | undefined
  #suspended = false
  #pending = false
  #settled: (() => void) | undefined

  constructor(stream: Readable, fail: (error: unknown) => void) {
    this.#stream = stream
    this.#fail = fail
  }

  start(pull: Pull<Batch<Out>>, done: () => void): void {
    this.#pull = pull
    this.#done = done
    this.#run()
  }

  resume(): void {
    if (!this.#suspended) return
    this.#suspended = false
    this.#run()
  }

  #run(): void {
    const stream = this.#stream
    for (;;) {
      while (this.#at < this.#batch.length) {
        if (stream.destroyed) return
        const item = this.#batch[this.#at]
        this.#at += 1
        if (!stream.push(item)) {
          this.#suspended = true
          return
        }
      }
      const pull = this.#pull
      if (!pull || stream.destroyed) return
      let result: ReturnType<typeof pull.next>
      try {
        result = pull.next()
      } catch (error) {
        this.#finish()
        this.#fail(error)
        return
      }
      if (isPromise(result)) {
        this.#pending = true
        result.then(
          (settled) => {
            this.#settle()
            if (this.#take(settled)) this.#run()
          },
          (error: unknown) => {
            this.#finish()
            this.#settle()
            this.#fail(error)
          },
        )
        return
      }
      if (!this.#take(result)) return
    }
  }

  #take(result: IteratorResult<Batch<Out>, unknown>): boolean {
    if (result.done) {
      const done = this.#done
      this.#finish()
      if (!this.#stream.destroyed) done?.()
      return false
    }
    this.#batch = itemsOf(result.value)
    this.#at = 0
    return true
  }

  #finish(): void {
    this.#pull = undefined
    this.#done = undefined
    this.#batch = []
    this.#at = 0
  }

  #settle(): void {
    this.#pending = false
    this.#settled?.()
  }

  /** Ends the iterator; resolves when its cleanup is over, but never later than the cleanup timeout. */
  async close(): Promise<void> {
    const pull = this.#pull
    if (!pull) return
    this.#finish()
    const cleanup = (async () => {
      // A generator that is waiting takes `return` only after its wait; the aborted signal ends that wait.
      if (this.#pending) await new Promise<void>((resolve) => (this.#settled = resolve))
      await pull.return?.()
    })().catch(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLEANUP_TIMEOUT_MS)
    })
    await Promise.race([cleanup, timeout])
    clearTimeout(timer)
  }
}

/** How long `destroy` waits for a source's own cleanup before it reports the stream closed, in ms. */
const CLEANUP_TIMEOUT_MS = 1000
