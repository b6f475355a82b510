/** MLPerf inference: the submission checker's summary, in which one column holds many units. */

import { ATTRIBUTE, each, IGNORE, measured, named, type MetricField } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/**
 * The result by its unit. By the rules of MLPerf a latency is the 90th percentile where requests come one by one, and the
 * 99th where they come in groups.
 */
function result(units: string, scenario: string): MetricField {
  return measured('throughput', undefined, {
    better: 'higher',
    cases: [
      { when: { [units]: '^Tokens/s' }, metric: 'output_throughput', unit: 'tokens/s' },
      { when: { [units]: '^Samples/s' }, metric: 'throughput', unit: 'samples/s' },
      { when: { [units]: '^Queries/s' }, metric: 'throughput', unit: 'queries/s' },
      { when: { [units]: '[Ll]atency \\(ms\\)', [scenario]: '^[Ss]ingle' }, metric: 'latency', unit: 'ms', stat: 'p90', better: 'lower' },
      { when: { [units]: '[Ll]atency \\(ms\\)', [scenario]: '^[Mm]ulti' }, metric: 'latency', unit: 'ms', stat: 'p99', better: 'lower' },
      { when: { [units]: '[Ll]atency \\(ms\\)' }, metric: 'latency', unit: 'ms', better: 'lower' },
      { when: { [units]: '[Ll]atency \\(s\\)', [scenario]: '^[Ss]ingle' }, metric: 'latency', unit: 's', stat: 'p90', better: 'lower' },
      { when: { [units]: '[Ll]atency \\(s\\)' }, metric: 'latency', unit: 's', better: 'lower' },
      ...power(units),
    ],
  })
}

function power(units: string): NonNullable<MetricField['cases']> {
  return [
    { when: { [units]: '^Watts' }, metric: 'power', unit: 'W', better: 'lower' },
    { when: { [units]: '^millijoules' }, metric: 'energy', unit: 'mJ', better: 'lower' },
  ]
}

const SYSTEM: Readonly<Record<string, LayoutField>> = {
  Organization: named('organization'),
  Model: named('model'),
  Scenario: named('scenario'),
  SystemName: named('system'),
  accelerator_model_name: named('gpu'),
  ...each(['notes', 'Location', 'operating_system', 'PrivateID', 'Details'], IGNORE),
}

const MLPERF_CHECKER: Layout = {
  name: 'mlperf-checker',
  tool: "MLPerf inference, the submission checker's summary.csv: a result per row in the unit of that row, power in rows of its own",
  columns: ['Organization', 'SystemName', 'Scenario', 'Result', 'Accuracy', 'Units'],
  fields: {
    ...SYSTEM,
    Result: result('Units', 'Scenario'),
    // A row about power says it again.
    Accuracy: measured('accuracy', '', { better: 'higher', cases: [{ when: { Units: '^(?:Watts|millijoules)' }, metric: '' }] }),
    Units: IGNORE,
    ...each(['compliance', 'errors', 'inferred', 'has_power', 'version', 'total_accelerators', 'design_power_watts', 'accelerators_per_node'], ATTRIBUTE),
  },
}

const MLPERF_RESULTS: Layout = {
  name: 'mlperf-results',
  tool: 'MLPerf inference, the summary of a round as JSON: performance and power, each with its unit beside it',
  keys: ['*.Performance_Result', '*.Performance_Units', '*.Scenario'],
  fields: {
    ...SYSTEM,
    Performance_Result: result('Performance_Units', 'Scenario'),
    Power_Result: measured('power', undefined, { cases: power('Power_Units') }),
    Accuracy: measured('accuracy', '', { better: 'higher' }),
    Performance_Units: IGNORE,
    Power_Units: IGNORE,
    ...each(['version', 'weight_data_types', 'framework', 'errors', 'compliance', 'inferred', 'has_power', 'Accelerators', 'accelerators_per_node', 'Nodes', 'ID'], ATTRIBUTE),
  },
}

const SETTINGS = ['samples_per_query', 'target_qps', 'max_async_queries', 'min_query_count', 'max_query_count', 'qsl_rng_seed', 'sample_index_rng_seed', 'schedule_rng_seed', 'accuracy_log_rng_seed', 'accuracy_log_probability', 'accuracy_log_sampling_target', 'print_timestamps', 'performance_issue_unique', 'performance_issue_same', 'performance_issue_same_index', 'performance_sample_count', 'target_latency (ns)', 'min_duration (ms)', 'max_duration (ms)', 'ttft_latency (ns)', 'tpot_latency (ns)', 'use_token_latencies']

/** What LoadGen writes at the end: `mlperf_log_summary.txt`. */
const LOADGEN_SUMMARY: Layout = {
  name: 'mlperf-summary',
  tool: 'MLPerf LoadGen, mlperf_log_summary.txt: samples, queries and tokens per second, latencies in nanoseconds',
  keys: ['SUT name', 'Scenario', 'Mode', 'Result is'],
  fields: {
    ...each(SETTINGS, ATTRIBUTE),
    'Samples per second': measured('throughput', 'samples/s'),
    'Completed samples per second': measured('throughput', 'samples/s'),
    'Scheduled samples per second': { role: 'attribute', name: 'scheduled_samples_per_second' },
    'Completed tokens per second': measured('output_throughput', 'tokens/s'),
    'Tokens per second': measured('output_throughput', 'tokens/s'),
    'Min duration satisfied': IGNORE,
    'Min queries satisfied': IGNORE,
    'Early stopping satisfied': IGNORE,
  },
}

export const ML_PERF: readonly Layout[] = [LOADGEN_SUMMARY, MLPERF_CHECKER, MLPERF_RESULTS]
