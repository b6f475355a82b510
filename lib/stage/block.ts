/** A batch whose items are made only when somebody reads them one by one. */

/**
 * What is behind a block (columns of a table, say) can be used without its items being made: a step that knows the kind of block
 * takes it in `writeBlock`, every other step and every reader at a stream's edge gets the items. `items()` gives the same, in
 * the same order, whenever it is called; nothing is kept of it, so a reader calls it once.
 */
export abstract class Block<T> implements Iterable<T> {
  /** How many items there are; known without making them. */
  abstract readonly length: number

  abstract items(): readonly T[]

  [Symbol.iterator](): Iterator<T> {
    return this.items()[Symbol.iterator]()
  }
}

export type Batch<T> = readonly T[] | Block<T>

export function itemsOf<T>(batch: Batch<T>): readonly T[] {
  return batch instanceof Block ? batch.items() : batch
}
