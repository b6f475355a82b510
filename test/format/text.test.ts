import t from 'tap'
import { brief, readText } from '../record/read.js'

t.test('what tools print is read where nothing else fits', async (t) => {
  const records = await readText('x.txt', 'Oak 1.2, a load generator\n\nSummary:\n  Requests/sec:\t250.5\n  Latency (ms):\n    avg:   4.5\n    95th percentile:   9.25\nDone.\n')
  t.strictSame(records.map(brief), ['request_throughput value 250.5 {request}/s', 'latency mean 0.0045 s', 'latency p95 0.00925 s'])
  t.match(records[1]?.source, { format: 'text', line: 6, column: 12, pointer: '/0/Latency (ms)/avg' })
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
