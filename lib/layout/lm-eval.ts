/** lm-evaluation-harness: scores of a model on tasks. */

import { each, IGNORE, measured, named } from './field.js'
import type { KnownMetric, Layout, LayoutField, LongForm } from './layout.js'

const HIGHER: LayoutField = { role: 'metric', better: 'higher' }
const LOWER: LayoutField = { role: 'metric', better: 'lower' }
const SPREAD: LayoutField = { role: 'metric', better: 'none' }

/** By definition: the share of answers that are right. */
const RATIO: LayoutField = { role: 'metric', unit: 'ratio', better: 'higher' }
const SHARES = ['acc', 'acc_norm', 'acc_bytes', 'acc_all', 'acc_mutual_info', 'prompt_level_strict_acc', 'inst_level_strict_acc', 'prompt_level_loose_acc', 'inst_level_loose_acc']

const SCORES = ['exact_match', 'prefix_exact_match', 'em', 'f1', 'mcc', 'bleu', 'chrf', 'rouge1', 'rouge2', 'rougeL', 'rougeLsum', 'bleu_max', 'bleu_acc']
const LOSSES = ['word_perplexity', 'byte_perplexity', 'bits_per_byte', 'brier_score', 'ter']

/** `em`, and `em,none` as it has been since 0.4; the standard error of either is no standard deviation, so it is a metric of its own. */
function scored(names: readonly string[], field: LayoutField): Readonly<Record<string, LayoutField>> {
  return { ...each(names, field), ...each(names.map((name) => `${name},*`), field), ...each(names.map((name) => `${name}_stderr*`), SPREAD) }
}

const LM_EVAL_RESULTS: Layout = {
  name: 'lm-eval',
  tool: 'lm-evaluation-harness: scores per task as ratios, standard errors beside them',
  keys: ['results', 'versions', 'config.model'],
  fields: {
    ...scored(SHARES, RATIO),
    ...scored(SCORES, HIGHER),
    // Some tasks score up to 100; since 0.4 these do not.
    ...each(['exact_match,*', 'prefix_exact_match,*'], RATIO),
    ...scored(LOSSES, LOWER),
    // The same once more, by group.
    groups: IGNORE,
    group_subtasks: IGNORE,
    versions: IGNORE,
    configs: IGNORE,
    'n-shot': IGNORE,
    'n-samples': IGNORE,
    higher_is_better: IGNORE,
    alias: IGNORE,
    // Every question and what was answered.
    details: IGNORE,
    ...each(['sample_len', 'start_time', 'end_time', 'eot_token_id', 'max_length'], IGNORE),
    samples: IGNORE,
    task_hashes: IGNORE,
    total_evaluation_time_seconds: measured('duration', 's'),
  },
  levels: { results: 'task' },
}

const LM_EVAL_SAMPLES: Layout = {
  name: 'lm-eval',
  tool: 'lm-evaluation-harness --log_samples: the score of every single question',
  keys: ['doc_id', 'doc', 'resps', 'filtered_resps'],
  fields: { ...scored(SHARES, RATIO), ...scored(SCORES, HIGHER), ...scored(LOSSES, LOWER), ...each(['doc', 'target', 'arguments', 'resps', 'filtered_resps', 'metrics'], IGNORE) },
}

/** Names as the table has them; `acc.Stderr` is the standard error beside it. */
const METRICS: Readonly<Record<string, KnownMetric>> = {
  acc: { metric: 'accuracy', unit: 'ratio' },
  'acc.Stderr': { metric: 'acc_stderr', better: 'none' },
  ...Object.fromEntries([...SHARES.slice(1), 'exact_match', 'prefix_exact_match'].map((name): [string, KnownMetric] => [name, { unit: 'ratio', better: 'higher' }])),
  ...Object.fromEntries(SCORES.slice(2).map((name): [string, KnownMetric] => [name, { better: 'higher' }])),
  ...Object.fromEntries(LOSSES.map((name): [string, KnownMetric] => [name, { better: 'lower' }])),
}

const ROW: LongForm = { name: 'Metric', values: { Value: { stat: 'value' }, Stderr: { stat: 'value', metric: '*_stderr', unit: '', better: 'none' } } }

const table = (first: string, as: string, columns: readonly string[]): Layout => ({
  name: 'lm-eval',
  tool: `lm-evaluation-harness, table of scores by ${as}: value and standard error per metric`,
  columns: [first, ...columns],
  long: [ROW],
  metrics: METRICS,
  fields: { [first]: named(as), Version: named('version'), Filter: named('filter'), 'n-shot': named('n_shot'), '': IGNORE },
})

export const LM_EVAL: readonly Layout[] = [
  LM_EVAL_RESULTS,
  LM_EVAL_SAMPLES,
  table('Tasks', 'task', ['Version', 'Filter', 'Metric', 'Value', 'Stderr']),
  table('Groups', 'group', ['Version', 'Filter', 'Metric', 'Value', 'Stderr']),
  table('Task', 'task', ['Version', 'Metric', 'Value', 'Stderr']),
]
