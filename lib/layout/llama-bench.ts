/** llama-bench of llama.cpp: prompt processing and text generation, repeated. */

import { ATTRIBUTE, each, measured, named, type MetricField } from './field.js'
import type { Layout, LayoutCase, LayoutField } from './layout.js'

/** A test processes a prompt, generates, or does both; then its tokens are those of both. */
const BY_COUNTS: readonly LayoutCase[] = [
  { when: { n_gen: '^0$' }, metric: 'prompt_throughput' },
  { when: { n_prompt: '^0$' }, metric: 'output_throughput' },
]

const rate = (stat: string): MetricField => measured('total_throughput', 'tokens/s', { stat, cases: BY_COUNTS })

const FIELDS: Readonly<Record<string, LayoutField>> = {
  avg_ns: measured('duration', 'ns', { stat: 'mean' }),
  stddev_ns: measured('duration', 'ns', { stat: 'stddev' }),
  avg_ts: rate('mean'),
  stddev_ts: rate('stddev'),
  samples_ns: measured('duration', 'ns', { stat: 'value' }),
  samples_ts: rate('value'),
  model_size: measured('model_size', 'bytes'),
  model_n_params: ATTRIBUTE,
  model_type: named('model'),
  cpu_info: named('cpu'),
  gpu_info: named('gpu'),
  backends: named('backend'),
  test_time: { role: 'time' },
  // Settings; in a CSV as 0 and 1.
  ...each(
    ['build_number', 'poll', 'defrag_thold', 'cpu_strict', 'no_kv_offload', 'flash_attn', 'use_mmap', 'use_direct_io', 'embeddings', 'no_op_offload', 'no_host', 'cuda', 'vulkan', 'metal', 'sycl', 'rpc', 'blas', 'f16_kv', 'fit_target', 'fit_min_ctx'],
    ATTRIBUTE,
  ),
}

const LLAMA_BENCH_JSON: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench -o json: repetitions and their mean, prompt processing and generation apart',
  keys: ['*.build_commit', '*.model_type', '*.n_prompt', '*.avg_ts'],
  fields: FIELDS,
}

const LLAMA_BENCH_LINES: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench -o jsonl and -o csv: as JSON, in the CSV without the repetitions',
  keys: ['build_commit', 'model_type', 'n_prompt', 'avg_ts'],
  anywhere: true,
  columns: ['build_commit', 'model_type', 'n_prompt', 'n_gen', 'avg_ns', 'avg_ts'],
  fields: FIELDS,
}

const LLAMA_BENCH_TABLE: Layout = {
  name: 'llama-bench',
  tool: 'llama-bench, Markdown table: t/s as mean and standard deviation; ts is the tensor split, 6.74 B billions of parameters',
  columns: ['model', 'test', 't/s'],
  stat: 'mean',
  fields: {
    size: { role: 'metric', metric: 'model_size', stat: 'value' },
    params: named('params'),
    ts: named('tensor_split'),
    ...Object.fromEntries(
      ['ngl', 'fa', 'sm', 'mg', 'mmap', 'dio', 'embd', 'nkvo', 'nopo', 'poll', 'threads', 'n_batch', 'n_ubatch', 'type_k', 'type_v', 'cpu_mask', 'cpu_strict', 'ncmoe', 'ot', 'dev', 'rpc', 'th'].map((name) => [name, named(name)]),
    ),
    test: named('test'),
    't/s': measured('throughput', 'tokens/s', {
      better: 'higher',
      cases: [
        { when: { test: '^pp ?\\d+ ?\\+ ?tg ?\\d+' }, metric: 'total_throughput' },
        { when: { test: '^pp ?\\d+' }, metric: 'prompt_throughput' },
        { when: { test: '^tg ?\\d+' }, metric: 'output_throughput' },
      ],
    }),
  },
}

export const LLAMA_BENCH: readonly Layout[] = [LLAMA_BENCH_JSON, LLAMA_BENCH_LINES, LLAMA_BENCH_TABLE]
