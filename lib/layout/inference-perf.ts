/** inference-perf of Kubernetes: what the load generator saw of each stage. */

import { each, IGNORE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const LIFECYCLE: Layout = {
  name: 'inference-perf',
  tool: 'inference-perf lifecycle metrics: seconds and tokens per second, without saying so; failures apart',
  keys: ['load_summary', 'successes.latency', 'successes.throughput', 'failures'],
  fields: {
    request_latency: measured('e2e_latency', 's'),
    normalized_time_per_output_token: measured('normalized_time_per_output_token', 's', { better: 'lower' }),
    time_per_output_token: measured('tpot', 's'),
    time_to_first_token: measured('ttft', 's'),
    inter_token_latency: measured('itl', 's'),
    input_tokens_per_sec: measured('prompt_throughput', 'tokens/s'),
    output_tokens_per_sec: measured('output_throughput', 'tokens/s'),
    total_tokens_per_sec: measured('total_throughput', 'tokens/s'),
    requests_per_sec: measured('request_throughput', 'req/s'),
    prompt_len: measured('prompt_tokens', 'tokens'),
    output_len: measured('output_tokens', 'tokens'),
    schedule_delay: measured('schedule_delay', 's', { better: 'lower' }),
    send_duration: measured('send_duration', 's', { better: 'none' }),
    achieved_rate: measured('achieved_rate', 'req/s', { better: 'none' }),
    requested_rate: named('request_rate'),
    'load_summary.count': measured('requests', 'requests', { stat: 'value' }),
    'successes.count': measured('completed', 'requests', { stat: 'value', better: 'higher' }),
    'failures.count': measured('errors', 'requests', { stat: 'value', better: 'lower' }),
    ...each(['by_label', 'breakdown'], IGNORE),
  },
  statuses: { 'failures.*': 'error' },
}

const PROMETHEUS: Layout = {
  name: 'inference-perf',
  tool: "inference-perf Prometheus metrics: the server's own view of a stage, in seconds",
  keys: ['load_summary', 'successes.rate', 'successes.request_latency', 'successes.prompt_len'],
  fields: {
    'successes.count': measured('completed', 'requests', { stat: 'value', better: 'higher' }),
    'successes.rate': measured('request_throughput', 'req/s'),
    'prompt_len.rate': measured('prompt_throughput', 'tokens/s'),
    'output_len.rate': measured('output_throughput', 'tokens/s'),
    prompt_len: measured('prompt_tokens', 'tokens'),
    output_len: measured('output_tokens', 'tokens'),
    queue_len: measured('queue_length', 'requests', { better: 'lower' }),
    request_latency: measured('e2e_latency', 's'),
    time_to_first_token: measured('ttft', 's'),
    time_per_output_token: measured('tpot', 's'),
    inter_token_latency: measured('itl', 's'),
    kv_cache_usage_percentage: measured('kv_cache_usage', '', { better: 'none' }),
    num_requests_swapped: measured('requests_swapped', '', { better: 'lower' }),
    num_preemptions_total: measured('preemptions', '', { better: 'lower' }),
    prefix_cache_hit_percent: measured('prefix_cache_hit_rate', '', { better: 'higher' }),
  },
}

export const INFERENCE_PERF: readonly Layout[] = [LIFECYCLE, PROMETHEUS]
