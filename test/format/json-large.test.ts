import fc from 'fast-check'
import t from 'tap'
import { json, largeJson, type FormatEvent, type ValueFound } from '../../lib/format/index.js'
import type { Problem } from '../../lib/stage/index.js'
import { collect, cutEverywhere, plain, pointersOf, read } from './support/collect.js'

const large = (text: string) => read(() => json('x.json', { wholeLimit: 0 }), text)
const values = (all: readonly FormatEvent[]) => all.filter((event): event is ValueFound => event.type === 'value')
const problems = (all: readonly FormatEvent[]) => all.filter((event): event is Problem => event.type === 'problem')

/** Scalars with their absolute pointers. */
function leaves(all: readonly FormatEvent[]): [string, unknown][] {
  return values(all)
    .flatMap(({ value, pointer }) =>
      pointersOf(value, '').map((path): [string, unknown] => {
        const part = path === '' ? value : path.slice(1).split('/').reduce<unknown>((inner, token) => (inner as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')], value)
        return [pointer + path, part]
      }),
    )
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

t.test('elements come one by one, the rest at the end', async (t) => {
  const text = '{"run": 7, "host": {"gpu": "A100"}, "results": [{"a": 1}, {"a": 2}], "sub": {"n": 3, "list": [[1, 2], [3]], "plain": [1, 2]}, "end": true}'
  t.match(values(large(text)), [
    { pointer: '/results/0', value: { a: 1 }, context: [{ pointer: '', value: { run: 7, host: { gpu: 'A100' } } }] },
    { pointer: '/results/1', value: { a: 2 } },
    { pointer: '/sub/list/0', value: [1, 2], context: [{ pointer: '' }, { pointer: '/sub', value: { n: 3 } }] },
    { pointer: '/sub/list/1', value: [3] },
    { pointer: '', value: { run: 7, host: { gpu: 'A100' }, sub: { n: 3, plain: [1, 2] }, end: true } },
  ])
  t.match(values(large('[1, {"a": 2}, [3]]')), [{ pointer: '/0', value: 1 }, { pointer: '/1' }, { pointer: '/2' }], 'a top-level array')
  t.match(values(large('"text"')), [{ pointer: '', value: 'text' }])
})

t.test('both ways give the same values under the same pointers', async (t) => {
  const rows = fc.array(fc.record({ name: fc.string(), value: fc.double({ noNaN: true, noDefaultInfinity: true }), more: fc.jsonValue({ maxDepth: 2 }) }))
  const document = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.record({ meta: fc.jsonValue({ maxDepth: 1 }), results: rows, sub: fc.record({ runs: rows }) }), rows)
  fc.assert(
    fc.property(document, (value) => {
      const text = JSON.stringify(value)
      t.same(leaves(large(text)), leaves(read(() => json('x.json'), text)))
      t.same(problems(large(text)), [])
    }),
    { numRuns: 300 },
  )
})

t.test('it does not matter how the bytes are cut', async (t) => {
  const bytes = Buffer.from('{"é": "🎉\\n", "results": [{"a": -1.5e3, "b": true}, {"a": null}], "n": 12}')
  const make = () => largeJson('x.json')
  const whole = JSON.stringify(plain(read(make, bytes)))
  cutEverywhere(make, bytes, (events, how) => {
    if (JSON.stringify(events) !== whole) t.fail(how)
  })
})

t.test('a document that breaks off keeps what was complete', async (t) => {
  const all = large('{"run": 7, "results": [{"a": 1}, {"a": 2, "b": [1, 2')
  t.match(values(all), [{ pointer: '/results/0', value: { a: 1 } }, { pointer: '/results/1', value: { a: 2, b: [1] } }, { pointer: '', value: { run: 7 } }])
  t.match(problems(all), [{ code: 'truncated-json', byte: 52 }])
})

t.test('a broken document says where, and keeps what stood before', async (t) => {
  const text = '{"é": 7,\n "results": [{"a": 1}, {"a": oops}, {"a": 3}]}'
  const all = large(text)
  t.match(values(all), [{ pointer: '/results/0', value: { a: 1 } }, { pointer: '', value: { é: 7 } }])
  t.match(problems(all), [{ code: 'broken-json', line: 2, byte: Buffer.byteLength(text.slice(0, text.indexOf('oops'))) }])
})

t.test('what is held is bounded', async (t) => {
  const all = read(() => largeJson('x.json', { heldLimit: 10 }), `{"numbers": [${'1, '.repeat(50)}1], "results": [{"a": [${'1, '.repeat(50)}1]}, {"a": 2}]}`)
  const rest = values(all).find((event) => event.pointer === '')?.value as { numbers: number[] }
  t.ok(rest.numbers.length <= 10)
  t.same(values(all).find((event) => event.pointer === '/results/1')?.value, { a: 2 }, 'the next element is whole again')
  t.same(problems(all).map((problem) => problem.code), ['too-many-values'])
  t.match(problems(large(`{"x": ${'['.repeat(600)}${']'.repeat(600)}, "y": 1}`)), [{ code: 'too-deep' }])
})

t.test('16 MB in chunks: each element leaves before the next chunk comes', async (t) => {
  const step = largeJson('x.json')
  const row = `{"ttft_s": 0.117, "text": "${'x'.repeat(200)}", "counts": [1, 2, 3]},\n`
  const chunk = Buffer.from(row.repeat(256))
  let elements = 0
  let most = 0
  const take = (chunks: Uint8Array[]) => {
    let here = 0
    for (const batch of step.write(chunks) as Iterable<readonly FormatEvent[]>) here += batch.length
    elements += here
    most = Math.max(most, here)
  }
  take([Buffer.from('{"results": [')])
  for (let at = 0; at < 250; at += 1) take([chunk])
  const last = collect(step, [Buffer.from('{"ttft_s": 1}]}')])
  t.equal(elements + last.length, 250 * 256 + 2)
  t.ok(most <= 257, 'nothing is kept back')
  t.same(values(last).at(-1)?.value, {}, 'and the rest holds none of them')
})
