/** What is kept of single samples while reading, so that a page can draw them. */

import { NOT_TELLING, tellingRank } from '../fact/draft.js'
import { Sampling } from '../summary/index.js'

/** Two metrics of one run that are drawn against each other: the wait for an answer and its speed. */
export const RUN_PAIR = ['ttft', 'output_throughput'] as const

export function drawingSamples(): Sampling {
  return new Sampling({ wanted: (metric) => tellingRank(metric) !== NOT_TELLING, pair: RUN_PAIR })
}
