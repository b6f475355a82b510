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

t.test('whole numbers before the results, the same again in other rows or ever greater, say what was varied', async (t) => {
  const rows = [{ H: 64, tile_x: 8, time_ms: 5 }, { H: 128, tile_x: 8, time_ms: 9 }, { H: 256, tile_x: 8, time_ms: 17 }]
  t.strictSame((await json(rows)).map((record) => [brief(record), record.attributes]), rows.map(({ H, tile_x, time_ms }) => [`duration value ${time_ms / 1000} s`, { h: H, tile_x }]))
  t.strictSame((await json([{ txCount: 100, time: 34.5 }, { txCount: 100, time: 36.5 }])).map(brief), ['duration value 34.5', 'duration value 36.5'])
  // What differs from row to row is measured, and so is what stands behind the results.
  t.strictSame((await json([{ cycles: 17, time_ms: 5 }, { cycles: 11, time_ms: 9 }])).map(brief), ['cycles value 17', 'duration value 0.005 s', 'cycles value 11', 'duration value 0.009 s'])
  t.strictSame((await json([{ time_ms: 5, cycles: 11 }, { time_ms: 9, cycles: 11 }])).map((record) => record.metric), ['duration', 'cycles', 'duration', 'cycles'])
})

t.test('a list of fractions under a name of lists is one of samples', async (t) => {
  t.strictSame((await json([{ n: 4, timings: [1.5, 2.5] }, { n: 8, timings: [3.5] }])).map(brief), ['duration value 1.5', 'duration value 2.5', 'duration value 3.5'])
  t.strictSame((await json({ saw: { mean: 1.5, runs: [1.25, 1.75] } })).map(brief), ['saw mean 1.5', 'saw value 1.25', 'saw value 1.75'])
  t.strictSame(await json({ runs: [1, 2, 3], results: [4, 5] }), [])
})

t.test('libraries that were compared are no settings; one that was used is', async (t) => {
  const compared = await json({ libraries: { oak: { time: 1.5 }, pine: { time: 2.5 } } })
  t.strictSame(compared.map((record) => [brief(record), record.attributes]), [['duration value 1.5', { library: 'oak' }], ['duration value 2.5', { library: 'pine' }]])
  t.strictSame((await json({ library: { name: 'oak', major: 3 }, time: 2.5 })).map((record) => record.attributes), [{ library: 'oak', major: 3 }])
})

t.test('numbers and qualified names as keys are what was measured, not of what', async (t) => {
  t.strictSame((await json({ scalability: { 1: 40.5, 2: 79.5 } })).map((record) => [brief(record), record.attributes]), [['scalability value 40.5', { variant: 1 }], ['scalability value 79.5', { variant: 2 }]])
  const named = await json({ timings_ms: { 'org.acme.Sum.meanOfAll': 1.5, 'org.acme.Sum.max': 2.5 } })
  t.strictSame(named.map((record) => [record.stat, record.attributes['name']]), [['value', 'org.acme.Sum.meanOfAll'], ['value', 'org.acme.Sum.max']])
  const rows = await json({ 1000: [{ name: 'add', us: 2 }], 5000: [{ name: 'add', us: 9 }] })
  t.strictSame(rows.map((record) => record.attributes), [{ variant: '1000', name: 'add' }, { variant: '5000', name: 'add' }])
})

t.test('what a tool puts under extra is measured, in no unit of something else, and once', async (t) => {
  const records = await json([{ metric: 'throughput', value: 512.03125, unit: 'images/sec', extra: { throughput: 512.03125, p95_batch_time: 0.25, workers: 4 } }])
  t.strictSame(records.map(brief), ['throughput value 512.03125 {image}/s', 'batch_time p95 0.25'])
  t.strictSame(records.map((record) => record.attributes['workers']), [4, 4])
})

t.test('an endpoint is what was asked for, and no id', async (t) => {
  t.strictSame((await json([{ server: 'oak', 'GET /': 5.5, 'GET /user/:id': 4.5 }])).map(brief), ['get value 5.5', 'get_user_id value 4.5'])
})

t.test('a key that is only a unit, and a statistic above several metrics', async (t) => {
  t.strictSame((await json({ decode: { ms: { p50: 5 } } })).map(brief), ['eval_duration p50 0.005 s'])
  t.strictSame((await json({ crates: { oak: { encode: { Nanos: { primary: 500 } } }, elm: { encode: { Nanos: { primary: 700 } } } } })).map((record) => [record.unit, record.attributes['crate']]), [['s', 'oak'], ['s', 'elm']])
  t.strictSame((await json({ mean: { ttft_s: 0.5, itl_s: 0.25 }, max: { ttft_s: 2 } })).map(brief), ['ttft mean 0.5 s', 'itl mean 0.25 s', 'ttft max 2 s'])
  t.strictSame((await json({ energy_j: { core: [1.5, 2.5], dram: [0.5] } })).map((record) => [brief(record), record.attributes]), [['energy value 1.5 J', { variant: 'core' }], ['energy value 2.5 J', { variant: 'core' }], ['energy value 0.5 J', { variant: 'dram' }]])
})

