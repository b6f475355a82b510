import t from 'tap'
import { captionMetric } from '../../lib/record/caption.js'
import { settingIn } from '../../lib/record/wide.js'
import { brief, readText } from './read.js'

const table = (heading: string, rows: string) => `# Doc\n\n## ${heading}\n\n${rows}\n`

t.test('a heading names one metric, or none', async (t) => {
  t.match(captionMetric('Inference latency (ms) on four cards'), { words: ['latency'], unitText: 'ms' })
  t.match(captionMetric('Perplexity'), { words: ['perplexity'] })
  t.match(captionMetric('Timing on a small board'), { words: ['duration'] })
  t.equal(captionMetric('Latency and throughput'), undefined)
  t.equal(captionMetric('Total VRAM requirements'), undefined)
  t.equal(captionMetric('Overview'), undefined)
})

t.test('titles of one setting and its number', async (t) => {
  t.strictSame(['Batch 8', 'bs=8', '8 threads', '1 thread', '4 GPUs', 'n=100'].map(settingIn), [['batch_size', 8], ['batch_size', 8], ['threads', 8], ['threads', 1], ['gpus', 4], ['n', 100]])
  t.strictSame(['Node 22', 'M1', 'o1', 'K80', 'fp16', '8B', 'gcc 13', 'v100'].map(settingIn), Array.from({ length: 8 }, () => undefined))
})

t.test('batch sizes as titles, the metric from the heading', async (t) => {
  const records = await readText('x.md', table('Latency (ms)', '| Engine | Batch 1 | Batch 8 |\n| - | - | - |\n| ada | 4 | 20.5 |\n| bob | OOM | 31 |'))
  t.strictSame(records.map(brief), ['latency value 0.004 s', 'latency value 0.0205 s', 'latency value 0.031 s'])
  t.strictSame(records.map(({ attributes }) => attributes), [
    { batch_size: 1, engine: 'ada', section: 'Latency (ms)' }, { batch_size: 8, engine: 'ada', section: 'Latency (ms)' }, { batch_size: 8, engine: 'bob', section: 'Latency (ms)' },
  ])
  t.equal(records[0]?.raw.name, 'Batch 1')
})

t.test('the paragraph right above names metric, unit and statistic, whatever the heading says', async (t) => {
  const rows = '| Card | 7B Q4 | 7B F16 |\n| - | - | - |\n| Ada 8GB | 70.5 | OOM |\n| Bob 8GB | 60 | 33 |'
  const said = async (prose: string) => (await readText('x.md', `# Doc\n\n## Overview\n\n${prose}\n\n${rows}\n`)).map(brief)
  const rates = ['output_throughput mean 70.5 {token}/s', 'output_throughput mean 60 {token}/s', 'output_throughput mean 33 {token}/s']
  t.strictSame(await said('Average speed (tokens/s) of writing 64 tokens. Higher speed is better.'), rates)
  t.strictSame(await said('**Average** speed in tokens/s, see [the runs](x.md)'), rates)
  t.strictSame(await said('Average 64 tokens prompt eval speed (tokens/s) by card.'), rates.map((rate) => rate.replace('output', 'prompt')))
  t.strictSame(await said('Peak GPU memory (unit: GB)'), ['gpu_memory_used max 70500000000 By', 'gpu_memory_used max 60000000000 By', 'gpu_memory_used max 33000000000 By'])
  t.match(await said('Throughput was 76 tokens/s.'), [/^value/, /^value/, /^value/])
  t.match(await said('We ran every model on every card and never looked at its speed while it was busy with other work'), [/^value/, /^value/, /^value/])
})

t.test('a unit in the paragraph of an outer section holds, a list between is no caption', async (t) => {
  const text = '# Runs\n\nAll of it is latency in ms, as (ms) says.\n\n## Ada\n\n| Size | gcc 13 | clang 18 |\n| - | - | - |\n| small | 4 | 5 |\n'
  t.strictSame((await readText('x.md', text)).map(brief), ['latency value 0.004 s', 'latency value 0.005 s'])
  t.match((await readText('x.md', text.replace('All of it', '- All of it'))).map(brief), [/ 4$/, / 5$/])
})

