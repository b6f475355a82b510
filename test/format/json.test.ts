import fc from 'fast-check'
import t from 'tap'
import { json, type FormatEvent, type JsonOptions, type ValueFound } from '../../lib/format/index.js'
import { scanJson } from '../../lib/format/json-scan.js'
import type { Problem } from '../../lib/stage/index.js'
import { pointersOf, read } from './support/collect.js'

const events = (text: string, options: JsonOptions = {}) => read(() => json('x.json', options), text)
const values = (all: readonly FormatEvent[]) => all.filter((event): event is ValueFound => event.type === 'value')
const problems = (all: readonly FormatEvent[]) => all.filter((event): event is Problem => event.type === 'problem')

/** JSON text of a value with blank space wherever it may stand. */
function spaced(value: unknown, space: () => string): string {
  const around = (text: string) => `${space()}${text}${space()}`
  if (Array.isArray(value)) return around(`[${value.map((item) => spaced(item, space)).join(',') || space()}]`)
  if (typeof value === 'object' && value !== null) {
    return around(`{${Object.entries(value).map(([key, member]) => `${around(JSON.stringify(key))}:${spaced(member, space)}`).join(',') || space()}}`)
  }
  return around(JSON.stringify(value))
}

function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  let part = value
  for (const token of pointer.slice(1).split('/')) part = (part as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')]
  return part
}

const anyJson = fc.jsonValue({ maxDepth: 4 })
const anySpace = fc.infiniteStream(fc.constantFrom('', '', ' ', '\n', '\t', '\r\n  '))

t.test('the scanner reads what JSON.parse reads', async (t) => {
  fc.assert(
    fc.property(anyJson, anySpace, (value, spaces) => {
      const text = spaced(value, () => spaces.next().value as string)
      const scan = scanJson(text)
      t.strictSame(scan.found?.value, JSON.parse(text))
      t.equal(scan.error, undefined)
      t.same(scan.notes, [])
    }),
    { numRuns: 300 },
  )
})

t.test('every place is where the value stands in the bytes', async (t) => {
  fc.assert(
    fc.property(anyJson, anySpace, (value, spaces) => {
      const text = spaced(value, () => spaces.next().value as string)
      const bytes = Buffer.from(text)
      const [found] = values(events(text))
      for (const pointer of pointersOf(found?.value, '')) {
        const place = found?.place(pointer)
        if (!place) return void t.fail(`no place for ${pointer}`)
        const tail = bytes.subarray(place.byte).toString()
        // What is read from there on is the value itself.
        t.strictSame(scanJson(tail).found?.value, at(JSON.parse(text), pointer))
        const before = bytes.subarray(0, place.byte).toString().split('\n')
        t.equal(place.line, before.length)
        t.equal(place.column, (before.at(-1)?.length ?? 0) + 1)
      }
    }),
    { numRuns: 200 },
  )
})

t.test('a document that breaks off keeps everything complete, at any byte', async (t) => {
  const text = '{"a": [1, {"b": "x\\u00e9"}, true], "c": {"d": null, "e": -1.5e3}, "f": "end"}'
  for (let end = 1; end < text.length; end += 1) {
    const all = events(text.slice(0, end))
    t.same(problems(all).map((problem) => problem.code), ['truncated-json'], `cut at ${end}`)
    for (const { value } of values(all)) {
      // Each part that is there is what the whole document has in its place.
      for (const pointer of pointersOf(value, '')) {
        const part = at(value, pointer)
        if (typeof part !== 'object' || part === null) t.equal(part, at(JSON.parse(text), pointer))
      }
    }
  }
  t.same(values(events(text.slice(0, 35)))[0]?.value, { a: [1, { b: 'xé' }, true] })
})

t.test('a broken document says where, and what was expected', async (t) => {
  const all = events('{"a": 1,\n "b" 2}')
  t.same(values(all)[0]?.value, { a: 1 })
  t.match(problems(all), [{ code: 'broken-json', line: 2, column: 6, byte: 14, message: /expected ":" after the key, found "2}"/ }])
  t.match(problems(events('{"a": 01}')), [{ code: 'broken-json', column: 7 }])
  t.match(problems(events('nothing')), [{ code: 'broken-json', message: /nothing could be read/ }])
})

t.test('numbers that JSON does not have', async (t) => {
  t.strictSame(values(events('{"a": NaN, "b": [Infinity, -Infinity]}'))[0]?.value, { a: NaN, b: [Infinity, -Infinity] })
  t.same(problems(events('[NaN]')), [], 'are what some tools write, and no problem')
  t.match(problems(events('[NaNo]')), [{ code: 'broken-json' }])
})

t.test('equal keys: the last one wins, and a problem says so', async (t) => {
  const all = events('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}')
  t.same(values(all)[0]?.value, { a: 3, b: { c: 2 } })
  t.match(problems(all), [{ code: 'duplicate-key', column: 24 }, { code: 'duplicate-key', column: 33 }])
})

t.test('nesting is bounded, however deep', async (t) => {
  for (const deep of [511, 512, 513, 200_000]) {
    const all = events(`{"a": 1, "x": ${'['.repeat(deep - 1)}7${']'.repeat(deep - 1)}, "b": 2}`)
    t.match(values(all)[0]?.value, { a: 1, b: 2 })
    t.same(problems(all).map((problem) => problem.code), deep > 512 ? ['too-deep'] : [])
  }
  t.match(problems(events('['.repeat(100_000))), [{ code: 'too-deep' }, { code: 'truncated-json' }])
})

t.test('__proto__ is a key like any other', async (t) => {
  for (const text of ['{"__proto__": {"polluted": 1}}', '{"__proto__": {"polluted": 1},}', '{"__proto__": 1, "__proto__": 2}']) {
    const value = values(events(text))[0]?.value as object
    t.ok(Object.hasOwn(value, '__proto__'), text)
    t.equal(Object.getPrototypeOf(value), Object.prototype)
  }
  t.notOk('polluted' in {})
})

t.test('bytes are those of the file, whatever its encoding', async (t) => {
  const text = '{"é": ["🎉", 1]}'
  const place = (options: JsonOptions) => values(events(text, options))[0]?.place('/é/1')
  t.equal(place({ firstByte: 3 })?.byte, 3 + Buffer.byteLength('{"é": ["🎉", '))
  t.equal(place({ encoding: 'utf-16le', firstByte: 2 })?.byte, 2 + 2 * '{"é": ["🎉", '.length)
  t.equal(place({ encoding: 'latin1' })?.byte, '{"é": ["🎉", '.length)
  const long = `["${'é🎉'.repeat(5000)}", 1]`
  t.equal(values(events(long))[0]?.place('/1')?.byte, Buffer.byteLength(long) - 2)
  t.equal(values(events(long))[0]?.place('/2'), undefined, 'nothing stands there')
  t.equal(values(events(long))[0]?.place('x'), undefined, 'no pointer')
})
