/** Undoes gzip and zstd while the bytes arrive. */

import { pipeline, Readable, type Duplex } from 'node:stream'
import zlib from 'node:zlib'
import { ChimeraError } from '../stage/index.js'
import type { Artifact } from './artifact.js'

type Compression = NonNullable<Artifact['compression']>

/** The magic bytes with which each begins. */
const MAGIC: readonly (readonly [Compression, Buffer])[] = [
  ['gzip', Buffer.from([0x1f, 0x8b])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
]

/** zstd came to Node with 22.15 and 23.8; the types of Node 20 do not know it. */
const { createZstdDecompress } = zlib as typeof zlib & { createZstdDecompress?: () => Duplex }

/**
 * Gives the content of `bytes`. What the name does not tell, the first bytes do. Bounded: no more is decompressed than the
 * reader takes, whatever the ratio.
 *
 * @throws {ChimeraError} `UNREADABLE` when the compressed data is cut short, after everything before the cut was given, or
 * damaged, after everything but the last 16 KiB before the damage; and for zstd where this Node has none.
 */
export async function* decompress(
  bytes: AsyncIterable<Buffer>,
  name: string,
  compression: Compression | undefined,
): AsyncGenerator<Buffer> {
  if (compression) {
    yield* inflate(bytes, name, compression)
    return
  }
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    const head = await readHead(iterator)
    const found = MAGIC.find(([, magic]) => head.subarray(0, magic.length).equals(magic))?.[0]
    const whole = withHead(head, iterator)
    if (found) yield* inflate(whole, name, found)
    else yield* whole
  } finally {
    await iterator.return?.()
  }
}

/** At least as many bytes as the longest magic has, if there are so many. */
async function readHead(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await iterator.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
    if (head.length > 0 && !MAGIC.some(([, magic]) => magic[0] === head[0])) break
  }
  return head
}

async function* withHead(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
}

async function* inflate(bytes: AsyncIterable<Buffer>, name: string, compression: Compression): AsyncGenerator<Buffer> {
  const decoder = compression === 'gzip' ? zlib.createGunzip() : zstdDecoder(name)
  pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 1 }), decoder, () => undefined)
  try {
    for await (const chunk of decoder) yield chunk as Buffer
  } catch (error) {
    // An error ends the loop at once; what had been decoded before it still stands in the buffer.
    for (let rest = decoder.read() as Buffer | null; rest; rest = decoder.read() as Buffer | null) yield rest
    if (error instanceof ChimeraError) throw error
    const found = error instanceof Error ? error.message : String(error)
    throw new ChimeraError('UNREADABLE', `expected whole ${compression} data in ${name}, but it is cut short or damaged (${found}): get the file again`, {
      cause: error,
    })
  }
}

function zstdDecoder(name: string): Duplex {
  if (createZstdDecompress) return createZstdDecompress()
  throw new ChimeraError(
    'UNREADABLE',
    `expected to decompress ${name} (zstd), but Node ${process.versions.node} cannot: use Node 22.15 or later, or unpack it with zstd -d`,
  )
}
