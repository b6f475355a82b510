/** EvalScope of ModelScope: scores of a model on data sets, and load tests. */

import { ATTRIBUTE, each, IGNORE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const EVALSCOPE_REPORT: Layout = {
  name: 'evalscope',
  tool: 'EvalScope report: scores per metric, category and subset; latencies of the requests in seconds',
  keys: ['dataset_name', 'model_name', 'score', 'metrics.*.categories'],
  fields: {
    score: measured('score', undefined, { better: 'higher' }),
    macro_score: measured('macro_score', undefined, { better: 'higher' }),
    num: named('num'),
    'metrics.name': named('score_name'),
    'subsets.name': named('subset'),
    latency: measured('latency', 's'),
    ttft: measured('ttft', 's'),
    tpot: measured('tpot', 's'),
    avg_output_tps: measured('output_throughput', 'tokens/s', { stat: 'mean' }),
    avg_req_ps: measured('request_throughput', 'req/s', { stat: 'mean' }),
    input_tokens: measured('prompt_tokens', 'tokens'),
    output_tokens: measured('output_tokens', 'tokens'),
    total_tokens: measured('total_tokens', 'tokens'),
    total_input_tokens: measured('prompt_tokens', 'tokens', { stat: 'sum' }),
    total_output_tokens: measured('output_tokens', 'tokens', { stat: 'sum' }),
    total_tokens_count: measured('total_tokens', 'tokens', { stat: 'sum' }),
    ...each(['dataset_description', 'analysis', 'dataset_pretty_name'], IGNORE),
  },
}

const EVALSCOPE_PERCENTILES: Layout = {
  name: 'evalscope-perf',
  tool: 'EvalScope load test, percentiles: one object per percentile',
  keys: ['*.Percentiles', '*.TTFT (s)', '*.Latency (s)'],
  statKey: 'Percentiles',
  fields: {
    Percentiles: IGNORE,
    'Input tokens': measured('prompt_tokens', 'tokens'),
    'Output tokens': measured('output_tokens', 'tokens'),
    'Latency (s)': measured('e2e_latency', 's'),
    'Output throughput(tok/s)': measured('output_throughput', 'tokens/s'),
    'Total throughput(tok/s)': measured('total_throughput', 'tokens/s'),
    'Output (tok/s)': measured('output_throughput', 'tokens/s'),
    'Total (tok/s)': measured('total_throughput', 'tokens/s'),
    'Throughput (tokens/s)': measured('output_throughput', 'tokens/s'),
  },
}

const PERF_SUMMARY: Layout = {
  name: 'evalscope-perf',
  tool: 'EvalScope load test, summary: one run, the unit in brackets behind each name',
  keys: ['Number of concurrency', 'Total requests', 'Succeed requests', 'Failed requests'],
  fields: {
    'Time taken for tests (s)': measured('duration', 's'),
    'Number of concurrency': named('concurrency'),
    'Request rate (req/s)': named('request_rate'),
    'Total requests': measured('requests', 'requests'),
    'Succeed requests': measured('completed', 'requests', { better: 'higher' }),
    'Failed requests': measured('errors', 'requests', { better: 'lower' }),
    'Average latency (s)': measured('e2e_latency', 's', { stat: 'mean' }),
    'Average input tokens per request': measured('prompt_tokens', 'tokens', { stat: 'mean' }),
    'Average output tokens per request': measured('output_tokens', 'tokens', { stat: 'mean' }),
    'Average package per request': IGNORE,
    'Expected number of requests': ATTRIBUTE,
  },
}

export const EVAL_SCOPE: readonly Layout[] = [EVALSCOPE_REPORT, EVALSCOPE_PERCENTILES, PERF_SUMMARY]
