import t from 'tap'
import { read, readText, textFile } from './read.js'

const told = async (name: string, text: string) => {
  const { records, problems } = await read([textFile(name, text)])
  return { problems: problems.map(({ code, line, message }) => `${code} ${String(line)} ${message}`), confidences: records.map(({ metric, stat, source }) => `${metric} ${stat} ${String(source.confidence)}`) }
}

t.test('statistics must not pass each other', async (t) => {
  const { problems, confidences } = await told('x.csv', 'model,latency_min_ms,latency_p50_ms,latency_p99_ms,latency_max_ms\na,1,2,3,4\nb,1,5,3,6\nc,1,8,5,9\n')
  t.strictSame(problems, ['check-failed 3 expected latency_p50_ms not above latency_p99_ms, found 5 and 3 (0.005 and 0.003 s) (2 of 3 times; this is the first)'])
  t.strictSame(confidences.slice(4, 8), ['latency min 0.95', 'latency p50 0.57', 'latency p99 0.57', 'latency max 0.95'])
  t.strictSame((await told('x.json', '{"ttft_ms":{"min":5.5,"mean":4.5,"max":9}}')).problems.length, 1)
  // As printed, the mean may lie a half step beyond the end; rates count their percentiles from the good end.
  t.strictSame((await told('x.csv', 'latency_mean_ms,latency_max_ms\n1.24,1.2\n')).problems, [])
  t.strictSame((await told('x.csv', 'm,tps_p50,tps_p99\na,30,20\n')).problems, [])
})

t.test('a rate that is a thousandfold off tells of a wrong unit', async (t) => {
  const { problems, confidences } = await told('x.json', '{"eval_count":100,"eval_duration_s":2000,"tokens_per_second":50}')
  t.equal(problems.length, 1)
  t.match(problems[0], /^check-failed 1 expected tokens_per_second = eval_count \/ eval_duration_s, found 50 beside 100 \/ 2000: they differ by a factor of 1000/)
  t.strictSame(confidences, ['output_tokens value 0.45', 'eval_duration value 0.48', 'output_throughput value 0.48'])
  // So it does where the first token was not counted; between the two lies no factor that a unit has.
  t.strictSame((await told('x.csv', 'eval_count,eval_duration_s,tokens_per_second\n3,2000,1\n')).problems.length, 1)
  t.strictSame((await told('x.csv', 'eval_count,eval_duration_s,tokens_per_second\n3,2500,1\n')).problems, [])
})

t.test('what has good reasons is no alarm', async (t) => {
  for (const text of [
    'eval_count,eval_duration_s,tokens_per_second\n100,2,50\n',
    // The first token is no part of the rate; or its time is not.
    'output_tokens,ttft_s,total_duration_s,tokens_per_second\n101,1,3,50\n',
    // Several requests at a time.
    'output_tokens,latency_s,tokens_per_second\n100,2,400\n',
    'output_tokens,duration_s,tokens_per_second\n0,0,0\n',
    'prompt_tokens,output_tokens,total_tokens\n10,20,35\n',
    'ttft_s,total_duration_s\n0.5,0\n',
  ]) {
    t.strictSame((await told('x.csv', text)).problems, [], text)
  }
})

t.test('parts and their whole', async (t) => {
  t.match((await told('x.csv', 'prompt_tokens,output_tokens,total_tokens\n10,20,25\n')).problems, [/^check-failed 2 expected total_tokens = prompt_tokens \+ output_tokens, found 25 beside 10 \+ 20$/])
  t.match((await told('x.csv', 'ttft_s,total_duration_s\n5,2\n')).problems, [/^check-failed 2 expected ttft_s <= total_duration_s, found 5 s and 2 s$/])
})

