/** The walk cuts in the bytes what stream-json reads token by token: both must say the same of any bytes. */

import fc from 'fast-check'
import t from 'tap'
import { json, largeJson, type FormatEvent, type ValueFound } from '../../lib/format/index.js'
import { walkJson, type WalkOptions } from '../../lib/format/json-walk.js'
import { collect, cutEverywhere, plain, pointersOf, read } from './support/collect.js'

const walked = (bytes: Uint8Array, options: WalkOptions = {}) => read(() => walkJson('x.json', options), bytes)

/** Without places: those of elements only the walk knows. A line end is what stream-json and editors do not agree about. */
function told(events: readonly FormatEvent[]): unknown[] {
  return plain(events).map((event) => {
    return { ...(event as object), places: undefined, line: undefined, column: undefined }
  })
}

const key = fc.oneof(fc.constantFrom('a', 'b', 'results', 'é', '__proto__', 'a"b\\', ''), fc.string({ maxLength: 5 }))
const leaf = fc.oneof(
  fc.constantFrom(0, -0, 1e21, 5e-324, 12345678901234567890, true, false, null, '', '\u2028', '\ud83c\udf89', 'a\tb', '}],{['),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
}))
const rows = fc.array(fc.dictionary(key, leaf, { maxKeys: 5 }), { maxLength: 6 })
const document = fc.oneof(anyValue, rows, fc.record({ meta: leaf, results: rows, sub: fc.record({ runs: rows, more: anyValue }), end: anyValue }))
const written = fc
  .record({ document, indent: fc.constantFrom('', ' ', '\t', '  '), newline: fc.constantFrom('\n', '\r\n'), around: fc.constantFrom('', '\n', ' \r\n\t') })
  .map(({ document: value, indent, newline, around }) => around + JSON.stringify(value, null, indent).replaceAll('\n', newline) + around)
const damage = fc.record({ at: fc.nat(), drop: fc.nat({ max: 3 }), put: fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '\n', 'x', '1', '.', 'e', '-', 'tru', 'NaN', '\\u12', '\u0001', '"a"', '/*', ' ') })

/** The same between the characters: of bytes that are no UTF-8 only the walk knows the places. */
function changed(text: string, changes: readonly { at: number; drop: number; put: string }[]): Buffer {
  let all = Array.from(text)
  for (const { at, drop, put } of changes) all = all.toSpliced(at % (all.length + 1), drop, put)
  return Buffer.from(all.join(''))
}

function damaged(text: string, changes: readonly { at: number; drop: number; put: string }[]): Buffer {
  let bytes = Buffer.from(text)
  for (const { at, drop, put } of changes) {
    const from = at % (bytes.length + 1)
    bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from(put), bytes.subarray(from + drop)])
  }
  return bytes
}

t.test('the same events as token by token', async (t) => {
  const limits = fc.constantFrom<WalkOptions>({}, { partLimit: 0 }, { partLimit: 12 }, { heldLimit: 6 })
  fc.assert(
    fc.property(written, fc.array(damage, { maxLength: 2 }), limits, (text, changes, options) => {
      const bytes = changed(text, changes)
      const [fast, slow] = [told(walked(bytes, options)), told(read(() => largeJson('x.json', options), bytes))]
      // A word that is wrong in the last bytes of a document stream-json takes for one that is cut.
      const [one, other] = [fast.at(-1), slow.at(-1)] as { code?: string; byte?: number }[]
      const cut = one?.code === 'broken-json' && other?.code === 'truncated-json'
      // Of a word that runs into something else, as in `[1, null"a"]`, stream-json takes what it knows, and stops behind it; the walk stops before it.
      if (one?.code === 'broken-json' && other?.code === 'broken-json' && one.byte !== other.byte) {
        t.match(bytes.subarray(one.byte, other.byte).toString(), /^[-+.\w]+$/, 'it stops at the beginning of the word')
        const whole = Math.min(fast.length, slow.length) - 2
        t.strictSame(fast.slice(0, Math.max(0, whole)), slow.slice(0, Math.max(0, whole)))
        return
      }
      t.strictSame(cut ? fast.slice(0, -1) : fast, cut ? slow.slice(0, -1) : slow)
    }),
    { numRuns: 1500 },
  )
})

t.test('it does not matter how the bytes are cut', async (t) => {
  fc.assert(
    fc.property(written, fc.array(damage, { maxLength: 1 }), fc.constantFrom<WalkOptions>({}, { partLimit: 12 }), (text, changes, options) => {
      const bytes = damaged(text, changes)
      if (bytes.length > 150) return
      const make = () => walkJson('x.json', options)
      const whole = JSON.stringify(plain(read(make, bytes)))
      cutEverywhere(make, bytes, (events, how) => {
        if (JSON.stringify(events) !== whole) t.fail(`${how}: ${JSON.stringify(events)} instead of ${whole}`)
      })
    }),
    { numRuns: 100 },
  )
  t.pass('as it came')
})

t.test('elements stand where they stand in a document that is read whole', async (t) => {
  fc.assert(
    fc.property(written, (text) => {
      const bytes = Buffer.from(text)
      const [whole] = read(() => json('x.json'), bytes) as ValueFound[]
      for (const element of walked(bytes) as ValueFound[]) {
        if (element.pointer === '') continue
        for (const pointer of pointersOf(element.value, element.pointer)) check(element.place(pointer), whole?.place(pointer), pointer)
      }
    }),
    { numRuns: 400 },
  )
  t.pass('everywhere')
})

function check(found: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (one !== other) throw new Error(`${what}: found ${one}, expected ${other}`)
}

t.test('a part that is too long for the walk', async (t) => {
  const text = `{"run": 7,\n "results": [{"a": "${'x'.repeat(50)}"},\n{"a": [1, 2, oops]}]}`
  const all = walked(Buffer.from(text), { partLimit: 20 })
  t.match(plain(all), [
    { pointer: '/results/0', places: { '/results/0': 'unknown' } },
    { pointer: '/results/1', value: { a: [1, 2] } },
    { pointer: '', value: { run: 7 } },
    { code: 'broken-json', line: 3, column: 14, byte: text.indexOf('oops') },
  ])
})

t.test('a long line is measured once', async (t) => {
  const step = walkJson('x.json')
  const chunk = Buffer.from('{"é": 1.50},'.repeat(2000))
  const events = collect(step, [Buffer.from('['), ...Array.from({ length: 20 }, () => chunk), Buffer.from('{"é": 2}]')]) as ValueFound[]
  const last = events.at(-1)
  t.equal(events.length, 40_001)
  t.strictSame(last?.place(`${last.pointer}/é`), { line: 1, column: 480_008, byte: 520_008, end: 520_009, number: '2' })
})
