/** pytest-benchmark: rounds of a Python function. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const time = (stat?: string): LayoutField => ({ role: 'metric', metric: 'duration', unit: 's', better: 'lower', ...(stat === undefined ? {} : { stat }) })

const STATS: Readonly<Record<string, LayoutField>> = {
  min: time('min'),
  max: time('max'),
  mean: time('mean'),
  median: time('median'),
  stddev: time('stddev'),
  q1: time('p25'),
  q3: time('p75'),
  total: time('sum'),
  ops: { role: 'metric', metric: 'throughput', unit: 'ops/s', stat: 'mean', better: 'higher' },
  iqr: { role: 'metric', metric: 'duration_iqr', unit: 's', better: 'lower' },
  rounds: ATTRIBUTE,
  iterations: ATTRIBUTE,
  outliers: IGNORE,
  iqr_outliers: IGNORE,
  stddev_outliers: IGNORE,
  ld15iqr: IGNORE,
  hd15iqr: IGNORE,
}

const JSON: Layout = {
  name: 'pytest-benchmark',
  tool: 'pytest-benchmark --benchmark-json: seconds per function, its rounds where they were kept',
  keys: ['machine_info', 'benchmarks.*.fullname', 'benchmarks.*.stats.mean', 'benchmarks.*.stats.rounds'],
  fields: {
    ...Object.fromEntries(Object.entries(STATS).map(([key, field]) => [`stats.${key}`, field])),
    'stats.data': time(),
    'benchmarks.name': { role: 'attribute', name: 'benchmark' },
    options: IGNORE,
    machine_info: IGNORE,
    commit_info: IGNORE,
    datetime: { role: 'time' },
  },
}

const CSV: Layout = {
  name: 'pytest-benchmark',
  tool: 'pytest-benchmark compare --csv: seconds per function',
  columns: ['name', 'min', 'max', 'mean', 'stddev', 'rounds', 'median', 'iqr', 'ops'],
  fields: { ...STATS, name: { role: 'attribute', name: 'benchmark' }, 'param:*': { role: 'attribute', name: '*' } },
}

export const PYTEST_BENCHMARK: readonly Layout[] = [JSON, CSV]
