/** The hash by which a file's records are known again, before the file is read to its end. */

import { createHash } from 'node:crypto'

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
}

/** Reads from `chunks` until the head is complete; the rest stays in the iterator. */
export async function hashHead(chunks: AsyncIterator<Uint8Array, undefined>): Promise<HashedHead> {
  const hash = createHash('sha256')
  const kept: Uint8Array[] = []
  let size = 0
  while (size < HASHED_FOR_IDS) {
    const { value } = await chunks.next()
    if (value === undefined) return { chunks: kept, id: short(hash.digest('hex')), complete: true }
    kept.push(value)
    // The cut falls on a byte, never on a chunk, so that chunking does not change the ids.
    hash.update(value.subarray(0, HASHED_FOR_IDS - size))
    size += value.length
  }
  return { chunks: kept, id: short(hash.digest('hex')), complete: false }
}

/** The hash of all bytes, fed one chunk at a time. */
export function wholeHash(): { update(chunk: Uint8Array): void; digest(): string } {
  const hash = createHash('sha256')
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => short(hash.digest('hex')),
  }
}

function short(hex: string): string {
  return hex.slice(0, DIGITS)
}
