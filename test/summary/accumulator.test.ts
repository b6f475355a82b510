import fc from 'fast-check'
import t from 'tap'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { Accumulator } from '../../lib/summary/accumulator.js'
import type { By } from '../../lib/summary/grouping.js'
import type { SummaryRow } from '../../lib/summary/summary-row.js'
import { record } from './record.js'

t.test('samples of a group', (t) => {
  const [row, ...rest] = rows([0.1, 0.2, 0.3, 0.4].map((value, i) => record({ value, line: i + 2, attributes: { model: 'a', prompt_index: i } })))
  t.strictSame(rest, [])
  t.match(row, { type: 'summary', metric: 'ttft', unit: 's', better: 'lower', group: { model: 'a' }, failed: 0, warmup: 0, aggregates: [] })
  t.match(row?.samples, { count: 4, mean: 0.25, min: 0.1, max: 0.4, p50: 0.25, quantileError: 0, minAt: { source: { line: 2 } }, maxAt: { source: { line: 5 } } })
  t.ok(Math.abs((row?.samples?.p90 ?? 0) - 0.37) < 1e-12)
  t.end()
})

t.test('one sample has no spread', (t) => {
  const [row] = rows([record()])
  t.equal(row?.samples?.count, 1)
  t.notOk(row?.samples && 'stddev' in row.samples)
  t.end()
})

t.test('aggregates are never pooled with samples, nor with one another', (t) => {
  const [row] = rows([record({ value: 1 }), record({ value: 5, stat: 'mean' }), record({ value: 7, stat: 'mean' }), record({ value: 9, stat: 'p99' })])
  t.match(row?.samples, { count: 1, mean: 1, max: 1 })
  t.match(row?.aggregates, [
    { stat: 'mean', count: 2, mean: 6, min: 5, max: 7 },
    { stat: 'p99', count: 1, mean: 9 },
  ])
  t.equal(rows([record({ stat: 'max' })])[0]?.samples, undefined)
  t.end()
})

t.test('failed and warm-up records are counted and in no figure', (t) => {
  const [row] = rows([record({ value: 1 }), record({ value: 0, status: 'error' }), record({ value: 100, status: 'warmup' }), record({ value: 0, status: 'error' })])
  t.match(row, { failed: 2, warmup: 1, samples: { count: 1, min: 1, max: 1 } })
  t.match(rows([record({ status: 'error' })]), [{ failed: 1, samples: undefined }])
  t.end()
})

t.test('units, metrics and groups are kept apart, rows come in natural order', (t) => {
  const found = rows(
    [
      record({ metric: 'ttft', attributes: { model: 'q10' } }),
      record({ metric: 'ttft', unit: '', attributes: { model: 'q4' } }),
      record({ metric: 'latency', attributes: { model: 'q4' } }),
      record({ metric: 'ttft', attributes: { model: 'q4' } }),
    ],
    ['model'],
  )
  t.strictSame(
    found.map((row) => [row.metric, row.unit, row.group['model']]),
    [['latency', 's', 'q4'], ['ttft', '', 'q4'], ['ttft', 's', 'q4'], ['ttft', 's', 'q10']],
  )
  t.end()
})

t.test('direction: known wins over unknown, a contradiction is unknown', (t) => {
  t.equal(rows([record({ better: null }), record({ better: 'lower' })])[0]?.better, 'lower')
  t.equal(rows([record({ better: 'higher' }), record({ better: 'lower' })])[0]?.better, null)
  t.equal(rows([record({ better: null })])[0]?.better, null)
  t.end()
})

t.test('by keys: attributes first, then what the record says of itself; a key it lacks is absent', (t) => {
  const one = record({ attributes: { model: 'a', stat: 'mine' }, file: 'x.csv' })
  t.same(rows([one], ['model', 'file', 'format', 'layout', 'metric', 'unit', 'status', 'stat', 'nothing'])[0]?.group, {
    model: 'a', file: 'x.csv', format: 'csv', layout: 'generic', metric: 'ttft', unit: 's', status: 'ok', stat: 'mine',
  })
  t.same(rows([record({ attributes: {} })], ['constructor', '__proto__', 'toString'])[0]?.group, {})
  t.end()
})

