/** The charts of a report, as HTML: those of what was measured, and those of the run that wrote it. */

import { metricWords, placeWords } from '../../fact/wording.js'
import { nameOf } from '../../fact/name-of.js'
import type { Sampled } from '../../summary/index.js'
import type { SummaryRow } from '../../summary/summary-row.js'
import { RUN_PAIR } from '../drawing-samples.js'
import type { Timeline } from '../timeline.js'
import { alternatives } from './alternatives.js'
import { arrivals } from './arrivals.js'
import { bars } from './bars.js'
import { figure, type Chart } from './chart.js'
import { scatter } from './scatter.js'
import { strips } from './strips.js'

export interface ChartInput {
  readonly rows: readonly SummaryRow[]
  readonly sampled?: Sampled | undefined
  readonly timelines?: readonly Timeline[] | undefined
}

export interface Charts {
  readonly measured: readonly string[]
  readonly run: readonly string[]
}

/** From so many samples of one alternative on a distribution can be seen. */
const FEWEST_SAMPLES = 3
const FEWEST_RUNS = 5
const STRIPS_DRAWN = 5

/** Only what the data has: no chart without at least two things to compare, none of a run without a model. */
export function charts({ rows, sampled, timelines = [] }: ChartInput): Charts {
  const compared = alternatives(rows, sampled?.sets)
  let drawn = 0
  const measured = compared.flatMap((one) => {
    const spread = drawn < STRIPS_DRAWN && one.members.some(({ samples }) => samples.length >= FEWEST_SAMPLES)
    if (spread) drawn += 1
    return spread ? [bars(one), strips(one)] : [bars(one)]
  })
  const run = timelines.map(({ stage, arrivals: at, pieces }) => arrivals({ of: `the ${stage}`, arrivals: at, pieces }))
  return { measured: [...measured, ...runs(sampled)].map((chart, at) => figure(chart, `chart-${at + 1}`)), run: run.map((chart, at) => figure(chart, `chart-${measured.length + at + 2}`)) }
}

function runs(sampled: Sampled | undefined): Chart[] {
  if (!sampled || sampled.runs.length < FEWEST_RUNS) return []
  const [x, y] = RUN_PAIR
  const points = sampled.runs.map((run) => ({ name: nameOf(run.group) || 'not named', x: run.x, y: run.y, place: placeWords(run.at) }))
  return [scatter({ x: { name: metricWords(x), unit: 's' }, y: { name: metricWords(y), unit: '{token}/s' }, points, total: sampled.runCount })]
}
