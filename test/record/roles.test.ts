import t from 'tap'
import { readName } from '../../lib/record/names.js'
import { roleOfName } from '../../lib/record/roles.js'
import { brief, readText } from './read.js'

const roles = (names: string) => names.split(' ').map((name) => [name, roleOfName(readName(name))])
const all = (names: string, role: string) => names.split(' ').map((name) => [name, role])

t.test('settings, sizes, ids and hardware explain; results and outcomes are measured', async (t) => {
  const settings = 'batch_size num_prompts max_tokens seq_len prompt_length concurrency threads seed run_id port version learning_rate message_size_bytes timeout_s think_time_ms vram_total_gb total_vram exit_code scale_factor in_rows num_gpus cores compute_capability_version filter_size warmup_duration_s power_limit_w'
  t.strictSame(roles(settings), all(settings, 'attribute'))
  const results = 'ttft_ms throughput_mixed_precision completed_requests failed output_tokens latency_p99_ms gpu_memory_used_mb mean_output_length peak_memory_mb accuracy error_rate weak_scaling_fp16_precision'
  t.strictSame(roles(results).filter(([, role]) => role === 'attribute'), [])
})

t.test('the total of a machine explains, the total of what ran is measured', async (t) => {
  t.strictSame((await readText('x.md', '| Agents | VRAM per Agent | Total VRAM (2 agents) |\n| - | - | - |\n| a | 3 GB | 6 GB |\n')).map(brief), ['vram_per_agent value 3000000000 By', 'total_vram value 6000000000 By'])
  const [latency] = await readText('x.csv', 'gpu,total_vram_gb,latency_ms\nada,24,5\n')
  t.equal(latency?.metric, 'latency')
  t.strictSame((await readText('x.csv', 'name,median,total\na,1.5ms,3.5s\n')).map(brief), ['duration median 0.0015 s', 'total_duration value 3.5 s'])
})

t.test('parameters of a model in billions are no bytes', async (t) => {
  const records = await readText('x.csv', 'model,size,memory\na,7B,5 GB\nb,1.5B,2 GB\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes['size']]), [['memory_used value 5000000000 By', '7B'], ['memory_used value 2000000000 By', '1.5B']])
  t.strictSame((await readText('x.csv', 'file,size\na,7 B\n')).map(brief), ['size value 7 By'])
})

t.test('warm-ups, by flag, by phase, by key', async (t) => {
  t.strictSame((await readText('x.csv', 'warmup,latency_ms\ntrue,9\nfalse,5\n')).map(brief), ['latency value 0.009 s warmup', 'latency value 0.005 s'])
  t.strictSame((await readText('x.csv', 'discard,latency_ms\n1,9\n0,5\n')).map(brief), ['latency value 0.009 s warmup', 'latency value 0.005 s'])
  t.strictSame((await readText('x.csv', 'phase,latency_ms\nwarmup,9\nmeasure,5\n')).map(brief), ['latency value 0.009 s warmup', 'latency value 0.005 s'])
  const [counted] = await readText('x.csv', 'warmup,latency_ms\n3,9\n3,5\n')
  t.strictSame([counted?.status, counted?.attributes['warmup']], ['ok', 3])
  const json = '{"runs":[{"phase":"warm-up","latency_ms":9},{"phase":"main","latency_ms":5}],"warmup_runs":[{"latency_ms":12}],"last":{"discard":true,"latency_ms":4}}'
  t.strictSame((await readText('x.json', json)).map(brief), ['latency value 0.009 s warmup', 'latency value 0.005 s', 'latency value 0.012 s warmup', 'latency value 0.004 s warmup'])
})

t.test('a column of failures names nothing', async (t) => {
  t.strictSame((await readText('x.md', '| GPU | small (tok/s) | large (tok/s) |\n| - | - | - |\n| a | 50 | OOM |\n| b | 60 | OOM |\n')).map(({ attributes }) => Object.values(attributes).includes('OOM')), [false, false])
})

t.test('keys of a JSON object under a metric are its conditions', async (t) => {
  const records = await readText('x.json', '{"latency_ms":{"eager":5,"compiled":3},"ttft_s_by_batch_size":{"1":0.5,"8":2},"accuracy":{"correct":5,"wrong":3}}')
  t.strictSame(records.map((record) => [brief(record), record.attributes]), [
    ['latency value 0.005 s', { variant: 'eager' }], ['latency value 0.003 s', { variant: 'compiled' }],
    ['ttft value 0.5 s', { batch_size: 1 }], ['ttft value 2 s', { batch_size: 8 }],
    ['correct value 5', {}], ['wrong value 3', {}],
  ])
})

t.test('what was asked or answered is no measurement, and too long for an attribute', async (t) => {
  const [record, ...more] = await readText('x.json', JSON.stringify([{ answer: 20, question: 'why? '.repeat(60), score: 0.5 }]))
  t.strictSame([record?.metric, record?.attributes, more], ['score', {}, []])
})

t.test('a first column without a title tells rows apart, unless it only counts them', async (t) => {
  t.strictSame((await readText('x.csv', ',alpha,beta\n100,5.5,6.5\n500,7.5,8.5\n')).map(({ attributes }) => attributes), [{ name: 100 }, { name: 100 }, { name: 500 }, { name: 500 }])
  t.strictSame((await readText('x.csv', ',latency_ms,ttft_ms\n0,5.5,6.5\n1,7.5,8.5\n')).map(({ attributes }) => attributes), [{}, {}, {}, {}])
})

t.test('crosses stand where numbers would, none stands among words', async (t) => {
  t.strictSame((await readText('x.csv', 'card,plain,fast\na,5.5,X\nb,6.5,X\nc,7.5,2.5\n')).map(({ metric, attributes }) => [metric, attributes]), [['plain', { card: 'a' }], ['plain', { card: 'b' }], ['plain', { card: 'c' }], ['fast', { card: 'c' }]])
  t.strictSame((await readText('x.csv', 'codec,time_ms\nnone,5\ngzip,9\n')).map(({ attributes }) => attributes['codec']), ['none', 'gzip'])
})

t.test('cells with rates or times are measured, whatever the title', async (t) => {
  t.strictSame((await readText('x.csv', 'engine,context\na,156.7 MB/s\nb,20 MB/s\n')).map(({ value, unit }) => [value, unit]), [[156_700_000, 'By/s'], [20_000_000, 'By/s']])
  t.strictSame((await readText('x.csv', 'timeout,latency\n5 s,20 ms\n')).map(brief), ['latency value 0.02 s'])
})

t.test('precision beside recall is a score, elsewhere the type of numbers', async (t) => {
  const metrics = async (name: string, text: string) => (await readText(name, text)).map(({ metric, attributes }) => [metric, attributes['precision']])
  t.same(await metrics('a.csv', 'tool,recall,precision\nx,0.9,0.8\ny,0.7,0.6\n'), [['recall', undefined], ['precision', undefined], ['recall', undefined], ['precision', undefined]])
  t.same(await metrics('a.json', '[{"tool":"x","f1":0.9,"precision":0.8},{"tool":"y","f1":0.7,"precision":0.6}]'), [['f1', undefined], ['precision', undefined], ['f1', undefined], ['precision', undefined]])
  t.same(await metrics('a.csv', 'model,precision,tokens/s\na,16,12\nb,8,14\n'), [['output_throughput', 16], ['output_throughput', 8]])
})
