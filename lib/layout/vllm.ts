/** vLLM's own benchmarks. */

import type { Layout, LayoutField } from './layout.js'

const IGNORE: LayoutField = { role: 'ignore' }
const seconds = (metric: string): LayoutField => ({ role: 'metric', metric, unit: 's' })

export const VLLM_SERVE: Layout = {
  name: 'vllm-serve',
  tool: 'vllm bench serve (and SGLang in the same style): latencies in ms by suffix, arrays in seconds without one',
  keys: ['request_throughput', 'output_throughput', 'mean_ttft_ms', 'completed'],
  fields: {
    request_throughput: { role: 'metric', metric: 'request_throughput', unit: 'req/s' },
    'request_goodput:': { role: 'metric', metric: 'request_goodput', unit: 'req/s', better: 'higher' },
    request_goodput: { role: 'metric', metric: 'request_goodput', unit: 'req/s', better: 'higher' },
    output_throughput: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s' },
    input_throughput: { role: 'metric', metric: 'prompt_throughput', unit: 'tokens/s' },
    total_token_throughput: { role: 'metric', metric: 'total_throughput', unit: 'tokens/s' },
    total_throughput: { role: 'metric', metric: 'total_throughput', unit: 'tokens/s' },
    max_output_tokens_per_s: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s', stat: 'max' },
    duration: seconds('duration'),
    completed: { role: 'metric', metric: 'completed', unit: '', better: 'higher' },
    failed: { role: 'metric', metric: 'errors', unit: '', better: 'lower' },
    total_input_tokens: { role: 'metric', metric: 'prompt_tokens', unit: 'tokens', stat: 'sum' },
    total_output_tokens: { role: 'metric', metric: 'output_tokens', unit: 'tokens', stat: 'sum' },
    ttfts: seconds('ttft'),
    itls: seconds('itl'),
    latencies: seconds('e2e_latency'),
    queue_times: seconds('queue_duration'),
    output_lens: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
    input_lens: IGNORE,
    start_times: IGNORE,
    generated_texts: IGNORE,
    errors: IGNORE,
    request_rate: { role: 'attribute' },
    max_concurrency: { role: 'attribute' },
    burstiness: { role: 'attribute' },
    max_concurrent_requests: { role: 'attribute' },
  },
}
