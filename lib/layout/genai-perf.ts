/** GenAI-Perf of NVIDIA, and AIPerf that followed it: each metric with its unit beside it. */

import { each, IGNORE, measured, named } from './field.js'
import type { KnownMetric, Layout, LayoutField } from './layout.js'

const FIELDS: Readonly<Record<string, LayoutField>> = {
  request_latency: measured('e2e_latency'),
  time_to_first_token: measured('ttft'),
  ttft: measured('ttft'),
  time_to_second_token: measured('time_to_second_token', undefined, { better: 'lower' }),
  ttst: measured('time_to_second_token', undefined, { better: 'lower' }),
  time_to_first_output_token: measured('time_to_first_output_token', undefined, { better: 'lower' }),
  inter_token_latency: measured('itl'),
  inter_chunk_latency: measured('inter_chunk_latency', undefined, { better: 'lower' }),
  request_throughput: measured('request_throughput'),
  output_token_throughput: measured('output_throughput'),
  total_token_throughput: measured('total_throughput'),
  output_token_throughput_per_user: measured('output_token_throughput_per_user', undefined, { better: 'higher' }),
  output_token_throughput_per_request: measured('output_token_throughput_per_request', undefined, { better: 'higher' }),
  prefill_throughput: measured('prompt_throughput'),
  goodput: measured('request_goodput', undefined, { better: 'higher' }),
  request_goodput: measured('request_goodput', undefined, { better: 'higher' }),
  request_count: measured('requests'),
  good_request_count: measured('good_requests', undefined, { better: 'higher' }),
  error_request_count: measured('errors', undefined, { better: 'lower' }),
  benchmark_duration: measured('duration'),
  // All tokens of an answer; `output_token_count` leaves out those of reasoning.
  output_sequence_length: measured('output_tokens'),
  osl: measured('output_tokens'),
  input_sequence_length: measured('prompt_tokens'),
  isl: measured('prompt_tokens'),
  output_token_count: measured('output_token_count', undefined, { better: 'none' }),
  reasoning_token_count: measured('reasoning_tokens', undefined, { better: 'none' }),
  total_isl: measured('prompt_tokens', undefined, { stat: 'sum' }),
  total_osl: measured('output_tokens', undefined, { stat: 'sum' }),
  total_output_tokens: measured('total_output_tokens', undefined, { better: 'none' }),
  total_reasoning_tokens: measured('reasoning_tokens', undefined, { stat: 'sum', better: 'none' }),
  ...each(['min_request_timestamp', 'max_response_timestamp', 'inputs', 'error_summary', 'error_details', 'tag', 'header', 'cli_command'], IGNORE),
  'error.code': named('error_code'),
  timestamp_ns: IGNORE,
  model: named('model'),
  model_names: named('model'),
}

const GENAI_PERF_RESULTS: Layout = {
  name: 'genai-perf',
  tool: 'GenAI-Perf and AIPerf, JSON: statistics per metric, its unit beside them',
  keys: ['request_latency.unit', 'request_latency.avg', 'request_throughput.unit', 'input_config'],
  fields: FIELDS,
}

const AIPERF: Layout = {
  name: 'aiperf',
  tool: 'AIPerf, JSON with its metrics under records: statistics per metric, its unit beside them',
  keys: ['records.request_latency.unit', 'records.request_latency.avg', 'records.request_count.unit'],
  fields: FIELDS,
}

const AIPERF_REQUESTS: Layout = {
  name: 'aiperf',
  tool: 'AIPerf, JSON lines: one request a line, a value with its unit per metric',
  keys: ['metadata.x_request_id', 'metadata.worker_id', 'metrics'],
  fields: FIELDS,
  statuses: { 'credit_phase=warmup': 'warmup', 'benchmark_phase=warmup': 'warmup' },
}

/** As the rows of the CSV are called, without the unit in brackets behind. */
const ROWS: Readonly<Record<string, KnownMetric>> = {
  'Request Latency*': { metric: 'e2e_latency' },
  'Time to First Token*': { metric: 'ttft' },
  'Time To First Token*': { metric: 'ttft' },
  'Time to Second Token*': { metric: 'time_to_second_token', better: 'lower' },
  'Time To Second Token*': { metric: 'time_to_second_token', better: 'lower' },
  'Inter Token Latency*': { metric: 'itl' },
  'Output Sequence Length*': { metric: 'output_tokens' },
  'Input Sequence Length*': { metric: 'prompt_tokens' },
  'Output Token Count*': { metric: 'output_token_count', better: 'none' },
  'Reasoning Token Count*': { metric: 'reasoning_tokens', better: 'none' },
  'Output Token Throughput Per User*': { metric: 'output_token_throughput_per_user', better: 'higher' },
  'Output Token Throughput Per Request*': { metric: 'output_token_throughput_per_request', better: 'higher' },
}

const CSV: Layout = {
  name: 'genai-perf',
  tool: 'GenAI-Perf and AIPerf, the first table of the CSV: statistics per metric, the unit in brackets behind its name',
  columns: ['Metric', 'avg', 'min', 'max', 'p99', 'p90', 'p50'],
  long: [{ name: 'Metric', values: { avg: { stat: 'mean' }, min: { stat: 'min' }, max: { stat: 'max' }, std: { stat: 'stddev', better: 'none' }, 'p*': {} } }],
  metrics: ROWS,
  fields: {},
}

export const GENAI_PERF: readonly Layout[] = [GENAI_PERF_RESULTS, AIPERF, AIPERF_REQUESTS, CSV]
