/** google-benchmark: repetitions of a C++ function, and aggregates over them. */

import type { Layout, LayoutField } from './layout.js'

const ATTRIBUTE: LayoutField = { role: 'attribute' }

const JSON: Layout = {
  name: 'google-benchmark',
  tool: 'google-benchmark --benchmark_format=json: repetitions and their aggregates, in the time unit of each row',
  keys: ['context', 'benchmarks.*.name', 'benchmarks.*.real_time', 'benchmarks.*.time_unit'],
  statKey: 'aggregate_name',
  fields: {
    real_time: { role: 'metric', metric: 'duration', better: 'lower' },
    cpu_time: { role: 'metric', metric: 'cpu_time', better: 'lower' },
    iterations: ATTRIBUTE,
    repetitions: ATTRIBUTE,
    threads: ATTRIBUTE,
    items_per_second: { role: 'metric', metric: 'throughput', unit: 'items/s' },
    bytes_per_second: { role: 'metric', metric: 'throughput', unit: 'bytes/s', better: 'higher' },
    aggregate_unit: ATTRIBUTE,
    date: { role: 'time' },
  },
}

export const GOOGLE_BENCHMARK: readonly Layout[] = [JSON]
