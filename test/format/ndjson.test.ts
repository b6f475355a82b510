import fc from 'fast-check'
import t from 'tap'
import { ndjson, type FormatEvent, type NdjsonOptions, type ValueFound } from '../../lib/format/index.js'
import type { Problem } from '../../lib/stage/index.js'
import { collect, read } from './support/collect.js'

const events = (text: string, options: NdjsonOptions = {}) => read(() => ndjson('x.jsonl', options), text)
const values = (all: readonly FormatEvent[]) => all.filter((event): event is ValueFound => event.type === 'value').map((event) => event.value)
const problems = (all: readonly FormatEvent[]) => all.filter((event): event is Problem => event.type === 'problem')

t.test('values with their numbers and places', async (t) => {
  const [first, second] = events('{"é": 1}\n\n{"b": [2]}').filter((event): event is ValueFound => event.type === 'value')
  t.equal(first?.pointer, '/0')
  t.same(first?.place('/0/é'), { line: 1, column: 7, byte: 7, end: 8, number: '1' })
  t.equal(second?.pointer, '/1')
  t.same(second?.place('/1/b/0'), { line: 3, column: 8, byte: 18, end: 19, number: '2' })
  t.equal(second?.place('/0/é'), undefined, 'of another value')
})

t.test('a bad line costs nothing else', async (t) => {
  const all = events('{"a":1}\n{"a":\n{"a":2}\n"open\n{"a":"open\n{"a":3}\n]\n{"a":4}}\n{"a":5}')
  t.same(values(all), [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }])
  t.same(
    problems(all).map((problem) => [problem.code, problem.line, problem.raw]),
    [
      ['bad-json-line', 2, '{"a":'],
      ['bad-json-line', 4, '"open'],
      ['bad-json-line', 5, '{"a":"open'],
      ['bad-json-line', 7, ']'],
      ['bad-json-line', 8, '{"a":4}}'],
    ],
  )
})

t.test('values over many lines, one after the other', async (t) => {
  const two = [{ a: [1, { b: 2 }] }, { c: 'x\ny' }]
  t.same(values(events(two.map((value) => JSON.stringify(value, null, 2)).join('\n'))), two)
  t.same(values(events(two.map((value) => JSON.stringify(value, null, 2)).join(''))), two, 'without a line end between them')
  t.same(values(events('{"a":1}{"a":2} {"a":3},{"a":4}')), [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }])
  t.same(values(events('[\n{"a":1},\n{"a":2}\n]\n')), [[{ a: 1 }, { a: 2 }]])
  const cut = events(`${JSON.stringify(two[0], null, 2).slice(0, 20)}\n${JSON.stringify(two[1], null, 2)}`)
  t.same(values(cut), [two[1]], 'one that breaks off does not swallow the next')
  t.equal(problems(cut).length, 1)
})

t.test('only \\n ends a line', async (t) => {
  t.same(values(events('{"a":"\u0085\u2028\u2029"}\r\n{"b":1}\r\n')), [{ a: '\u0085\u2028\u2029' }, { b: 1 }])
})

t.test('lines and values are bounded', async (t) => {
  const long = events(`{"a":1}\n{"a":"${'x'.repeat(200)}"}\n{"a":2}\n`, { valueLimit: 100 })
  t.same(values(long), [{ a: 1 }, { a: 2 }])
  t.match(problems(long), [{ code: 'line-too-long', line: 2, byte: 8 }])
  const bytes = Buffer.from(`{"a":1}\n{"a":"${'x'.repeat(200)}"}\n{"a":2}\n`)
  const slow = collect(ndjson('x.jsonl', { valueLimit: 100 }), Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))
  t.same(problems(slow), problems(long), 'whatever the chunks')
  const open = events(`{\n${'"a":\n'.repeat(50)}{"b":1}\n`, { valueLimit: 100 })
  t.same(problems(open).map((problem) => problem.code).slice(0, 1), ['value-too-long'])
  t.same(values(open), [{ b: 1 }])
})

t.test('lines that open and never close take linear time', async (t) => {
  const all = events('{\n'.repeat(20_000))
  t.equal(problems(all).length, 20_000)
  t.equal(problems(events(' {\n'.repeat(20_000))).length, 20_000)
})

t.test('what was written line by line is read back', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.constantFrom('\n', '\r\n', '\n\n'), (all, newline) => {
      const text = all.map((value) => JSON.stringify(value)).join(newline)
      t.strictSame(values(events(text)), all.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
    }),
    { numRuns: 200 },
  )
})
