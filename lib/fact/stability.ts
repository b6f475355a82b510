/** What cannot be trusted to repeat: spread of samples. */

import type { Statistics, SummaryRow } from '../summary/summary-row.js'
import { isRestated } from './central.js'
import { BOUND_TO_WORK, NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import { capital, HEADLINES, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { scoreOf } from './score.js'
import { countWords, factorWords, figureWords, metricWords, subjectOf } from './wording.js'

const FEWEST_SAMPLES = 5
/** A sample so many times the median (or so small a part of it, where higher is better) makes the spread by itself. */
const OUTLIER = 5
const SPREADS_TOLD = 4
const SPREADS_UP_FRONT = 2
/** Below this coefficient of variation nothing is worth telling. */
const STEADY = 0.05

interface Sampled {
  readonly row: SummaryRow
  readonly samples: Statistics
}

/** Of rows whose settings are all alike: what was pooled over several says how much those matter, not how much a value scatters. `far` are ids of outliers. */
export function spreads(rows: readonly SummaryRow[], far: ReadonlySet<string> = new Set()): Draft[] {
  return sampled(rows.filter(({ varied }) => Object.values(varied).every((values) => values.length < 2)))
    .flatMap(({ row, samples }) => {
      const variation = samples.stddev === undefined || samples.mean <= 0 ? 0 : samples.stddev / samples.mean
      // Rows of a written report are not runs of one thing; where one sample stands far away it makes the spread, and is told as an outlier.
      return variation >= STEADY && !isRestated(row) && farthest(row, samples) < OUTLIER && !far.has(worstOf(row, samples)) ? [{ draft: spread(row, samples, variation), variation, headline: tellingRank(row.metric) < HEADLINES }] : []
    })
    .sort((a, b) => Number(b.headline) - Number(a.headline) || b.variation - a.variation)
    .slice(0, SPREADS_TOLD)
    .map(({ draft }, at) => (at < SPREADS_UP_FRONT ? { ...draft, weight: WEIGHT.topSpreads } : draft))
}

/** Rows with enough samples, the most telling metrics first. */
function sampled(subjects: readonly SummaryRow[]): Sampled[] {
  return subjects
    .flatMap((row) => (row.samples && row.samples.count >= FEWEST_SAMPLES && isTelling(row) ? [{ row, samples: row.samples }] : []))
    .sort((a, b) => Number(isRestated(a.row)) - Number(isRestated(b.row)) || tellingRank(a.row.metric) - tellingRank(b.row.metric))
}

/** How far the worst sample is from the median, as a factor; 0 where that makes no sense. */
function farthest({ better }: SummaryRow, { min, max, p50 }: Statistics): number {
  const factor = better === 'higher' ? p50 / min : max / p50
  return Number.isFinite(factor) && factor > 0 ? factor : 0
}

function worstOf({ better }: SummaryRow, { minAt, maxAt }: Statistics): string {
  return better === 'higher' ? minAt.id : maxAt.id
}

function isTelling({ metric, unit, better }: SummaryRow): boolean {
  return unit !== '' && better !== null && tellingRank(metric) < NOT_TELLING && !BOUND_TO_WORK.has(metric)
}

function spread(row: SummaryRow, samples: Statistics, variation: number): Draft {
  const { metric, unit, group } = row
  const prompts = PROMPTS.some((key) => samples.minAt.attributes[key] !== samples.maxAt.attributes[key])
  const tail = samples.p50 > 0 ? `, and the 99th percentile is ${factorWords(samples.p99 / samples.p50)} times the median` : ''
  return {
    kind: 'spread',
    subject: `coefficient of variation of ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    ...(prompts ? { note: 'prompts' as const } : {}),
    stat: 'coefficient of variation',
    value: variation,
    unit: '1',
    better: null,
    n: samples.count,
    sentence:
      `${capital(metricWords(metric))}${whoWords(group)} varies by ${figureWords(100 * variation, '')} % around its mean (standard deviation ${figureWords(samples.stddev ?? 0, unit)}, ` +
      `mean ${figureWords(samples.mean, unit)}, ${countWords(samples.count, 'sample')}${prompts ? ' of different prompts' : ''})${tail}.`,
    records: [samples.minAt, samples.maxAt],
    recordCount: samples.count,
    score: scoreOf('repeat', 1 + variation, samples.count),
    files: row.files.slice(0, 5),
    weight: WEIGHT.spread,
  }
}

/** What may tell one sample's work from another's. */
const PROMPTS = ['prompt', 'prompt_index', 'prompt_id', 'prompt_name', 'prompt_text', 'question', 'input_text']
