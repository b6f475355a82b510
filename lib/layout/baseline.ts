/** Baselines: repeated timings of one inference, and text generation tests scenario by scenario. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const latency = (stat: string): LayoutField => ({ role: 'metric', metric: 'latency', unit: 'ms', stat })

const TIMINGS: Readonly<Record<string, LayoutField>> = {
  p50_ms: latency('p50'),
  p95_ms: latency('p95'),
  p99_ms: latency('p99'),
  mean_ms: latency('mean'),
  stdev_ms: latency('stddev'),
  benchmark_name: { role: 'attribute', name: 'benchmark' },
  test_name: { role: 'attribute', name: 'benchmark' },
  timestamp: { role: 'time' },
}

export const TIMING_SAMPLE: Layout = {
  name: 'timing-baseline',
  tool: 'timing of one inference: percentiles over its samples',
  keys: ['benchmark_name', 'timing.p50_ms', 'timing.mean_ms'],
  fields: TIMINGS,
}

export const TIMING_BASELINE: Layout = {
  name: 'timing-baseline',
  tool: 'timing baseline: several runs of samples, with percentiles over the runs',
  keys: ['timing_stats.overall_mean_ms', 'timing_stats.run_results.*.p50_ms', 'samples_per_run'],
  fields: {
    ...TIMINGS,
    overall_mean_ms: latency('mean'),
    overall_stdev_ms: latency('stddev'),
    // The percentiles are of the runs' means; milliseconds like all times here.
    'latency_percentiles.p50': latency('p50'),
    'latency_percentiles.p95': latency('p95'),
    'latency_percentiles.p99': latency('p99'),
    'timing_stats.cv_percent': { role: 'metric', metric: 'coefficient_of_variation', unit: '%', better: 'lower' },
    'timing_stats.outliers_detected': { role: 'metric', metric: 'outliers_detected', unit: '', better: 'lower' },
    // Both stand a second time at the end of the file, the first of them in percent without saying so.
    coefficient_of_variation: IGNORE,
    outliers_detected: IGNORE,
    confidence_interval_95: IGNORE,
  },
  levels: { 'timing_stats.run_results': 'run' },
}

const GENERATION: Readonly<Record<string, LayoutField>> = {
  generation_time_ms: { role: 'metric', metric: 'generation_time', unit: 'ms' },
  tokens: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
  tokens_per_second: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s' },
  success: { role: 'success' },
  error: { role: 'error' },
  // The test counts an answer that only says why there is none as a success.
  banter_text: { role: 'error', when: '^Error\\b' },
}

export const GENERATION_TESTS: Layout = {
  name: 'generation-tests',
  tool: 'text generation tests, scenario by scenario',
  keys: ['results.*.test_name', 'results.*.success', 'overall_tokens_per_second', 'successful_tests'],
  fields: {
    ...GENERATION,
    test_timestamp: { role: 'time' },
    test_datetime: { role: 'time' },
    total_tests: ATTRIBUTE,
    successful_tests: { role: 'metric', metric: 'successful_tests', unit: '', better: 'higher' },
    total_generation_time_ms: { role: 'metric', metric: 'generation_time', unit: 'ms', stat: 'sum' },
    total_tokens: { role: 'metric', metric: 'output_tokens', unit: 'tokens', stat: 'sum' },
    overall_tokens_per_second: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s', stat: 'mean' },
    avg_generation_time_ms: { role: 'metric', metric: 'generation_time', unit: 'ms', stat: 'mean' },
    min_generation_time_ms: { role: 'metric', metric: 'generation_time', unit: 'ms', stat: 'min' },
    max_generation_time_ms: { role: 'metric', metric: 'generation_time', unit: 'ms', stat: 'max' },
    avg_tokens_per_second: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s', stat: 'mean' },
    variations: IGNORE,
  },
}

export const GENERATION_TABLE: Layout = {
  name: 'generation-tests',
  tool: 'text generation tests as a table',
  columns: ['Test Name', 'Generation Time (ms)', 'Tokens', 'Tokens per Second', 'Success'],
  fields: {
    'Generation Time (ms)': { role: 'metric', metric: 'generation_time', unit: 'ms' },
    Tokens: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
    'Tokens per Second': { role: 'metric', metric: 'output_throughput', unit: 'tokens/s' },
    Success: { role: 'success' },
    Context: ATTRIBUTE,
  },
}

export const GENERATION_SUMMARY: Layout = {
  name: 'generation-summary',
  tool: 'exported statistics of text generation, empty where nothing ran',
  keys: ['total_inferences', 'overall_performance', 'model_performance', 'raw_metrics'],
  fields: {
    total_inferences: { role: 'metric', metric: 'inferences', unit: '', better: 'none', zero: 'absent' },
    export_timestamp: { role: 'time' },
    export_datetime: { role: 'time' },
  },
}
