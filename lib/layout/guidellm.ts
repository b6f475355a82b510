/** GuideLLM: distributions of latencies and rates, for requests that succeeded, failed, or were cut off at the end. */

import { ATTRIBUTE, each, IGNORE, measured, named, type MetricField } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const DISTRIBUTIONS: Readonly<Record<string, MetricField>> = {
  requests_per_second: measured('request_throughput', 'req/s'),
  request_concurrency: measured('concurrency', '', { better: 'none' }),
  // The only time without a suffix is the only one in seconds.
  request_latency: measured('e2e_latency', 's'),
  request_streaming_iterations_count: measured('streaming_iterations', '', { better: 'none' }),
  prompt_token_count: measured('prompt_tokens', 'tokens'),
  output_token_count: measured('output_tokens', 'tokens'),
  total_token_count: measured('total_tokens', 'tokens'),
  time_to_first_token_ms: measured('ttft', 'ms'),
  time_to_first_output_token_ms: measured('time_to_first_output_token', 'ms', { better: 'lower' }),
  time_per_output_token_ms: measured('tpot', 'ms'),
  inter_token_latency_ms: measured('itl', 'ms'),
  prompt_tokens_per_second: measured('prompt_throughput', 'tokens/s'),
  output_tokens_per_second: measured('output_throughput', 'tokens/s'),
  tokens_per_second: measured('total_throughput', 'tokens/s'),
  output_tokens_per_iteration: measured('output_tokens_per_iteration', '', { better: 'none' }),
  iter_tokens_per_iteration: measured('iter_tokens_per_iteration', '', { better: 'none' }),
}

/** Means over the requests, of what the load generator itself spent. */
const SCHEDULER: Readonly<Record<string, LayoutField>> = {
  queued_time_avg: measured('queue_duration', 's', { stat: 'mean' }),
  ...Object.fromEntries(
    ['resolve_start_delay', 'resolve_targeted_start_delay', 'request_start_delay', 'request_targeted_start_delay', 'request_time', 'resolve_end_delay', 'resolve_time', 'finalized_delay', 'processed_delay'].map((name) => [
      `${name}_avg`,
      measured(name, 's', { stat: 'mean', better: 'lower' }),
    ]),
  ),
}

const REPORT: Layout = {
  name: 'guidellm',
  tool: 'GuideLLM, JSON: distributions per benchmark and outcome of the requests; request latency in seconds, the rest in ms by suffix',
  keys: ['benchmarks.*.metrics.request_latency.successful', 'benchmarks.*.metrics.time_to_first_token_ms.successful', 'benchmarks.*.metrics.requests_per_second.successful'],
  fields: {
    ...DISTRIBUTIONS,
    ...SCHEDULER,
    duration: measured('duration', 's'),
    rate: ATTRIBUTE,
    warmup_duration: ATTRIBUTE,
    cooldown_duration: ATTRIBUTE,
    'request_totals.successful': measured('completed', 'requests', { better: 'higher' }),
    'request_totals.errored': measured('errors', 'requests', { better: 'lower' }),
    'request_totals.incomplete': measured('incomplete', 'requests', { better: 'lower' }),
    'request_totals.total': measured('requests', 'requests'),
    prompt_tokens: measured('prompt_tokens', 'tokens'),
    output_tokens: measured('output_tokens', 'tokens'),
    total_tokens: measured('total_tokens', 'tokens'),
    mode: IGNORE,
    pdf: IGNORE,
    // Of tokens the same again; words, characters, pixels and seconds of what was sent.
    ...each(['text', 'image', 'video', 'audio', 'tool_call'], IGNORE),
    // Counters of the scheduler while it ran, and parts of single requests.
    ...each(['scheduler_state', 'requests_made', 'run_stats', 'info', 'scheduler_info', 'input_metrics', 'output_metrics', 'request_args', 'output', 'reasoning_output', 'tool_calls', 'prompt'], IGNORE),
  },
  levels: Object.fromEntries(Object.keys(DISTRIBUTIONS).map((name) => [`benchmarks.*.metrics.${name}`, 'request_status'])),
  statuses: {
    'benchmarks.*.metrics.*.errored': 'error',
    'benchmarks.*.metrics.*.incomplete': 'error',
    'benchmarks.*.requests.errored': 'error',
    'benchmarks.*.requests.incomplete': 'error',
  },
}

/** The three rows of the header in one, for requests that succeeded; the others have columns of their own. */
const COLUMNS: Readonly<Record<string, MetricField>> = {
  'Request Latency Successful Sec': measured('e2e_latency', 's'),
  'Streaming Iterations Successful Count': measured('streaming_iterations', '', { better: 'none' }),
  'Time to First Token Successful ms': measured('ttft', 'ms'),
  'Time to First Output Token Successful ms': measured('time_to_first_output_token', 'ms', { better: 'lower' }),
  'Time per Output Token Successful ms': measured('tpot', 'ms'),
  'Inter Token Latency Successful ms': measured('itl', 'ms'),
  'Server Throughput Successful Requests/Sec': measured('request_throughput', 'req/s'),
  'Server Throughput Successful Concurrency': measured('concurrency', '', { better: 'none' }),
  'Token Metrics Successful Input Tokens': measured('prompt_tokens', 'tokens'),
  'Token Metrics Successful Output Tokens': measured('output_tokens', 'tokens'),
  'Token Metrics Successful Total Tokens': measured('total_tokens', 'tokens'),
  'Token Throughput Successful Input Tokens/Sec': measured('prompt_throughput', 'tokens/s'),
  'Token Throughput Successful Output Tokens/Sec': measured('output_throughput', 'tokens/s'),
  'Token Throughput Successful Total Tokens/Sec': measured('total_throughput', 'tokens/s'),
}

const CSV: Layout = {
  name: 'guidellm',
  tool: 'GuideLLM, CSV with a header of three rows: the statistics of requests that succeeded',
  columns: ['Run Info Run ID', 'Benchmark Strategy', 'Request Latency Successful Sec Mean', 'Time to First Token Successful ms Mean'],
  fields: {
    'Run Info Run ID': named('run_id'),
    'Run Info Run Index': named('run_index'),
    'Benchmark Strategy': named('strategy'),
    'Benchmark Type': named('benchmark_type'),
    'Timings Duration Sec': measured('duration', 's'),
    'Request Counts Successful': measured('completed', 'requests', { better: 'higher' }),
    'Request Counts Errored': measured('errors', 'requests', { better: 'lower' }),
    'Request Counts Incomplete': measured('incomplete', 'requests', { better: 'lower' }),
    'Request Counts Total': measured('requests', 'requests'),
    ...Object.fromEntries(
      Object.entries(COLUMNS).flatMap(([name, field]): [string, LayoutField][] => [
        [`${name} Mean`, { ...field, stat: 'mean' }],
        [`${name} Median`, { ...field, stat: 'median' }],
        [`${name} Std Dev`, { ...field, stat: 'stddev' }],
      ]),
    ),
    // Lists of percentiles in one cell, all that is not of successful requests, and the run as JSON.
    '*': IGNORE,
  },
}

export const GUIDE_LLM: readonly Layout[] = [REPORT, CSV]
