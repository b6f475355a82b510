import t from 'tap'
import { brief, readText } from './read.js'

const lines = async (...items: string[]) => (await readText('x.md', `# Report\n\n## Results\n\n${items.map((item) => `- ${item}`).join('\n')}\n`)).map(brief)

t.test('one number under a label that names a measurement', async (t) => {
  t.strictSame(await lines('**Mean TTFT:** 0.165 seconds (excluding cold start)', 'Tokens/s: 78.42', 'GPU Memory Usage: 5.3 GB', 'Mean generation time across scenarios: 5.15 s'), [
    'ttft mean 0.165 s', 'output_throughput value 78.42 {token}/s', 'gpu_memory_used value 5300000000 By', 'generation_time mean 5.15 s',
  ])
})

t.test('settings, ranges, guesses and sentences are no records', async (t) => {
  t.strictSame(await lines('Temperature: 0.3, Top_p: 0.9', 'Model: gemma3', 'Memory: 6-8 GB VRAM', 'Throughput: ~101 tok/s', 'Latency: <200 ms', 'Latency: 5 s per request and more', 'Runs: 108', 'Power Limit: 175W', 'VRAM: 12 GB GDDR6X'), [])
})

t.test('settings above hold, and the section tells lines apart', async (t) => {
  const [record] = await readText('x.md', '# R\n\n## Best\n\nTop configuration: num_gpu=40, temperature=0.4\n\n- TTFT: 0.088 s\n')
  t.strictSame(record?.attributes, { num_gpu: 40, temperature: 0.4, section: 'Best' })
})

t.test('under a heading about what a machine has nothing is measured', async (t) => {
  t.strictSame(await readText('x.md', '# R\n\n## Hardware Specifications\n\n- Memory Bandwidth: 504 GB/s\n'), [])
})

t.test('several numbers with labels of their own', async (t) => {
  t.strictSame(await lines('**Total Requests:** 250 | **Total Errors:** 0 | **Req/Sec:** 90.5', 'Small (100 B): 2.5 MB/s, p99: 0.25 ms', 'Latency: 5 ms, Throughput: 7 MB/s'), [
    'total_requests value 250', 'errors value 0', 'request_throughput value 90.5 {request}/s', 'throughput value 2500000 By/s', 'duration p99 0.00025 s', 'latency value 0.005 s', 'throughput value 7000000 By/s',
  ])
  const records = await readText('x.md', '# R\n\n## Results\n\n- Small (100 B): 2.5 MB/s, p99: 0.25 ms\n')
  t.strictSame(records.map(({ attributes, raw, source }) => [attributes['name'], raw, source.line]), [['Small (100 B)', { name: 'Small (100 B)', text: '2.5 MB/s', unit: 'MB/s' }, 5], ['Small (100 B)', { name: 'p99', text: '0.25 ms', unit: 'ms' }, 5]])
  t.equal(new Set(records.map(({ id }) => id)).size, 2)
  t.strictSame(await lines('Latency: 5 ms, which is good', 'Latency: 5 ms, when warm: 4 ms more', 'Throughput: 7 MB/s, mode: fast'), [], 'half a sentence')
})

t.test('under results a rate is one whatever its label names', async (t) => {
  t.strictSame(await lines('naive way: 0.5 TFLOPS', 'Tensor way: 12.5 TFLOPS (22 times)'), ['throughput value 500000000000 {flop}/s', 'throughput value 12500000000000 {flop}/s'])
  const [record] = await readText('x.md', '# R\n\n## Benchmark\n\n- naive way: 0.5 TFLOPS\n')
  t.match(record, { attributes: { name: 'naive way' }, source: { confidence: 0.6 } })
  t.strictSame(await readText('x.md', '# R\n\n## Plan\n\n- naive way: 0.5 TFLOPS\n'), [], 'under another heading it is none')
  t.strictSame(await lines('Goal: 10 MB/s', 'Target rate: 5 req/s', 'Request rate: 5 req/s', 'naive way: 5 ms'), [])
})