t.test('configuration: every setting, and nothing that tells one sample from the next', (t) => {
  const attributes = {
    num_ctx: 1024, model: 'a', temperature: 0.2, prompt: 'say hello', prompt_text: 'x', prompt_index: 3, id: 'r1', request_id: 7, seed: 1, run: 2,
    iteration: 3, timestamp: '2025-10-02T19:12:04', day: '2025-10-02', note: 'x'.repeat(61), section: 'Performance Summary', prompt_tokens: 512,
  }
  t.same(rows([record({ attributes })], 'configuration')[0]?.group, { model: 'a', num_ctx: 1024, prompt_tokens: 512, temperature: 0.2 })
  t.same(rows([record({ attributes: { section: 'CUDA results', batch: 4 } })], 'configuration')[0]?.group, { file: 'runs.csv', section: 'CUDA results', batch: 4 })
  t.end()
})

t.test('subject: what was measured, or the file where the records do not say', (t) => {
  const named = record({ attributes: { num_gpu: 80, backend: 'onnx', model: 'mlp' }, file: 'a.json' })
  const unnamed = ['b.csv', 'c.csv'].map((file) => record({ attributes: { num_gpu: 80 }, file }))
  t.same(rows([named, ...unnamed], 'subject').map((row) => row.group), [{ file: 'b.csv' }, { file: 'c.csv' }, { model: 'mlp', backend: 'onnx' }])
  t.same(rows(unnamed, 'configuration').map((row) => row.group), [{ file: 'b.csv', num_gpu: 80 }, { file: 'c.csv', num_gpu: 80 }])
  t.end()
})

t.test('what varied is told, but only some of it', (t) => {
  const many = Array.from({ length: 200 }, (_, i) => record({ line: i + 2, attributes: { model: 'a', num_gpu: i, [`key${i % 40}`]: i, prompt_index: i } }))
  const varied = rows(many, ['model'])[0]?.varied ?? {}
  t.equal(Object.keys(varied).length, 8)
  t.same(rows(many.map((one) => ({ ...one, attributes: { n: one.attributes['num_gpu'] ?? 0 } })), ['model'])[0]?.varied, { n: [0, 1, 2, 3, 4, 5, 6, 7] })
  t.end()
})

t.test('files are named up to a limit and counted', (t) => {
  const [row] = rows(Array.from({ length: 25 }, (_, i) => record({ file: `run${25 - i}.csv` })), ['model'])
  t.equal(row?.files.length, 20)
  t.strictSame(row?.files.slice(0, 2), ['run1.csv', 'run2.csv'])
  t.equal(row?.fileCount, 25)
  t.end()
})

t.test('too many groups: told once, with how much is left out', (t) => {
  const accumulator = new Accumulator({ by: ['n'], maxGroups: 2 })
  for (const n of [1, 2, 3, 4, 1]) accumulator.add(record({ attributes: { n }, file: `f${n}.csv` }))
  t.strictSame(accumulator.rows().map((row) => row.samples?.count), [2, 1])
  t.match(accumulator.problems(), [{ type: 'problem', code: 'too-many-groups', file: 'f3.csv', message: /at most 2 groups, and 2 records/ }])
  const other = new Accumulator({ by: ['n'], maxGroups: 2 })
  for (const n of [5, 5, 6, 7]) other.add(record({ attributes: { n } }))
  accumulator.merge(other)
  t.match(accumulator.problems(), [{ message: /and 6 records/ }])
  t.strictSame(new Accumulator().problems(), [])
  t.end()
})

