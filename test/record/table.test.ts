import fc from 'fast-check'
import t from 'tap'
import { tableReader } from '../../lib/record/table.js'
import { brief, readText } from './read.js'

t.test('rates and durations in one row, settings as attributes, the time of the row', async (t) => {
  const records = await readText('x.csv', 'timestamp,model,num_gpu,temperature,ttft_s,tokens_s,eval_count,error\n2025-09-30T20:11:33,llama3.1:8b,999,0.2,5.7,77.5,99,\n')
  t.strictSame(records.map(brief), ['ttft value 5.7 s', 'output_throughput value 77.5 {token}/s', 'output_tokens value 99 {token}'])
  t.strictSame(records[0]?.attributes, { model: 'llama3.1:8b', num_gpu: 999, temperature: 0.2 })
  t.equal(records[0]?.time, '2025-09-30T20:11:33')
  t.match(records[1], { better: 'higher', raw: { name: 'tokens_s', text: '77.5', unit: 'tokens_s' }, source: { file: 'x.csv', format: 'csv', line: 2, column: 6, pointer: '/0/tokens_s' } })
})

t.test('a row with an error keeps its numbers, marked', async (t) => {
  const records = await readText('x.csv', 'model,ttft_s,tokens_s,error\na,0.5,10,\nb,0.0,0.0,connection refused\n')
  t.strictSame(records.map(brief), ['ttft value 0.5 s', 'output_throughput value 10 {token}/s', 'ttft value 0 s error', 'output_throughput value 0 {token}/s error'])
  t.equal(records[2]?.attributes['error'], 'connection refused')
})

t.test('success and status columns', async (t) => {
  const records = await readText('x.csv', 'run_name,success,latency_ms\na,TRUE,5\nb,FALSE,0\n')
  t.strictSame(records.map(brief), ['latency value 0.005 s', 'latency value 0 s error'])
})

t.test('empty cells give nothing', async (t) => {
  const records = await readText('x.csv', 'model,latency_ms,accuracy\na,-,0.5\nb,N/A,\nc,7,null\n')
  t.strictSame(records.map(brief), ['accuracy value 0.5 1', 'latency value 0.007 s'])
})

t.test('options packed into a cell become attributes', async (t) => {
  const [record] = await readText('x.csv', 'model,ttft_s,options\na,0.5,"{""temperature"":0.3,""top_p"":0.9,""__proto__"":1}"\n')
  t.strictSame(record?.attributes, { model: 'a', temperature: 0.3, top_p: 0.9, proto: 1 })
})

t.test('a units row, a unit column, units in cells', async (t) => {
  t.strictSame((await readText('x.csv', 'kernel,duration,occupancy\n,us,%\nk1,9.4,75\nk2,1.5,80\n')).map(brief), [
    'duration value 0.0000094 s', 'occupancy value 0.75 1', 'duration value 0.0000015 s', 'occupancy value 0.8 1',
  ])
  t.strictSame((await readText('x.csv', 'metric,value,unit\nlatency,5,ms\nthroughput,90,tok/s\n')).map(brief), ['latency value 0.005 s', 'output_throughput value 90 {token}/s'])
  t.strictSame((await readText('x.csv', 'name,time\na,1.5ms\nb,2us\n')).map(brief), ['duration value 0.0015 s', 'duration value 0.000002 s'])
})

t.test('whole numbers left of the results are what was varied', async (t) => {
  const records = await readText('x.csv', 'n,time_ns\n10,5\n20,9\n')
  t.strictSame(records.map(brief), ['duration value 5e-9 s', 'duration value 9e-9 s'])
  t.strictSame(records.map((record) => record.attributes['n']), [10, 20])
})

t.test('unknown stays unknown', async (t) => {
  t.strictSame((await readText('x.csv', 'case_label,frobs\nx,3.5\n')).map(brief), ['frobs value 3.5'])
})

t.test('Markdown: a group label goes down, dashes give nothing', async (t) => {
  const text = '# T\n\n## CPU\n\n| Model | Backend | Mean Latency (ms) | Compile Time (s) | Notes |\n| - | - | - | - | - |\n| `mlp` | eager | 0.493 | - | base |\n| | jit | 0.635 | 0.0576 | x |\n'
  const records = await readText('x.md', text)
  t.strictSame(records.map(brief), ['latency mean 0.000493 s', 'latency mean 0.000635 s', 'compile_time value 0.0576 s'])
  t.strictSame(records[1]?.attributes, { model: 'mlp', backend: 'jit', section: 'CPU' })
  t.match(records[1]?.source, { format: 'markdown', headings: ['T', 'CPU'], pointer: '/0/1/Mean Latency (ms)' })
})

