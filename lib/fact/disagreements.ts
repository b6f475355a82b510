/** What is said here and measured otherwise there: written reports against data files, and averages against the samples of their own file. */

import type { RecordRef, SummaryRow } from '../summary/summary-row.js'
import { isRestated } from './central.js'
import { NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import { groupBy } from './family.js'
import { capital, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { basisOf } from './references.js'
import { scoreOf } from './score.js'
import { countWords, factorWords, fileWords, figureWords, metricWords, subjectOf } from './wording.js'

const TOLD = 3
/** So many samples show how far a figure may be from another. */
const FEWEST_SAMPLES = 5
/** A stated figure is printed with few digits: so far outside it is not rounding. */
const APART = 1.05
/** A statement about the middle of the samples, or about one of them. */
const STATED: ReadonlySet<string> = new Set(['mean', 'median', 'p50', 'min', 'max'])

export const DISAGREEMENT = 'factor beyond what was measured'

/**
 * A middle or a sample that a report states lies somewhere between the smallest and the largest sample of the same thing, if both
 * speak of the same runs; one outside is wrong or speaks of others. Compared are rows whose subject is named alike.
 */
export function disagreements(subjects: readonly SummaryRow[]): Draft[] {
  const telling = subjects.filter(({ metric, unit }) => unit !== '' && tellingRank(metric) < NOT_TELLING)
  const measured = new Map(telling.filter((row) => !isRestated(row) && (row.samples?.count ?? 0) >= FEWEST_SAMPLES && !Object.hasOwn(row.group, 'file')).map((row) => [keyOf(row), row]))
  const found = telling.flatMap((row) => {
    const data = isRestated(row) ? measured.get(keyOf(row)) : row
    return data?.samples && data.samples.count >= FEWEST_SAMPLES && data.samples.min > 0 ? statements(row, data).flatMap((said) => beyond(said, data)) : []
  })
  // One report, many rows: the farthest is told, with how many there are.
  const groups = [...groupBy(found, ({ said, data }) => JSON.stringify([said.at.source.file, keyOf(data)])).values()]
  return groups
    .map((list) => describe(list.sort((a, b) => b.factor - a.factor)))
    .flatMap((draft) => draft ?? [])
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, TOLD)
}

/** Headings say where something stands, not what it is. */
function keyOf({ metric, unit, group }: SummaryRow): string {
  return JSON.stringify([metric, unit, Object.entries(group).filter(([key]) => key !== 'file' && key !== 'section')])
}

interface Said {
  readonly stat: string
  readonly value: number
  readonly at: RecordRef
}

/** The ends of what is stated: what lies between them is nearer to the samples than one of both. Averages of a data file speak of its own samples only. */
function statements(row: SummaryRow, data: SummaryRow): Said[] {
  const { samples, aggregates, fileCount } = row
  const stated = aggregates.filter(({ stat }) => STATED.has(stat))
  const all = row === data ? (fileCount === 1 ? stated : []) : [...(samples ? [{ ...samples, stat: 'value' }] : []), ...stated]
  return all.flatMap(({ stat, min, max, minAt, maxAt }) => [{ stat, value: min, at: minAt }, ...(max === min ? [] : [{ stat, value: max, at: maxAt }])])
}

interface Found {
  readonly said: Said
  readonly data: SummaryRow
  readonly factor: number
}

function beyond(said: Said, data: SummaryRow): Found[] {
  const { samples } = data
  if (!samples || !(said.value > 0)) return []
  const factor = said.value > samples.max ? said.value / samples.max : samples.min / said.value
  return factor > APART ? [{ said, data, factor }] : []
}

function describe(list: readonly Found[]): Draft | undefined {
  const [found] = list
  const samples = found?.data.samples
  if (!found || !samples) return undefined
  const { said, data, factor } = found
  const { metric, unit, group } = data
  const more = list.length > 1 ? ` The same holds for ${countWords(list.length - 1, 'further figure')} in it.` : ''
  return {
    kind: 'disagreement',
    subject: `stated against measured, ${subjectOf(metric, group)}`,
    metric,
    group,
    who: nameOf(group),
    stat: DISAGREEMENT,
    value: factor,
    unit: '1',
    better: null,
    n: samples.count,
    sentence:
      `${capital(metricWords(metric))}${whoWords(group)}: ${fileWords(said.at.source.file)} states ${said.stat === 'value' ? '' : `a ${said.stat} of `}${figureWords(said.value, unit)}, which is ` +
      `${said.value > samples.max ? 'above' : 'below'} all of the ${countWords(samples.count, 'sample')} in the data files (${figureWords(samples.min, unit)} to ${figureWords(samples.max, unit)}) ` +
      `by a factor of ${factorWords(factor)}: it is wrong, or speaks of runs that are not here.${more}`,
    ...basisOf([said.at, samples.minAt, samples.maxAt], samples.count + list.length),
    files: [...new Set([said.at.source.file, samples.minAt.source.file, samples.maxAt.source.file])],
    weight: WEIGHT.moreSpoils,
    score: scoreOf('mend', factor, samples.count),
  }
}
