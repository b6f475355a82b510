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