t.test('Markdown: a table turned on its side', async (t) => {
  const text = '| Metric | Base | New | Δ |\n| - | - | - | - |\n| **Throughput** | 99.3 tok/s | 98.5 tok/s | **-0.8%** ❌ |\n| TTFT | 354 ± 5 ms | 1501 ms | +323% |\n| Model | a | b | |\n'
  const records = await readText('x.md', text)
  t.strictSame(records.map(brief), [
    'output_throughput value 99.3 {token}/s', 'output_throughput value 98.5 {token}/s', 'output_throughput delta -0.008 1',
    'ttft mean 0.354 s', 'ttft stddev 0.005 s', 'ttft value 1.501 s', 'ttft delta 3.23 1',
  ])
  t.equal(records[0]?.attributes['variant'], 'Base')
  t.equal(records[2]?.better, null)
})

t.test('Markdown: metrics known by their names, whatever stands above them', async (t) => {
  const text = '| Scenario | Warm | Cold |\n| - | - | - |\n| Throughput | 74 tok/s | 75 tok/s |\n| TTFT | 1723 ms | 1518 ms |\n'
  t.strictSame((await readText('x.md', text)).map(brief), ['output_throughput value 74 {token}/s', 'output_throughput value 75 {token}/s', 'ttft value 1.723 s', 'ttft value 1.518 s'])
})

t.test('statistics as columns of a named metric, and beside a mean', async (t) => {
  t.strictSame((await readText('x.csv', 'Metric,avg,p99\nTime To First Token (ms),12,30\n')).map(brief), ['ttft mean 0.012 s', 'ttft p99 0.03 s'])
  t.strictSame((await readText('x.csv', 'backend,Mean latency (ms),Std (ms)\nx,5,1\n')).map(brief), ['latency mean 0.005 s', 'latency stddev 0.001 s'])
})

t.test('a title that is only what one operation takes', async (t) => {
  const text = '| Router | ns/op | B/op | allocs/op |\n| - | - | - | - |\n| ada | 1,250 | 16 | 2 |\n'
  const expected = ['duration value 0.00000125 s', 'memory_allocated value 16 By/{operation}', 'allocations value 2 {allocation}/{operation}']
  t.strictSame((await readText('x.md', text)).map(brief), expected.map((line) => line.replace('0.00000125', String(0.00000125))))
})

t.test('how many there are of something describes the data', async (t) => {
  const records = await readText('x.md', '| Task | #Samples | # Errors | Score |\n| - | - | - | - |\n| ada | 200 | 3 | 41.5 |\n')
  t.strictSame(records.map(({ raw, attributes }) => [raw.text, attributes['samples']]), [['3', 200], ['41.5', 200]])
})

t.test('a description of a format measures nothing but what has a rate, a time or a known name', async (t) => {
  const text = (title: string) => `# ${title}\n\n## Header\n\n| Magic | Flags | Length |\n| - | - | - |\n| 4 bytes | 1 byte | 8 |\n\n## Codes\n\n| State | Base | Speed | Latency (ms) | Ratio |\n| - | - | - | - | - |\n| 0 | 16 | 5 MB/s | 7 | 2.5 |\n`
  t.strictSame((await readText('x.md', text('Ada Compression Format'))).map(({ raw }) => raw.text), ['5 MB/s', '7', '2.5'])
  t.strictSame((await readText('x.md', text('LZA Frame Format Description 1.2'))).map(({ raw }) => raw.text), ['5 MB/s', '7', '2.5'])
  t.ok((await readText('x.md', text('Ada compression format benchmark'))).length > 3)
})

t.test('settings above a table hold for it', async (t) => {
  const text = '# Report\n\n- Generated: 2025-10-02T21:08:57+00:00\n- Model: conv\n- Device: cpu\n\n**Configuration:** num_gpu=60, num_ctx=1024\n\n| Backend | Latency (ms) |\n| - | - |\n| a | 1 |\n'
  const [record] = await readText('x.md', text)
  t.match(record?.attributes, { backend: 'a', model: 'conv', device: 'cpu', num_gpu: 60, num_ctx: 1024 })
  t.equal(record?.time, '2025-10-02T21:08:57+00:00')
})

