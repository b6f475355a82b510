/** lm-evaluation-harness: scores of a model on tasks. */

import type { Layout, LayoutField } from './layout.js'

const IGNORE: LayoutField = { role: 'ignore' }

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
