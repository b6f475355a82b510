import t from 'tap'
import { brief, readText } from './read.js'

t.test('records of an HTML table stand where their cells do, and are less sure', async (t) => {
  const text = '# H\n\n<table>\n<tr><th>Model size</th><th>Batch</th><th>Latency (ms)</th></tr>\n<tr>\n<td rowspan="2">7B</td>\n<td>1</td>\n  <td>5</td>\n</tr>\n<tr><td>8</td><td>6</td></tr>\n</table>\n'
  const records = await readText('x.md', text)
  t.same(records.map(({ metric, value, unit, attributes }) => [metric, value, unit, attributes]), [
    ['latency', 0.005, 's', { model_size: '7B', batch_size: 1 }],
    ['latency', 0.006, 's', { model_size: '7B', batch_size: 8 }],
  ])
  const lines = text.split('\n')
  for (const { source, raw } of records) {
    t.ok(lines[(source.line ?? 0) - 1]?.slice((source.column ?? 0) - 1).startsWith(raw.text))
    t.equal(text.slice(...(source.bytes ?? [0, 0])), lines[(source.line ?? 0) - 1])
    t.ok((source.confidence ?? 1) < 0.8)
  }
})

t.test('records of a fence', async (t) => {
  const text = '```\nBenchmarkSort-8   100   1500 ns/op   16 B/op   2 allocs/op\n```\n\n```\nkind    time (ms)\n----    ---------\nada           1.5\nbob           2.5\n```\n'
  const records = await readText('x.md', text)
  t.same(records.map(({ metric, value, unit, source }) => [metric, value, unit, source.line, source.confidence]), [
    ['duration', 1.5e-6, 's', 2, 0.86], ['memory_allocated', 16, 'By/{operation}', 2, 0.77], ['allocations', 2, '{allocation}/{operation}', 2, 0.77],
    ['time', 0.0015, 's', 8, 0.76], ['time', 0.0025, 's', 9, 0.76],
  ].map(([metric, ...rest]) => [metric === 'time' ? 'duration' : metric, ...rest]))
})

t.test('statistics as assignments, a table of the console, and what benchstat prints', async (t) => {
  const fence = (text: string) => readText('x.md', `# Doc\n\n\`\`\`\n${text}\`\`\`\n`)
  const assigned = await fence('threads = 4\n  sort  min =  1.25  max =  2.5  avg =  1.75\n   hash min =  0.5  max = 10.25  avg =  3.5\n')
  t.strictSame(assigned.map((record) => [brief(record), record.attributes['name']]), [
    ['value min 1.25', 'sort'], ['value max 2.5', 'sort'], ['value mean 1.75', 'sort'],
    ['value min 0.5', 'hash'], ['value max 10.25', 'hash'], ['value mean 3.5', 'hash'],
  ])
  t.match(assigned[3]?.source, { line: 6, column: 16 })
  t.strictSame(await fence('vus....: 4  min=4  max=5\nvus_max: 5  min=5  max=5\n'), [])
  const boxed = await fence("┌──────────┬────────┬──────────────────┐\n│ Tests    │ Runs   │ Result           │\n├──────────┼────────┼──────────────────┤\n│ 'oak'    │ 50     │ '470.5 req/sec'  │\n│ 'elm'    │ 75     │ '540.5 req/sec'  │\n└──────────┴────────┴──────────────────┘\n")
  t.strictSame(boxed.map((record) => [brief(record), record.attributes['tests']]), [['request_throughput value 470.5 {request}/s', 'oak'], ['request_throughput value 540.5 {request}/s', 'elm']])
  const compared = await fence('name                  time/op\nOak/reads=99%         27.5ns ± 1%\nOak/reads=99%-2       15.5ns ±11%\nElm/reads=75%         0.75µs ± 0%\n')
  t.strictSame(compared.map(brief), ['duration value 2.75e-8 s', 'duration value 1.55e-8 s', 'duration value 7.5e-7 s'])
})

t.test('labelled lines in a fence are read as a report of their own', async (t) => {
  const text = '# Doc\n\n## Oak\n\nClients: 4\n\n```\nRunning 5s test\nRequests/sec:   250.5\nTransfer/sec:    1.5MB\nlatency: 2.5 ms\n```\n\n```\nRequests/sec:   300.5\nTransfer/sec:    2.5MB\n```\n'
  const records = await readText('x.md', text)
  t.strictSame(records.map((record) => [brief(record), record.source.line, record.source.pointer]), [
    ['request_throughput value 250.5 {request}/s', 9, '/0/Requests~1sec'], ['transfer_per_sec value 1500000 By/s', 10, '/0/Transfer~1sec'], ['latency value 0.0025 s', 11, '/0/latency'],
    ['request_throughput value 300.5 {request}/s', 15, '/1/Requests~1sec'], ['transfer_per_sec value 2500000 By/s', 16, '/1/Transfer~1sec'],
  ])
  t.equal(new Set(records.map(({ id }) => id)).size, records.length)
  t.match(records[0], { attributes: { section: 'Oak', clients: 4 }, source: { format: 'markdown', headings: ['Doc', 'Oak'], column: 17 } })
  t.equal(text.slice(...(records[3]?.source.bytes ?? [0, 0])), '300.5')
})

