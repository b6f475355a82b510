/** Servers and frameworks under load, machines, and tables with a thing in each column. */

import type { Spec } from '../spec.js'

const FRAMEWORKS = 'wild/smallnest__go-web-framework-benchmark/testresults'
const PORTABILITY = 'wild/UoB-HPC__performance-portability/metrics/data'

export const SERVER: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'go-web-framework CSV',
    files: [`${FRAMEWORKS}/*concurrency*.csv`, `${FRAMEWORKS}/*cpubound*.csv`, `${FRAMEWORKS}/*processtime*.csv`],
    note: 'Only the file name says what is measured, and nothing says the unit: any name will do, but the framework has to be kept.',
    tables: [{ columns: { '#1': 'attr *', '*': '@|value|latency|throughput|requests|request_throughput|alloc|memory_used|result [] {framework}' } }],
  },
  {
    kind: 'csv',
    tool: 'query bench CSV (de)',
    files: ['wild/NMFCode__QueryBenchmark/ergebnisse.csv'],
    delimiter: ';',
    note: 'The point is the decimal mark in this one; no unit anywhere.',
    tables: [{ columns: { Size: 'attr size', '*': '@|value|duration|time [] {query}' } }],
  },
  {
    kind: 'csv',
    tool: 'HPC portability CSV',
    files: [`${PORTABILITY}/{babelstream,babelstream_2020,babelstream_peak,minifmm,neutral,tealeaf,synthetic,metrics_data_synthetic}.csv`],
    note: 'Megabytes or seconds per second is said elsewhere; X is not supported. `Consistent (30\\%)` is a name.',
    tables: [{ columns: { Device: 'attr *', '/Consistent \\(/': '*consistent*|value [|%] {model}', '*': '@|value [] {model}' } }],
  },
  {
    kind: 'json',
    tool: 'the-benchmarker data.json',
    files: ['wild/the-benchmarker__web-frameworks/data.min.json'],
    note: '-1 stands for what was not measured. Seconds is known of the tool only.',
    paths: {
      '/metrics/*/level': 'attr level|concurrency',
      '/metrics/*/framework_id': 'attr *',
      '/metrics/*/label': '-',
      '/metrics/*/value': (row) => {
        const [label = '', value = ''] = [row['label'], row['value']]
        const none = Number(value) === -1 ? ' ?!error' : ''
        const rank = /^percentile(\d\d)(\d*)$/.exec(label)
        if (rank) return `latency|response_time|duration [s|] p${rank[1] ?? ''}${rank[2] ? `.${rank[2]}` : ''}${rank[1] === '50' ? '|median' : ''}${none}`
        if (label === 'duration_ms') return `duration|total_duration [ms]${none}`
        if (label === 'total_requests_per_s') return `request_throughput [req/s]${none}`
        if (label === 'total_bytes_received') return `*bytes* [B] value|sum${none}`
        return `* [|s|req|1|B] *${none}`
      },
      '/frameworks/**': '-',
      '/languages/**': '-',
      '/hardware/**': '-',
      '/version': '-',
    },
  },
  {
    kind: 'json',
    tool: 'vafast perf JSON',
    files: ['wild/vafast__vafast-benchmarks/test-results/*/*/*.json'],
    paths: {
      '/framework': 'attr *',
      '/endpoint': 'attr *',
      '/results/coldStart/value': '*cold_start* [cell]',
      '/results/requestsPerSecond/value': 'request_throughput [cell] value|mean',
      '/results/avgLatency/value': 'latency [cell] mean',
      '/results/p95Latency/value': 'latency [cell] p95',
      '/results/p99Latency/value': 'latency [cell] p99',
      '/results/errorRate/value': '*error_rate*|errors [cell]',
      '/results/totalRequests/value': 'open',
      '/results/*/*': '-',
      '/summary/totalRequests': 'requests|total_requests [req|] value|sum|count',
      '/summary/rps': 'request_throughput [req/s] value|mean',
      '/summary/avgLatency': 'latency [ms|] mean',
      '/summary/p95Latency': 'latency [ms|] p95',
      '/summary/p99Latency': 'latency [ms|] p99',
      '/summary/errorRate': '*error_rate*|errors [1|%|]',
      '/summary/coldStart': '*cold_start* [ms|]',
      '/summary/*': '-',
    },
  },
  {
    kind: 'csv',
    tool: 'nvidia-smi CSV',
    files: ['wild/xypp3__gpu_glasses/nvidia_smi.csv'],
    note: 'MiB is known of the tool only.',
    tables: [
      {
        columns: { timestamp: '-', gpu: 'attr *', index: '-', 'memory.used': 'memory_used|gpu_memory_used [MiB|]', 'memory.total': '-', 'power.draw': 'power [W|]', 'temperature.gpu': 'temperature [C|]' },
      },
    ],
  },
  {
    kind: 'csv',
    tool: 'MLPerf summary CSV',
    files: ['wild/mlcommons__inference_results_v4.1/closed/*/summary.csv', 'wild/mlcommons__inference_results_v4.1/open/**/summary.csv', 'wild/mlcommons__inference/tools/**/*.csv'],
    note: 'Accuracy is a sentence in newer ones. A latency is one, whatever the column is called.',
    tables: [
      {
        columns: {
          SystemName: 'attr *',
          Platform: 'attr *',
          Model: 'attr *',
          Scenario: 'attr *',
          Result: (row) => {
            const unit = row['Units'] ?? ''
            const time = /^Latency \((.*)\)$/.exec(unit)
            if (time) return `latency|duration [${time[1] ?? ''}] *`
            return /^Tokens/.test(unit) ? 'output_throughput|throughput|total_throughput [=Units] value|mean' : 'throughput|request_throughput [=Units] value|mean'
          },
          Accuracy: '*accuracy*|score [|%] ?',
          errors: 'errors [|1|req] value|count ?',
          '*': '-',
        },
      },
    ],
  },
  {
    kind: 'csv',
    tool: 'GEMM tuning CSV',
    files: ['wild/mlcommons__inference_results_v4.1/closed/Dell/code/**/tuned_fp8_16_20240720.csv'],
    tables: [{ columns: { M: 'attr *', N: 'attr *', K: 'attr *', libtype: '-', solidx: '-', soltimems: '*time*|duration|sol* [ms|]', indtype: '-', outdtype: '-' } }],
  },
  { kind: 'csv', tool: 'MLPerf system TSV', files: ['wild/mlcommons__inference_results_v4.1/closed/ASUSTeK/systems/system_descriptions.tsv'], delimiter: '\t', header: 0, tables: [{ columns: { '*': '-' } }] },
  { kind: 'csv', tool: 'SPEC PTD power CSV', files: ['wild/mlcommons__inference_results_v4.1/closed/NVIDIA/**/analyzer_table.csv'], tables: [{ columns: { '*': '-' } }] },
  {
    kind: 'json',
    tool: 'MLPerf descriptions and logs',
    files: [
      'wild/mlcommons__inference_results_v4.1/**/power/*.json',
      'wild/mlcommons__inference_results_v4.1/closed/*/measurements/**/*.json',
      'wild/mlcommons__inference_results_v4.1/closed/*/systems/*.json',
      'wild/mlcommons__hpc_results_v3.0/*/systems/*.json',
      'wild/mlcommons__inference_results_v4.1/**/mlperf_log_accuracy.json',
    ],
    note: 'Machines, settings, times of a clock and encoded answers: nothing is measured.',
    paths: { '/**': '-' },
  },
  { kind: 'json', tool: 'MLPerf HPC JSON', files: ['wild/mlcommons__hpc_results_v3.0/Clemson/**/scaling.json'], paths: { '/scaling_factor': '*scaling* [|1] ?' } },
]
