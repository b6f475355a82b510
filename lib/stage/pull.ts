/** An iterator that is synchronous as long as it can be: `next` gives a result, or a promise where it must wait. */

import type { Batch } from './block.js'
import type { Batches } from './step.js'

export interface Pull<T> {
  next(): IteratorResult<T, unknown> | Promise<IteratorResult<T, unknown>>
  return?(): unknown
}

/** A source of batches that hands out its own Pull, used by fused steps to stay synchronous. */
export const PULL: unique symbol = Symbol('chimera.pull')

export interface Pullable<T> {
  [PULL](): Pull<Batch<T>>
}

export function pullOf<T>(batches: Batches<T>): Pull<Batch<T>> {
  if (PULL in batches) return (batches as unknown as Pullable<T>)[PULL]()
  if (Symbol.iterator in batches) return batches[Symbol.iterator]()
  return batches[Symbol.asyncIterator]()
}

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null)?.then === 'function'
}
