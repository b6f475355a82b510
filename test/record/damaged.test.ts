/** Files that cannot be read to their end. */

import { gzipSync } from 'node:zlib'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { artifacts } from '../../lib/source/index.js'
import type { Artifact } from '../../lib/source/artifact.js'
import { brief, read, textFile } from './read.js'

function breaking(text: string, cut: number): Artifact {
  return {
    ...textFile('x.csv', text),
    async *open() {
      const bytes = new TextEncoder().encode(text)
      for (let from = 0; from < bytes.length; from += cut) yield bytes.subarray(from, from + cut)
      throw new Error('the disk is gone')
    },
  }
}

t.test('a read error half-way costs the rest of the file, and half a line, no more', async (t) => {
  for (const cut of [1000, 40]) {
    const { records, problems, files } = await read([breaking('model,ttft_s\na,0.5\nb,1.25\nc,1.5', cut), textFile('y.csv', 'model,ttft_s\nd,9\n')])
    t.strictSame(records.map(brief), ['ttft value 0.5 s', 'ttft value 1.25 s', 'ttft value 9 s'])
    t.strictSame(problems.map(({ code, file }) => [file, code]), [['x.csv', 'unreadable']])
    t.match(problems[0]?.message, /disk is gone/)
    t.match(files[0], { records: 2, problems: 1, verdict: 'rejected', hash: undefined })
  }
})

t.test('a file of which nothing can be read is one problem', async (t) => {
  const { records, problems } = await read([breaking('', 10)])
  t.strictSame(records, [])
  t.strictSame(problems.map(({ code }) => code), ['unreadable'])
})

t.test('damaged gzip gives the rows before the damage', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'damaged-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const rows = Array.from({ length: 20_000 }, (_, at) => `m${at % 7},${at * 7919 % 10_007 + 1}`)
  const whole = gzipSync(`model,ttft_ms\n${rows.join('\n')}\n`)
  const damaged = Buffer.from(whole)
  damaged.fill(0xa5, whole.length - 2000)
  const cases: readonly (readonly [string, Buffer, number])[] = [
    ['cut.csv.gz', whole.subarray(0, whole.length - 2000), 15_000],
    ['damaged.csv.gz', damaged, 15_000],
    ['trailing.csv.gz', Buffer.concat([whole, Buffer.from('and some more')]), 20_000],
    ['small.csv.gz', Buffer.concat([gzipSync('model,ttft_s\na,0.5\nb,0.25\n'), Buffer.from('xx')]), 2],
  ]
  for (const [name, bytes, least] of cases) {
    const path = join(folder, name)
    await writeFile(path, bytes)
    const found: Artifact[] = []
    for await (const item of artifacts([path])) if (item.type === 'artifact') found.push(item)
    const { records, problems } = await read(found)
    t.ok(records.length >= least, `${name}: ${records.length} records`)
    t.equal(problems.at(-1)?.code, 'unreadable')
    // Damaged bits may unpack to other text before anybody can tell.
    if (name.startsWith('damaged') || name.startsWith('small')) continue
    t.equal(problems.length, 1)
    t.equal(records.at(-1)?.raw.text, rows[records.length - 1]?.split(',')[1], 'the last row is a whole one')
  }
})
