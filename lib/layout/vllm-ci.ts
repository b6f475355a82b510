/** The tables into which vLLM's continuous benchmarks put the results of many runs, as Markdown or CSV. */

import { IGNORE, measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const RUN: Readonly<Record<string, LayoutField>> = {
  'Test name': named('test'),
  GPU: named('gpu'),
}

const VLLM_CI_SERVING: Layout = {
  name: 'vllm-ci',
  tool: "vLLM's nightly serving tests, one row per test",
  columns: ['Test name', 'GPU', 'Tput (req/s)', 'Mean TTFT (ms)'],
  fields: {
    ...RUN,
    '# of req.': measured('completed', '', { better: 'higher' }),
    '# of max concurrency.': named('max_concurrency'),
    'Tput (req/s)': measured('request_throughput', 'req/s'),
    'Output Tput (tok/s)': measured('output_throughput', 'tokens/s'),
    'Total Token Tput (tok/s)': measured('total_throughput', 'tokens/s'),
  },
}

const VLLM_CI_LATENCY: Layout = {
  name: 'vllm-ci',
  tool: "vLLM's nightly latency tests, one row per test",
  columns: ['Test name', 'GPU', 'Mean latency (ms)'],
  metric: 'latency',
  fields: { ...RUN, 'Mean latency (ms)': measured('latency', 'ms', { stat: 'mean' }) },
}

const VLLM_CI_THROUGHPUT: Layout = {
  name: 'vllm-ci',
  tool: "vLLM's nightly throughput tests, one row per test",
  columns: ['Test name', 'GPU', 'Elapsed time (s)', 'Tput (req/s)', 'Tput (tok/s)'],
  fields: {
    ...RUN,
    '# of req.': IGNORE,
    'Total # of tokens': measured('total_tokens', 'tokens', { stat: 'sum' }),
    'Elapsed time (s)': measured('duration', 's'),
    'Tput (req/s)': measured('request_throughput', 'req/s'),
    'Tput (tok/s)': measured('total_throughput', 'tokens/s'),
  },
}

export const VLLM_CI: readonly Layout[] = [VLLM_CI_SERVING, VLLM_CI_LATENCY, VLLM_CI_THROUGHPUT]
