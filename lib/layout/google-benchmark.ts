/** google-benchmark: repetitions of a C++ function, and aggregates over them. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'


const FIELDS: Readonly<Record<string, LayoutField>> = {
  name: { role: 'attribute', name: 'benchmark' },
  // The same without `_mean`: samples and aggregates of one benchmark belong together.
  run_name: { role: 'attribute', name: 'benchmark' },
  real_time: { role: 'metric', metric: 'duration', better: 'lower' },
  cpu_time: { role: 'metric', metric: 'cpu_time', better: 'lower' },
  // Counters of the user stand beside the times and are in no unit of time.
  time_unit: { role: 'unit', of: ['real_time', 'cpu_time'] },
  items_per_second: { role: 'metric', metric: 'throughput', unit: 'items/s' },
  bytes_per_second: { role: 'metric', metric: 'throughput', unit: 'bytes/s', better: 'higher' },
  allocs_per_iter: { role: 'metric', metric: 'allocations', unit: '', better: 'lower', stat: 'mean' },
  max_bytes_used: { role: 'metric', metric: 'memory_used', unit: 'bytes', stat: 'max' },
  total_allocated_bytes: { role: 'metric', metric: 'memory_allocated', unit: 'bytes', stat: 'sum', better: 'lower' },
  net_heap_growth: { role: 'metric', metric: 'net_heap_growth', unit: 'bytes', better: 'lower' },
  label: ATTRIBUTE,
  iterations: ATTRIBUTE,
  repetitions: ATTRIBUTE,
  threads: ATTRIBUTE,
  family_index: IGNORE,
  per_family_instance_index: IGNORE,
  run_type: IGNORE,
  aggregate_name: IGNORE,
  aggregate_unit: IGNORE,
  error_occurred: { role: 'error' },
  error_message: { role: 'error' },
  skipped: IGNORE,
  skip_message: IGNORE,
  date: { role: 'time' },
  caches: IGNORE,
  load_avg: IGNORE,
}

/** `cv` is a ratio, `BigO` the coefficient of a fitted function, `RMS` the error of the fit: none of them a time. */
const SUFFIX = { key: 'name', stats: { _mean: 'mean', _median: 'median', _stddev: 'stddev', _min: 'min', _max: 'max', _cv: '', _BigO: '', _RMS: '' }, unless: 'run_type' }

const JSON: Layout = {
  name: 'google-benchmark',
  tool: 'google-benchmark --benchmark_format=json: repetitions, their aggregates and counters, times in the unit of each row',
  keys: ['context', 'benchmarks.*.name', 'benchmarks.*.real_time', 'benchmarks.*.time_unit'],
  statKey: 'aggregate_name',
  statSuffix: SUFFIX,
  fields: FIELDS,
}

const CSV: Layout = {
  name: 'google-benchmark',
  tool: 'google-benchmark --benchmark_format=csv, with the lines about the machine before it',
  columns: ['name', 'iterations', 'real_time', 'cpu_time', 'time_unit'],
  statSuffix: SUFFIX,
  fields: FIELDS,
}

export const GOOGLE_BENCHMARK: readonly Layout[] = [JSON, CSV]
