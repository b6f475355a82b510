/** SGLang's benchmarks: a load generator after vLLM's, and single batches without a server. */

import { ATTRIBUTE, IGNORE, measured } from './field.js'
import type { Layout } from './layout.js'
import { SERVING } from './vllm.js'

const SGLANG_SERVING: Layout = {
  name: 'sglang-serving',
  tool: 'sglang.bench_serving --output-file: one run a line, latencies in ms by suffix, lists of single requests in seconds',
  keys: ['request_throughput', 'output_throughput', 'input_throughput', 'mean_e2e_latency_ms', 'completed'],
  anywhere: true,
  fields: {
    ...SERVING,
    total_input_text_tokens: measured('total_input_text_tokens', 'tokens', { stat: 'sum' }),
    total_input_vision_tokens: measured('total_input_vision_tokens', 'tokens', { stat: 'sum' }),
    // Tokenised anew from the text: another count of the same.
    total_output_tokens_retokenized: measured('total_output_tokens_retokenized', 'tokens', { stat: 'sum' }),
    // What the load turned out to be, not what was asked for.
    concurrency: measured('concurrency', '', { stat: 'mean', better: 'none' }),
    accept_length: measured('accept_length', 'tokens', { stat: 'mean', better: 'higher' }),
    random_range_ratio: ATTRIBUTE,
    server_info: IGNORE,
  },
}

const SGLANG_OFFLINE: Layout = {
  name: 'sglang-offline',
  tool: 'sglang.bench_offline_throughput: one run of the engine without a server',
  keys: ['successful_requests', 'total_latency', 'last_gen_throughput', 'total_throughput'],
  fields: {
    ...SERVING,
    successful_requests: measured('completed', '', { better: 'higher' }),
    total_latency: measured('duration', 's'),
    last_gen_throughput: measured('last_gen_throughput', 'tokens/s', { better: 'higher' }),
  },
}

const SGLANG_BATCH: Layout = {
  name: 'sglang-batch',
  tool: 'sglang.bench_one_batch: prefill and decode of one batch, in seconds and tokens per second',
  keys: ['batch_size', 'prefill_latency', 'prefill_throughput', 'total_latency', 'overall_throughput'],
  anywhere: true,
  fields: {
    prefill_latency: measured('prompt_eval_duration', 's'),
    prefill_throughput: measured('prompt_throughput', 'tokens/s'),
    // Of one step, in which every sequence of the batch gets a token.
    median_decode_latency: measured('itl', 's', { stat: 'median' }),
    median_decode_throughput: measured('output_throughput', 'tokens/s', { stat: 'median' }),
    total_latency: measured('e2e_latency', 's'),
    overall_throughput: measured('total_throughput', 'tokens/s'),
  },
}

const SGLANG_BATCH_SERVER: Layout = {
  name: 'sglang-batch',
  tool: 'sglang.bench_one_batch_server: one batch sent to a server, in seconds and tokens per second',
  keys: ['batch_size', 'latency', 'output_throughput', 'overall_throughput', 'last_gen_throughput'],
  anywhere: true,
  fields: {
    latency: measured('e2e_latency', 's'),
    ttft: measured('ttft', 's'),
    last_ttft: measured('ttft', 's'),
    input_throughput: measured('prompt_throughput', 'tokens/s'),
    output_throughput: measured('output_throughput', 'tokens/s'),
    overall_throughput: measured('total_throughput', 'tokens/s'),
    last_gen_throughput: measured('last_gen_throughput', 'tokens/s', { better: 'higher' }),
    acc_length: measured('accept_length', 'tokens', { stat: 'mean', better: 'higher' }),
    cache_hit_rate: measured('cache_hit_rate', 'ratio', { better: 'higher' }),
  },
}

export const SG_LANG: readonly Layout[] = [SGLANG_SERVING, SGLANG_OFFLINE, SGLANG_BATCH, SGLANG_BATCH_SERVER]
