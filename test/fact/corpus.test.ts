import t from 'tap'
import type { Fact } from '../../lib/fact/fact.js'
import { facts } from '../../lib/fact/facts.js'
import { records } from '../../lib/record/records.js'
import { artifacts } from '../../lib/source/index.js'
import { corpus } from '../support/paths.js'

const seed = corpus('seed')

t.test('the first facts of the seed tell its story', { skip: seed ? false : 'no corpus' }, async (t) => {
  const list: Fact[] = await artifacts(seed ?? '').pipe(records()).pipe(facts()).toArray()
  t.ok(list.length > 50 && list.length <= 80, `${list.length} facts`)
  const start = list.slice(0, 13)
  t.match(start[0], { id: 'F1', subject: 'files read', value: 101 })
  t.match(start.slice(1, 3).map(({ metric }) => metric), ['output_throughput', 'output_throughput'])
  t.ok(start.some(({ kind, metric }) => kind === 'best' && metric === 'output_throughput'))
  t.ok(start.some(({ kind, metric }) => kind === 'best' && metric === 'ttft'))
  t.ok(start.some(({ subject }) => subject === 'failed runs'))
  const cold = start.find(({ kind }) => kind === 'outlier')
  t.match(cold, { metric: 'ttft', value: 29.98707, group: { model: 'gemma3:latest' }, sentence: /gemma3_benchmark_fixed_runs\.csv:2\..*cold start/ })
  t.match(list.find(({ kind }) => kind === 'copies'), { value: 4 })
  t.match(list.find(({ subject }) => subject === 'files in which every run failed'), { value: 8 })
  t.match(list.find(({ subject }) => subject === 'failed runs'), { value: 85, sentence: /^85 runs in 13 files failed/ })
  t.match(list.find(({ subject }) => subject === 'failed rows of written reports'), { value: 5 })
  const settings = list.filter(({ subject }) => /num_gpu \d+ against/.test(subject) && subject.startsWith('time to first token'))
  t.strictSame(settings.filter(({ stat }) => stat === 'effect of a setting'), [], 'overlapping times are no effect of num_gpu')
})