t.test('labelled lines in a fence that are settings, facts about a machine, or a program are none', async (t) => {
  const none = async (lines: string, language = '', heading = 'Use') => t.strictSame(await readText('x.md', `# ${heading}\n\n\`\`\`${language}\n${lines}\n\`\`\`\n`), [], lines)
  await none('timeout: 30 s\nmax size: 10 MB\nretries: 3\nbuffer: 4 KB')
  await none('Memory Bandwidth: 504 GB/s\nPower: 80 W\nCores: 9', '', 'Hardware Configuration')
  await none('latency: 5 ms\nthroughput: 7 MB/s\npower: 80 W', 'yaml')
})

t.test('what stands in pre is read as what stands between fences', async (t) => {
  const text = '<details>\n<pre><code>\n=====\nway          Build (ms)  Query (ms) Mean ratio\n-----\nflat <b>one</b>           1.50    1_250.25       0.50\ntree               2.50       12.50       0.75\n</code></pre>\n</details>\n'
  const records = await readText('x.md', text)
  t.strictSame(records.map((record) => [record.metric, record.stat, record.value, record.attributes['way'], record.source.line]), [
    ['build', 'value', 0.0015, 'flat one', 6], ['query', 'value', 1.25025, 'flat one', 6], ['ratio', 'mean', 0.5, 'flat one', 6],
    ['build', 'value', 0.0025, 'tree', 7], ['query', 'value', 0.0125, 'tree', 7], ['ratio', 'mean', 0.75, 'tree', 7],
  ])
})

t.test('rules without corners, bars beside numbers, bits and bytes', async (t) => {
  const fence = (text: string) => readText('x.md', `# Doc\n\n\`\`\`\n${text}\`\`\`\n`)
  const rule = `${'-'.repeat(60)}\n`
  const piped = await fence(`${rule}way    | place | Duration | Mean   | Rate Mb/s | Size MB/s\n${rule}oak    | near  | 10s      | 5.5µs  | 80.5      | 7\nelm    | far   | 10s      | 48µs   | 16        | 5\n${rule}`)
  t.strictSame(piped.map(brief), ['duration mean 0.0000055 s', 'rate value 10062500 By/s', 'size_throughput value 7000000 By/s', 'duration mean 0.000048 s', 'rate value 2000000 By/s', 'size_throughput value 5000000 By/s'])
  t.strictSame(await fence('way | place | ms\n-----------\noak | near | 5\n'), [], 'a rule below alone is none')
  const bars = await fence('| way | Rate (MB/s) |\n|-----|-----|\n| oak | ░░░░ 366 |\n| elm | ▓▓ 12.5 |\n')
  t.strictSame(bars.map(({ value }) => value), [366e6, 12.5e6])
})

t.test('logs of labels and numbers', async (t) => {
  const fence = (text: string, language = '') => readText('x.md', `# Doc\n\n\`\`\`${language}\n${text}\`\`\`\n`)
  const epochs = await fence('--- oak on small set ---\nEpoch 01 loss 12.5 | train 3.25s\nEpoch 02 loss 6.25 | train 3.5s | Acc 45.5% | infer 5.5s\n')
  t.strictSame(epochs.map((record) => [brief(record), record.attributes['epoch']]), [['loss value 12.5', '01'], ['train value 3.25 s', '01'], ['loss value 6.25', '02'], ['train value 3.5 s', '02'], ['accuracy value 0.455 1', '02'], ['infer value 5.5 s', '02']])
  t.match(epochs[0]?.source, { line: 5, column: 15 })
  t.strictSame((await fence('1/10 [==>...] - 3s 5ms/step - loss: 0.5 - accuracy: 0.75\n2/10 [====>.] - 3s 5ms/step - loss: 0.25 - accuracy: 0.875\n')).map(brief), ['loss value 0.5', 'accuracy value 0.75 1', 'loss value 0.25', 'accuracy value 0.875 1'])
  t.strictSame((await readText('x.log', '2025-01-02 03:04:05 INFO prompt throughput: 10.5 tokens/s, generation throughput: 25.5 tokens/s, Running: 1 reqs\n'.repeat(3))).length, 0, 'another word behind a number')
  t.strictSame((await readText('x.log', 'oak begins\nDuration: 0.5s, GFLOPS: 185.5, Check: good\nDuration: 0.25s, GFLOPS: 190.5, Check: good\n')).map(brief), ['duration value 0.5 s', 'throughput value 185500000000 {flop}/s', 'duration value 0.25 s', 'throughput value 190500000000 {flop}/s'])
  const named = await fence('Running with M=4\nTEST: oak way       :  250.5 ms,    0.5 TFLOPS\nTEST: elm way_two   :   12.5 ms,   10.5 TFLOPS\n')
  t.strictSame(named.map((record) => [brief(record), record.attributes['name']]), [['duration value 0.2505 s', 'TEST: oak way'], ['throughput value 500000000000 {flop}/s', 'TEST: oak way'], ['duration value 0.0125 s', 'TEST: elm way_two'], ['throughput value 10500000000000 {flop}/s', 'TEST: elm way_two']])
  for (const text of ['x = 1, y = 2\nx = 3, y = 4\n', 'for i in range(10): a[i] = 5, b = 6 | c 7\n'.repeat(2), 'Version 1.2 | Build 7\nVersion 1.3 | Build 8\n', 'timeout : 30 s\nretry : 10 s\n']) t.strictSame(await fence(text), [], text)
  t.strictSame(await fence('Epoch 1 loss 2.5 | acc 0.5\nEpoch 2 loss 1.5 | acc 0.75\n', 'python'), [], 'a program')
})

