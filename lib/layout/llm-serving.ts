/** Load generators and benchmarks of language model servers. */

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

const LLAMA_BENCH: Readonly<Record<string, LayoutField>> = {
  avg_ns: { role: 'metric', metric: 'duration', unit: 'ns', stat: 'mean' },
  stddev_ns: { role: 'metric', metric: 'duration', unit: 'ns', stat: 'stddev' },
  // Of prompt or of generated tokens, as n_prompt and n_gen say.
  avg_ts: { role: 'metric', metric: 'throughput', unit: 'tokens/s', stat: 'mean', better: 'higher' },
  stddev_ts: { role: 'metric', metric: 'throughput', unit: 'tokens/s', stat: 'stddev' },
  samples_ns: { role: 'metric', metric: 'duration', unit: 'ns', stat: 'value' },
  samples_ts: { role: 'metric', metric: 'throughput', unit: 'tokens/s', stat: 'value', better: 'higher' },
  model_size: { role: 'metric', metric: 'model_size', unit: 'bytes' },
  model_n_params: { role: 'attribute' },
  model_type: { role: 'attribute', name: 'model' },
  test_time: { role: 'time' },
  build_number: { role: 'attribute' },
  poll: { role: 'attribute' },
  defrag_thold: { role: 'attribute' },
}

export const LLAMA_BENCH_JSON: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench -o json',
  keys: ['*.build_commit', '*.model_type', '*.n_prompt', '*.avg_ts'],
  fields: LLAMA_BENCH,
}

export const LLAMA_BENCH_LINES: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench -o jsonl and -o csv',
  keys: ['build_commit', 'model_type', 'n_prompt', 'avg_ts'],
  columns: ['build_commit', 'model_type', 'n_prompt', 'n_gen', 'avg_ns', 'avg_ts'],
  fields: LLAMA_BENCH,
}

export const LLAMA_BENCH_TABLE: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench, Markdown table: t/s as mean and standard deviation',
  columns: ['model', 'size', 'params', 'backend', 'test', 't/s'],
  stat: 'mean',
  fields: {
    size: { role: 'metric', metric: 'model_size', stat: 'value' },
    // `6.74 B` counts billions of parameters here, not bytes.
    params: { role: 'attribute', name: 'params' },
    ts: { role: 'attribute', name: 'tensor_split' },
    't/s': { role: 'metric', metric: 'throughput', unit: 'tokens/s', better: 'higher' },
  },
}

export const LM_EVAL: Layout = {
  name: 'lm-eval',
  tool: 'lm-evaluation-harness: scores per task as ratios, standard errors beside them',
  keys: ['results', 'versions', 'config.model'],
  fields: {
    versions: IGNORE,
    configs: IGNORE,
    'n-shot': IGNORE,
    'n-samples': IGNORE,
    higher_is_better: IGNORE,
    group_subtasks: IGNORE,
    alias: IGNORE,
    total_evaluation_time_seconds: { role: 'metric', metric: 'duration', unit: 's' },
  },
  levels: { results: 'task', groups: 'group' },
}
