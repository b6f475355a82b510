/** The reports the project was started for: tables of numbers. Reports in Markdown are in `seed-reports.ts`. */

import type { Rules, Spec } from '../spec.js'

/** A failed request writes zeros. */
const failed = (row: Readonly<Record<string, string>>) => ((row['error'] ?? '') === '' ? 'ok' : 'none')

const RUN: Rules = {
  ttft_s: 'ttft [s]',
  tokens_s: 'output_throughput [tok/s]',
  load_s: 'load_duration [s]',
  prompt_eval_s: 'prompt_eval_duration [s]',
  eval_s: 'eval_duration [s]',
  prompt_eval_count: 'prompt_tokens [tok]',
  eval_count: 'output_tokens [tok]',
  total_tokens: 'total_tokens [tok]',
  response_chars: 'response_chars|output_chars [char|]',
}

const SETTINGS: Rules = { model: 'attr', num_gpu: 'attr', num_ctx: 'attr', temperature: 'attr', config_name: 'attr', tag: 'attr', prompt: 'attr prompt|prompt_text', prompt_text: 'attr prompt|prompt_text', prompt_index: 'attr' }

const under = (base: string, rules: Rules): Rules => Object.fromEntries(Object.entries(rules).map(([key, rule]) => [`${base}/${key}`, rule]))

const TIMING: Rules = { p50_ms: 'duration|latency|timing [ms] p50|median', p95_ms: 'duration|latency|timing [ms] p95', p99_ms: 'duration|latency|timing [ms] p99', mean_ms: 'duration|latency|timing [ms] mean', stdev_ms: 'duration|latency|timing [ms] stddev', samples: '-' }

/** It says `success` all the same; what was answered says otherwise. */
const unanswered = (row: Readonly<Record<string, string>>) => (/^Error /.test(row['banter_text'] ?? '') ? ' ?!error' : '')

/** A backend that failed writes noughts, and says so elsewhere. */
const unlessNought = (key: string, rule: string) => (row: Readonly<Record<string, string>>) => (Number(row[key]) === 0 ? `${rule} ?!error` : rule)

