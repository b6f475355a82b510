/** llama-bench of llama.cpp: prompt processing and text generation, repeated. */

import type { Layout, LayoutField } from './layout.js'

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
