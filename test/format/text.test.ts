import t from 'tap'
import { brief, readText } from '../record/read.js'

t.test('what tools print is read where nothing else fits', async (t) => {
  const records = await readText('x.txt', 'Oak 1.2, a load generator\n\nSummary:\n  Requests/sec:\t250.5\n  Latency (ms):\n    avg:   4.5\n    95th percentile:   9.25\nDone.\n')
  t.strictSame(records.map(brief), ['request_throughput value 250.5 {request}/s', 'latency mean 0.0045 s', 'latency p95 0.00925 s'])
  t.match(records[1]?.source, { format: 'text', line: 6, column: 12, pointer: '/0/Summary/Latency (ms)/avg' })
  t.strictSame(records[0]?.source.bytes, [52, 57])
})

t.test('a label that comes again begins another report', async (t) => {
  const run = (threads: number, rate: number) => `threads: ${threads}\nthroughput: ${rate} MB/s\nlatency: 2.5 ms\n`
  const records = await readText('x.log', run(2, 10) + run(4, 20))
  t.strictSame(records.map((record) => [record.metric, record.attributes['threads']]), [['throughput', 2], ['latency', 2], ['throughput', 4], ['latency', 4]])
})

t.test('a number under a name that nobody knows is no result of a text', async (t) => {
  t.strictSame((await readText('x.log', 'loaded shards: 12\nlatency: 5 ms\nthroughput: 7 MB/s\nports open: 4\n')).map((record) => record.metric), ['latency', 'throughput'])
})

t.test('prose, code and logs are no reports', async (t) => {
  for (const text of ['A report: it took 5 s.\nThe other: it did not.\n', 'const a = 1\nlet b: number = 2\nreturn a: b\n', 'step: 1\nstep: 2\nstep: 3\nstep: 4\n']) {
    t.strictSame(await readText('x.txt', text), [], text)
  }
})

t.test('several values of one label, a table of statistics, a second look at the same', async (t) => {
  const k6 = 'iteration_duration...: avg=1.5s min=1s p(95)=2.25s\nchecks...: 99.50%  ✓ 199  ✗ 1\nvus: 5\n'
  t.strictSame((await readText('x.txt', k6)).map(brief), ['iteration_duration mean 1.5 s', 'iteration_duration min 1 s', 'iteration_duration p95 2.25 s', 'checks value 0.995 1'])
  const wrk = '  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency     2.50ms    0.50ms   9.00ms   90.00%\nRequests/sec:   1000.50\nTransfer/sec:      2.50MB\n'
  t.strictSame((await readText('x.txt', wrk)).map(brief), ['latency mean 0.0025 s', 'latency stddev 0.0005 s', 'latency max 0.009 s', 'request_throughput value 1000.5 {request}/s', 'transfer_per_sec value 2500000 By/s'])
  const ab = 'Time per request: 45.000 [ms] (mean)\nTime per request: 4.500 [ms] (mean, across all)\nRequests per second: 22.5 [#/sec] (mean)\n'
  t.strictSame((await readText('x.txt', ab)).map(brief), ['time_per_request mean 0.045 s', 'time_per_request mean 0.0045 s', 'request_throughput mean 22.5 {request}/s'])
})

t.test('labels change no prototype', async (t) => {
  await readText('x.txt', '__proto__: 5 ms\nconstructor: 7 ms\nlatency: 9 ms\nlatency p99: 9 ms\n')
  t.equal(({} as Record<string, unknown>)['5 ms'], undefined)
  t.equal(Object.getPrototypeOf({}), Object.prototype)
})

t.test('columns under titles are tables, whatever stands around them', async (t) => {
  const text = 'starting up\n\nkernel     time (ms)   GB/s\n------     ---------   ----\nscan         1.5        20\nsort two     2.25       10\ndone\n'
  const records = await readText('x.txt', text)
  t.strictSame(records.map(brief), ['duration value 0.0015 s', 'throughput value 20000000000 By/s', 'duration value 0.00225 s', 'throughput value 10000000000 By/s'])
  t.match(records[2], { attributes: { kernel: 'sort two' }, source: { line: 6, column: 14 } })
})

