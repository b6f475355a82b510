/** First runs that are much slower than what follows in the same file, where that happens again and again. */

import { median } from './central.js'
import { WEIGHT, type Draft } from './draft.js'
import { groupBy } from './family.js'
import { whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { FEWEST_SAMPLES, LEAST_FACTOR, type Pool } from './outliers.js'
import { basisOf } from './references.js'
import { scoreOf } from './score.js'
import { isWorse, type Series } from './series.js'
import { countWords, factorWords, figureWords, metricWords, subjectOf } from './wording.js'

/** Once is an outlier and told as one. */
const FEWEST_COLD = 2
const TOLD = 3

/** How many times the median of the others the first one is, as a factor above 1. */
export const FIRST_RUN = 'first run against the median of the others'

/** A series counts from five samples on; its first one is cold when it is worse than every other, and twice as bad as their median. */
export function coldStarts(pools: readonly Pool[]): Draft[] {
  const found = pools.flatMap((pool) => {
    const long = pool.series.filter(({ rest }) => rest.count + 1 >= FEWEST_SAMPLES)
    const cold = long.flatMap((series) => {
      const factor = coldness(series)
      return factor === undefined ? [] : [{ series, factor }]
    })
    return cold.length < FEWEST_COLD ? [] : [describe(pool, long, cold)]
  })
  // A slow first run shows in several metrics: one for each subject is enough.
  return [...groupBy(found, ({ group }) => JSON.stringify(group)).values()]
    .flatMap((list) => list.sort((a, b) => standing(a) - standing(b) || b.value - a.value).slice(0, 1))
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, TOLD)
}

/** Loading is the reason of a cold start, and no user sees it by itself. */
function standing({ metric }: Draft): number {
  return Number(metric === 'load_duration')
}

function coldness({ first, rest, better }: Series): number | undefined {
  const [usual = Number.NaN] = rest.quantiles.at([0.5], rest.min, rest.max)
  const worst = better === 'higher' ? rest.min : rest.max
  if (!isWorse(better, first.value, worst) || !(first.value > 0) || !(usual > 0)) return undefined
  const factor = better === 'higher' ? usual / first.value : first.value / usual
  return factor >= LEAST_FACTOR ? factor : undefined
}

interface Cold {
  readonly series: Series
  readonly factor: number
}

function describe({ sample }: Pool, long: readonly Series[], cold: readonly Cold[]): Draft {
  const { metric, unit, group, better } = sample
  const value = median(cold.map(({ factor }) => factor))
  const count = long.reduce((sum, { rest }) => sum + rest.count, 0)
  const without = long.reduce((sum, { rest }) => sum + rest.mean * rest.count, 0) / count
  const mean = (without * count + long.reduce((sum, { first }) => sum + first.value, 0)) / (count + long.length)
  return {
    kind: 'cold-start',
    subject: `first run of a series, ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    note: 'cold-start',
    stat: FIRST_RUN,
    value,
    unit: '1',
    better: null,
    n: long.length,
    sentence:
      `In ${cold.length} of ${countWords(long.length, 'series', 'series')} the first ${metricWords(metric)}${whoWords(group)} is ${better === 'higher' ? 'lower' : 'higher'} than all that follow, ` +
      `by a factor of ${factorWords(value)} against their median: a cold start. Without first runs the mean is ${figureWords(without, unit)}, with them ${figureWords(mean, unit)}.`,
    ...basisOf(cold.map(({ series }) => series.first.at)),
    files: cold.map(({ series }) => series.file).slice(0, 5),
    weight: WEIGHT.moreSpoils,
    score: scoreOf('mend', value, long.reduce((sum, { rest }) => sum + rest.count + 1, 0)),
  }
}
