/** EvalPlus: code that passes its tests. */

import { IGNORE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const RESULTS: Layout = {
  name: 'evalplus',
  tool: 'EvalPlus results: pass@k of the base and the additional tests, as ratios',
  keys: ['hash', 'eval', 'pass_at_k.base'],
  fields: {
    eval: IGNORE,
    ...Object.fromEntries([1, 5, 10, 20, 50, 100].map((k) => [`pass@${k}`, measured(`pass_at_${k}`, 'ratio', { better: 'higher' })])),
  },
  levels: { pass_at_k: 'tests' },
}

const LEADERBOARD: Layout = {
  name: 'evalplus',
  tool: 'EvalPlus leaderboard: pass@1 per model and benchmark, up to 100',
  keys: ['*.pass@1.humaneval', '*.pass@1.humaneval+', '*.prompted'],
  fields: {
    'pass@1': measured('pass_at_1', '', { better: 'higher' }),
    // Billions of parameters.
    size: named('size_b'),
    link: IGNORE,
  },
  levels: { '': 'model', '*.pass@1': 'benchmark' },
}

export const EVAL_PLUS: readonly Layout[] = [RESULTS, LEADERBOARD]
