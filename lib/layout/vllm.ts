/** vLLM's own benchmarks: `vllm bench serve`, `throughput` and `latency`. */

import { ATTRIBUTE, IGNORE, measured } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/** What vLLM's load generator and those made after it (SGLang, LMDeploy) have in common. */
export const SERVING: Readonly<Record<string, LayoutField>> = {
  request_throughput: measured('request_throughput', 'req/s'),
  'request_goodput:': measured('request_goodput', 'req/s', { better: 'higher' }),
  request_goodput: measured('request_goodput', 'req/s', { better: 'higher' }),
  output_throughput: measured('output_throughput', 'tokens/s'),
  input_throughput: measured('prompt_throughput', 'tokens/s'),
  total_token_throughput: measured('total_throughput', 'tokens/s'),
  total_throughput: measured('total_throughput', 'tokens/s'),
  max_output_tokens_per_s: measured('output_throughput', 'tokens/s', { stat: 'max' }),
  duration: measured('duration', 's'),
  completed: measured('completed', '', { better: 'higher' }),
  failed: measured('errors', '', { better: 'lower' }),
  total_input_tokens: measured('prompt_tokens', 'tokens', { stat: 'sum' }),
  total_output_tokens: measured('output_tokens', 'tokens', { stat: 'sum' }),
  max_concurrent_requests: measured('concurrent_requests', 'requests', { stat: 'max', better: 'none' }),
  // Scalars say their unit in their name, these lists are in seconds and do not.
  ttfts: measured('ttft', 's'),
  itls: measured('itl', 's'),
  latencies: measured('e2e_latency', 's'),
  queue_times: measured('queue_duration', 's'),
  output_lens: measured('output_tokens', 'tokens'),
  input_lens: IGNORE,
  start_times: IGNORE,
  generated_texts: IGNORE,
  errors: IGNORE,
  request_rate: ATTRIBUTE,
  max_concurrency: ATTRIBUTE,
  burstiness: ATTRIBUTE,
}

const VLLM_SERVE: Layout = {
  name: 'vllm-serve',
  tool: 'vllm bench serve --save-result: latencies in ms by suffix, lists of single requests in seconds without one',
  keys: ['request_throughput', 'output_throughput', 'mean_ttft_ms', 'completed'],
  anywhere: true,
  fields: {
    ...SERVING,
    spec_decode_acceptance_rate: measured('spec_decode_acceptance_rate', '%', { better: 'higher' }),
    spec_decode_acceptance_length: measured('spec_decode_acceptance_length', 'tokens', { better: 'higher' }),
    spec_decode_per_position_acceptance_rates: IGNORE,
  },
}

const VLLM_THROUGHPUT: Layout = {
  name: 'vllm-throughput',
  tool: 'vllm bench throughput --output-json: one offline run; tokens per second are of prompt and output together',
  keys: ['elapsed_time', 'num_requests', 'total_num_tokens', 'requests_per_second', 'tokens_per_second'],
  anywhere: true,
  fields: {
    elapsed_time: measured('duration', 's'),
    num_requests: ATTRIBUTE,
    total_num_tokens: measured('total_tokens', 'tokens', { stat: 'sum' }),
    requests_per_second: measured('request_throughput', 'req/s'),
    tokens_per_second: measured('total_throughput', 'tokens/s'),
  },
}

const VLLM_LATENCY: Layout = {
  name: 'vllm-latency',
  tool: 'vllm bench latency --output-json: seconds per batch, all of them and their percentiles',
  keys: ['avg_latency', 'latencies', 'percentiles'],
  metric: 'latency',
  unit: 's',
  fields: {
    avg_latency: measured('latency', 's', { stat: 'mean' }),
    std_latency: measured('latency', 's', { stat: 'stddev' }),
    latencies: measured('latency', 's'),
    percentiles: measured('latency', 's'),
  },
}

/** What `vllm bench serve`, and `sglang.bench_serving` after it, print at the end. */
const VLLM_TEXT: Layout = {
  name: 'vllm-serve',
  tool: 'vllm bench serve and sglang.bench_serving, what they print: requests, tokens per second, latencies in ms',
  keys: ['Successful requests', 'Benchmark duration (s)', 'Request throughput (req/s)'],
  fields: {
    'Successful requests': measured('completed', '', { better: 'higher' }),
    'Failed requests': measured('errors', '', { better: 'lower' }),
    'Benchmark duration (s)': measured('duration', 's'),
    'Total input tokens': measured('prompt_tokens', 'tokens', { stat: 'sum' }),
    'Total generated tokens': measured('output_tokens', 'tokens', { stat: 'sum' }),
    'Total generated tokens (retokenized)': IGNORE,
    'Request throughput (req/s)': measured('request_throughput', 'req/s'),
    'Request goodput (req/s)': measured('request_goodput', 'req/s', { better: 'higher' }),
    'Input token throughput (tok/s)': measured('prompt_throughput', 'tokens/s'),
    'Output token throughput (tok/s)': measured('output_throughput', 'tokens/s'),
    'Peak output token throughput (tok/s)': measured('output_throughput', 'tokens/s', { stat: 'max' }),
    'Total Token throughput (tok/s)': measured('total_throughput', 'tokens/s'),
    'Total token throughput (tok/s)': measured('total_throughput', 'tokens/s'),
    'Peak concurrent requests': measured('concurrent_requests', 'requests', { stat: 'max', better: 'none' }),
    Concurrency: measured('concurrent_requests', 'requests', { stat: 'mean', better: 'none' }),
    'Request rate configured (RPS)': { role: 'attribute', name: 'request_rate' },
    'Traffic request rate': { role: 'attribute', name: 'request_rate' },
    'Maximum request concurrency': { role: 'attribute', name: 'max_concurrency' },
    'Max request concurrency': { role: 'attribute', name: 'max_concurrency' },
  },
}

export const VLLM: readonly Layout[] = [VLLM_SERVE, VLLM_TEXT, VLLM_THROUGHPUT, VLLM_LATENCY]
