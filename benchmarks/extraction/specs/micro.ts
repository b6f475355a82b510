/** Microbenchmark tools: what they write as JSON. */

import type { Rules, Spec } from '../spec.js'
import { error, jmh } from './jmh.js'

const BENCHER = 'wild/bencherdev__bencher/lib/bencher_adapter/tool_output'
const ACTION = 'wild/benchmark-action__github-action-benchmark/test/data/extract'
const CRITERION = 'wild/bheisler__criterion.rs/book/src/user_guide/html_report'

/** A percentile as JMH and BenchmarkDotNet spell it: `0.0`, `P95`. */
const percentile = (key = '') => {
  const rank = Number(key.replace(/^P/, ''))
  return rank === 0 ? 'min|p0' : rank === 100 ? 'max|p100' : rank === 50 ? 'median|p50' : `p${rank}`
}

const HYPERFINE: Rules = {
  '/results/*/command': 'attr *',
  '/results/*/mean': 'duration [s] mean',
  '/results/*/stddev': 'duration [s] stddev',
  '/results/*/median': 'duration [s] median',
  '/results/*/min': 'duration [s] min',
  '/results/*/max': 'duration [s] max',
  '/results/*/user': '*user* [s] mean',
  '/results/*/system': '*system* [s] mean',
  '/results/*/times/*': 'duration [s]',
  '/results/*/exit_codes/*': '-',
}

const JMH_JSON: Rules = {
  '/*/benchmark': 'attr *',
  '/*/mode': 'attr mode',
  '/*/params/*': 'attr^ *',
  '/*/primaryMetric/score': (row) => `${jmh(row['scoreUnit'])} [=scoreUnit] mean`,
  '/*/primaryMetric/scoreError': (row) => error(row['scoreUnit']).replace('[cell]', '[=scoreUnit]'),
  '/*/primaryMetric/scorePercentiles/*': (row) => `${jmh(row['scoreUnit'])} [=scoreUnit] ${percentile(row['key'])}`,
  '/*/primaryMetric/rawData/*/*': (row) => `${jmh(row['scoreUnit'])} [=scoreUnit]`,
  '/*/primaryMetric/scoreConfidence/*': 'open',
  '/*/*': '-',
}

/** What a statistician wants of it besides may be left out, but never be called a mean of the time. */
const DOTNET: Rules = {
  '/Title': '-',
  '/HostEnvironmentInfo/**': '-',
  '/Benchmarks/*/Method': 'attr *',
  '/Benchmarks/*/Parameters': 'attr *',
  '/Benchmarks/*/Statistics/Mean': 'duration [ns] mean',
  '/Benchmarks/*/Statistics/Median': 'duration [ns] median',
  '/Benchmarks/*/Statistics/Min': 'duration [ns] min',
  '/Benchmarks/*/Statistics/Max': 'duration [ns] max',
  '/Benchmarks/*/Statistics/Q1': 'duration [ns] p25',
  '/Benchmarks/*/Statistics/Q3': 'duration [ns] p75',
  '/Benchmarks/*/Statistics/StandardDeviation': 'duration [ns] stddev',
  '/Benchmarks/*/Statistics/Percentiles/*': (row) => `duration [ns] ${percentile(row['key'])}`,
  '/Benchmarks/*/Statistics/OriginalValues/*': 'duration [ns] ?',
  '/Benchmarks/*/Statistics/*Outliers/*': 'open',
  '/Benchmarks/*/Statistics/N': '-',
  '/Benchmarks/*/Statistics/Variance': '*variance* [] ?',
  '/Benchmarks/*/Statistics/Skewness': '*skewness* [|1] ?',
  '/Benchmarks/*/Statistics/Kurtosis': '*kurtosis* [|1] ?',
  '/Benchmarks/*/Statistics/StandardError': '*standard_error*|*stderr* [ns] ?',
  '/Benchmarks/*/Statistics/*Fence': '*fence* [ns] * ?',
  '/Benchmarks/*/Statistics/InterquartileRange': '*interquartile*|*iqr* [ns] ?',
  '/Benchmarks/*/Statistics/ConfidenceInterval/**': 'open',
  '/Benchmarks/*/Memory/BytesAllocatedPerOperation': '*allocated* [B] value|mean',
  '/Benchmarks/*/Memory/Gen*Collections': '*collections* [|u:{collection}] *',
  '/Benchmarks/*/Memory/TotalOperations': '-',
  '/Benchmarks/*/Measurements/*/IterationMode': 'attr *',
  '/Benchmarks/*/Measurements/*/IterationStage': 'attr *',
  // Warm-up, pilots, the overhead of the loop, and what the results were made of may be left out.
  '/Benchmarks/*/Measurements/*/Nanoseconds': (row) => `duration|total_duration [ns] value|sum !ok|warmup${row['IterationStage'] === 'Result' ? '' : ' ?'}`,
  '/Benchmarks/*/Measurements/*/*': '-',
  '/Benchmarks/*/Metrics/*/Value': 'open',
  '/Benchmarks/*/Metrics/**': '-',
}

