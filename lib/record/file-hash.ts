/** The hash by which a file's records are known again, before the file is read to its end. */

import { createHash, type Hash } from 'node:crypto'

/** Bytes kept in memory until the hash for the ids is known. */
export const HASHED_FOR_IDS = 16 * 1024 * 1024
const DIGITS = 16

export interface HashedHead {
  /** The bytes that were read to make {@link HashedHead.id}, as they came. */
  readonly chunks: readonly Uint8Array[]
  /**
   * First 16 hex of the SHA-256 of the first {@link HASHED_FOR_IDS} bytes: of the whole file unless it is larger. It depends on
   * nothing else (not on a size, which a pipe does not tell), so the same bytes give the same ids wherever they come from.
   */
  readonly id: string
  /** True when the head is the whole file. */
  readonly complete: boolean
  /** The hash of all bytes, once it is fed with those behind the head. */
  readonly whole: WholeHash
}

export interface WholeHash {
  update(chunk: Uint8Array): void
  digest(): string
}

/** Reads from `chunks` until the head is complete; the rest stays in the iterator. */
export async function hashHead(chunks: AsyncIterator<Uint8Array, undefined>): Promise<HashedHead> {
  const hash = createHash('sha256')
  const kept: Uint8Array[] = []
  let size = 0
  let beyond: Uint8Array = new Uint8Array()
  while (size < HASHED_FOR_IDS) {
    const { value } = await chunks.next()
    if (value === undefined) {
      const id = short(hash)
      // Most files are no longer: their bytes need not be hashed twice.
      return { chunks: kept, id, complete: true, whole: { update: () => undefined, digest: () => id } }
    }
    kept.push(value)
    // The cut falls on a byte, never on a chunk, so that chunking does not change the ids.
    hash.update(value.subarray(0, HASHED_FOR_IDS - size))
    beyond = value.subarray(HASHED_FOR_IDS - size)
    size += value.length
  }
  const whole = hash.copy().update(beyond)
  return { chunks: kept, id: short(hash), complete: false, whole: { update: (chunk) => void whole.update(chunk), digest: () => short(whole) } }
}

function short(hash: Hash): string {
  return hash.digest('hex').slice(0, DIGITS)
}