t.test('property: any table at all is read without a throw, into finite values', async () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('metric', 'value', 'unit', 'Mean', 'p95_ms', 'ttft_s', 'error', 'success', 'timestamp', '__proto__', 'constructor', 'GPU', 'Δ', 'Config'))
  const cell = fc.oneof(fc.string(), fc.constantFrom('', '-', '5', '1.5 ms', '99 ± 1', '~3 GB', '<1', 'ms', '%', 'gpu=60, ctx=512', '{"a":1}', '2025-10-02T19:12:04Z', 'FALSE', 'Throughput'))
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 70 }), fc.constantFrom('csv' as const, 'markdown' as const), (header, rows, format) => {
      const reader = tableReader({ file: 'x', format, hash: '0' }, { type: 'table', table: 0, header, line: 1, headings: ['a', 'b'] })
      const records = rows.flatMap((cells, row) => reader.row({ type: 'row', table: 0, row, cells, line: row + 2 }))
      records.push(...reader.flush())
      return records.every((record) => Number.isFinite(record.value) && /^0-[0-9a-f]{16}$/.test(record.id) && Object.getPrototypeOf(record.attributes) === Object.prototype)
    }),
    { numRuns: 300 },
  )
})

t.test('an error of one word fails its row, also where the column holds nothing else', async (t) => {
  for (const error of ['oom', 'timeout', 'connection refused']) {
    const records = await readText('x.csv', `model,ttft_ms,error\na,12.5,\nb,13.5,${error}\n`)
    t.strictSame(records.map(({ status, attributes }) => [status, attributes['error']]), [['ok', undefined], ['error', error]], error)
  }
})

t.test('the first column of a log that was written every so often says when', async (t) => {
  const rows = [10, 20, 30, 41, 51].map((at) => `${at},${at + 0.5}`).join('\n')
  const records = await readText('x.csv', `elapsed_s,power_w\n${rows}\n`)
  t.strictSame(records.map((record) => [record.metric, record.attributes['elapsed_s']]), [10, 20, 30, 41, 51].map((at) => ['power', at]))
  // Of runs one after the other some are shorter than others.
  t.equal((await readText('x.csv', 'elapsed_s,power_w\n10,1.5\n20,2.5\n15,1.5\n40,2.5\n50,1.5\n')).length, 10)
})

t.test('billions of parameters are no bytes, whatever stands around them', async (t) => {
  const records = await readText('x.csv', 'params,latency_ms\n7B,5\n13B,6\n')
  t.strictSame(records.map((record) => [record.metric, record.attributes['params']]), [['latency', '7B'], ['latency', '13B']])
  t.equal((await readText('x.csv', 'size,count_x\n64B,5\n128B,6\n'))[0]?.unit, 'By')
})

t.test('thousands in an attribute are grouped as they are in a number', async (t) => {
  t.strictSame((await readText('x.csv', 'batch_size,latency_ms\n"1,000",5\n"2,000",6\n')).map((record) => record.attributes['batch_size']), [1000, 2000])
})

t.test('each of several tables of a CSV file has its title', async (t) => {
  const records = await readText('x.csv', 'Small runs\nname,latency_ms\na,5\nb,6\n\nLarge runs\nname,latency_ms\na,7\nb,8\n')
  t.strictSame(records.map((record) => record.attributes['section']), ['Small runs', 'Small runs', 'Large runs', 'Large runs'])
})

t.test('time per token, whatever it is called', async (t) => {
  t.strictSame((await readText('x.csv', 'name,Decode (ms/token),Prefill (ms/token)\na,5.5,2.5\n')).map((record) => record.metric), ['tpot', 'prompt_eval_duration'])
})

t.test('packets per second', async (t) => {
  t.strictSame((await readText('x.csv', 'cores,throughput_mpps,throughput_sd_mpps\n1,15.5,0.25\n')).map(brief), ['throughput value 15500000 {packet}/s', 'throughput stddev 250000 {packet}/s'])
})

t.test('what stands before the name of the metric in a row says of what it is', async (t) => {
  const records = await readText('x.csv', 'Dataset,Entries,Metric,ada,babbage\noak,"1,200",Accuracy,0.75,0.5\nelm,900,F1,0.25,0.5\n')
  t.strictSame(records.map((record) => [record.metric, record.value, record.attributes['dataset'], record.attributes['entries'], record.attributes['variant']]), [
    ['accuracy', 0.75, 'oak', 1200, 'ada'], ['accuracy', 0.5, 'oak', 1200, 'babbage'], ['f1', 0.25, 'elm', 900, 'ada'], ['f1', 0.5, 'elm', 900, 'babbage'],
  ])
})

