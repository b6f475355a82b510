/** Whether the same configuration gives the same again: its figures in one file against those in another. */

import { COUNTED } from './counted.js'
import { WEIGHT, type Draft } from './draft.js'
import type { ConfigurationFigures, FileFigure } from './file-figures.js'
import { counting } from './inventory.js'
import { capital, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { basisOf } from './references.js'
import { scoreOf } from './score.js'
import { countWords, factorWords, fileWords, figureWords, metricWords, subjectOf } from './wording.js'

const TOLD = 2
/** Nearer than this factor nothing is worth telling. */
const APART = 1.1
/** So many samples show a file's own spread. */
const SPREAD_KNOWN = 3

export const BETWEEN_RUNS = 'factor between runs of one configuration'

/** Where two files' ranges meet, the difference may be spread; what a single value spreads by is not known, and that is said. */
export function betweenRuns(shared: readonly ConfigurationFigures[]): Draft[] {
  const compared = shared.flatMap((one) => compare(one) ?? [])
  if (compared.length === 0) return []
  const apart = compared.filter(({ isApart }) => isApart)
  const told = apart
    .map((one) => describe(one))
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, TOLD)
  return [...told, summary(compared, apart)]
}

interface Compared {
  readonly of: ConfigurationFigures
  readonly low: FileFigure
  readonly high: FileFigure
  readonly factor: number
  /** Apart by more than a trifle, and beyond the spread inside both files as far as it is known. */
  readonly isApart: boolean
  readonly single: boolean
}

/** The file with the smallest middle against the one with the largest. */
function compare(of: ConfigurationFigures): Compared | undefined {
  const sorted = [...of.files].sort((a, b) => a.central - b.central)
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (!low || !high || low === high || !(low.central > 0)) return undefined
  const factor = high.central / low.central
  return { of, low, high, factor, isApart: factor >= APART && low.max < high.min, single: low.count < SPREAD_KNOWN || high.count < SPREAD_KNOWN }
}

function describe({ of, low, high, factor, single }: Compared): Draft {
  const { metric, unit, group, kind, files } = of
  const records = files.reduce((sum, { count }) => sum + count, 0)
  const words = kind === 'samples' ? (low.count === 1 && high.count === 1 ? 'value' : 'median') : `reported ${kind}`
  const doubt = single ? ' Too few values stand in each to know their own spread.' : ' The ranges of both do not meet.'
  return {
    kind: 'between-runs',
    subject: `between runs, ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    ...(single ? { note: 'single' as const } : {}),
    stat: BETWEEN_RUNS,
    value: factor,
    unit: '1',
    better: null,
    n: files.length,
    sentence:
      `${capital(metricWords(metric))}${whoWords(group)} was measured in ${countWords(files.length, 'file')} with the same settings and is not the same: the ${words} is ${figureWords(low.central, unit)} in ` +
      `${fileWords(low.file)} and ${figureWords(high.central, unit)} in ${fileWords(high.file)}, a factor of ${factorWords(factor)}.${doubt}`,
    ...basisOf([low.minAt, low.maxAt, high.minAt, high.maxAt], records),
    files: [low.file, high.file],
    weight: WEIGHT.moreSpoils,
    score: scoreOf('repeat', factor, records),
  }
}

function summary(compared: readonly Compared[], apart: readonly Compared[]): Draft {
  const all = compared.length
  const steady = all - apart.length
  const records = compared.reduce((sum, { of }) => sum + of.files.reduce((count, file) => count + file.count, 0), 0)
  const sentence =
    `${countWords(all, 'figure')} of configurations ${all === 1 ? 'was' : 'were'} measured in several files with the same settings; ${steady} of them ${steady === 1 ? 'agrees' : 'agree'} ` +
    `within a factor of ${factorWords(APART)} or within the spread of their samples.`
  const ends = compared.flatMap(({ low, high }) => [low.minAt, high.maxAt])
  return { ...counting('between-runs', COUNTED.repeated, all, [], WEIGHT.freshness, { sentence, n: all, ...basisOf(ends, records) }), files: [...new Set(compared.flatMap(({ low, high }) => [low.file, high.file]))].slice(0, 5) }
}
