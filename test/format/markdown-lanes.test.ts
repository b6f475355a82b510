/** Rows that are scanned are what remark makes of them, wherever they stand and however the bytes come. */

import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { markdown, type FormatEvent } from '../../lib/format/index.js'
import { corpus } from '../support/paths.js'
import { laneOf, type Lane } from './support/lanes.js'
import { document, HEAD, plainRows } from './support/markdown-documents.js'

const lane = (bytes: Uint8Array, which: 'fast' | 'compatible', size = 65_536): Lane => laneOf(markdown('x.md', { lane: which }), bytes, size)

t.test('plain rows are scanned, and are what remark makes of them', async (t) => {
  const bytes = Buffer.from(`${HEAD}${plainRows(300)}\nRuns: 300\n`)
  const compatible = lane(bytes, 'compatible')
  t.equal(compatible.scanned, 0)
  t.match(compatible.events[1], { type: 'row', cells: ['m-0', '0', 'text 0'], columns: [3, 9, 13], line: 5 })
  for (const size of [64, 999, 100_000]) {
    const fast = lane(bytes, 'fast', size)
    t.ok(fast.scanned > 280, `${fast.scanned} of 300 rows were scanned`)
    t.strictSame(fast.events, compatible.events, `in chunks of ${size}`)
  }
})

t.test('a row that is not plain costs the scan no other row', async (t) => {
  const odd = ['| [a](b) | 1 | x |', '| a | 1 |', '| a | 1 | x | y |', '| a | 1 | x', 'a | 1 | x |', '| **a** | **b** | **c** |', '| **b** | **b** |\n| a | 1 | x |', '| **a** | **b** | `c` |', '| a\\|b | 1 | x |', '| `a|b` | 1 | x |', '| *a* | _1_ | ~~x~~ |', '| &amp; | < 5 | <b>x</b> |', '|  |  |  |', '|||', '| |1| |', '|a|**1**|`x`|', '| ~5 | ~6 | ~7~8~ |', '| a_b | _a | b_ |', '| é漢字 | 🎉 | µs |', '| \u00a0a\u00a0 | \u2003 | – |', '| `é` | **ü** | ` x ` |', '| \t1 | 2\t| 3 |', '| - | -- | --- |', '|-|-|-|', '| : | :-: | - |', '| ** a** | ** | **** |', '| **a*b** | 2 * 3 | `` a ` b `` |', '| www.a.b | http://x.y/z | a@b.cd |', '   | a | 1 | x |', '    | a | 1 | x |', '| x | 1 | <!-- c --> |', `| ${'long '.repeat(2000)} | 1 | x |`, `| ${'`c` '.repeat(600)} | 1 | x |`]
  for (const row of odd) {
    for (const end of ['\n', '\r\n']) {
      const bytes = Buffer.from(`${HEAD}${plainRows(90)}${row}\n${plainRows(60, 90)}`.replaceAll('\n', end))
      const fast = lane(bytes, 'fast', 500)
      t.strictSame(fast.events, lane(bytes, 'compatible').events, JSON.stringify(row.slice(0, 50)))
      t.ok(fast.scanned > 50, `${fast.scanned} rows were scanned around ${row.slice(0, 50)}`)
    }
  }
})

t.test('what ends a table ends the scan', async (t) => {
  for (const below of ['', 'Text below', '## Next', '- item: 5', '> quote', '```\n| a | b | c |\n```', '---', '| x | y | z |\n| --- | --- | --- |\n| 1 | 2 | 3 |', '| 5 | 6 | 7 |\n| --- | --- | --- |\n| 1 | 2 | 3 |', '|---|---|---|', '| a | 1 | x | Text ## Heading', '<table><tr><th>a</th><th>b</th></tr><tr><td>x</td><td>1</td></tr></table>', '[a]: http://x', '<!-- c -->']) {
    const bytes = Buffer.from(`${HEAD}${plainRows(80)}${below}\n| m | 1 | x |\n| m | 2 | x |\n\n${HEAD}${plainRows(9)}`)
    for (const size of [1, 77, 100_000]) t.strictSame(lane(bytes, 'fast', size).events, lane(bytes, 'compatible', size).events, `${JSON.stringify(below)} in chunks of ${size}`)
  }
})