t.test('options and their values are no results', async (t) => {
  t.strictSame(await readText('x.md', '| Option | Small | Large |\n| - | - | - |\n| `--depth` | 1.5 | 2 |\n| `--width` | 0.5 | 7 |\n'), [])
})

t.test('titles with units are what was measured, whatever the first column is called', async (t) => {
  const records = await readText('x.md', '| Metric | Write (MB/s) | Trip (s) |\n| - | - | - |\n| raw | 5 | 0.5 |\n| packed | 6 | 0.25 |\n')
  t.strictSame(records.slice(0, 2).map(brief), ['write value 5000000 By/s', 'trip value 0.5 s'])
})

t.test('a header in bold within a table begins another one, of what the row above names', async (t) => {
  const records = await readText('x.md', '# Doc\n\n## Packing\n\n| Page | Size | |\n| - | - | - |\n| home | 70 KB | |\n| **Tool** | **Packed size** | **Time** |\n| ada | -60% 28 KB | *6x* 18 ms |\n| bob | -50% 35 KB | *2x* 6 ms |\n')
  t.strictSame(records.slice(0, 5).map(brief), ['size value 70000 By', 'packed_size value 28000 By', 'packed_size delta -0.6 1', 'duration value 0.018 s', 'time_ratio value 6 1'])
  t.match(records[1], { attributes: { tool: 'ada', section: 'Packing / home' }, source: { line: 9, column: 14 } })
})

t.test('counts of a thing, and thousands of millions of operations', async (t) => {
  const records = await readText('x.md', '| Model | Test #Samples | Flops (G) | Accuracy |\n| - | - | - | - |\n| a | 500 | 1.5 | 70.5 |\n| b | 600 | 2.5 | 60.5 |\n')
  t.strictSame(records.slice(0, 2).map(brief), ['flops value 1500000000 {flop}', 'accuracy value 70.5'])
})

t.test('how many there were has no percentiles, and a statistic without a unit has that of the one before it', async (t) => {
  t.strictSame((await readText('x.csv', 'case,errorCount,min,p99\na,7,20.5,30.5\nb,9,21.5,40.5\n')).slice(0, 3).map(brief), ['errors value 7', 'value min 20.5', 'value p99 30.5'])
  t.strictSame((await readText('x.csv', 'case,Mean latency (ms),Std,Max,Count\na,20.5,1.5,30.5,7\nb,21.5,2.5,40.5,7\n')).slice(0, 4).map(brief), ['latency mean 0.0205 s', 'latency stddev 0.0015 s', 'latency max 0.0305 s', 'latency count 7 1'])
})

t.test('hours, minutes and seconds under a title of a duration; elsewhere they are a time of day', async (t) => {
  t.strictSame((await readText('x.md', '| Stage | Elapsed | Started |\n| - | - | - |\n| a | 00:00:33 | 09:10:11 |\n| b | 01:15:46 | 10:11:12 |\n| c | 1-00:00:01 | 11:12:13 |\n')).map(brief), ['duration value 33 s', 'duration value 4546 s', 'duration value 86401 s'])
})

t.test('what machines have is not measured', async (t) => {
  t.strictSame((await readText('x.md', '| Device | CPU | RAM | Latency (ms) |\n| - | - | - | - |\n| oak | A9 | 16 GB | 5 |\n| elm | B7 | 32 GB | 4 |\n')).map((record) => [brief(record), record.attributes['ram']]), [['latency value 0.005 s', '16 GB'], ['latency value 0.004 s', '32 GB']])
})

t.test('how long a test was to last is a setting', async (t) => {
  const told = async (name: string, text: string) => (await readText(name, text)).map((record) => [brief(record), record.attributes['duration']])
  t.strictSame(await told('x.csv', 'threads,duration,rps\n1,60,1500.5\n4,120,2500.5\n'), [['request_throughput value 1500.5 {request}/s', 60], ['request_throughput value 2500.5 {request}/s', 120]])
  t.strictSame(await told('x.csv', 'way,duration (s),rps\na,61,1500.5\nb,120,2500.5\n'), [['duration value 61 s', undefined], ['request_throughput value 1500.5 {request}/s', undefined], ['duration value 120 s', undefined], ['request_throughput value 2500.5 {request}/s', undefined]])
  t.strictSame((await told('x.csv', 'way,duration,rps\na,60,1500.5\nb,120,2500.5\n')).length, 4, 'without a unit, and without a load')
  t.strictSame(await told('x.csv', 'Time (s),CPU (%)\n0,98.5\n5,100\n10,100\n15,100\n20,99.5\n25,100\n').then((rows) => rows[1]), ['cpu_utilization value 1 1', undefined])
})

