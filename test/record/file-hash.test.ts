import { createHash } from 'node:crypto'
import t from 'tap'
import { HASHED_FOR_IDS, hashHead } from '../../lib/record/file-hash.js'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

/** Hashes as a reader does: the head first, then the rest. */
async function hashes(bytes: Uint8Array, chunk: number): Promise<{ id: string; whole: string; complete: boolean; kept: number }> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) => bytes.subarray(at * chunk, (at + 1) * chunk))
  const chunks = (async function* (): AsyncGenerator<Uint8Array, undefined> {
    yield* pieces
    return undefined
  })()
  const head = await hashHead(chunks)
  for await (const piece of chunks) head.whole.update(piece)
  return { id: head.id, whole: head.whole.digest(), complete: head.complete, kept: head.chunks.reduce((sum, piece) => sum + piece.length, 0) }
}

t.test('a file up to the limit has one hash', async (t) => {
  const bytes = Buffer.from('model,ttft_s\na,0.25\n')
  for (const chunk of [1, 7, 100]) t.same(await hashes(bytes, chunk), { id: hashOf(bytes), whole: hashOf(bytes), complete: true, kept: bytes.length })
  t.same(await hashes(Buffer.alloc(0), 1), { id: hashOf(Buffer.alloc(0)), whole: hashOf(Buffer.alloc(0)), complete: true, kept: 0 })
})

t.test('a longer one is known by its beginning, and hashed to its end', async (t) => {
  for (const more of [0, 1, 100_000]) {
    const bytes = Buffer.alloc(HASHED_FOR_IDS + more, 'abcdefg')
    for (const chunk of [1 << 16, 100_003, HASHED_FOR_IDS, HASHED_FOR_IDS + more]) {
      const found = await hashes(bytes, chunk)
      t.equal(found.id, hashOf(bytes.subarray(0, HASHED_FOR_IDS)), `${more} more, by ${chunk}`)
      t.equal(found.whole, hashOf(bytes))
      t.equal(found.complete, false)
    }
  }
})
