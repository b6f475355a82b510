/**
 * A process of its own, for its garbage is collected on demand: sums up a long table, and prints how many chunks there were and how many
 * of them are still in memory. The first 16 MiB, which wait for the ids that are made of them, are not counted.
 */

import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { fuse, records, summary, type Artifact } from '../../../lib/index.js'

const PROMPT = 'words that make the row long '.repeat(14)
const chunks: WeakRef<ArrayBufferLike>[] = []
let kept = 0
let size = 0

async function* table(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('run_name,nickname,user_id,ttft_s,tokens_s,prompt\n')
  for (let chunk = 0; chunk < 60; chunk += 1) {
    const text = Array.from({ length: 1500 }, (_, row) => `r${row % 7},nick of ${chunk}-${row},${chunk * 1500 + row},${(chunk * 37 + row) % 1000},${(row * 13) % 900},${PROMPT}\n`).join('')
    // Not from the pool, which many share.
    const bytes = new Uint8Array(Buffer.byteLength(text))
    new TextEncoder().encodeInto(text, bytes)
    size += bytes.length
    if (size > 16 * 1024 * 1024) chunks.push(new WeakRef(bytes.buffer))
    yield bytes
    await setImmediate()
  }
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.()
    await setImmediate()
  }
  kept = chunks.filter((chunk) => chunk.deref() !== undefined).length
}

const artifact: Artifact = { type: 'artifact', name: 'long.csv', format: 'csv', open: table }
const stages = fuse(records(), summary({ by: ['run_name'] }))
Readable.from([artifact]).pipe(stages)
let rows = 0
for await (const item of stages) if ((item as { type?: string }).type === 'summary') rows += 1
process.stdout.write(JSON.stringify({ kept, chunks: chunks.length, rows }))