t.test('what tools print for each benchmark', async (t) => {
  const fence = async (text: string) => (await readText('x.md', `# Doc\n\n\`\`\`\n${text}\`\`\`\n`)).map((record) => [brief(record), Object.values(record.attributes)[0], record.source.line])
  t.strictSame(await fence('running 2 tests\ntest oak_way  ... bench:          22 ns/iter (+/- 3)\ntest elm_way  ... bench:       1,214 ns/iter (+/- 20) = 45 MB/s\n'), [
    ['duration value 2.2e-8 s', 'oak_way', 5], ['duration value 0.000001214 s', 'elm_way', 6], ['throughput value 45000000 By/s', 'elm_way', 6],
  ])
  t.strictSame(await fence('oak/parse               time:   [11.25 ns 11.50 ns 11.75 ns]\n                        thrpt:  [250.50 MiB/s 266.50 MiB/s 270.50 MiB/s]\n                 change:\n                        time:   [-0.3% +0.02% +0.29%] (p = 0.88 > 0.05)\noak/a long name on a line of its own\n                        time:   [1.5000 ms 1.6000 ms 1.7000 ms]\nFound 2 outliers\n'), [
    ['duration value 1.15e-8 s', 'oak/parse', 4], ['throughput value 279445504 By/s', 'oak/parse', 5], ['duration value 0.0016 s', 'oak/a long name on a line of its own', 9],
  ])
  t.strictSame(await fence('Benchmark 1: oak --fast\n  Time (mean ± σ):      12.5 ms ±   0.5 ms    [User: 4.5 ms, System: 2.0 ms]\n  Range (min … max):    11.5 ms …  14.0 ms    200 runs\n\nSummary\n  oak ran\n'), [
    ['duration mean 0.0125 s', 'oak --fast', 5], ['duration stddev 0.0005 s', 'oak --fast', 5], ['user_time mean 0.0045 s', 'oak --fast', 5], ['system_time mean 0.002 s', 'oak --fast', 5], ['duration min 0.0115 s', 'oak --fast', 6], ['duration max 0.014 s', 'oak --fast', 6],
  ])
  t.strictSame(await fence('oak x 1,234,567 ops/sec ±0.50% (90 runs sampled)\nelm x 234 ops/sec ±1.50% (88 runs sampled)\nFastest is oak\n'), [['throughput value 1234567 {operation}/s', 'oak', 4], ['throughput value 234 {operation}/s', 'elm', 5]])
  t.strictSame(await fence('PING: 920.5 requests per second\nSET: 940.5 requests per second, p50=0.25 msec\n'), [['request_throughput value 920.5 {request}/s', 'PING', 4], ['request_throughput value 940.5 {request}/s', 'SET', 5], ['duration p50 0.00025 s', 'SET', 5]])
  t.strictSame(await fence('SQL statistics:\n    queries:      200 (66.5 per sec.)\n\nLatency (ms):\n         min:       2.50\n         avg:      12.00\n         95th percentile:   20.25\n'), [['latency min 0.0025 s', undefined, 8], ['latency mean 0.012 s', undefined, 9], ['latency p95 0.02025 s', undefined, 10]])
  t.strictSame(await fence('thrpt:  [250.50 MiB/s 266.50 MiB/s 270.50 MiB/s]\ntest oak ... ok\nBenchmark 1: oak\ntime: [now]\n'), [])
})

t.test('what time says of a command', async (t) => {
  const read = async (text: string) => (await readText('x.md', `# Doc\n\n\`\`\`\n${text}\`\`\`\n`)).map((record) => [brief(record), record.attributes['command'], record.source.line])
  t.strictSame(await read('===  ./oak  ===\n4995\n\nreal\t0m0.750s\nuser\t0m0.500s\nsys\t0m0.025s\n\n$ time elm --fast\nreal 1m2.5s\nuser 0m1.5s\nsys 0m0.5s\n'), [
    ['duration value 0.75 s', './oak', 7], ['user value 0.5 s', './oak', 8], ['sys value 0.025 s', './oak', 9], ['duration value 62.5 s', 'elm --fast', 12], ['user value 1.5 s', 'elm --fast', 13], ['sys value 0.5 s', 'elm --fast', 14],
  ])
  t.strictSame(await read('real 0m1.5s\nthing\n'), [])
})
