/** MTEB: scores of embedding models, per split and language. */

import { each, IGNORE, measured } from './field.js'
import type { Layout, LayoutField } from './layout.js'

export const MTEB: readonly Layout[] = [
  {
    name: 'mteb',
    tool: 'MTEB task result: scores per split and language as ratios',
    keys: ['task_name', 'mteb_version', 'scores'],
    fields: {
      evaluation_time: measured('duration', 's'),
      kg_co2_emissions: measured('co2_emissions_kg', '', { better: 'lower' }),
      main_score: measured('main_score', 'ratio', { better: 'higher' }),
      ...Object.fromEntries(['ndcg', 'map', 'mrr', 'recall', 'precision', 'hit_rate'].map((name): [string, LayoutField] => [`${name}_at_*`, { role: 'metric', unit: 'ratio', better: 'higher' }])),
      ...each(['languages', 'scores_per_experiment'], IGNORE),
    },
    levels: { scores: 'split' },
  },
]