t.test('what was asked of a machine is no result', async (t) => {
  t.strictSame((await json({ targetSpec: { memoryGb: 8, diskGb: 20 }, latency_ms: 5 })).map(brief), ['latency value 0.005 s'])
})

t.test('a title names no metric', async (t) => {
  t.strictSame((await json({ title: { name: 'warm start', mean: 5.5 } })).map((record) => [brief(record), record.attributes['title']]), [['value mean 5.5', 'warm start']])
})

t.test('a table split into columns and rows is read as its rows', async (t) => {
  const split = await json({ columns: ['threads', 'time_ms'], index: [0, 1], data: [[1, 5], [2, 3]] })
  t.strictSame(split.map((record) => [brief(record), record.attributes]), [['duration value 0.005 s', { threads: 1 }], ['duration value 0.003 s', { threads: 2 }]])
  t.match(split[1]?.source, { pointer: '/data/1/1' })
  const percentiles = await json({ percentile_columns: ['Percentile', 'TTFT (s)'], percentile_rows: [['50%', 0.5], ['99.9%', 2.5], ['mean', 0.75]] })
  t.strictSame(percentiles.map(brief), ['ttft p50 0.5 s', 'ttft p99.9 2.5 s', 'ttft mean 0.75 s'])
})

t.test('what a query gave is no result; what it took is', async (t) => {
  const answer = { data: [{ stars: 5 }, { stars: 7 }], meta: [{ name: 'stars', type: 'UInt64' }], statistics: { elapsed: 0.25 } }
  t.strictSame((await json({ query: 'q', answer })).map(brief), ['duration value 0.25'])
})

t.test('parts under a key with a unit, as numbers and as lists', async (t) => {
  const records = await json({ power_j: { min: { core: 1.5, dram: 0.5 } }, watts_since_last: { core: [2.5, 3.5], dram: [0, 0] }, watt_h: { core: [0.5, 0.25], dram: [0.125, 0.25] } })
  t.strictSame([...new Set(records.map((record) => `${brief(record).replace(/ [\d.]+ /, ' ')} ${record.attributes['variant']}`))], [
    'power min J core', 'power min J dram', 'power_since_last value W core', 'power_since_last value W dram', 'energy value J core', 'energy value J dram',
  ])
})

t.test('a unit above variants holds for one alone, too', async (t) => {
  t.strictSame((await json({ benches: { read: { nanos: { primary: 5, variants: { checked: 7 } } }, write: { nanos: { primary: 6, variants: {} } } } })).map(brief), [
    'duration value 5e-9 s', 'duration value 7e-9 s', 'duration value 6e-9 s',
  ])
})

t.test('megabytes of a peak are memory, and no metric is called after its unit', async (t) => {
  t.strictSame((await json({ peak_mb: 5, avg_mb: 3.5 })).map(brief), ['memory_used max 5000000 By', 'value mean 3500000 By'])
})

t.test('each level of a map has a name of its own', async (t) => {
  const one = (mean: number) => ({ mean, std: 0.5 })
  const records = await json({ data: { oak: { phone: { q4: one(1), q8: one(2) }, desk: { q4: one(3), q8: one(4) } }, elm: { phone: { q4: one(5), q8: one(6) }, desk: { q4: one(7), q8: one(8) } } } })
  t.strictSame(records[0]?.attributes, { variant: 'oak', data: 'phone', data_2: 'q4' })
})

t.test('of all requests, and of those that worked or did not', async (t) => {
  const records = await json({ meanResponseTime: { total: 5, ok: 4, ko: 9 }, numberOfRequests: { total: 30, ok: 20 } })
  t.strictSame(records.slice(0, 3).map((record) => [brief(record), record.attributes['outcome']]), [['latency mean 5', 'total'], ['latency mean 4', 'ok'], ['latency mean 9', 'ko']])
})

t.test('a field that says the metric of a map of numbers', async (t) => {
  const read = async (text: string) => (await readText('x.jsonl', text)).map((record) => [brief(record), record.attributes['variant']])
  t.strictSame(await read('{"case":"a","metric":"build time","unit":"ms","records":{"oak":40.5,"elm":50}}\n{"case":"b","metric":"build time","unit":"ms","records":{"oak":30}}\n'), [['build_time value 0.0405 s', 'oak'], ['build_time value 0.05 s', 'elm'], ['build_time value 0.03 s', 'oak']])
  t.strictSame(await read('{"metric":"latency","values":{"mean":40.5,"p99":50}}\n{"metric":"latency","values":{"mean":1,"p99":2}}\n'), [['latency mean 40.5', undefined], ['latency p99 50', undefined], ['latency mean 1', undefined], ['latency p99 2', undefined]])
})
