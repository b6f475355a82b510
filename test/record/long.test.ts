import t from 'tap'
import { brief, readText } from './read.js'

const json = async (value: unknown): Promise<readonly string[]> => (await readText('x.json', JSON.stringify(value))).map(brief)

t.test('an object may name its metric in a value', async (t) => {
  t.strictSame(await json([{ metric: 'ttft', value: 1.5, unit: 'ms' }, { metric: 'p99 latency', value: 250, unit: 'ms' }]), ['ttft value 0.0015 s', 'latency p99 0.25 s'])
  t.strictSame(await json({ metrics: [{ name: 'ttft', mean: 12.5, p99: 20, unit: 'ms' }] }), ['ttft mean 0.0125 s', 'ttft p99 0.02 s'])
  t.strictSame(await json({ measurements: [{ id: 'boot_time', value: 3.5, units: 's' }, { type: 'energy', value: 7, unit: 'J' }] }), ['boot_time value 3.5 s', 'energy value 7 J'])
  t.strictSame(await json({ ttft: { value: 120, unit: 'ms' }, throughput: { value: 88, unit: 'tokens/s' } }), ['ttft value 0.12 s', 'output_throughput value 88 {token}/s'])
})

t.test('a name without a unit beside it is a metric only where it reads like one', async (t) => {
  t.strictSame(await json([{ name: 'ttft_ms', val: 120 }, { name: 'tokens_per_second', val: 88 }]), ['ttft value 0.12 s', 'output_throughput value 88 {token}/s'])
  const [record] = await readText('x.json', '[{"name":"gamma","mean":3,"unit":"ms"}]')
  t.match(record, { metric: 'duration', stat: 'mean', attributes: { name: 'gamma' } })
})

t.test('the statistic, the direction and pairs of attributes stand in values, too', async (t) => {
  const [first, second] = await readText('x.json', '{"results":[{"benchmark":"sort","metric":"latency","stat":"p95","value":12,"unit":"us","labels":{"size":"1k"}},{"metric":"hits","value":9,"percentile":75,"higher_is_better":true,"tags":[{"key":"size","value":"2k"}]}]}')
  t.match(first, { metric: 'latency', stat: 'p95', value: 0.000012, attributes: { benchmark: 'sort', size: '1k' } })
  t.strictSame(second?.attributes, { size: '2k' })
  t.match(second, { metric: 'hits', stat: 'p75', better: 'higher' })
})

t.test('only the bare values are what the object names', async (t) => {
  const found = await readText('x.json', '[{"metric_name":"recall","metric_value":0.5,"wait_ms":12}]')
  t.strictSame(found.map(brief), ['recall value 0.5 1', 'wait value 0.012 s'])
  t.strictSame(found[1]?.attributes, { metric_name: 'recall' })
})

t.test('tables with a row per metric', async (t) => {
  const csv = async (text: string): Promise<readonly string[]> => (await readText('x.csv', text)).map(brief)
  t.strictSame(await csv('name,unit,value\nstartup,ms,12\nhttp GET,req/s,1200\n'), ['startup value 0.012 s', 'http_get value 1200 {request}/s'])
  t.strictSame(await csv('benchmark,metric,value\nsort,duration_ms,12.5\nhash,memory_mb,30\n'), ['duration value 0.0125 s', 'memory_used value 30000000 By'])
  t.strictSame(await csv('measurement,statistic,result,units\nTTFT,p50,120,ms\nTTFT,mean,140,ms\n'), ['ttft p50 0.12 s', 'ttft mean 0.14 s'])
  t.strictSame(await csv('Metric Name,Metric Unit,Metric Value\ndram__bytes.sum,Mbyte,12.5\n'), ['dram sum 12500000 By'], 'the unit of the row, not that in the name')
})

t.test('what UCUM counts is a unit of its own', async (t) => {
  t.strictSame(await json([{ metric: 'pages', value: 3, unit: '{page}' }, { metric: 'calls', value: 5, unit: '{request}/s' }, { metric: 'payload', value: 2, unit: 'KiBy' }]), [
    'pages value 3 {page}', 'calls value 5 {request}/s', 'payload value 2048 By',
  ])
})