t.test('what a prompt and a generation of so many tokens reached', async (t) => {
  const records = await readText('x.md', '| Card | tg 64 | pp128 |\n| - | - | - |\n| Ada | 70.5 | 900 |\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes]), [
    ['output_throughput value 70.5 {token}/s', { n_gen: 64, card: 'Ada' }],
    ['prompt_throughput value 900 {token}/s', { n_prompt: 128, card: 'Ada' }],
  ])
  t.strictSame((await readText('x.md', '| Card | tg 64 | pp128 |\n| - | - | - |\n| Ada | 7 ms | 9 ms |\n')).filter(({ unit }) => unit === '{token}/s'), [])
})

t.test('percentiles under a heading that names metric and unit, unless a column does', async (t) => {
  t.strictSame((await readText('x.md', table('Latency (ms)', '| Engine | p50 | p99 |\n| - | - | - |\n| ada | 4 | 20 |'))).map(brief), ['latency p50 0.004 s', 'latency p99 0.02 s'])
  t.strictSame((await readText('x.md', table('Throughput', '| Engine | Mean TTFT (ms) | p99 (ms) |\n| - | - | - |\n| ada | 4 | 20 |'))).map(brief), ['ttft mean 0.004 s', 'ttft p99 0.02 s'])
})

t.test('cards as titles, the metric from the unit in the cells', async (t) => {
  const records = await readText('x.md', '| Model | Size | card-10 | card-20 |\n| - | - | - | - |\n| llama-x | 7B | 50 t/s | 90 t/s |\n| llama-y | 13B | 30 t/s | 61 t/s |\n')
  t.strictSame(records.map(brief), ['output_throughput value 50 {token}/s', 'output_throughput value 90 {token}/s', 'output_throughput value 30 {token}/s', 'output_throughput value 61 {token}/s'])
  t.strictSame(records[1]?.attributes, { variant: 'card-20', model: 'llama-x', size: '7B' })
})

t.test('models as titles; the corner says what rows are', async (t) => {
  const records = await readText('x.md', table('Accuracy', '| Language | qwen-a 7B | llama-b 8B |\n| - | - | - |\n| Welsh | 0.5 | 0.75 |'))
  t.strictSame(records.map(brief), ['accuracy value 0.5 1', 'accuracy value 0.75 1'])
  t.strictSame(records[0]?.attributes, { model: 'qwen-a 7B', language: 'Welsh', section: 'Accuracy' })
})

t.test('the metric in the corner, lengths as titles, and both axes in the corner', async (t) => {
  t.strictSame((await readText('x.csv', 'Throughput (tok/s),alpha,beta\nserve-1,10,20\nserve-2,30,44\n')).map((record) => [brief(record), record.attributes]), [
    ['output_throughput value 10 {token}/s', { variant: 'alpha', name: 'serve-1' }], ['output_throughput value 20 {token}/s', { variant: 'beta', name: 'serve-1' }],
    ['output_throughput value 30 {token}/s', { variant: 'alpha', name: 'serve-2' }], ['output_throughput value 44 {token}/s', { variant: 'beta', name: 'serve-2' }],
  ])
  t.strictSame((await readText('x.md', table('Latency', '| Seq len | 256 | 512 |\n| - | - | - |\n| ours | 1.5 | 2.5 |'))).map(({ attributes }) => attributes), [
    { seq_len: 256, name: 'ours', section: 'Latency' }, { seq_len: 512, name: 'ours', section: 'Latency' },
  ])
  t.strictSame((await readText('x.csv', 'M\\N,128,256\n64,1.5,2.5\n96,3.5,4.5\n')).map(({ attributes }) => attributes), [{ n: 128, m: 64 }, { n: 256, m: 64 }, { n: 128, m: 96 }, { n: 256, m: 96 }])
})

