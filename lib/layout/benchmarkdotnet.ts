/** BenchmarkDotNet: iterations of a .NET method. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const time = (stat?: string): LayoutField => ({ role: 'metric', metric: 'duration', unit: 'ns', better: 'lower', ...(stat === undefined ? {} : { stat }) })
const collections = (metric: string): LayoutField => ({ role: 'metric', metric, unit: '', better: 'lower' })
const ALLOCATED: LayoutField = { role: 'metric', metric: 'memory_allocated', unit: 'bytes', stat: 'mean', better: 'lower' }

/** Per 1000 operations. */
const GENERATIONS = ['0', '1', '2'].flatMap((at) => [`Gen${at}`, `Gen ${at}`].map((name) => [name, `gen${at}_collections_per_1000_operations`] as const))

const JSON: Layout = {
  name: 'benchmarkdotnet',
  tool: 'BenchmarkDotNet, JSON exporters: nanoseconds per method',
  keys: ['HostEnvironmentInfo', 'Benchmarks.*.Statistics.Mean', 'Benchmarks.*.Statistics.StandardDeviation'],
  metric: 'duration',
  unit: 'ns',
  // What else was counted, per operation. Allocations stand in Memory, too.
  long: [{ at: 'Benchmarks.*.Metrics.*', name: 'Descriptor.DisplayName', unit: 'Descriptor.Unit', values: { Value: { stat: 'mean' } } }],
  metrics: { 'Allocated*': { ignore: true }, ...Object.fromEntries(GENERATIONS.map(([name, metric]) => [name, { metric, unit: '', better: 'lower' }])) },
  fields: {
    FullName: { role: 'attribute', name: 'benchmark' },
    Title: ATTRIBUTE,
    Namespace: IGNORE,
    Type: { role: 'attribute', name: 'type' },
    Method: ATTRIBUTE,
    MethodTitle: IGNORE,
    DisplayInfo: IGNORE,
    Parameters: ATTRIBUTE,
    ShortInfo: IGNORE,
    'Statistics.Outliers': IGNORE,
    HardwareIntrinsics: IGNORE,
    HostEnvironmentInfo: IGNORE,
    'Statistics.N': { role: 'attribute', name: 'samples' },
    'Statistics.StandardDeviation': time('stddev'),
    'Statistics.Q1': time('p25'),
    'Statistics.Q3': time('p75'),
    'Statistics.OriginalValues': time(),
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
    'Memory.BytesAllocatedPerOperation': ALLOCATED,
    'Memory.Gen0Collections': collections('gen0_collections'),
    'Memory.Gen1Collections': collections('gen1_collections'),
    'Memory.Gen2Collections': collections('gen2_collections'),
    'Memory.TotalOperations': IGNORE,
    // The same values once more, with warmup and overhead between them.
    Measurements: IGNORE,
  },
}

/** Columns beyond mean and spread are chosen by the user; those left of the mean are parameters and settings of the job. */
const table = (unit: string | undefined): Layout => {
  const own = (name: string) => (unit === undefined ? name : `${name} [${unit}]`)
  return {
    name: 'benchmarkdotnet',
    tool: `BenchmarkDotNet, CSV and Markdown exporters, ${unit === undefined ? 'units in the cells' : `times in ${unit}`}; KB are 1024 bytes`,
    columns: ['Method', own('Mean'), own('Error'), own('StdDev')],
    settingsBefore: own('Mean'),
    metric: 'duration',
    bytes: 'binary',
    fields: {
      Method: { role: 'attribute', name: 'method' },
      // Half the width of a confidence interval.
      [own('Error')]: IGNORE,
      [own('StdErr')]: IGNORE,
      Rank: ATTRIBUTE,
      Baseline: ATTRIBUTE,
      Ratio: { role: 'metric', metric: 'time_ratio', unit: 'ratio', stat: 'mean', better: 'lower' },
      RatioSD: { role: 'metric', metric: 'time_ratio', unit: 'ratio', stat: 'stddev' },
      Scaled: { role: 'metric', metric: 'time_ratio', unit: 'ratio', stat: 'mean', better: 'lower' },
      ScaledSD: { role: 'metric', metric: 'time_ratio', unit: 'ratio', stat: 'stddev' },
      'Op/s': { role: 'metric', metric: 'throughput', unit: 'ops/s', stat: 'mean', better: 'higher' },
      // Its unit stands in the cell or behind the name.
      'Allocated*': { role: 'metric', metric: 'memory_allocated', stat: 'mean', better: 'lower' },
      'Alloc Ratio': { role: 'metric', metric: 'allocation_ratio', unit: 'ratio', stat: 'mean', better: 'lower' },
      'Code Size': { role: 'metric', metric: 'code_size', unit: 'bytes', better: 'lower' },
      ...Object.fromEntries(GENERATIONS.map(([name, metric]) => [name, collections(metric)])),
    },
  }
}

export const BENCHMARK_DOT_NET: readonly Layout[] = [JSON, ...[undefined, 'ns', 'us', 'μs', 'ms', 's'].map(table)]
