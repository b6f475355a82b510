/** pytest-benchmark: rounds of a Python function. */

import type { Layout, LayoutField } from './layout.js'

const time = (metric: string, unit: string, stat?: string): LayoutField => ({ role: 'metric', metric, unit, better: 'lower', ...(stat === undefined ? {} : { stat }) })
const IGNORE: LayoutField = { role: 'ignore' }
const ATTRIBUTE: LayoutField = { role: 'attribute' }

const JSON: Layout = {
  name: 'pytest-benchmark',
  tool: 'pytest-benchmark --benchmark-json: seconds per function',
  keys: ['machine_info', 'benchmarks.*.fullname', 'benchmarks.*.stats.mean', 'benchmarks.*.stats.rounds'],
  metric: 'duration',
  unit: 's',
  fields: {
    'stats.data': time('duration', 's'),
    'stats.q1': time('duration', 's', 'p25'),
    'stats.q3': time('duration', 's', 'p75'),
    'stats.total': time('duration', 's', 'sum'),
    'stats.ops': { role: 'metric', metric: 'throughput', unit: 'ops/s', stat: 'mean', better: 'higher' },
    'stats.iqr': time('duration_iqr', 's'),
    'stats.rounds': ATTRIBUTE,
    'stats.iterations': ATTRIBUTE,
    'stats.outliers': IGNORE,
    'stats.iqr_outliers': IGNORE,
    'stats.stddev_outliers': IGNORE,
    'stats.ld15iqr': IGNORE,
    'stats.hd15iqr': IGNORE,
    'benchmarks.name': { role: 'attribute', name: 'benchmark' },
    machine_info: IGNORE,
    commit_info: IGNORE,
  },
}

export const PYTEST_BENCHMARK: readonly Layout[] = [JSON]