t.test('bad use', (t) => {
  t.throws(() => new Accumulator({ maxGroups: 0 }), { code: 'USAGE' })
  t.throws(() => new Accumulator({ by: ['model', ''] }), { code: 'USAGE' })
  // @ts-expect-error a word that is no grouping
  t.throws(() => new Accumulator({ by: 'everything' }), { code: 'USAGE', message: /everything/ })
  t.throws(() => new Accumulator({ by: ['model'] }).merge(new Accumulator({ by: ['file'] })), { code: 'USAGE' })
  for (const saved of [undefined, {}, { version: 2 }, { version: 1, by: 3 }]) t.throws(() => Accumulator.fromJSON(saved), { code: 'UNREADABLE' })
  t.end()
})

t.test('merged equals whole, for any split, through JSON', (t) => {
  const anyRecord = fc
    .record({
      metric: fc.constantFrom('ttft', 'latency'),
      value: fc.oneof(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.integer({ min: -3, max: 3 })),
      unit: fc.constantFrom('s', ''),
      stat: fc.constantFrom('value' as const, 'value' as const, 'mean' as const, 'p99' as const),
      better: fc.constantFrom('lower' as const, 'higher' as const, null),
      status: fc.constantFrom('ok' as const, 'ok' as const, 'error' as const, 'warmup' as const),
      attributes: fc.dictionary(fc.constantFrom('model', 'num_gpu', '__proto__', '1', 'prompt_index'), fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom('a', 'b'), fc.boolean())),
      file: fc.constantFrom('a.csv', 'b.csv', 'a10.csv', 'a9.csv'),
      line: fc.integer({ min: 2, max: 300 }),
      toLeft: fc.boolean(),
    })
    .map(({ toLeft, ...parts }) => ({ toLeft, record: record(parts) }))
  for (const by of [['model'], ['1', 'file'], 'subject', 'configuration'] as const) {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 250, size: 'max' }), (drawn) => {
        const entries = drawn.map((entry, i) => ({ ...entry, record: { ...entry.record, id: `0123456789abcdef-${i}` } }))
        const left = accumulate(entries.filter((entry) => entry.toLeft).map((entry) => entry.record), by)
        const right = accumulate(entries.filter((entry) => !entry.toLeft).map((entry) => entry.record), by)
        const merged = Accumulator.fromJSON(JSON.parse(JSON.stringify(left)))
        merged.merge(Accumulator.fromJSON(JSON.parse(JSON.stringify(right))))
        assertSame(merged.rows(), accumulate(entries.map((entry) => entry.record), by).rows())
      }),
      { numRuns: 60 },
    )
  }
  t.end()
})

function accumulate(records: readonly MetricRecord[], by: By): Accumulator {
  const accumulator = new Accumulator({ by })
  for (const one of records) accumulator.add(one)
  return accumulator
}

function rows(records: readonly MetricRecord[], by: By = 'subject'): SummaryRow[] {
  return accumulate(records, by).rows()
}

/** Equal but for rounding: mean and stddev within 1e-9 of the size of the values. */
function assertSame(found: readonly SummaryRow[], expected: readonly SummaryRow[]): void {
  const rounded = (list: readonly SummaryRow[]) => JSON.stringify(list, (key, value: unknown) => (key === 'mean' || key === 'stddev' ? 'rounded' : value))
  if (rounded(found) !== rounded(expected)) throw new Error(`${rounded(found)}\nis not\n${rounded(expected)}`)
  for (const [i, row] of found.entries()) {
    const other = expected[i]
    const pairs = [
      [row.samples?.mean, other?.samples?.mean],
      [row.samples?.stddev, other?.samples?.stddev],
      ...row.aggregates.map((one, at) => [one.mean, other?.aggregates[at]?.mean]),
    ]
    const size = Math.max(1, ...[row.samples, ...row.aggregates].flatMap((one) => (one ? [Math.abs(one.min), Math.abs(one.max)] : [])))
    for (const [a, b] of pairs) {
      if ((a === undefined) !== (b === undefined) || Math.abs((a ?? 0) - (b ?? 0)) > 1e-9 * size) throw new Error(`${a} is not ${b}`)
    }
  }
}