t.test('both lanes give the same events, whatever stands in the document', async (t) => {
  let scanned = 0
  fc.assert(
    fc.property(document, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 4000 }), (text, end, size) => {
      const bytes = Buffer.from((HEAD + text).replaceAll('\n', end))
      const fast = lane(bytes, 'fast', size)
      if (fast.scanned > 0) scanned += 1
      const other = lane(bytes, 'compatible').events
      const at = fast.events.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(other[index]))
      if (at >= 0 || fast.events.length !== other.length) throw new Error(`${JSON.stringify(text)}\nfast lane: ${JSON.stringify(fast.events[at])}\nremark:    ${JSON.stringify(other[at])}`)
    }),
    { numRuns: 400 },
  )
  t.ok(scanned > 100, `rows of ${scanned} documents were scanned`)
})

t.test('however the bytes are cut', async (t) => {
  const text = `${HEAD}${plainRows(3)}| é | **5** | \`c\` |\n|  | 1 | 🎉 |\n| **a** | **b** | **c** |\n| 1 | 2 | 3 |\n| x | y | z |\n| - | - | - |\n| 3 | 4 | 5 |\n\n### More\n| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |\nend\n`
  for (const end of ['\n', '\r\n']) {
    const bytes = Buffer.from(text.replaceAll('\n', end))
    const whole = lane(bytes, 'compatible').events
    for (let at = 0; at <= bytes.length; at += 1) {
      const step = markdown('x.md')
      const events = [...step.write([bytes.subarray(0, at), bytes.subarray(at)]) as Iterable<Iterable<FormatEvent>>, ...((step.end?.() ?? []) as Iterable<Iterable<FormatEvent>>)].flatMap((batch) => [...batch])
      if (JSON.stringify(events) !== JSON.stringify(whole)) t.strictSame(events, whole, `cut at byte ${at}`)
    }
    t.strictSame(lane(bytes, 'fast', 1).events, whole, 'one byte a chunk')
  }
})

t.test('bytes that are no UTF-8 are left to the other lane', async (t) => {
  const bytes = Buffer.concat([Buffer.from(`${HEAD}${plainRows(5)}| a`), Buffer.from([0xe9]), Buffer.from(` | 1 | x |\n${plainRows(5)}`)])
  const fast = lane(bytes, 'fast')
  t.strictSame(fast.events, lane(bytes, 'compatible').events)
  t.equal(fast.scanned, 9, 'the rows around it are scanned, but the last')
})

const root = corpus()
t.test('the corpus', { skip: root ? false : 'no corpus' }, async (t) => {
  let scanned = 0
  const files = readdirSync(root ?? '', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  for (const name of files) {
    const bytes = readFileSync(path.join(root ?? '', name))
    const fast = lane(bytes, 'fast', 4096)
    scanned += fast.scanned
    if (JSON.stringify(fast.events) !== JSON.stringify(lane(bytes, 'compatible').events)) t.strictSame(fast.events, lane(bytes, 'compatible').events, name)
  }
  t.ok(scanned > 300, `${scanned} rows of ${files.length} files were scanned`)
})

const child = fileURLToPath(new URL('support/markdown-endless.js', import.meta.url))
t.test('a document of any length takes the memory of a short one', async (t) => {
  for (const [kind, megabytes] of Object.entries({ table: 24, sections: 12, paragraph: 24, line: 24, fence: 24, blank: 4, links: 24 })) {
    const heap = Number(execFileSync(process.execPath, ['--max-old-space-size=64', child, kind, String(megabytes)], { encoding: 'utf8' }))
    // What is young may take three times 16 MB beside that.
    t.ok(heap > 0 && heap < 64 + 48, `${kind}: ${heap} MB`)
  }
})
