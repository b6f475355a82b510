import fc from 'fast-check'
import t from 'tap'
import { DEPTH_LIMIT, ITEM_LIMIT, ITEMS_LIMIT, jsonItems, type JsonItem } from '../../lib/agent/json-items.js'

function read(text: string, cuts: readonly number[] = []) {
  const items = jsonItems()
  const found: JsonItem[] = []
  let at = 0
  for (const cut of [...cuts, text.length].sort((a, b) => a - b)) {
    if (cut > text.length) continue
    found.push(...items.write(text.slice(at, cut)))
    at = cut
  }
  return { found, state: items.state, spoiled: items.spoiled }
}

const told = (text: string) => read(text).found.map(({ key, value }) => [key, value])

t.test('members, and the items of lists, each as soon as it is complete', async (t) => {
  const items = jsonItems()
  t.strictSame(items.write('{"summary": "All of it'), [])
  t.strictSame(items.write('"'), [{ key: 'summary', value: 'All of it', listed: false }])
  t.strictSame(items.write(', "findings": [{"title": "A", "facts": ["F1", '), [])
  t.strictSame(items.write('"F2"]}'), [{ key: 'findings', value: { title: 'A', facts: ['F1', 'F2'] }, listed: true }])
  t.strictSame(items.write(', {"title": "B"}], "n": 12'), [{ key: 'findings', value: { title: 'B' }, listed: true }])
  t.equal(items.state, 'open')
  t.strictSame(items.write('}'), [{ key: 'n', value: 12, listed: false }])
  t.equal(items.state, 'complete')
  t.strictSame(items.write(' And more.'), [])
})

t.test('any cut gives the same, and what is complete of a cut text is what stood there', async (t) => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 })),
  })).any
  const object = fc.dictionary(fc.string(), fc.oneof(value, fc.array(value, { maxLength: 4 })), { maxKeys: 5 })
  const expected = (from: object) => Object.entries(from).flatMap(([key, one]: [string, unknown]) => (Array.isArray(one) ? one.map((item: unknown) => ({ key, value: item, listed: true })) : [{ key, value: one, listed: false }]))
  fc.assert(
    fc.property(object, fc.array(fc.nat(300), { maxLength: 6 }), fc.nat(400), fc.constantFrom(undefined, 1), (from, cuts, end, indent) => {
      const text = JSON.stringify(from, undefined, indent)
      const whole = JSON.parse(text) as object
      const { found, state, spoiled } = read(text, cuts)
      t.strictSame(found, expected(whole))
      t.strictSame([state, spoiled], ['complete', 0])
      const start = read(text.slice(0, end)).found
      t.strictSame(start, found.slice(0, start.length), 'a start holds the same items')
      // A number at the end is complete only with the bracket behind it.
      t.ok(end < text.length || start.length === found.length)
    }),
    { numRuns: 300 },
  )
})

t.test('what models do to JSON', async (t) => {
  t.strictSame(told('{"a": "one\ntwo\tthree"}'), [['a', 'one\ntwo\tthree']])
  t.strictSame(told('{"a": "x \\_ y \\{ z \\u00e9 \\n"}'), [['a', 'x \\_ y \\{ z é \n']])
  t.strictSame(told('{"a": [1, 2,], "b": true,}'), [['a', 1], ['a', 2], ['b', true]])
  t.strictSame(told('{"a": 1, "a": 2}'), [['a', 1], ['a', 2]])
  t.match(read('{"a": [tru, {"x": 1}]}'), { spoiled: 1, state: 'complete', found: [{ value: { x: 1 } }] })
})

t.test('what is no JSON', async (t) => {
  for (const text of ['[1]', 'x', '{a: 1}', '{"a" 1}', '{"a": 1} {', '{"a": {"b": 1}'] as const) {
    const { state } = read(text)
    t.equal(state, text.startsWith('{"a": 1}') ? 'complete' : text.endsWith('1}') && text.startsWith('{"a": {') ? 'open' : 'broken', text)
  }
})

t.test('bounds', async (t) => {
  t.match(read(`{"a": "${'x'.repeat(ITEM_LIMIT + 1)}", "b": 1}`), { spoiled: 1, found: [{ key: 'b', value: 1 }] })
  t.equal(read(`{"a": ${'['.repeat(DEPTH_LIMIT + 3)}`).state, 'broken')
  const many = read(`{"a": [${'1,'.repeat(ITEMS_LIMIT + 10)}1]}`)
  t.equal(many.state, 'broken')
  t.equal(many.found.length, ITEMS_LIMIT)
})
