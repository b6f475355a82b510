/** criterion.rs: samples and estimates of a Rust function, as its files and as messages of cargo-criterion. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/** What has changed since the last run has the same keys, in percent. */
const time = (stat: string): LayoutField => ({ role: 'metric', metric: 'duration', stat, better: 'lower', cases: [{ when: { unit: '^%$' }, stat: 'delta', better: 'none' }] })
/** The time of all iterations of a sample, which are more from sample to sample: neither direction is better. */
const sample = (unit?: string, iterations?: string): LayoutField => ({ role: 'metric', metric: 'sample_time', better: 'none', ...(unit === undefined ? {} : { unit }), ...(iterations === undefined ? {} : { iterations }) })

const ESTIMATES: Layout = {
  name: 'criterion',
  tool: 'criterion.rs estimates.json: nanoseconds per iteration',
  keys: ['mean.point_estimate', 'mean.standard_error', 'median.point_estimate', 'std_dev.point_estimate'],
  metric: 'duration',
  unit: 'ns',
  fields: { standard_error: IGNORE, confidence_interval: IGNORE, slope: IGNORE, median_abs_dev: IGNORE },
}

const CHANGE: Layout = {
  name: 'criterion',
  tool: 'criterion.rs change/estimates.json: differences to the run before, which are not read',
  keys: ['mean.point_estimate', 'mean.standard_error', 'median.point_estimate'],
  fields: { mean: IGNORE, median: IGNORE },
}

const SAMPLES: Layout = {
  name: 'criterion',
  tool: 'criterion.rs sample.json: the time of each sample, with its iterations',
  keys: ['sampling_mode', 'iters', 'times'],
  fields: { times: sample('ns', 'iters'), iters: IGNORE, sampling_mode: ATTRIBUTE },
}

/** Before 0.4 the way of sampling was always the same, and is not told. */
const OLD_SAMPLES: Layout = {
  name: 'criterion',
  tool: 'criterion.rs sample.json before 0.4: the time of each sample, with its iterations; older still as two bare lists',
  keys: ['iters.*', 'times.*'],
  nothingBut: { '': ['iters', 'times'] },
  tuple: ['iters', 'times'],
  fields: { times: sample('ns', 'iters'), iters: IGNORE },
}

const BENCHMARK: Layout = {
  name: 'criterion',
  tool: 'criterion.rs benchmark.json: what a benchmark is called; nothing measured',
  keys: ['group_id', 'function_id', 'value_str', 'full_id'],
  fields: { throughput: IGNORE },
}

const RAW: Readonly<Record<string, LayoutField>> = {
  group: { role: 'attribute', name: 'group' },
  function: { role: 'attribute', name: 'function' },
  value: { role: 'attribute', name: 'value' },
  iteration_count: { role: 'attribute', name: 'iterations' },
}

const RAW_CSV: Layout = {
  name: 'criterion',
  tool: 'criterion.rs raw.csv: the time of each sample, with its iterations',
  columns: ['group', 'function', 'value', 'sample_measured_value', 'unit', 'iteration_count'],
  fields: {
    ...RAW,
    sample_measured_value: sample(),
    unit: { role: 'unit', of: ['sample_measured_value'] },
    throughput_num: ATTRIBUTE,
    throughput_type: ATTRIBUTE,
  },
}

const RAW_NANOSECONDS: Layout = {
  name: 'criterion',
  tool: 'criterion.rs raw.csv before 0.3.4: nanoseconds',
  columns: ['group', 'function', 'value', 'sample_time_nanos', 'iteration_count'],
  fields: { ...RAW, sample_time_nanos: sample('ns') },
}

const MESSAGES: Layout = {
  name: 'criterion',
  tool: 'cargo-criterion --message-format=json: samples with their iterations, and estimates',
  keys: ['reason', 'id', 'iteration_count', 'measured_values', 'mean.estimate'],
  fields: {
    id: { role: 'attribute', name: 'benchmark' },
    reason: IGNORE,
    report_directory: IGNORE,
    measured_values: sample(undefined, 'iteration_count'),
    iteration_count: IGNORE,
    'mean.estimate': time('mean'),
    'median.estimate': time('median'),
    lower_bound: IGNORE,
    upper_bound: IGNORE,
    // The slope, or else the mean once more.
    'typical.estimate': { role: 'metric', metric: 'typical', stat: 'mean', better: 'lower' },
    slope: IGNORE,
    median_abs_dev: IGNORE,
    throughput: IGNORE,
    'change.change': IGNORE,
  },
}

const GROUP_MESSAGES: Layout = {
  name: 'criterion',
  tool: 'cargo-criterion, the end of a group: nothing measured',
  keys: ['reason', 'group_name', 'benchmarks', 'report_directory'],
  fields: {},
}

export const CRITERION: readonly Layout[] = [BENCHMARK, CHANGE, ESTIMATES, GROUP_MESSAGES, MESSAGES, RAW_CSV, RAW_NANOSECONDS, OLD_SAMPLES, SAMPLES]