t.test('titles that come again, groups above titles, units below them', async (t) => {
  const again = 'NAME   CPU %   MEM USAGE / LIMIT\noak    5.00%   20MiB / 1GiB\nNAME   CPU %   MEM USAGE / LIMIT\noak    7.50%   30MiB / 1GiB\n'
  const watched = await readText('x.log', again)
  t.strictSame(watched.filter(({ metric }) => metric === 'cpu_utilization').map(({ value }) => value), [0.05, 0.075])
  t.strictSame(watched.filter(({ raw }) => raw.text === '30MiB').map(brief), ['memory_used value 31457280 By'])
  const grouped = '%%%% sum %%%%\n#\n#                   out-of-place          in-place\n#     size   count     time  busbw #wrong     time  busbw #wrong\n#      (B)              (us)  (GB/s)           (us)  (GB/s)\n      1024     256     10.5    2.5      0     20.5    1.5      0\n      2048     512     11.5    3.5      0     21.5    4.5      0\n      4096    1024     12.5    4.5      0     22.5    5.5      0\n'
  const records = await readText('x.out', grouped)
  const second = records.filter(({ source }) => source.line === 7)
  t.strictSame(second.filter(({ metric }) => metric !== 'errors').map(brief), ['duration value 0.0000115 s', 'busbw value 3500000000 By/s', 'duration value 0.0000215 s', 'busbw value 4500000000 By/s'])
  t.match(second[0]?.attributes, { section: 'sum', size_b: 2048, variant: 'out-of-place' })
})

t.test('lists of things and source are no columns of results', async (t) => {
  for (const text of ['NAME     READY   AGE\nweb-1    1/1     5d\nweb-2    1/1     7d\n', 'int  a  = 1;\nint  bb = 2;\nint  c  = 3;\n']) t.strictSame(await readText('x.txt', text), [], text)
})

t.test('rows of a name, a colon and columns stand under the titles above them', async (t) => {
  const records = await readText('x.txt', 'SUMMARY of 1 run\n   Operation          Max        Min       Mean\n   ---------          ---        ---       ----\n   file read   :    50.5        1.5        20.25\n   file stat   :    60.5        2.5        30.25\n-- done\n')
  t.strictSame(records.map((record) => [brief(record), record.attributes['operation']]), [
    ['value max 50.5', 'file read'], ['value min 1.5', 'file read'], ['value mean 20.25', 'file read'],
    ['value max 60.5', 'file stat'], ['value min 2.5', 'file stat'], ['value mean 30.25', 'file stat'],
  ])
})

t.test('labels under labels, as deep as they are set in', async (t) => {
  const text = '+ load:\n\t+ memory:\n\t\t+ max_ram: 5976.5 (MB)\n\t+ latency:\n\t\t+ count: 2\n\t\t+ mean: 1.5 (s)\n\t\t+ stdev: 0.25 (s)\n\t\t+ stdev_: 16.5 (%)\n+ decode:\n\t+ latency:\n\t\t+ mean: 0.5 (s)\n'
  const records = await readText('x.txt', text)
  t.strictSame(records.map((record) => [brief(record), record.source.line, record.source.pointer]), [
    ['memory_used max 5976500000 By', 3, '/0/load/memory/max_ram'], ['latency count 2 1', 5, '/0/load/latency/count'], ['latency mean 1.5 s', 6, '/0/load/latency/mean'], ['latency stddev 0.25 s', 7, '/0/load/latency/stdev'],
    ['latency mean 0.5 s', 11, '/0/decode/latency/mean'],
  ])
  const listed = await readText('x.log', 'Oak q4:\n- latency: 0.25 s\n- throughput: 5 MB/s\n\nElm q8:\n- latency: 0.5 s\n- throughput: 4 MB/s\n')
  t.strictSame(listed.map(({ attributes, metric }) => [metric, Object.values(attributes)]), [['latency', ['Oak q4']], ['throughput', ['Oak q4']], ['latency', ['Elm q8']], ['throughput', ['Elm q8']]], 'a label that is no name of a metric')
})
