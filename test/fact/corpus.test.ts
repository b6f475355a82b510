import t from 'tap'
import type { Fact } from '../../lib/fact/fact.js'
import { facts } from '../../lib/fact/facts.js'
import { records } from '../../lib/record/records.js'
import { artifacts } from '../../lib/source/index.js'
import { corpus } from '../support/paths.js'

const seed = corpus('seed')

t.test('the first facts of the seed tell its story', { skip: seed ? false : 'no corpus' }, async (t) => {
  const list: Fact[] = await artifacts(seed ?? '').pipe(records()).pipe(facts()).toArray()
  t.equal(list.length, 60)
  const start = list.slice(0, 13)
  t.match(start[0], { id: 'F1', subject: 'files read', value: 101 })
  t.match(start.slice(1, 3).map(({ metric }) => metric), ['output_throughput', 'output_throughput'])
  t.ok(start.some(({ kind, metric }) => kind === 'best' && metric === 'output_throughput'))
  t.ok(start.some(({ kind, metric }) => kind === 'best' && metric === 'ttft'))
  t.ok(start.some(({ subject }) => subject === 'failed runs'))
  const cold = start.find(({ kind }) => kind === 'outlier')
  t.match(cold, { metric: 'ttft', value: 29.98707, group: { model: 'gemma3:latest' }, sentence: /gemma3_benchmark_fixed_runs\.csv:2\..*cold start/ })
  t.match(list.find(({ kind }) => kind === 'copies'), { value: 4 })
  t.match(list.find(({ subject }) => subject === 'files in which every run failed'), { value: 7 })
})
