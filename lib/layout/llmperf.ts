/** LLMPerf of Ray: a summary in flattened keys, and the single requests. */

import { ATTRIBUTE, each, IGNORE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const LLMPERF_SUMMARY: Layout = {
  name: 'llmperf',
  tool: 'LLMPerf summary: quantiles and means in flattened keys, seconds and tokens per second, requests per minute',
  keys: ['results_ttft_s_mean', 'results_inter_token_latency_s_mean', 'results_end_to_end_latency_s_mean', 'num_concurrent_requests'],
  fields: {
    'results_ttft_s_*': measured('ttft', 's'),
    'results_inter_token_latency_s_*': measured('itl', 's'),
    'results_end_to_end_latency_s_*': measured('e2e_latency', 's'),
    // Of single requests; the rate of all together stands alone.
    'results_request_output_throughput_token_per_s_*': measured('request_output_throughput', 'tokens/s', { better: 'higher' }),
    results_mean_output_throughput_token_per_s: measured('output_throughput', 'tokens/s', { stat: 'value' }),
    'results_number_input_tokens_*': measured('prompt_tokens', 'tokens'),
    'results_number_output_tokens_*': measured('output_tokens', 'tokens'),
    results_num_requests_started: measured('requests', 'requests'),
    results_num_completed_requests: measured('completed_requests', 'requests', { better: 'higher' }),
    results_num_completed_requests_per_min: measured('request_throughput', 'requests/min'),
    results_number_errors: measured('errors', 'requests', { better: 'lower' }),
    results_error_rate: measured('error_rate', 'ratio', { better: 'lower' }),
    results_error_code_frequency: IGNORE,
    // What was asked for, not what was sent.
    ...each(['mean_input_tokens', 'stddev_input_tokens', 'mean_output_tokens', 'stddev_output_tokens'], ATTRIBUTE),
    num_concurrent_requests: named('concurrency'),
  },
}

const LLMPERF_REQUESTS: Layout = {
  name: 'llmperf',
  tool: 'LLMPerf individual responses: one object per request, in seconds and tokens per second',
  keys: ['*.inter_token_latency_s', '*.ttft_s', '*.end_to_end_latency_s', '*.number_output_tokens'],
  fields: {
    ttft_s: measured('ttft', 's'),
    inter_token_latency_s: measured('itl', 's'),
    end_to_end_latency_s: measured('e2e_latency', 's'),
    request_output_throughput_token_per_s: measured('request_output_throughput', 'tokens/s', { better: 'higher' }),
    number_total_tokens: measured('total_tokens', 'tokens'),
    number_output_tokens: measured('output_tokens', 'tokens'),
    number_input_tokens: measured('prompt_tokens', 'tokens'),
    error_code: ATTRIBUTE,
    error_msg: { role: 'error' },
  },
}

const SWEEP: Layout = {
  name: 'llmperf',
  tool: 'LLMPerf results gathered per concurrency: milliseconds, tokens per second, requests per minute',
  keys: ['concurrency', 'mean_input_token_length', 'requests_per_minute_(qpm)'],
  fields: {
    concurrency: ATTRIBUTE,
    mean_input_token_length: ATTRIBUTE,
    mean_output_token_length: measured('output_tokens', 'tokens', { stat: 'mean' }),
    'time_to_first_token_in_ms_(ttft)_*': measured('ttft', 'ms'),
    'first-time-to-token_mean_in_ms_(ttft)': measured('ttft', 'ms', { stat: 'mean' }),
    'throughput_token_per_s_(token/sec)*': measured('output_throughput', 'tokens/s'),
    'latency_ms_per_token_(inter_token_latency)*': measured('itl', 'ms'),
    'requests_per_minute_(qpm)': measured('request_throughput', 'requests/min'),
    results_number_errors: measured('errors', 'requests', { better: 'lower' }),
    results_num_completed_requests: measured('completed_requests', 'requests', { better: 'higher' }),
  },
}

export const LLM_PERF: readonly Layout[] = [LLMPERF_SUMMARY, LLMPERF_REQUESTS, SWEEP]
