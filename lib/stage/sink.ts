/** A Writable that hands items to a function, for the end of a pipeline. */

import { Writable } from 'node:stream'

/** `take` is called once per item, in order; a promise it returns is waited for, and what it throws fails the pipeline. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names the item for the caller, as Node's streams cannot
export function sink<T>(take: (item: T) => void | Promise<void>, options: { highWaterMark?: number } = {}): Writable {
  return new Writable({
    objectMode: true,
    highWaterMark: options.highWaterMark ?? 256,
    write(item: T, _encoding, callback) {
      try {
        const taken = take(item)
        if (taken) taken.then(() => callback(), callback)
        else callback()
      } catch (error) {
        callback(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}
