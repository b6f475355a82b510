/** EvalPlus: code that passes its tests. */

import { IGNORE, measured } from './field.js'
import type { Layout } from './layout.js'

export const EVAL_PLUS: readonly Layout[] = [
  {
    name: 'evalplus',
    tool: 'EvalPlus results: pass@k of the base and the additional tests, as ratios',
    keys: ['hash', 'eval', 'pass_at_k.base'],
    fields: {
      eval: IGNORE,
      ...Object.fromEntries([1, 5, 10, 20, 50, 100].map((k) => [`pass@${k}`, measured(`pass_at_${k}`, 'ratio', { better: 'higher' })])),
    },
    levels: { pass_at_k: 'tests' },
  },
]
