/** A plan that is right in every part; only what matters to the test need be said. */

import type { Grid } from '../../lib/bench/grid.js'
import type { PlanOptions } from '../../lib/bench/plan.js'
import { prompt } from '../../lib/bench/prompts.js'

export const GRID: Grid = { models: ['a'], options: { temperature: 0 }, axes: [], concurrency: [], rates: [] }

export function planOptions(more: Partial<PlanOptions> = {}): PlanOptions & Grid {
  return { ...GRID, prompts: [prompt('Say something.')], runs: 3, warmup: 1, order: 'random', seed: 1, arrivals: { kind: 'poisson' }, cache: 'cold', load: 'warm', ...more }
}
