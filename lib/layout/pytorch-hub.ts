/** Records of the PyTorch benchmark database, which vLLM and others write beside their own results. */

import { IGNORE, named } from './field.js'
import type { KnownMetric, Layout, LayoutField, LongForm } from './layout.js'

const METRICS: Readonly<Record<string, KnownMetric>> = {
  // As vllm bench latency and throughput call them; seconds, and tokens of prompt and output together.
  latency: { metric: 'latency', unit: 's', better: 'lower' },
  requests_per_second: { metric: 'request_throughput', unit: 'req/s', better: 'higher' },
  request_throughput: { metric: 'request_throughput', unit: 'req/s', better: 'higher' },
  output_throughput: { metric: 'output_throughput', unit: 'tokens/s', better: 'higher' },
  total_token_throughput: { metric: 'total_throughput', unit: 'tokens/s', better: 'higher' },
  tokens_per_second: { metric: 'total_throughput', unit: 'tokens/s', better: 'higher' },
}

const FORM: Omit<LongForm, 'at'> = { name: 'metric.name', unit: 'metric.unit', values: { benchmark_values: {} } }

const FIELDS: Readonly<Record<string, LayoutField>> = {
  'metric.name': IGNORE,
  'metric.unit': IGNORE,
  'metric.target_value': IGNORE,
  'metric.extra_info': IGNORE,
  'benchmark.name': named('benchmark'),
  'model.name': named('model'),
}

const LIST: Layout = {
  name: 'pytorch-hub',
  tool: 'PyTorch benchmark records (vLLM and others), a list of them: the values of one metric each',
  keys: ['*.benchmark.name', '*.model.name', '*.metric.benchmark_values'],
  long: [{ ...FORM, at: '*' }],
  metrics: METRICS,
  settings: ['benchmark', 'model'],
  fields: FIELDS,
}

const LINE: Layout = {
  name: 'pytorch-hub',
  tool: 'PyTorch benchmark records, one a line',
  keys: ['benchmark.name', 'model.name', 'metric.benchmark_values'],
  long: [{ ...FORM, at: '' }],
  metrics: METRICS,
  settings: ['benchmark', 'model'],
  fields: FIELDS,
}

export const PYTORCH_HUB: readonly Layout[] = [LIST, LINE]
