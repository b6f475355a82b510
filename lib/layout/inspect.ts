/** Inspect of the UK AI Security Institute: logs of evaluations. */

import { each, IGNORE, measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const TOKENS: Readonly<Record<string, LayoutField>> = {
  input_tokens: measured('prompt_tokens', 'tokens'),
  output_tokens: measured('output_tokens', 'tokens'),
  total_tokens: measured('total_tokens', 'tokens'),
  input_tokens_cache_write: measured('input_tokens_cache_write', 'tokens', { better: 'none' }),
  input_tokens_cache_read: measured('input_tokens_cache_read', 'tokens', { better: 'none' }),
  reasoning_tokens: measured('reasoning_tokens', 'tokens', { better: 'none' }),
}

export const INSPECT: readonly Layout[] = [
  {
    name: 'inspect',
    tool: 'Inspect, evaluation log as JSON: metrics per scorer, tokens per model, seconds per sample',
    keys: ['eval.task', 'eval.model', 'results.scores', 'stats'],
    fields: {
      ...TOKENS,
      'eval.task': named('task'),
      'eval.model': named('model'),
      'eval.created': { role: 'time' },
      'dataset.name': named('dataset'),
      'scores.name': named('scorer'),
      'scores.value': measured('score', '', { better: 'higher' }),
      name: IGNORE,
      total_samples: named('samples'),
      completed_samples: measured('completed_samples', '', { better: 'higher' }),
      scored_samples: measured('scored_samples', '', { better: 'higher' }),
      unscored_samples: measured('unscored_samples', '', { better: 'lower' }),
      accuracy: measured('accuracy', 'ratio'),
      mean: measured('score', '', { stat: 'mean', better: 'higher' }),
      std: measured('score', '', { stat: 'stddev' }),
      stderr: measured('stderr', '', { better: 'none' }),
      total_time: measured('total_duration', 's'),
      working_time: measured('working_time', 's', { better: 'lower' }),
      // What was said and done, step by step; the totals stand beside it.
      ...each(['plan', 'events', 'events_data', 'messages', 'output', 'attachments', 'store', 'choices', 'input', 'target', 'reductions', 'limit', 'error_retries', 'metadata', 'params'], IGNORE),
    },
    settings: ['eval'],
    levels: { 'stats.model_usage': 'model', 'samples.*.model_usage': 'model', 'samples.*.scores': 'scorer' },
  },
]
