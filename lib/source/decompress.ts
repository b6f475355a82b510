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
 * @throws {ChimeraError} `UNREADABLE` when the compressed data is cut short or damaged, after everything before that was given
 * (beyond 4 MiB of compressed data, all but the last 16 KiB before a damage); and for zstd where this Node has none.
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

/** Compressed bytes kept to come nearer to a damage; beyond, up to 16 KiB before it are lost. */
const KEPT_BYTES = 4 * 1024 * 1024
/** No longer than the trailer of a gzip member, so that a step which fails behind the trailer held no data. */
const SMALL_STEP = 8
/** Pieces that may have been on their way when the decoder gave up. */
const LAST_PIECES = 3

async function* inflate(bytes: AsyncIterable<Buffer>, name: string, compression: Compression): AsyncGenerator<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  async function* keeping(): AsyncGenerator<Buffer> {
    for await (const piece of bytes) {
      size += piece.length
      if (size <= KEPT_BYTES) kept.push(piece)
      else kept.length = 0
      yield piece
    }
  }
  let given = 0
  try {
    for await (const chunk of decoded(keeping(), decoderOf(compression, name))) {
      given += chunk.length
      yield chunk
    }
  } catch (error) {
    // A decoder that meets damage keeps what the last piece gave: once more, in steps so small that next to nothing is lost.
    if (size <= KEPT_BYTES && isDamage(error)) yield* behind(given, decoded(smallSteps(kept), decoderOf(compression, name)))
    if (error instanceof ChimeraError) throw error
    const found = error instanceof Error ? error.message : String(error)
    throw new ChimeraError('UNREADABLE', `expected whole ${compression} data in ${name}, but it is cut short or damaged (${found}): get the file again`, {
      cause: error,
    })
  }
}

async function* decoded(bytes: AsyncIterable<Buffer> | Iterable<Buffer>, decoder: Duplex): AsyncGenerator<Buffer> {
  pipeline(Readable.from(bytes, { objectMode: true, highWaterMark: 1 }), decoder, () => undefined)
  try {
    for await (const chunk of decoder) yield chunk as Buffer
  } catch (error) {
    // An error ends the loop at once; what had been decoded before it still stands in the buffer.
    for (let rest = decoder.read() as Buffer | null; rest; rest = decoder.read() as Buffer | null) yield rest
    throw error
  }
}

/** All of `chunks` but the first `given` bytes; ends where they break off. */
async function* behind(given: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let toSkip = given
  try {
    for await (const chunk of chunks) {
      const rest = chunk.subarray(Math.min(toSkip, chunk.length))
      toSkip -= chunk.length - rest.length
      if (rest.length > 0) yield rest
    }
  } catch (error) {
    if (!isDamage(error)) throw error
  }
}

function* smallSteps(pieces: readonly Buffer[]): Generator<Buffer> {
  for (const [index, piece] of pieces.entries()) {
    const step = index < pieces.length - LAST_PIECES ? piece.length : SMALL_STEP
    for (let at = 0; at < piece.length; at += step) yield piece.subarray(at, at + step)
  }
}

function isDamage(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' && /^Z_|^ZSTD_/.test(code)
}

function decoderOf(compression: Compression, name: string): Duplex {
  return compression === 'gzip' ? zlib.createGunzip() : zstdDecoder(name)
}

function zstdDecoder(name: string): Duplex {
  if (createZstdDecompress) return createZstdDecompress()
  throw new ChimeraError(
    'UNREADABLE',
    `expected to decompress ${name} (zstd), but Node ${process.versions.node} cannot: use Node 22.15 or later, or unpack it with zstd -d`,
  )
}
