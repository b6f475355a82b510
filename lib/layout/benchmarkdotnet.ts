/** BenchmarkDotNet: iterations of a .NET method. */

import type { Layout, LayoutField } from './layout.js'

const time = (metric: string, unit: string, stat?: string): LayoutField => ({ role: 'metric', metric, unit, better: 'lower', ...(stat === undefined ? {} : { stat }) })
const IGNORE: LayoutField = { role: 'ignore' }

const JSON: Layout = {
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

export const BENCHMARK_DOT_NET: readonly Layout[] = [JSON]
