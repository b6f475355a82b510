import fc from 'fast-check'
import t from 'tap'
import type { ValueFound } from '../../lib/format/event.js'
import { valueRecords } from '../../lib/record/value.js'
import { brief, readText } from './read.js'

const json = async (value: unknown) => readText('x.json', JSON.stringify(value))

t.test('scalars explain, numbers are measured, rows are told apart', async (t) => {
  const records = await json({ model: 'm', config: { batch_size: 4, name: 'big' }, results: [{ prompt: 'p', ttft_s: 1 }, { prompt: 'q', ttft_s: 2 }] })
  t.strictSame(records.map(brief), ['ttft value 1 s', 'ttft value 2 s'])
  t.strictSame(records[1]?.attributes, { model: 'm', batch_size: 4, name: 'big', prompt: 'q' })
  t.match(records[1]?.source, { pointer: '/results/1/ttft_s', line: 1, layout: 'generic' })
})

t.test('rows without anything of their own get their index', async (t) => {
  const records = await json({ runs_done: [{ latency_ms: 1 }, { latency_ms: 2 }] })
  t.strictSame(records.map((record) => record.attributes), [{ index: 0 }, { index: 1 }])
})

t.test('the keys of a map of like things are an attribute', async (t) => {
  const records = await json({ backends: { eager: { mean_time_ms: 1 }, jit: { mean_time_ms: 2 } } })
  t.strictSame(records.map((record) => [brief(record), record.attributes['backend']]), [['duration mean 0.001 s', 'eager'], ['duration mean 0.002 s', 'jit']])
  const quality = await json({ baseline: { accuracy: 0.75, loss: 1.5 }, qat: { accuracy: 0.5, loss: 2 } })
  t.strictSame(quality.map((record) => record.attributes['variant']), ['baseline', 'baseline', 'qat', 'qat'])
})

t.test('a bare statistic takes its metric from the keys above', async (t) => {
  t.strictSame((await json({ latency_percentiles: { p50: 5 }, timing: { p95_ms: 7 }, ttft: { mean: 1, p99: 2, unit: 'ms' } })).map(brief), [
    'latency p50 5', 'duration p95 0.007 s', 'ttft mean 0.001 s', 'ttft p99 0.002 s',
  ])
})

t.test('value and unit side by side, the metric as a field', async (t) => {
  t.strictSame((await json({ data: [{ metric: 'ttft', value: 12, unit: 'ms' }, { name: 'memory', value: 2, unit: 'MiB' }] })).map(brief), ['ttft value 0.012 s', 'memory_used value 2097152 By'])
})

t.test('a failed thing marks what stands in it', async (t) => {
  const records = await json({ cases: [{ label: 'a', success: true, latency_ms: 5 }, { label: 'b', success: false, error: 'no', latency_ms: 0 }, { label: 'c', metadata: { error: 'gone' }, latency_ms: 0 }] })
  t.strictSame(records.map((record) => record.status), ['ok', 'error', 'error'])
})

t.test('null, booleans, texts and prompts give no record', async (t) => {
  t.strictSame(await json({ prompt: '12 ms', note: '5 s', response: '7', mean_ttft_s: null, cuda_available: true, ids: [1, 2], seed: 42, samples: 10 }), [])
})

t.test('arrays of numbers are samples where the key says so', async (t) => {
  t.strictSame((await json({ latencies: [1, 2], confidence_interval_95: [1, 2], ttft_ms: [5], shape: [3, 3] })).map(brief), ['latency value 1', 'latency value 2', 'ttft value 0.005 s'])
})

t.test('before and after', async (t) => {
  const records = await json({ metrics_before: { latency_ms: 5 }, metrics_after: { latency_ms: 4 } })
  t.strictSame(records.map((record) => record.attributes['phase']), ['before', 'after'])
})

t.test('a copy in the metadata is not counted twice', async (t) => {
  const records = await json({ backends: { jit: { compilation: { compile_time_s: 0.5 }, benchmark: { mean_time_ms: 2, metadata: { compile_time_s: 0.5, strict: false } } }, x: { benchmark: { mean_time_ms: 2, metadata: { compile_time_s: 0.7 } } } } })
  t.strictSame(records.filter((record) => record.metric === 'compile_time').map((record) => record.value), [0.5, 0.7])
})

t.test('times: a zone beats none, seconds since 1970 have one', async (t) => {
  const [record] = await json({ test_timestamp: 1759098967.227, test_datetime: '2025-09-28T18:36:07.227', latency_ms: 1 })
  t.equal(record?.time, '2025-09-28T22:36:07.227Z')
  const [local] = await json({ datetime: '2025-10-04 13:37:17.003', latency_ms: 1 })
  t.equal(local?.time, '2025-10-04T13:37:17.003')
})

t.test('property: any JSON value is walked without a throw, and nothing reaches a prototype', async (t) => {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'mean', 'value', 'unit', 'results', 'config', 'error', 'metrics', 'latency_ms', 'timestamp', 'name'))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), fc.array(tie('value'), { maxLength: 4 }), fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((pairs) => JSON.parse(`{${pairs.map(([name, inner]) => `${JSON.stringify(name)}:${JSON.stringify(inner)}`).join(',')}}`) as unknown)),
  }))
  fc.assert(
    fc.property(value, (given) => {
      const found: ValueFound = { type: 'value', value: given, pointer: '', place: () => undefined }
      const { records } = valueRecords(found, { file: 'x', format: 'json', hash: '0' })
      return records.every((record) => Number.isFinite(record.value) && Object.getPrototypeOf(record.attributes) === Object.prototype)
    }),
    { numRuns: 300 },
  )
  t.strictSame(Object.keys(Object.prototype), [])
})

t.test('an element of a large document knows what stands around it', async (t) => {
  const found: ValueFound = {
    type: 'value',
    value: { prompt: 'p', ttft_s: 1, tokens_s: 2, eval_s: 3 },
    pointer: '/results/7',
    context: [{ pointer: '', value: { model: 'm', config: { batch_size: 4 }, generated_at: '2025-10-02T19:12:04Z' } }],
    place: (pointer) => (pointer === '/results/7/ttft_s' ? { line: 9, column: 3, byte: 99, end: 100 } : undefined),
  }
  const { records, layout } = valueRecords(found, { file: 'x', format: 'json', hash: '0' })
  t.equal(layout?.name, 'ollama-runs')
  t.match(records[0], { metric: 'ttft', time: '2025-10-02T19:12:04Z', attributes: { model: 'm', batch_size: 4, prompt: 'p' }, source: { line: 9, column: 3, pointer: '/results/7/ttft_s' } })
})

t.test('a count of samples is in no unit of what they measured', async (t) => {
  const text = JSON.stringify({ metrics: { request_latency: { unit: 'ms', avg: 250, count: 40 } } })
  t.strictSame((await readText('x.json', text)).map(brief), ['e2e_latency mean 0.25 s', 'e2e_latency count 40 1'])
})