t.test('a unit that only fits is said, not taken', async (t) => {
  const { problems } = await told('x.csv', 'output_tokens,duration,tokens_per_second\n100,2000,50\n100,4000,25\n')
  t.strictSame(problems, ['unit-likely 2 duration has no unit, and is left without; 100 tokens at 50 tokens/s fit 2000 ms (2 of 2 times; this is the first)'])
  t.equal((await readText('x.csv', 'output_tokens,duration,tokens_per_second\n100,2000,50\n'))[1]?.unit, '')
})

const change = (row: string) => `| Metric | Before | After | Change |\n| - | - | - | - |\n| ${row} |\n`

t.test('differences are worked out again', async (t) => {
  for (const row of ['TTFT | 100.0 ms | 80.0 ms | -20.0%', 'TTFT | 100.0 ms | 80.0 ms | -20 ms', 'TTFT | 3.0 s | 2.0 s | -33.3%', 'Throughput | 50.0 tok/s | 75.0 tok/s | 1.50x', 'TTFT | 100.0 ms | 80.0 ms | 20.0% faster', 'TTFT | 0 ms | 80.0 ms | +100%', 'TTFT | 3 s | 2 s | -32%']) {
    t.strictSame((await told('x.md', change(row))).problems, [], row)
  }
  const wrong = await told('x.md', change('TTFT | 100.0 ms | 80.0 ms | -30.0%'))
  t.strictSame(wrong.problems, ['delta-mismatch 3 Before 100.0 ms and After 80.0 ms give -20 %, the file says -30.0%'])
  t.strictSame(wrong.confidences, ['ttft value 0.95', 'ttft value 0.95', 'ttft delta 0.48'])
  const turned = await told('x.md', change('TTFT | 100.0 ms | 80.0 ms | +20.0%'))
  t.match(turned.problems, [/^delta-mismatch 3 .*give -20 %, the file says \+20\.0%: only the sign differs; here a delta is the second minus the first$/])
  t.equal(turned.confidences[2], 'ttft delta 0.76')
})

t.test('a speedup between two columns', async (t) => {
  t.strictSame((await told('x.csv', 'case,baseline (ms),new (ms),Speedup\na,10.0,5.0,2.0x\nb,10.0,4.0,2.5x\n')).problems, [])
  t.match((await told('x.csv', 'case,baseline (ms),new (ms),Speedup\na,10.0,5.0,2.0x\nb,10.0,4.0,3.5x\n')).problems, [/^delta-mismatch 3 baseline 10\.0 and new 4\.0 give 2\.5, the file says 3\.5x \(1 of 2 times/])
})

t.test('the change of a memory is the change of that metric', async (t) => {
  const records = await readText('x.md', change('Memory | 10 GB | 8 GB | -20%'))
  t.strictSame(records.map(({ metric, stat }) => `${metric} ${stat}`), ['memory_used value', 'memory_used value', 'memory_used delta'])
})

t.test('failed rows are not held against each other', async (t) => {
  t.strictSame((await told('x.csv', 'ttft_s,total_duration_s,success\n5,2,false\n')).problems, [])
})

t.test('however much does not fit, twenty are told; rows of more than 64 numbers are no rows', async (t) => {
  const pairs = async (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `${String.fromCharCode(97 + (at % 26))}${at < 26 ? 'x' : 'y'}z_latency`)
    const { records, problems } = await read([textFile('x.csv', `${names.map((name) => `${name}_min_ms,${name}_max_ms`).join()}\n${names.map(() => '9,1').join()}\n`)])
    return [records.length, problems.length]
  }
  t.strictSame(await pairs(12), [24, 12])
  t.strictSame(await pairs(32), [64, 20])
  t.strictSame(await pairs(33), [66, 0])
})

t.test('many rows, few problems', async (t) => {
  const rows = Array.from({ length: 500 }, (_, at) => `${at},9,1`).join('\n')
  const { problems } = await told('x.csv', `id,latency_min_ms,latency_max_ms\n${rows}\n`)
  t.equal(problems.length, 1)
  t.match(problems[0], /500 of 500 times/)
})