t.test('words before the metric say which, where they name things', async (t) => {
  const records = await readText('x.csv', 'model,FP16 latency (ms),INT4 latency (ms),Speedup\na,10,5,2.0x\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes['variant']]), [['latency value 0.01 s', 'FP16'], ['latency value 0.005 s', 'INT4'], ['speedup value 2 1', undefined]])
  t.strictSame((await readText('x.csv', 'model,disk latency (ms),network latency (ms)\na,10,5\n')).map(brief), ['disk_latency value 0.01 s', 'network_latency value 0.005 s'])
})

t.test('short forms in capitals say who did it, also before a metric that stands once; parts of the work do not', async (t) => {
  const records = await readText('x.csv', 'batch,AB Latency (ms),CD-X Latency (ms),CD-X Speedup\n1,10,5,2\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes['variant']]), [['latency value 0.01 s', 'AB'], ['latency value 0.005 s', 'CD-X'], ['speedup value 2 1', 'CD-X']])
  t.strictSame((await readText('x.csv', 'model,DNS latency (ms),TLS latency (ms)\na,10,5\n')).map(brief), ['dns_latency value 0.01 s', 'tls_latency value 0.005 s'])
})

t.test('a setting in the brackets of a title', async (t) => {
  const [record] = await readText('x.csv', 'model,Latency (bs=4) (ms)\na,10\n')
  t.strictSame(record?.attributes, { batch_size: 4, model: 'a' })
})

t.test('columns of several kinds stay what they are called', async (t) => {
  t.strictSame((await readText('x.md', table('Accuracy', '| Set | alpha | Latency (ms) |\n| - | - | - |\n| s | 3.5 | 4 |'))).map(brief), ['alpha value 3.5', 'latency value 0.004 s'])
  t.strictSame((await readText('x.md', table('Results', '| Set | frobs | quuxes |\n| - | - | - |\n| s | 3 | 4 |'))).map(brief), ['frobs value 3', 'quuxes value 4'])
  t.strictSame((await readText('x.md', table('Accuracy', '| Set | correct | wrong |\n| - | - | - |\n| s | 3 | 4 |'))).map(brief), ['correct value 3', 'wrong value 4'])
})

t.test('a table on its side, as data frames are written: settings are those of the columns', async (t) => {
  const records = await readText('x.csv', ',1,2\nconcurrency,1.0,2.0\nmean_ttft_ms,5,6\nrequests_per_second,7.5,9.5\nmean_output_length,55,56\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes]), [
    ['ttft mean 0.005 s', { concurrency: 1 }], ['ttft mean 0.006 s', { concurrency: 2 }],
    ['request_throughput value 7.5 {request}/s', { concurrency: 1 }], ['request_throughput value 9.5 {request}/s', { concurrency: 2 }],
    ['output_length mean 55', { concurrency: 1 }], ['output_length mean 56', { concurrency: 2 }],
  ])
})

t.test('commands are no settings, long texts no attributes, dashes under a label repeat it', async (t) => {
  const [record] = await readText('x.md', `| Tool | Command | Prompt | Time (s) |\n| - | - | - | - |\n| zip 1 --fast=3 | LC_ALL=C zip x | ${'word '.repeat(50)} | 2 |\n`)
  t.strictSame(record?.attributes, { tool: 'zip 1 --fast=3', command: 'LC_ALL=C zip x' })
  const rows = await readText('x.md', '| Model | Bits | Time (s) |\n| - | - | - |\n| a | 4 | 2 |\n| -- | 8 | 3 |\n')
  t.strictSame(rows.map(({ attributes }) => attributes['model']), ['a', 'a'])
})

t.test('models as titles over benchmarks: scores, by the metric that a row names, and no settings', async (t) => {
  const rows = '| Benchmark (Metric) | oak-7b | elm-13b |\n| - | - | - |\n| # Params | 7B | 13B |\n| SUMS (EM) | 40.5 | 50.5 |\n| CODE (Pass@1) | 30.5 | 20.5 |\n| TALK (3-shot) | 60.5 | 70.5 |\n'
  const records = await readText('x.md', rows)
  t.strictSame(records.filter((_, at) => at % 2 === 0).map((record) => [brief(record), record.attributes['model']]), [['exact_match value 40.5', 'oak-7b'], ['pass_at_1 value 30.5', 'oak-7b'], ['score value 60.5', 'oak-7b']])
  t.ok(records.every(({ source }) => (source.confidence ?? 1) < 0.8), 'only a guess')
})

t.test('what the paragraph above mentions names numbers of its kind, as a guess', async (t) => {
  const memory = await readText('x.md', '# Doc\n\n## Caches\n\nWe look at its memory in many different conditions of use, and at nothing else here.\n\n| Cache | sl=64 | sl=128 |\n| - | - | - |\n| on | 5GB | 6GB |\n| off | 7GB | 9GB |\n')
  t.strictSame(memory.slice(0, 2).map((record) => [brief(record), record.attributes['sl'], record.source.confidence]), [['memory_used value 5000000000 By', 64, 0.6], ['memory_used value 6000000000 By', 128, 0.6]])
})

t.test('a speed in seconds is none', async (t) => {
  t.strictSame((await readText('x.md', '## Link speed\n\n| Program | oak | elm |\n| - | - | - |\n| a | 1.5s | 2s |\n| b | 2.5s | 3s |\n')).slice(0, 1).map(brief), ['duration value 1.5 s'])
})
