/** Lines that fit a template are scanned: their events must be those of JSON.parse, line by line. */

import fc from 'fast-check'
import t from 'tap'
import { ndjson } from '../../lib/format/index.js'
import { JsonBlock } from '../../lib/format/json-block.js'
import { cutEverywhere, plain, read } from './support/collect.js'

const fast = (bytes: Uint8Array) => plain(read(() => ndjson('x'), bytes))
const compatible = (bytes: Uint8Array) => plain(read(() => ndjson('x', { lane: 'compatible' }), bytes))

function check(found: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (one !== other) throw new Error(`${what}: found ${one}, expected ${other}`)
}

const value = fc.oneof(
  fc.constantFrom('0', '-0', '7', '-1.50', '1e3', '1E-2', '12345678901234567890', '0.1e+5', 'true', 'false', 'null', '""', '"é"', '"a\\"b\\\\"', '"\\u00e9\\n"', '"}\\t{"'),
  fc.integer().map(String),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text)),
)
/** What JSON is not, or not alone on its line. */
const odd = fc.constantFrom('01', '1.', '.5', '-', '+1', '1e', 'NaN', 'tru', 'nul', '"\\x"', '"\\u12"', '"open', '[1]', '{"a":1}', '', '1 2', '"\t"', '\ud800')
const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'é', 'a"', '', '__proto__', 'long name'), { minLength: 1, maxLength: 4 })
const block = fc.record({ keys, rows: fc.array(fc.array(fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: odd }), { minLength: 4, maxLength: 4 }), { maxLength: 8 }), before: fc.constantFrom('', ' ', '\t', '\u001e'), after: fc.constantFrom('', '', '', ' ', ',', '\r', '}', ' {"z":1}'), space: fc.constantFrom('', ' ') })
const text = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n', '\n\n'), fc.boolean())
  .map(([blocks, newline, end]) => blocks.flatMap(({ keys: names, rows, before, after, space }) => rows.map((row) => `${before}{${names.map((name, at) => `${JSON.stringify(name)}:${space}${row[at] ?? '1'}`).join(`,${space}`)}}${after}`)).join(newline) + (end ? newline : ''))

t.test('the same values, problems and places as line by line', async (t) => {
  fc.assert(fc.property(text, (all) => check(fast(Buffer.from(all)), compatible(Buffer.from(all)), all)), { numRuns: 1500 })
  t.pass('all of them')
})

t.test('it does not matter how the bytes are cut', async (t) => {
  fc.assert(
    fc.property(text, fc.nat(), fc.constantFrom(undefined, 0xff, 0xc3), (all, at, bad) => {
      const bytes = Buffer.from(all).subarray(0, 160)
      // Bytes that are no UTF-8 go the other way, line ends and all.
      if (bad !== undefined && bytes.length > 0) bytes[at % bytes.length] = bad
      const wanted = compatible(bytes)
      check(fast(bytes), wanted, all)
      cutEverywhere(() => ndjson('x'), bytes, (events, how) => check(events, wanted, `${how} of ${all}`))
    }),
    { numRuns: 100 },
  )
  t.pass('at any byte')
})

t.test('what is alike comes in blocks', async (t) => {
  const lines = Array.from({ length: 3000 }, (_, at) => (at === 1500 ? 'no JSON' : `{"a": ${at}, "b": "x${at % 5}", "c": ${at % 2 === 0 ? 'null' : '1.5'}}`))
  const batches = [...(ndjson('x').write([Buffer.from(`${lines.join('\n')}\n`)]) as Iterable<unknown>)]
  const blocks = batches.filter((batch) => batch instanceof JsonBlock)
  t.same(blocks.map(({ length }) => length), [1024, 475, 1024, 475])
  t.same(blocks[2]?.event(3).value, { a: 1504, b: 'x4', c: null })
  t.same(blocks[2]?.event(3).place('/1503/b'), { line: 1505, column: 18, byte: lines.slice(0, 1504).join('\n').length + 18, end: lines.slice(0, 1504).join('\n').length + 22 })
})

t.test('a line that only begins like others', async (t) => {
  const bytes = Buffer.from('{"b":""}\n{"b":0},\n{"a":"x"}\n{"a":"y"}\n{"b":5}{"b":6}\n{"a":7}\n')
  check(fast(bytes), compatible(bytes), 'lines')
  t.equal(fast(bytes).length, 7)
})

t.test('kinds of lines that take turns', async (t) => {
  const lines = Array.from({ length: 400 }, (_, at) => (at % 3 === 0 ? `{"a": ${at}}` : at % 3 === 1 ? `{"b": ${at}, "c": [${at}]}` : `{"d${at}": ${at}}`))
  const bytes = Buffer.from(lines.join('\n'))
  check(fast(bytes), compatible(bytes), 'turns')
  t.equal(fast(bytes).length, 400)
})
