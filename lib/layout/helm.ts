/** HELM of Stanford: statistics of a run, metric by metric. */

import { IGNORE, named } from './field.js'
import type { KnownMetric, Layout, LayoutField, LongValue } from './layout.js'

const SCORE: KnownMetric = { unit: 'ratio', better: 'higher' }

const METRICS: Readonly<Record<string, KnownMetric>> = {
  exact_match: SCORE,
  'exact_match@*': SCORE,
  quasi_exact_match: SCORE,
  'quasi_exact_match@*': SCORE,
  prefix_exact_match: SCORE,
  quasi_prefix_exact_match: SCORE,
  f1_score: SCORE,
  rouge_l: SCORE,
  'bleu_*': SCORE,
  perplexity: { unit: '', better: 'lower' },
  bits_per_byte: { unit: '', better: 'lower' },
  logprob: { unit: '', better: 'higher' },
  inference_runtime: { unit: 's', better: 'lower' },
  // Of the likeliest token: no statistic of the metric.
  max_prob: { metric: 'max_prob', unit: 'ratio', better: 'none' },
  inference_denoised_runtime: { unit: 's', better: 'lower' },
  inference_idealized_runtime: { unit: 's', better: 'lower' },
  num_prompt_tokens: { metric: 'prompt_tokens', unit: 'tokens' },
  num_output_tokens: { metric: 'output_tokens', unit: 'tokens' },
  num_completion_tokens: { metric: 'num_completion_tokens', unit: 'tokens', better: 'none' },
  num_bytes: { metric: 'num_bytes', unit: 'bytes', better: 'none' },
  'num_*': { unit: '', better: 'none' },
}

const VALUES: Readonly<Record<string, LongValue>> = {
  count: { stat: 'count', unit: '1', better: 'none' },
  sum: { stat: 'sum' },
  min: { stat: 'min' },
  max: { stat: 'max' },
  mean: { stat: 'mean' },
  stddev: { stat: 'stddev', better: 'none' },
}

const FIELDS: Readonly<Record<string, LayoutField>> = {
  'name.name': IGNORE,
  'perturbation.name': named('perturbation'),
}

const STATS: Layout = {
  name: 'helm',
  tool: 'HELM stats.json: count, sum, extremes and mean per metric, split and perturbation',
  keys: ['*.name.name', '*.count', '*.sum', '*.sum_squared'],
  long: [{ at: '*', name: 'name.name', values: VALUES }],
  metrics: METRICS,
  settings: ['name', 'perturbation'],
  fields: FIELDS,
}

const INSTANCES: Layout = {
  name: 'helm',
  tool: 'HELM per_instance_stats.json: the same for every single instance',
  keys: ['*.instance_id', '*.stats.*.name.name', '*.stats.*.sum_squared'],
  long: [{ at: '*.stats.*', name: 'name.name', values: VALUES }],
  metrics: METRICS,
  settings: ['name', 'perturbation'],
  fields: FIELDS,
}

export const HELM: readonly Layout[] = [STATS, INSTANCES]