const PYTEST: Rules = {
  '/machine_info/**': '-',
  '/commit_info/**': '-',
  '/benchmarks/*/name': 'attr *',
  '/benchmarks/*/options/*': '-',
  '/benchmarks/*/stats/min': 'duration [s] min',
  '/benchmarks/*/stats/max': 'duration [s] max',
  '/benchmarks/*/stats/mean': 'duration [s] mean',
  '/benchmarks/*/stats/median': 'duration [s] median',
  '/benchmarks/*/stats/stddev': 'duration [s] stddev',
  '/benchmarks/*/stats/q1': 'duration [s] p25',
  '/benchmarks/*/stats/q3': 'duration [s] p75',
  '/benchmarks/*/stats/iqr': '*iqr* [s] ?',
  '/benchmarks/*/stats/*d15iqr': '*15iqr* [s] * ?',
  '/benchmarks/*/stats/ops': 'throughput [ops/s] mean|value',
  '/benchmarks/*/stats/total': 'total_duration|duration [s] sum|value',
  '/benchmarks/*/stats/data/*': 'duration [s]',
  '/benchmarks/*/stats/*outliers': '*outliers* [|u:{outlier}] * ?',
  '/benchmarks/*/stats/*': '-',
}

const VITEST: Rules = {
  '/files/*/groups/*/fullName': 'attr *',
  '/files/*/groups/*/benchmarks/*/name': 'attr *',
  '/files/*/groups/*/benchmarks/*/totalTime': 'total_duration|duration [ms] sum|value',
  '/files/*/groups/*/benchmarks/*/hz': 'throughput|hz [ops/s|iter/s|Hz] mean|value',
  '/files/*/groups/*/benchmarks/*/period': 'duration|period [ms] mean|value',
  '/files/*/groups/*/benchmarks/*/mean': 'duration [ms] mean',
  '/files/*/groups/*/benchmarks/*/median': 'duration [ms] median',
  '/files/*/groups/*/benchmarks/*/min': 'duration [ms] min',
  '/files/*/groups/*/benchmarks/*/max': 'duration [ms] max',
  '/files/*/groups/*/benchmarks/*/sd': 'duration [ms] stddev',
  '/files/*/groups/*/benchmarks/*/p75': 'duration [ms] p75',
  '/files/*/groups/*/benchmarks/*/p99': 'duration [ms] p99',
  '/files/*/groups/*/benchmarks/*/p995': 'duration [ms] p99.5',
  '/files/*/groups/*/benchmarks/*/p999': 'duration [ms] p99.9',
  '/files/*/groups/*/benchmarks/*/variance': '*variance* [] ?',
  '/files/*/groups/*/benchmarks/*/sem': '*sem*|*standard_error* [ms] ?',
  '/files/*/groups/*/benchmarks/*/moe': '*moe*|*margin* [ms] ?',
  '/files/*/groups/*/benchmarks/*/rme': '*rme*|*margin* [%] ?',
  '/files/*/groups/*/benchmarks/*/*': '-',
}

/** What `range` says of a value is its spread; `5%` is one of a share, not one in percent of the value. */
const CUSTOM: Rules = {
  '/*/name': 'attr *',
  '/*/value': '* [=unit]',
  '/*/range': '* [=unit] stddev|value ?',
  '/*/extra': '-',
}

