/** MTEB: scores of embedding models, per split and language. */

import { each, IGNORE, measured } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/** Areas under curves of abstention; `max`, `std` and `diff1` are ways to abstain, no statistics. */
const AREAS: Readonly<Record<string, LayoutField>> = Object.fromEntries(
  ['ndcg', 'map', 'mrr', 'recall', 'precision'].flatMap((name) =>
    [1, 3, 5, 10, 20, 100, 1000].flatMap((at) =>
      ['max', 'std', 'diff1'].map((way) => {
        const own = `nauc_${name}_at_${at}_${way}`
        return [own, measured(own, '', { stat: 'value', better: 'none' })]
      }),
    ),
  ),
)

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
      ...AREAS,
      ...each(['languages', 'scores_per_experiment'], IGNORE),
    },
    levels: { scores: 'split' },
  },
]
