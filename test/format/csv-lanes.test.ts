import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { CellBlock } from '../../lib/format/cell-block.js'
import { csv } from '../../lib/format/index.js'
import { collect } from './support/collect.js'
import { laneOf, type Lane } from './support/lanes.js'
import { corpus } from '../support/paths.js'

const lane = (bytes: Uint8Array, which: 'fast' | 'compatible', size: number): Lane => laneOf(csv('x.csv', { lane: which, recordLimit: 4000 }), bytes, size)

const plainRows = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `${from + at},"m,""${at % 3}""",${at / 4},text ${at % 5}\n`).join('')

t.test('plain rows are scanned, and are what csv-parse makes of them', async (t) => {
  const bytes = Buffer.from(`run,model,ttft_s,note\n${plainRows(500)}`)
  const fast = lane(bytes, 'fast', 1000)
  t.ok(fast.scanned > 400, `${fast.scanned} of 500 rows were scanned`)
  t.strictSame(fast.events, lane(bytes, 'compatible', 1000).events)
  t.equal(lane(bytes, 'compatible', 1000).scanned, 0)
})

t.test('a row that is not plain costs the scan no other row', async (t) => {
  for (const odd of ['8,"broken"x,1,y\n', '8,bro"ken,1,y\n', '8,open "quote,1,"\n', '8,a,1\n', '8,a,1,b,c\n', '\n', '# note: 5\n', '# ctx: 7\n', 'run,model,ttft_s,note\n', 'a,b,c\n', ',,,\n', '8,a,n/a,b\n', '8,"two\nlines",1,b\n', '8,a,1,b\r\n', 'only\n', 'n/a,x,1,y\n', '8,"never closed,1,y\n']) {
    const bytes = Buffer.from(`run,model,ttft_s,note\n${plainRows(200)}${odd}${plainRows(300, 200)}`)
    for (const size of [64, 999, 100_000]) {
      const fast = lane(bytes, 'fast', size)
      t.strictSame(fast.events, lane(bytes, 'compatible', size).events, `${JSON.stringify(odd)} in chunks of ${size}`)
      t.ok(fast.scanned > 200, `${fast.scanned} rows were scanned around ${JSON.stringify(odd)}`)
    }
  }
})

t.test('a long chunk gives blocks that are no larger than others', async (t) => {
  const bytes = Buffer.from(`run,model,ttft_s,note\n${plainRows(40_000)}`)
  const sizes: number[] = []
  const step = csv('x.csv')
  for (const batch of [...(step.write([bytes]) as Iterable<Iterable<unknown>>), ...((step.end?.() ?? []) as Iterable<Iterable<unknown>>)]) if (batch instanceof CellBlock) sizes.push((batch.cells.places.at(-2) ?? 0) - (batch.cells.places[0] ?? 0))
  t.ok(sizes.length > 3 && sizes.every((size) => size <= 256 * 1024), sizes.join())
  t.strictSame(lane(bytes, 'fast', bytes.length).events, lane(bytes, 'compatible', 9999).events)
})

t.test('a row longer than a block of them', async (t) => {
  const bytes = Buffer.from(`run,model,ttft_s,note\n${plainRows(200)}7,"${'long '.repeat(80_000)}",1.5,b\n${plainRows(300, 200)}`)
  for (const size of [50_000, bytes.length]) {
    const fast = laneOf(csv('x.csv'), bytes, size)
    t.strictSame(fast.events, laneOf(csv('x.csv', { lane: 'compatible' }), bytes, size).events)
    t.ok(fast.scanned > 300)
  }
})

t.test('whatever stands between plain rows, both lanes give the same events', async (t) => {
  const cell = fc.oneof(
    fc.constantFrom('', ' ', ' x', 'x ', ' "q"', '"q" ', '1', '-2.5', '1e5', 'n/a', 'x', '"q"', '"a,b"', '"say ""it"""', '"two\nlines"', 'é', '"ü,ñ"', 'a"b', '"a"b', '"', '#', '007', '1.', '.5', '-', '12 ms', '"3"'),
    fc.integer().map(String),
    fc.string({ maxLength: 6 }).map((text) => text.replace(/\0/g, '')),
  )
  const row = fc.array(cell, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','))
  const plain = fc.tuple(fc.nat(), cell, fc.double({ noNaN: true }), cell).map((cells) => cells.join(','))
  const block = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 90 }).map((count) => plainRows(count).trimEnd()), weight: 3 }, plain, row, fc.constantFrom('', '\r', '# k: v'))
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.constantFrom(',', ';', '\t'), fc.integer({ min: 1, max: 5000 }), (blocks, newline, delimiter, size) => {
      const lines = ['run,model,ttft_s,note', plainRows(70).trimEnd(), ...blocks].join('\n')
      const bytes = Buffer.from((delimiter === ',' ? lines : lines.replaceAll(',', delimiter)).replaceAll('\n', newline))
      t.strictSame(lane(bytes, 'fast', size).events, lane(bytes, 'compatible', size).events)
    }),
    { numRuns: 150 },
  )
})

t.test('cut at every byte, plain rows are the same', async (t) => {
  const bytes = Buffer.from(`run,model,ttft_s,note\n${plainRows(66)}${'7,"é, ""x""",1.5,"two\r\nlines"\r\n'.repeat(3)}8,a,2.5,b`)
  const { events } = lane(bytes, 'compatible', bytes.length)
  const from = bytes.length - 120
  for (let at = from; at < bytes.length; at += 1) {
    const step = csv('x.csv', {})
    const found = collect(step, [bytes.subarray(0, at), bytes.subarray(at)])
    if (JSON.stringify(found) !== JSON.stringify(events)) t.strictSame(found, events, `cut at ${at}`)
  }
  t.ok(events.length > 60)
})

t.test('real files', { skip: corpus() === undefined && 'no corpus here' }, async (t) => {
  const root = corpus() ?? ''
  let scanned = 0
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) => /\.(?:csv|tsv)$/.test(one))) {
    const bytes = readFileSync(path.join(root, name))
    const fast = lane(bytes, 'fast', 65_536)
    scanned += fast.scanned
    const other = lane(bytes, 'compatible', 65_536)
    if (JSON.stringify(fast.events) !== JSON.stringify(other.events)) t.strictSame(fast.events, other.events, name)
  }
  t.ok(scanned > 1000, `${scanned} rows were scanned`)
})
