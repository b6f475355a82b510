import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { LAYOUTS, matchColumns, matchValue, type Layout } from '../../lib/layout/index.js'
import { toBase } from '../../lib/record/units.js'
import { brief, readText } from '../record/read.js'
import { root } from '../support/paths.js'

const STATS = /^(?:value|mean|median|min|max|stddev|sum|count|delta|p\d+(?:\.\d+)?)$/

t.test('every layout is well formed', async (t) => {
  for (const layout of LAYOUTS) {
    t.match(layout.name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    t.ok(layout.tool.length > 10, `${layout.name} says which tool`)
    const signs = layout.columns ?? layout.keys ?? []
    // Two columns do where nobody else calls them so.
    t.ok(signs.length >= 3 || layout.nothingBut !== undefined || (signs.length === 2 && signs.every((sign) => sign.length >= 10 && /\s/.test(sign))), `${layout.name} asks for enough to be sure`)
    for (const [name, field] of Object.entries(layout.fields)) {
      if (field.role === 'error' && field.when !== undefined) new RegExp(field.when)
      if (field.role !== 'metric') continue
      t.ok(field.stat === undefined || STATS.test(field.stat), `${layout.name} ${name}: statistic`)
      t.ok(field.unit === undefined || field.unit === '' || toBase(1, field.unit) !== undefined, `${layout.name} ${name}: unit ${field.unit ?? ''}`)
    }
  }
})

t.test('the most specific layout wins, and all its columns or keys must be there', async (t) => {
  t.equal(matchColumns(LAYOUTS, ['ttft_s', 'tokens_s', 'load_s', 'prompt_eval_s', 'eval_s', 'more'])?.name, 'ollama-runs')
  t.equal(matchColumns(LAYOUTS, ['ttft_s', 'tokens_s', 'load_s', 'prompt_eval_s']), undefined)
  t.equal(matchValue(LAYOUTS, { results: [{ ttft_s: 1, tokens_s: 2, eval_s: 3 }] })?.name, 'ollama-runs')
  t.equal(matchValue(LAYOUTS, { results: [{ ttft_s: 1 }] }), undefined)
  t.equal(matchValue(LAYOUTS, { ttft_s: 1, tokens_s: 2, eval_s: 3 }, '/results/7')?.name, 'ollama-runs', 'an element of a large document')
  t.equal(matchValue(LAYOUTS, { ttft_s: 1, tokens_s: 2, eval_s: 3 }, '/other/7'), undefined)
  for (const value of [null, 7, 'x', [], {}]) t.equal(matchValue(LAYOUTS, value), undefined)
})

const json = async (value: unknown) => (await readText('x.json', JSON.stringify(value))).map(brief)

t.test('hyperfine', async (t) => {
  const result = { command: 'sleep 1', mean: 1.5, stddev: null, median: 1.5, user: 0.25, system: 0.125, min: 1.25, max: 1.75, times: [1.25, 1.75], exit_codes: [0, 0] }
  t.strictSame(await json({ results: [result] }), [
    'duration mean 1.5 s', 'duration median 1.5 s', 'user_time mean 0.25 s', 'system_time mean 0.125 s', 'duration min 1.25 s', 'duration max 1.75 s', 'duration value 1.25 s', 'duration value 1.75 s',
  ])
  const [first, ...rest] = await readText('x.csv', 'command,mean,stddev,median,user,system,min,max,parameter_n\nsleep 1,1.5,0,1.5,0.25,0.125,1.25,1.75,3\n')
  t.equal(rest.length, 5, 'a missing standard deviation is written as 0')
  t.match(first, { metric: 'duration', stat: 'mean', attributes: { command: 'sleep 1', n: 3 } })
})

t.test('google-benchmark: samples and aggregates apart, the time unit of the row', async (t) => {
  const row = { name: 'BM_x', run_name: 'BM_x', iterations: 1000, time_unit: 'us' }
  const document = {
    context: { num_cpus: 4, library_build_type: 'release' },
    benchmarks: [
      { ...row, run_type: 'iteration', repetition_index: 0, real_time: 2, cpu_time: 1.5 },
      { ...row, run_type: 'aggregate', aggregate_name: 'stddev', real_time: 0.5, cpu_time: 0.25 },
      { ...row, run_type: 'aggregate', aggregate_name: 'cv', real_time: 0.25, cpu_time: 0.125 },
    ],
  }
  t.strictSame(await json(document), ['duration value 0.000002 s', 'cpu_time value 0.0000015 s', 'duration stddev 5e-7 s', 'cpu_time stddev 2.5e-7 s'])
})

t.test('pytest-benchmark', async (t) => {
  const document = { machine_info: { node: 'n', cpu: { brand: 'b' } }, benchmarks: [{ name: 'test_a', fullname: 'x.py::test_a', params: null, stats: { min: 0.5, mean: 1, q1: 0.75, ops: 1, rounds: 7, outliers: '1;0', data: [0.5] } }] }
  const records = await readText('x.json', JSON.stringify(document))
  t.strictSame(records.map(brief), ['duration min 0.5 s', 'duration mean 1 s', 'duration p25 0.75 s', 'throughput mean 1 {operation}/s', 'duration value 0.5 s'])
  t.match(records[0]?.attributes, { benchmark: 'test_a', rounds: 7 })
})

t.test('JMH: a score is a rate or a time, as its unit says', async (t) => {
  const run = (mode: string, scoreUnit: string) => ({ benchmark: 'a.B', mode, threads: 1, forks: 1, warmupTime: '10 s', primaryMetric: { score: 4, scoreError: 'NaN', scoreUnit, scorePercentiles: { '50.0': 4, '99.9': 5 }, rawData: [[4]] } })
  t.strictSame(await json([run('thrpt', 'ops/ms'), run('avgt', 'us/op')]), [
    'throughput mean 4000 {operation}/s', 'throughput p50 4000 {operation}/s', 'throughput p99.9 5000 {operation}/s', 'throughput value 4000 {operation}/s',
    'duration mean 0.000004 s', 'duration p50 0.000004 s', 'duration p99.9 0.000005 s', 'duration value 0.000004 s',
  ])
})

t.test('BenchmarkDotNet and criterion count in nanoseconds', async (t) => {
  t.strictSame(await json({ HostEnvironmentInfo: {}, Benchmarks: [{ FullName: 'A.B', Statistics: { N: 15, Mean: 24, StandardDeviation: 2, Percentiles: { P95: 30 }, OriginalValues: [23] }, Memory: { BytesAllocatedPerOperation: 64 }, Measurements: [{ Nanoseconds: 9 }] }] }), [
    'duration mean 2.4e-8 s', 'duration stddev 2e-9 s', 'duration p95 3e-8 s', 'duration value 2.3e-8 s', 'memory_allocated mean 64 By',
  ])
  const point = (value: number) => ({ point_estimate: value, standard_error: 1, confidence_interval: { confidence_level: 0.95, lower_bound: 1, upper_bound: 2 } })
  t.strictSame(await json({ mean: point(200), median: point(190), std_dev: point(20), slope: point(195), median_abs_dev: point(3) }), ['duration mean 2e-7 s', 'duration median 1.9e-7 s', 'duration stddev 2e-8 s'])
})

t.test('docs/layouts.md lists every layout', async (t) => {
  const file = path.join(root, 'docs', 'layouts.md')
  const page = readFileSync(file, 'utf8')
  const table = ['| `source.layout` | in | what it reads |', '| --- | --- | --- |', ...LAYOUTS.map(row).sort()].join('\n')
  const written = page.replace(/(<!-- written by .* -->\n)[^]*?(?=<!-- end -->)/, (_, before: string) => `${before}\n${table}\n\n`)
  t.ok(written.includes(table), 'the page has the place for it')
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, written)
  t.equal(readFileSync(file, 'utf8'), written, 'as UPDATE_GOLDEN=1 writes it')
})

function row({ name, columns, keys, tool }: Layout): string {
  const forms = [...(keys ? ['JSON'] : []), ...(columns ? ['tables'] : [])].join(', ')
  return `| \`${name}\` | ${forms} | ${tool.replaceAll('|', '\\|')} |`
}
