/** tinybench: tasks of JavaScript, as dumps of its results and of its table. */

import { IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const NAME: LayoutField = { role: 'attribute', name: 'benchmark' }
/** Behind `±` stands a margin of error or a median deviation. */
const latency = (stat: string, unit: string): LayoutField => ({ role: 'metric', metric: 'latency', unit, stat, better: 'lower', spread: 'none' })
const throughput = (stat: string): LayoutField => ({ role: 'metric', metric: 'throughput', unit: 'ops/s', stat, better: 'higher', spread: 'none' })

const UNKEPT = ['aad', 'critical', 'df', 'mad', 'moe', 'rme', 'sem', 'variance']

const RESULTS: Layout = {
  name: 'tinybench',
  tool: 'tinybench, dumped results of tasks: latency in milliseconds, throughput in operations per second',
  keys: ['latency.mean', 'latency.rme', 'throughput.mean', 'throughput.rme'],
  anywhere: true,
  fields: {
    latency: { role: 'metric', metric: 'latency', unit: 'ms', better: 'lower' },
    throughput: { role: 'metric', metric: 'throughput', unit: 'ops/s', better: 'higher' },
    'latency.samples': { role: 'metric', metric: 'latency', unit: 'ms', better: 'lower' },
    'throughput.samples': { role: 'metric', metric: 'throughput', unit: 'ops/s', better: 'higher' },
    samplesCount: IGNORE,
    name: NAME,
    period: { role: 'metric', metric: 'period', unit: 'ms', stat: 'mean', better: 'lower' },
    totalTime: { role: 'metric', metric: 'duration', unit: 'ms', stat: 'sum', better: 'lower' },
    runtimeVersion: { role: 'attribute', name: 'runtime_version' },
    state: IGNORE,
    timestampProviderName: IGNORE,
    ...Object.fromEntries(UNKEPT.map((key) => [key, IGNORE])),
  },
}

const tables: readonly Readonly<Record<string, LayoutField>>[] = [
  { 'Task name': NAME, 'Latency avg (ns)': latency('mean', 'ns'), 'Latency med (ns)': latency('median', 'ns'), 'Throughput avg (ops/s)': throughput('mean'), 'Throughput med (ops/s)': throughput('median') },
  { 'Task name': NAME, 'Latency average (ns)': latency('mean', 'ns'), 'Latency median (ns)': latency('median', 'ns'), 'Throughput average (ops/s)': throughput('mean'), 'Throughput median (ops/s)': throughput('median') },
  { 'Task Name': NAME, 'ops/sec': throughput('mean'), 'Average Time (ns)': latency('mean', 'ns') },
]

const TABLES = tables.map((fields): Layout => ({
  name: 'tinybench',
  tool: `tinybench, its table with the columns ${Object.keys(fields).slice(1, 3).map((name) => `\`${name}\``).join(' and ')}`,
  columns: Object.keys(fields),
  keys: Object.keys(fields).map((name) => `*.${name}`),
  fields: { ...fields, Samples: { role: 'attribute', name: 'samples' }, Margin: IGNORE, '(index)': IGNORE },
}))

export const TINYBENCH: readonly Layout[] = [RESULTS, ...TABLES]
