/** Best, worst and how far apart they are, of what can be compared: models, backends, and the settings of one of them. */

import type { SummaryRow } from '../summary/summary-row.js'
import { basisWords, isRestated, median, overlap } from './central.js'
import { BOUND_TO_WORK, WEIGHT, type Draft } from './draft.js'
import { timesAsFast } from './faster.js'
import { families, groupBy, NAMES_OF_MODEL, type Family, type Member } from './family.js'
import { capital, HEADLINES, metricsInOrder, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { ranks } from './ranks.js'
import { recordsOf } from './references.js'
import { refined } from './refined.js'
import { subjectKey } from './subject.js'
import { clean, countWords, factorWords, figureWords, groupWords, limit, listWords, metricWords, SUBJECT_LIMIT } from './wording.js'

/** Families told of a headline metric, and of any other. */
const HEADLINE_FAMILIES = 3
const OTHER_FAMILIES = 2
const OTHER_METRICS = 4
/** A single sample this many times its peers' median is an outlier; it neither wins nor loses. */
const OUTLIER = 5
const FEWEST_CONFIGURATIONS = 3
const APART = 1.05

/** Models, backends or files against one another. */
export function compareSubjects(subjects: readonly SummaryRow[], configurations: readonly SummaryRow[]): Draft[] {
  const directed = metricsInOrder(subjects.filter((row) => row.better !== null && !BOUND_TO_WORK.has(row.metric)))
  return directed.slice(0, HEADLINES + OTHER_METRICS).flatMap(({ rows }, place) => {
    const found = oneOfEachFirst(families(rows).map((family) => refined(family, configurations))).slice(0, place < HEADLINES ? HEADLINE_FAMILIES : OTHER_FAMILIES)
    const first = [WEIGHT.headline + 1, WEIGHT.secondComparison][place] ?? WEIGHT.otherComparisons + place
    const second = place < HEADLINES ? WEIGHT.secondHeadlineComparisons : WEIGHT.secondComparisons
    return found.flatMap((family, at) => {
      const isMain = at === 0 && place < HEADLINES && !isRestatedOnly(family)
      const told = extremes(family, isRestatedOnly(family) ? WEIGHT.restated + place : ([first, second][at] ?? WEIGHT.thirdComparisons), isMain)
      return isMain ? [...told, ...ranks(family)] : told
    })
  })
}

/** The configurations of the subject that has most of them, for the headline metrics. */
export function compareConfigurations(configurations: readonly SummaryRow[]): Draft[] {
  const directed = metricsInOrder(configurations.filter((row) => row.better !== null && row.samples && !isRestated(row)))
  return directed.slice(0, HEADLINES).flatMap(({ rows }, place) => {
    const groups = [...groupBy(rows, ({ row }) => subjectKey(row)).values()].sort((a, b) => b.length - a.length)
    return groups.slice(0, 1).flatMap((members) => {
      // Only configurations that set the same things are alike.
      const [alike = []] = [...groupBy(members, ({ row }) => Object.keys(row.group).join(' ')).values()].sort((a, b) => b.length - a.length)
      const family = configurationFamily(alike)
      return family.members.length < FEWEST_CONFIGURATIONS || isChance(family) ? [] : extremes(family, WEIGHT.settings + place)
    })
  })
}

function configurationFamily(members: readonly Member[]): Family {
  const typical = median(members.map(({ central }) => central.value))
  const usual = members.filter(({ central }) => (central.n ?? 0) > 1 || !isOutlier(central.value, typical))
  const first = usual[0]?.row.group ?? {}
  const shared = Object.fromEntries(Object.entries(first).filter(([key, value]) => usual.every(({ row }) => row.group[key] === value)))
  const differing = Object.keys(first).filter((key) => !Object.hasOwn(shared, key) && key !== 'config_name')
  return { differing, shared, members: usual }
}

function oneOfEachFirst(lists: readonly (readonly Family[])[]): Family[] {
  return [...lists.flatMap((list) => list.slice(0, 1)), ...lists.flatMap((list) => list.slice(1))]
}

function isRestatedOnly({ members }: Family): boolean {
  return members.every(({ row }) => isRestated(row))
}

/** Single samples that hardly differ have no order. */
function isChance({ members }: Family): boolean {
  const values = members.map(({ central }) => central.value)
  return members.every(({ central }) => central.n === 1) && Math.max(...values) < APART * Math.min(...values)
}

export function isOutlier(value: number, typical: number): boolean {
  return typical > 0 && (value >= OUTLIER * typical || value <= typical / OUTLIER)
}

/** With `further`, how far apart they are in the metric's own unit as well. */
function extremes(family: Family, weight: number, further = false): Draft[] {
  const sorted = [...family.members].sort((a, b) => a.central.value - b.central.value)
  const low = sorted[0]
  const high = sorted.at(-1)
  if (!low || !high || low.central.value === high.central.value) return []
  const higherIsBetter = low.row.better === 'higher'
  const [best, worst] = higherIsBetter ? [high, low] : [low, high]
  const tied = family.members.some((member) => member !== best && member.central.value === best.central.value)
  const close = family.members.some((member) => member !== best && member !== worst && (isNear(member, best) || overlap(member, best)))
  return [
    { ...extreme('best', best, family, weight), ...(tied ? { note: 'tied' as const } : close ? { note: 'close' as const } : {}) },
    { ...extreme('worst', worst, family, weight), ...(overlap(best, worst) ? { note: 'overlap' as const } : {}) },
    ...ratio(best, worst, family, weight),
    ...(further ? [difference(best, worst, family, WEIGHT.moreHeadline)] : []),
  ]
}

function isNear(a: Member, b: Member): boolean {
  const [low, high] = a.central.value < b.central.value ? [a, b] : [b, a]
  return high.central.value < APART * low.central.value
}

function extreme(kind: 'best' | 'worst', member: Member, family: Family, weight: number): Draft {
  const { row, central } = member
  const direction = (kind === 'best') === (row.better === 'higher') ? 'highest' : 'lowest'
  const who = groupWords(only(row.group, family.differing))
  const among = groupWords(family.shared)
  const subject = `${direction} ${metricWords(row.metric)}, ${who}${among === '' ? '' : ` (${among})`}`
  const single = central.n === 1 ? ' A single sample: measure again before relying on it.' : ''
  return {
    kind,
    subject: limit(subject, SUBJECT_LIMIT),
    metric: row.metric,
    group: row.group,
    who: nameOf(only(row.group, family.differing)),
    ...amongOf(family),
    stat: central.stat,
    value: central.value,
    unit: row.unit,
    better: row.better,
    ...(central.n === undefined ? {} : { n: central.n }),
    sentence:
      `${capital(kind)} of ${countWords(family.members.length, nounOf(family))}${among === '' ? '' : ` with ${among}`}: ${who} has the ${direction} ` +
      `${metricWords(row.metric)}, ${figureWords(central.value, row.unit)} (${basisWords(central)}).${single}`,
    records: central.records,
    recordCount: recordsOf(row),
    files: row.files.slice(0, 5),
    weight,
  }
}

/** One definition for all: {@link timesAsFast}, the larger of the two values divided by the smaller. */
function ratio(best: Member, worst: Member, family: Family, weight: number): Draft[] {
  const value = timesAsFast(best.central.value, worst.central.value, best.row.better)
  if (value === undefined) return []
  const { metric, unit, better } = best.row
  const [bestWho, worstWho] = [best, worst].map(({ row }) => groupWords(only(row.group, family.differing)))
  const among = groupWords(family.shared)
  const at = family.differing.includes('file') ? 'in' : 'with'
  const unlikeWords = unlike(best, worst)
  return [
    {
      kind: 'ratio',
      subject: limit(`${metricWords(metric)}, ${bestWho} against ${worstWho}${among === '' ? '' : ` (${among})`}`, SUBJECT_LIMIT),
      metric,
      group: family.shared,
      who: nameOf(only(best.row.group, family.differing)),
      than: nameOf(only(worst.row.group, family.differing)),
      ...amongOf(family),
      ...(unlikeWords === '' ? {} : { note: 'not-alike' as const }),
      stat: 'ratio',
      value,
      unit: '1',
      better: null,
      sentence:
        `The ${metricWords(metric)}${whoWords(family.shared)} is ${better === 'higher' ? 'higher' : 'lower'} ${at} ${bestWho} than ${at} ${worstWho} by a factor of ${factorWords(value)}: ` +
        `${figureWords(best.central.value, unit)} (${basisWords(best.central)}) against ${figureWords(worst.central.value, unit)} (${basisWords(worst.central)}).${overlap(best, worst) ? ' Their ranges overlap.' : ''}${unlikeWords}`,
      ...pairOf(best, worst),
      weight,
    },
  ]
}

/** The larger value minus the smaller. */
function difference(best: Member, worst: Member, family: Family, weight: number): Draft {
  const { metric, unit, better } = best.row
  const [bestWho, worstWho] = [best, worst].map(({ row }) => nameOf(only(row.group, family.differing)))
  const value = Math.abs(best.central.value - worst.central.value)
  const among = nameOf(family.shared)
  return {
    kind: 'delta',
    subject: limit(`difference in ${metricWords(metric)}, ${bestWho ?? ''} against ${worstWho ?? ''}${among === '' ? '' : ` (${among})`}`, SUBJECT_LIMIT),
    metric,
    group: family.shared,
    who: bestWho ?? '',
    than: worstWho ?? '',
    ...amongOf(family),
    stat: 'difference',
    value,
    unit,
    better: null,
    sentence: `Between ${bestWho ?? ''} and ${worstWho ?? ''} the ${metricWords(metric)} differs by ${figureWords(value, unit)}, ${better === 'higher' ? 'more' : 'less'} with the former.`,
    ...pairOf(best, worst),
    weight,
  }
}

function pairOf(best: Member, worst: Member): Pick<Draft, 'records' | 'recordCount' | 'files'> {
  return {
    records: [...best.central.records.slice(0, 2), ...worst.central.records.slice(0, 2)],
    recordCount: recordsOf(best.row) + recordsOf(worst.row),
    files: [...new Set([...best.row.files.slice(0, 2), ...worst.row.files.slice(0, 2)])],
  }
}

/** Settings that varied for one of the two only: a pooled value of those is not quite comparable. */
function unlike(best: Member, worst: Member): string {
  const keys = [best, worst].map(({ row }) => Object.keys(row.varied).filter((key) => (row.varied[key]?.length ?? 0) > 1))
  const [ours = [], theirs = []] = keys
  const odd = [...ours.filter((key) => !theirs.includes(key)), ...theirs.filter((key) => !ours.includes(key))]
  return odd.length === 0 ? '' : ` Not quite alike: ${listWords(odd.map((key) => clean(key)))} varied for one of them only.`
}

function amongOf({ shared }: Family): { among?: string } {
  const among = nameOf(shared)
  return among === '' ? {} : { among }
}

function nounOf({ differing }: Family): string {
  if (differing.every((key) => NAMES_OF_MODEL.has(key))) return 'model'
  return differing.length === 1 ? clean(differing[0] ?? '').replaceAll('_', ' ') : 'configuration'
}

function only(group: SummaryRow['group'], keys: readonly string[]): SummaryRow['group'] {
  return Object.fromEntries(Object.entries(group).filter(([key]) => keys.includes(key)))
}
