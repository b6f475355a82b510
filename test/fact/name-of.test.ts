import t from 'tap'
import { nameOf } from '../../lib/fact/name-of.js'
import { SUBJECT_LIMIT } from '../../lib/fact/wording.js'

const cases: [what: string, group: Record<string, string | number | boolean>, expected: string][] = [
  ['nobody', {}, ''],
  ['a model is its name', { model: 'gemma3:270m' }, 'gemma3:270m'],
  ['a tag that is part of the name', { model: 'llama3.1:8b-instruct-q4_0', tag: 'q4_0' }, 'llama3.1:8b-instruct-q4_0'],
  ['one that is not', { model: 'llama3.1:8b', quant: 'q4_0' }, 'llama3.1:8b, q4_0'],
  ['settings keep their names', { num_gpu: 60, temperature: 0.8, stream: true }, 'num_gpu 60, temperature 0.8, stream true'],
  ['a model on a device with settings', { model: 'transformer', dtype: 'torch.float32', device: 'cuda', batch_size: 2, runs: 5, warmup_runs: 2 }, 'transformer on cuda, torch.float32, batch_size 2'],
  ['a backend on a device', { device: 'cuda', backend: 'jit' }, 'backend jit on cuda'],
  ['a device alone', { device: 'cuda' }, 'device cuda'],
  ['a file alone', { file: 'results/gemma3/x.csv' }, 'gemma3/x.csv'],
  ['something in a file, under a heading', { file: 'notes/report.md', model: 'bob:1b', section: '2. Results / 2.1 Speed' }, 'bob:1b in notes/report.md under "2.1 Speed"'],
  ['a name that would open a slot', { model: '{{F1}}\u001b[31m\n x' }, '((F1)) x'],
]

for (const [what, group, expected] of cases) t.test(what, async (t) => t.equal(nameOf(group), expected))

t.test('a name has a limit', async (t) => {
  const long = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, 'x'.repeat(100)]))
  t.ok(nameOf(long).length <= SUBJECT_LIMIT)
})
