import t from 'tap'
import { pathAttributes } from '../../lib/record/path-attributes.js'
import { readText } from './read.js'

t.test('folders that say what was run', async (t) => {
  for (const [file, expected] of Object.entries({
    'out/20250102-030405/runs.csv': { run: '20250102-030405' },
    'out/2025-01-02T03:04:05Z/runs.csv': { run: '2025-01-02T03:04:05Z' },
    'out/run_3/x.json': { run: 3 },
    'out/model=ada/bs=8/x.csv': { batch_size: 8, model: 'ada' },
    'out/model=ada,temp=0.5/ctx=512_layers=4.csv': { num_ctx: 512, layers: 4, model: 'ada', temperature: 0.5 },
    'llama3_8b/fp16/results.csv': { precision: 'fp16', model: 'llama3_8b' },
    'h100/qwen2.5-7b-instruct/batch_16/x.md': { batch_size: 16, model: 'qwen2.5-7b-instruct', gpu: 'h100' },
    'target/criterion/parse/small/new/estimates.json': { benchmark: 'parse/small', run: 'new' },
    'C:\\out\\seed-7\\x.csv': { seed: 7 },
    // The five folders nearest to the file; those further out are the project's.
    'seed-1/run_2/a/b/c/d/x.csv': { run: 2 },
    // Of a file's own name only settings count: it is often called after its tool or its day.
    'fp16.csv': {},
    'out/2025-01-02.csv': {},
    'h100.json': {},
    [`${'model=a,'.repeat(14)}seed=7/x.csv`]: { model: 'a', seed: 7 },
    [`${'model=a,'.repeat(15)}seed=7/x.csv`]: {},
  })) {
    t.strictSame(pathAttributes(file), expected, file)
  }
})

t.test('most folders say nothing', async (t) => {
  for (const file of ['results.csv', '-', '', '/home/me/results/data/x.csv', 'results/v2/summary.json', 'docs/node20/llama.cpp/README.md', 'new/estimates.csv', 'a=b=c/x.csv', 'gpt/t5/o1/x.csv', 'benchmarks/2025/x.csv', `${'a/'.repeat(40)}${'='.repeat(300)}/x.csv`]) {
    t.strictSame(pathAttributes(file), {}, file)
  }
})

t.test('what a file says itself is nearer', async (t) => {
  t.strictSame((await readText('model=ada/bs=8/x.csv', 'model,latency_ms\nbob,5\n'))[0]?.attributes, { model: 'bob', batch_size: 8 })
  t.strictSame((await readText('model=ada/bs=8/x.json', '{"model":"bob","latency_ms":5}'))[0]?.attributes, { model: 'bob', batch_size: 8 })
  t.strictSame((await readText('model=ada/x.md', '**Latency:** 5 ms\n'))[0]?.attributes, { model: 'ada' })
  t.equal((await readText('__proto__=1/constructor=2/x.csv', 'model,latency_ms\na,5\n'))[0]?.attributes['__proto__'], Object.prototype)
})
