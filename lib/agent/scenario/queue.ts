/** Hands what several answers give to one reader, in the order it came; the answers never wait for the reader. */

export interface Queue<T> extends AsyncIterable<T> {
  push(item: T): void
  /** What was pushed is still read; then the reader's loop ends, or throws `error`. */
  end(error?: Error): void
}

/** Bounded by what is put in: two answers of at most the kept length. For one reader. */
export function queue<T>(): Queue<T> {
  let waiting: T[] = []
  let ended: { readonly error?: Error } | undefined
  let wake: () => void = () => undefined
  return {
    push(item) {
      waiting.push(item)
      wake()
    },
    end(error) {
      ended = error === undefined ? {} : { error }
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const items = waiting
        waiting = []
        yield* items
        if (waiting.length > 0) continue
        if (ended) {
          if (ended.error !== undefined) throw ended.error
          return
        }
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