export const MICRO: readonly Spec[] = [
  { kind: 'json', tool: 'hyperfine', files: ['wild/zeroows__1brc/hyperfine.json', `${BENCHER}/shell/hyperfine/*.json`], paths: HYPERFINE },
  { kind: 'json', tool: 'JMH', files: [`${BENCHER}/java/jmh/*.json`, `${ACTION}/jmh_*.json`], paths: JMH_JSON },
  { kind: 'json', tool: 'BenchmarkDotNet', files: [`${BENCHER}/c_sharp/dot_net/*.json`, `${ACTION}/benchmarkdotnet.json`], paths: DOTNET },
  {
    kind: 'json',
    tool: 'pytest-benchmark',
    files: [`${BENCHER}/python/pytest/*.json`, `${ACTION}/pytest_*.json`, 'wild/ionelmc__pytest-benchmark/tests/test_storage/*.json'],
    paths: PYTEST,
  },
  { kind: 'json', tool: 'vitest', files: [`${BENCHER}/js/vitest/*.json`], paths: VITEST },
  { kind: 'json', tool: 'github-action-benchmark', files: [`${ACTION}/custom*.json`], paths: CUSTOM },
  {
    kind: 'json',
    tool: 'google-benchmark',
    files: [`${ACTION}/googlecpp_output.json`],
    paths: {
      '/context/**': '-',
      '/benchmarks/*/name': 'attr *',
      '/benchmarks/*/real_time': 'duration|real_time [=time_unit] value|mean',
      '/benchmarks/*/cpu_time': 'cpu_time [=time_unit] value|mean',
      '/benchmarks/*/*': '-',
    },
  },
  {
    kind: 'json',
    tool: 'BenchmarkTools.jl',
    note: 'Which estimate it is, minimum or median, the file does not say.',
    files: [`${ACTION}/julia_output.json`],
    paths: {
      '/**/params/**': '-',
      '/**/data/{name}/*/data/{size}/*/time': 'duration|time [ns] *',
      '/**/data/{name}/*/data/{size}/*/gctime': '*gc* [ns] *',
      '/**/data/{name}/*/data/{size}/*/memory': '*memory* [B] *',
      '/**/data/{name}/*/data/{size}/*/allocs': '*alloc* [|u:{allocation}] *',
    },
  },
  {
    kind: 'json',
    tool: 'bencher metric format',
    note: 'latency is in nanoseconds by that format; the bounds are of another kind in every tool it is made from.',
    files: [`${BENCHER}/json/report_bmf_mixed.json`, `${BENCHER}/json/report_latency.json`],
    paths: { '/{benchmark}/latency/value': 'latency [ns|] value|mean', '/{benchmark}/latency/*_value': '*lower*|*upper*|latency [ns|] min|max|value ?' },
  },
  {
    kind: 'json',
    tool: 'bencher metric format',
    files: [`${BENCHER}/json/report_dhat.json`],
    paths: {
      '/{benchmark}/Final Bytes/value': '*bytes*|memory_used [B|]',
      '/{benchmark}/Max Bytes/value': '*bytes*|memory_used [B|] value|max',
      '/{benchmark}/Total Bytes/value': '*bytes*|memory_used [B|] value|sum',
      '/{benchmark}/*/value': '*blocks* [|u:{block}] value|max|sum',
    },
  },
  { kind: 'json', tool: 'JSON schema', files: ['wild/bencherdev__bencher/services/console/public/v0/bmf.json'], paths: { '/**': '-' } },
  {
    kind: 'json',
    tool: 'criterion sample.json',
    files: [`${CRITERION}/**/sample.json`],
    note: 'Two rows without keys: iterations, then nanoseconds; only the layout knows.',
    paths: { '/0/*': '-', '/1/*': 'duration|total_duration|sample_time [ns]' },
  },
  { kind: 'json', tool: 'criterion benchmark.json', files: [`${CRITERION}/**/benchmark.json`], paths: { '/**': '-' } },
  {
    kind: 'json',
    tool: 'criterion messages',
    note: 'Only estimates are measured; what has changed is a share of the last run.',
    files: ['dirty/zakarumych__alkahest/benchmark/bench.json'],
    many: true,
    paths: {
      '/*/id': 'attr *',
      '/*/typical/estimate': 'duration|typical [=unit] value|mean|median',
      '/*/mean/estimate': 'duration [=unit] mean',
      '/*/median/estimate': 'duration [=unit] median',
      '/*/median_abs_dev/estimate': '*median_abs_dev* [=unit] ?',
      '/*/slope/estimate': 'duration|slope [=unit] value|mean ?',
      '/*/change/*/estimate': '* [%|1] delta',
      '/*/measured_values/*': 'duration|total_duration|sample_time [=unit]',
      '/*/iteration_count/*': '-',
      '/*/throughput/*/per_iteration': '-',
      '/**/*_bound': 'open',
      '/*/*': '-',
    },
  },
  {
    kind: 'json',
    tool: 'benny',
    files: ['wild/moltar__typescript-runtime-type-benchmarks/docs/results/*.json'],
    paths: {
      '/results/*/benchmark': 'attr *',
      '/results/*/name': 'attr *',
      '/results/*/ops': 'throughput [ops/s] value|mean',
      '/results/*/margin': '*margin*|throughput [%|] value|stddev ?',
      '/results/*/*': '-',
    },
  },
]