t.test('results among settings under Param and Value, and settings alone', async (t) => {
  const read = async (rows: string) => (await readText('x.md', `# R\n\n## Doc\n\n| Param | Value |\n| - | - |\n${rows}`)).map((record) => [brief(record), record.attributes['framework']])
  t.strictSame(await read('| Framework | oak |\n| Requests/sec | 250.5 |\n| Latency (Avg.) | 2.5ms |\n| Memory used (mean), Mib | 64 |\n| CPU used, % | 84 |\n| Workers | 4 |\n'), [
    ['request_throughput value 250.5 {request}/s', 'oak'], ['latency mean 0.0025 s', 'oak'], ['memory_used mean 67108864 By', 'oak'], ['cpu_utilization value 0.84 1', 'oak'],
  ])
  t.strictSame(await read('| Model | oak |\n| Context | 4096 |\n| Prompt tokens | 512 |\n| Power limit | 220 W |\n'), [])
})

t.test('of what statistics are, say the rows or the heading', async (t) => {
  const read = async (text: string) => (await readText('x.md', text)).map(brief)
  t.strictSame(await read('## Use\n\n| Resource | Avg | Max |\n| - | - | - |\n| CPU (%) | 29.5 | 34.5 |\n| Memory (MB) | 94 | 97 |\n| Net TX (MB) | - | 66 |\n'), [
    'cpu_utilization mean 0.295 1', 'cpu_utilization max 0.345 1', 'memory_used mean 94000000 By', 'memory_used max 97000000 By', 'net_tx max 66000000 By',
  ])
  t.strictSame(await read('# load\n\n## latency:\n\n| metric | value | unit |\n| - | - | - |\n| count | 10 | - |\n| mean | 1.5 | s |\n| p99 | 2.5 | s |\n| stdev_ | 16.5 | % |\n'), ['latency count 10 1', 'latency mean 1.5 s', 'latency p99 2.5 s'])
})

t.test('columns of products, a rate in words, rows of a log', async (t) => {
  const read = async (text: string) => (await readText('x.md', text)).map((record) => [brief(record), record.attributes['variant'] ?? record.attributes['concurrency'] ?? record.attributes['time_s']])
  t.strictSame(await read('| Range | OakDB (ms) | ElmStore (s) |\n| - | - | - |\n| low | 3.5 | 11.25 |\n| high | 2.5 | 10.5 |\n'), [['duration value 0.0035 s', 'OakDB'], ['duration value 11.25 s', 'ElmStore'], ['duration value 0.0025 s', 'OakDB'], ['duration value 10.5 s', 'ElmStore']])
  t.strictSame(await read('| run | conc | primary metric |\n| - | - | - |\n| a | 4 | 713.5 output tok/s |\n| b | 8 | 1258 output tok/s |\n'), [['output_throughput value 713.5 {token}/s', 4], ['output_throughput value 1258 {token}/s', 8]])
  t.strictSame(await read('| Time (s) | Read Avg (ms) | CPU (%) |\n| - | - | - |\n| 18 | 250.5 | 80 |\n| 33 | 240.5 | 90 |\n| 48 | 220.5 | 95 |\n').then((rows) => rows.slice(0, 2)), [['read mean 0.2505 s', 18], ['cpu_utilization value 0.8 1', 18]])
})

t.test('a table of settings holds for the tables below it, one under a heading of settings for the sections beside it', async (t) => {
  const settings = '| Field | Value |\n| - | - |\n| Engine | oak |\n| Concurrency | 96 |\n| Objective | rate |\n'
  const results = '| metric | value |\n| - | - |\n| ttft_ms | 25 |\n'
  const read = async (text: string) => (await readText('x.md', text)).map(({ metric, attributes }) => [metric, attributes['engine'], attributes['concurrency']])
  t.strictSame(await read(`# Run a\n\n${settings}\n## Metrics\n\n${results}`), [['ttft', 'oak', 96]])
  t.strictSame(await read(`# Doc\n\n## Run a\n\n### Configuration\n\n${settings}\n### Results\n\n${results}\n## Run b\n\n### Results\n\n${results}`), [['ttft', 'oak', 96], ['ttft', undefined, undefined]])
  t.strictSame(await read(`# Doc\n\n## Run a\n\n${settings}\n## Run b\n\n${results}`), [['ttft', undefined, undefined]])
})

