/** Harnesses that time a command or a function many times over. */

import type { Layout, LayoutField } from './layout.js'

const time = (metric: string, unit: string, stat?: string): LayoutField => ({ role: 'metric', metric, unit, better: 'lower', ...(stat === undefined ? {} : { stat }) })
const IGNORE: LayoutField = { role: 'ignore' }
const ATTRIBUTE: LayoutField = { role: 'attribute' }

const HYPERFINE: Readonly<Record<string, LayoutField>> = {
  command: { role: 'attribute', name: 'command' },
  mean: time('duration', 's', 'mean'),
  // Missing for a single run: JSON has null, CSV has 0.
  stddev: { role: 'metric', metric: 'duration', unit: 's', stat: 'stddev', zero: 'absent' },
  median: time('duration', 's', 'median'),
  min: time('duration', 's', 'min'),
  max: time('duration', 's', 'max'),
  user: time('user_time', 's', 'mean'),
  system: time('system_time', 's', 'mean'),
  times: time('duration', 's'),
  memory_usage_byte: { role: 'metric', metric: 'memory_used', unit: 'bytes' },
  exit_codes: IGNORE,
  'parameter_*': ATTRIBUTE,
}

export const HYPERFINE_JSON: Layout = {
  name: 'hyperfine',
  tool: 'hyperfine --export-json: seconds per command',
  keys: ['results.*.command', 'results.*.mean', 'results.*.user', 'results.*.system'],
  fields: HYPERFINE,
}

export const HYPERFINE_CSV: Layout = {
  name: 'hyperfine',
  tool: 'hyperfine --export-csv: seconds per command',
  columns: ['command', 'mean', 'stddev', 'median', 'user', 'system', 'min', 'max'],
  fields: HYPERFINE,
}

export const GOOGLE_BENCHMARK: Layout = {
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

export const PYTEST_BENCHMARK: Layout = {
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

export const JMH: Layout = {
  name: 'jmh',
  tool: 'JMH -rf json: the mean of all iterations per benchmark, in the unit of each row',
  keys: ['*.benchmark', '*.mode', '*.primaryMetric.score', '*.primaryMetric.scoreUnit'],
  metric: '',
  fields: {
    'primaryMetric.score': { role: 'metric', metric: '', stat: 'mean' },
    // Half the width of a confidence interval, which is no standard deviation.
    'primaryMetric.scoreError': IGNORE,
    'primaryMetric.scoreConfidence': IGNORE,
    secondaryMetrics: IGNORE,
    rawDataHistogram: IGNORE,
    forks: ATTRIBUTE,
    threads: ATTRIBUTE,
    warmupIterations: ATTRIBUTE,
    warmupTime: ATTRIBUTE,
    warmupBatchSize: ATTRIBUTE,
    warmupForks: ATTRIBUTE,
    measurementIterations: ATTRIBUTE,
    measurementTime: ATTRIBUTE,
    measurementBatchSize: ATTRIBUTE,
    jmhVersion: ATTRIBUTE,
    jvm: IGNORE,
    jvmArgs: IGNORE,
  },
}

export const JMH_CSV: Layout = {
  name: 'jmh',
  tool: 'JMH -rf csv: the mean of all iterations per benchmark, in the unit of each row',
  columns: ['Benchmark', 'Mode', 'Threads', 'Samples', 'Score', 'Unit'],
  fields: {
    Benchmark: { role: 'attribute', name: 'benchmark' },
    Score: { role: 'metric', metric: '', stat: 'mean' },
    'Score Error (99.9%)': IGNORE,
    'Param: *': ATTRIBUTE,
  },
}

export const BENCHMARK_DOT_NET: Layout = {
  name: 'benchmarkdotnet',
  tool: 'BenchmarkDotNet, JSON exporter: nanoseconds per method',
  keys: ['HostEnvironmentInfo', 'Benchmarks.*.FullName', 'Benchmarks.*.Statistics.Mean'],
  metric: 'duration',
  unit: 'ns',
  fields: {
    'Statistics.N': { role: 'attribute', name: 'samples' },
    'Statistics.StandardDeviation': time('duration', 'ns', 'stddev'),
    'Statistics.Q1': time('duration', 'ns', 'p25'),
    'Statistics.Q3': time('duration', 'ns', 'p75'),
    'Statistics.OriginalValues': time('duration', 'ns'),
    'Statistics.LowerFence': IGNORE,
    'Statistics.UpperFence': IGNORE,
    'Statistics.InterquartileRange': IGNORE,
    'Statistics.LowerOutliers': IGNORE,
    'Statistics.UpperOutliers': IGNORE,
    'Statistics.AllOutliers': IGNORE,
    'Statistics.StandardError': IGNORE,
    'Statistics.Variance': IGNORE,
    'Statistics.Skewness': IGNORE,
    'Statistics.Kurtosis': IGNORE,
    'Statistics.ConfidenceInterval': IGNORE,
    'Statistics.NegativeConfidenceInterval': IGNORE,
    'Memory.BytesAllocatedPerOperation': { role: 'metric', metric: 'memory_allocated', unit: 'bytes', stat: 'mean', better: 'lower' },
    'Memory.Gen0Collections': { role: 'metric', metric: 'gen0_collections', unit: '', better: 'lower' },
    'Memory.Gen1Collections': { role: 'metric', metric: 'gen1_collections', unit: '', better: 'lower' },
    'Memory.Gen2Collections': { role: 'metric', metric: 'gen2_collections', unit: '', better: 'lower' },
    'Memory.TotalOperations': IGNORE,
    // The same values once more, with warmup and overhead between them.
    Measurements: IGNORE,
    Metrics: IGNORE,
    HostEnvironmentInfo: IGNORE,
    DisplayInfo: IGNORE,
    MethodTitle: IGNORE,
  },
}

const POINT: Readonly<Record<string, LayoutField>> = {
  standard_error: IGNORE,
  confidence_interval: IGNORE,
  slope: IGNORE,
  median_abs_dev: IGNORE,
}

export const CRITERION: Layout = {
  name: 'criterion',
  tool: 'criterion.rs estimates.json: nanoseconds per iteration',
  keys: ['mean.point_estimate', 'median.point_estimate', 'std_dev.point_estimate'],
  metric: 'duration',
  unit: 'ns',
  fields: POINT,
}