export const SEED: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'ollama prompt suite',
    files: ['seed/csv_data/ollama_param_tuning.csv', 'seed/csv_data/ollama_quant_bench.csv', 'seed/reports/gemma3/*_baseline.csv', 'seed/reports/gemma3/*_param_tuning.csv', 'seed/reports/ollama/*/*_runs.csv'],
    tables: [{ status: failed, columns: { ...RUN, ...SETTINGS, timestamp: '-', error: '-', options: '-' } }],
  },
  {
    kind: 'csv',
    tool: 'ollama prompt suite',
    files: ['seed/csv_data/ollama_param_tuning_summary.csv', 'seed/reports/gemma3/*_param_tuning_summary.csv'],
    tables: [
      {
        columns: {
          ...SETTINGS,
          mean_tokens_s: 'output_throughput [tok/s] mean',
          mean_ttft_s: 'ttft [s] mean',
          mean_load_s: 'load_duration [s] mean',
          prompt_eval: 'prompt_eval_duration|prompt_eval [s|] mean|value',
          eval_s_mean: 'eval_duration [s] mean',
        },
      },
    ],
  },
  { kind: 'json', tool: 'ollama prompt suite', files: ['seed/reports/gemma3/*_baseline.json'], paths: { '/model': 'attr', '/results/*/prompt': 'attr', ...under('/results/*', RUN) } },
  {
    kind: 'json',
    tool: 'ollama prompt suite',
    files: ['seed/reports/ollama/*/*_summary.json'],
    note: 'How many requests were completed is an outcome; how many there were to be is a setting.',
    paths: {
      '/models/*/model': 'attr',
      '/models/*/completed': 'completed*|requests [|req] value|count',
      '/models/*/options/temperature': 'attr^',
      '/models/*/mean_ttft_s': 'ttft [s] mean',
      '/models/*/mean_tokens_s': 'output_throughput [tok/s] mean',
      '/prompt_count': '-',
      '/models/*/prompt_count': '-',
      '/models/*/options/*': '-',
    },
  },
  {
    kind: 'csv',
    tool: 'banter baseline',
    files: ['seed/csv_data/baseline_performance_summary.csv'],
    tables: [{ columns: { 'Test Name': 'attr *', Context: 'attr', Tone: 'attr', 'Generation Time (ms)': 'generation_time|eval_duration|duration [ms]', Tokens: 'tokens|output_tokens|total_tokens [tok|]', 'Tokens per Second': 'output_throughput [tok/s]', Success: '-' } }],
  },
  {
    kind: 'json',
    tool: 'banter baseline',
    files: ['seed/csv_data/baseline_test_results_*.json'],
    paths: {
      '/results/*/test_name': 'attr *',
      '/results/*/generation_time_ms': (row) => `generation_time|eval_duration|duration [ms]${unanswered(row)}`,
      '/results/*/tokens': (row) => `tokens|output_tokens|total_tokens [tok|]${unanswered(row)}`,
      '/results/*/tokens_per_second': (row) => `output_throughput [tok/s]${unanswered(row)}`,
      '/total_tests': '-',
      '/successful_tests': '*successful*|*tests* [|u:{test}] value|count',
      '/total_generation_time_ms': '*generation_time|*duration [ms] sum|value',
      '/total_tokens': 'total_tokens|tokens|output_tokens [tok] sum|value|count',
      '/overall_tokens_per_second': '*throughput [tok/s] mean|value',
      '/summary/avg_generation_time_ms': 'generation_time|eval_duration|duration [ms] mean',
      '/summary/min_generation_time_ms': 'generation_time|eval_duration|duration [ms] min',
      '/summary/max_generation_time_ms': 'generation_time|eval_duration|duration [ms] max',
      '/summary/avg_tokens_per_second': 'output_throughput [tok/s] mean',
      '/test_timestamp': '-',
      '/results/*/**': 'open',
    },
  },
  {
    kind: 'json',
    tool: 'baseline timing',
    files: ['seed/csv_data/baselines/*.json'],
    note: 'What stands twice may be read once. The confidence interval is two bounds in milliseconds; percentiles without a unit have none of their own.',
    paths: {
      '/test_name': 'attr *',
      '/timing_stats/overall_mean_ms': 'duration|latency|timing|overall [ms] mean',
      '/timing_stats/overall_stdev_ms': 'duration|latency|timing|overall [ms] stddev',
      '/timing_stats/cv_percent': '*cv*|*coefficient* [%]',
      '/timing_stats/latency_percentiles/p50': 'latency [|ms] p50|median',
      '/timing_stats/latency_percentiles/p95': 'latency [|ms] p95',
      '/timing_stats/latency_percentiles/p99': 'latency [|ms] p99',
      '/timing_stats/outliers_detected': 'outliers* [|u:{outlier}] value|count',
      ...under('/timing_stats/run_results/*', TIMING),
      '/confidence_interval_95/*': 'open',
      '/coefficient_of_variation': '*coefficient*|*cv* [%|] ?',
      '/outliers_detected': 'outliers* [|u:{outlier}] value|count ?',
      '/runs': '-',
      '/samples_per_run': '-',
      '/timestamp': '-',
      '/environment/**': '-',
    },
  },
  {
    kind: 'json',
    tool: 'baseline timing',
    files: ['seed/csv_data/demo_inference_*.json'],
    paths: { '/benchmark_name': 'attr *', '/timestamp': '-', ...under('/timing', TIMING), '/environment/**': '-' },
  },
  {
    kind: 'json',
    tool: 'kernel benchmarks',
    files: ['seed/reports/kernel_optimization/kernel_benchmarks.json'],
    paths: {
      '/{kernel}/{variant}/mean_time_ms': 'duration|latency [ms] mean',
      '/{kernel}/{variant}/std_time_ms': 'duration|latency [ms] stddev',
      '/{kernel}/{variant}/min_time_ms': 'duration|latency [ms] min',
      '/{kernel}/{variant}/max_time_ms': 'duration|latency [ms] max',
    },
  },
  { kind: 'json', tool: 'quantization report', files: ['seed/reports/quantization/quantization_report.json'], paths: { '/{variant}/accuracy': 'accuracy [|1]', '/{variant}/loss': 'loss [|1]', '/{variant}/model_size_bytes': 'model_size [B]' } },
  {
    kind: 'json',
    tool: 'compilation benchmark',
    files: ['seed/reports/compilation/*.json'],
    note: 'A compile time of nothing compiled (eager) may be left out, and so may the copy of it in the metadata; a failed backend writes zeros.',
    paths: {
      '/model/name': 'attr^ model',
      '/model/device': 'attr^ device',
      '/model/**': '-',
      '/settings/**': '-',
      '/backends/{backend}/benchmark/mean_time_ms': unlessNought('mean_time_ms', 'duration|latency [ms] mean'),
      '/backends/{backend}/benchmark/std_time_ms': unlessNought('std_time_ms', 'duration|latency [ms] stddev'),
      '/backends/{backend}/benchmark/min_time_ms': unlessNought('min_time_ms', 'duration|latency [ms] min'),
      '/backends/{backend}/benchmark/max_time_ms': unlessNought('max_time_ms', 'duration|latency [ms] max'),
      '/backends/{backend}/compilation/compile_time_s': (row) => `compile_time [s]${row['success'] === 'false' ? ' ?!error' : ''}`,
      '/backends/{backend}/benchmark/metadata/compile_time_s': 'compile_time [s] ?',
      '/backends/**': '-',
    },
  },
  {
    kind: 'json',
    tool: 'system metrics',
    note: 'Its MB are 2^20: only so are the numbers of psutil whole bytes, and 12282 MB is what nvidia-smi calls MiB.',
    files: ['seed/reports/llama3/baseline_system_metrics.json', 'seed/csv_data/chimera_metrics_*.json'],
    paths: {
      '/metrics/*/system/cpu_percent': 'cpu_utilization [%]',
      '/metrics/*/system/memory_percent': 'memory_utilization|memory* [%]',
      '/metrics/*/system/memory_used_gb': 'memory_used [GiB]',
      '/metrics/*/system/disk_usage_percent': 'disk_usage|disk_utilization [%]',
      '/metrics/*/system/network_sent_mb': 'network_sent [MiB]',
      '/metrics/*/system/network_recv_mb': 'network_rec* [MiB]',
      '/metrics/*/gpu/*/name': 'attr *',
      '/metrics/*/gpu/*/temperature': 'temperature [|C]',
      '/metrics/*/gpu/*/power_draw': 'power [|W]',
      '/metrics/*/gpu/*/utilization_gpu': 'gpu_utilization [|%]',
      '/metrics/*/gpu/*/utilization_memory': '*utilization* [|%]',
      '/metrics/*/gpu/*/memory_used_mb': 'gpu_memory_used|memory_used [MiB]',
      '/metrics/*/gpu/*/memory_free_mb': '*memory_free [MiB]',
      '/metrics/*/gpu/*/clock_*': '*clock* [|MHz]',
      '/metrics/*/gpu/*/fan_speed': 'fan_speed [|%]',
      '/metrics/*/ollama/ollama_processes/*/pid': 'attr *',
      '/metrics/*/ollama/ollama_processes/*/cpu_percent': 'cpu_utilization [%]',
      '/metrics/*/ollama/ollama_processes/*/memory_mb': 'memory_used [MiB]',
      '/metrics/*/ollama/process_count': '*process* [|u:{process}] value|count',
      '/**': '-',
    },
  },
  {
    kind: 'json',
    tool: 'self-healing',
    files: ['seed/reports/self_healing_results_*.json'],
    note: 'What is found, and the latency before and after an action.',
    paths: { '/anomalies_detected': '*anomalies* [|u:{anomaly}] value|count', '/actions_taken/*/target_backend': 'attr *', '/actions_taken/*/metrics_{when}/latency_ms': 'latency [ms]', '/actions_taken/*/metrics_*/latency_ms': '*latency [ms]' },
  },
  { kind: 'json', tool: 'system metrics', files: ['seed/reports/llama3/baseline_ml_metrics.json'], note: 'Nothing was measured.', paths: { '/total_inferences': '*inferences* [|u:{inference}] value|count ?', '/**': '-' } },
]