t.test('counts with their share in brackets are results though all are whole', async (t) => {
  t.strictSame((await readText('x.md', '| Mode | Small | Large | Latency |\n| - | - | - | - |\n| a | 383 (9.1%) | 10 (0.5%) | 5 ms |\n| b | 382 (9.1%) | 11 (0.5%) | 6 ms |\n')).map(({ metric }) => metric), ['small', 'large', 'latency', 'small', 'large', 'latency'])
})

t.test('a second row of titles that are statistics', async (t) => {
  const read = async (text: string) => (await readText('x.md', text)).map((record) => [brief(record), record.raw.name, record.source.line])
  t.strictSame(await read('|  | Runtime | | CPU time (ms) | |\n| - | - | - | - | - |\n| | median | stdev | median | p99 |\n| oak | 1.5 | 0.25 | 4 | 5 |\n'), [['duration median 1.5', 'Runtime median', 4], ['duration stddev 0.25', 'Runtime stdev', 4], ['cpu_time median 0.004 s', 'CPU time (ms) median', 4], ['cpu_time p99 0.005 s', 'CPU time (ms) p99', 4]])
  t.strictSame((await read('| a | b | c |\n| - | - | - |\n| x | mean | 5 |\n| y | max | 6 |\n')).length, 2, 'a column of statistics')
})

t.test('matrices, products, and the numbers behind a first title with its setting', async (t) => {
  const read = async (text: string, key: string) => (await readText('x.md', text)).map((record) => [brief(record), record.attributes[key]])
  t.strictSame(await read('# D\n\n## Compression ratio\n\n| Way \\ data | msg_a | num_b | obs_error |\n| - | - | - | - |\n| oak | 1.5 | 2.25 | 1.25 |\n| elm | 2.5 | 3.25 | 1.75 |\n', 'data').then((rows) => rows.slice(0, 3)), [['compression_ratio value 1.5', 'msg_a'], ['compression_ratio value 2.25', 'num_b'], ['compression_ratio value 1.25', 'obs_error']])
  t.strictSame(await read('| Codec | Oak | Elm |\n| - | - | - |\n| a | 107 MB | 150 MB |\n', 'variant').then((rows) => rows.some(([line]) => String(line).startsWith('compression_ratio'))), false)
  t.strictSame(await read('| Way | Go-MySQL-Driver | other one |\n| - | - | - |\n| a | 3923 queries/second | 2189 queries/second |\n| b | 392 queries/second | - |\n', 'variant'), [['throughput value 3923 {query}/s', 'Go-MySQL-Driver'], ['throughput value 2189 {query}/s', 'other one'], ['throughput value 392 {query}/s', 'Go-MySQL-Driver']])
  t.strictSame(await read('| Way | Concurrency 1 | 2 | 4 |\n| - | - | - | - |\n| a | 10 req/s | 20 req/s | 30 req/s |\n', 'concurrency'), [['request_throughput value 10 {request}/s', 1], ['request_throughput value 20 {request}/s', 2], ['request_throughput value 30 {request}/s', 4]])
})

t.test('sizes that came out, millions a second of what is not said, points for a rate', async (t) => {
  t.strictSame((await readText('x.md', '| Way | Encoded Size | Ratio | Encoding Speed |\n| - | - | - | - |\n| a | 21,679 | 4.5 | 102.25 M/s |\n| b | 1,179 | 8.5 | 1.5 G/s |\n')).map(brief), ['encoded_size value 21679', 'ratio value 4.5', 'encoding_speed value 102250000 1/s', 'encoded_size value 1179', 'ratio value 8.5', 'encoding_speed value 1500000000 1/s'])
  t.strictSame((await readText('x.csv', 'model,completed_requests,tps,score_tps\na,60,4.5,99.5\nb,120,5.5,100\n')).map(brief), ['completed_requests value 60', 'output_throughput value 4.5 {token}/s', 'score_tps value 99.5', 'completed_requests value 120', 'output_throughput value 5.5 {token}/s', 'score_tps value 100'])
})
