/** Which setting matters: the medians of its values over configurations that are otherwise alike. */

import type { SummaryRow } from '../summary/summary-row.js'
import type { AttributeValue } from '../record/metric-record.js'
import { isRestated, median } from './central.js'
import { isOutlier } from './comparisons.js'
import { WEIGHT, type Draft } from './draft.js'
import { groupBy, type Member } from './family.js'
import { HEADLINES, metricsInOrder, whoWords } from './key-figures.js'
import { nameOf } from './name-of.js'
import { subjectGroup, subjectKey } from './subject.js'
import { clean, factorWords, figureWords, limit, metricWords, subjectOf, SUBJECT_LIMIT } from './wording.js'

/** `stat` of a ratio between two values of a setting, when it matters, and when it is small or within the scatter. */
export const EFFECT = 'effect of a setting'
export const NO_EFFECT = 'largest effect of a setting'
/** A smaller factor is not worth a setting. */
const MATTERS = 1.05

const FEWEST_PER_LEVEL = 2
const MOST_LEVELS = 8
const TOLD_PER_METRIC = 2
/** Once is enough to say that nothing matters. */
const NO_EFFECTS_TOLD = 1

interface Level {
  readonly value: AttributeValue
  readonly typical: number
  /** Standard deviation of the configurations' values, relative to their median. */
  readonly scatter: number
  readonly members: readonly Member[]
}

interface Effect {
  readonly key: string
  readonly best: Level
  readonly worst: Level
  readonly ratio: number
  readonly scatter: number
}

export function settingEffects(configurations: readonly SummaryRow[]): Draft[] {
  const directed = metricsInOrder(configurations.filter((row) => row.better !== null && row.samples && !isRestated(row)))
  return directed.slice(0, HEADLINES).flatMap(({ rows }, place) => {
    const groups = [...groupBy(rows, ({ row }) => subjectKey(row)).values()].sort((a, b) => b.length - a.length)
    const told = groups.flatMap((members) => {
      const effect = strongest(usual(members))
      const first = members[0]
      return effect && first ? [describe(effect, first.row, WEIGHT.effects + place)] : []
    })
    const real = told.filter(({ stat }) => stat === EFFECT).slice(0, TOLD_PER_METRIC)
    return [...real, ...told.filter(({ stat }) => stat === NO_EFFECT).slice(0, NO_EFFECTS_TOLD)]
  })
}

/** Cold starts hit whichever configuration happened to run at that moment; they say nothing about its settings. */
function usual(members: readonly Member[]): Member[] {
  const typical = median(members.map(({ central }) => central.value))
  return members.filter(({ central }) => !isOutlier(central.value, typical))
}

/** Of the settings varied, the one that changes most; `alone` when no other one matters. */
function strongest(members: readonly Member[]): (Effect & { readonly alone: boolean }) | undefined {
  const keys = [...new Set(members.flatMap(({ row }) => Object.keys(row.group)))]
  const effects = keys.flatMap((key) => effectOf(key, members) ?? [])
  const [first, ...others] = effects.sort((a, b) => b.ratio - a.ratio)
  return first && { ...first, alone: others.length > 0 && !others.some((effect) => isReal(effect)) }
}

function effectOf(key: string, members: readonly Member[]): Effect | undefined {
  const groups = [...groupBy(members.filter(({ row }) => Object.hasOwn(row.group, key)), ({ row }) => JSON.stringify(row.group[key])).values()]
  if (groups.length < 2 || groups.length > MOST_LEVELS) return undefined
  // Uneven counts mean that other settings differ between the values as well.
  const most = Math.max(...groups.map((group) => group.length))
  const fair = groups.filter((group) => group.length >= Math.max(FEWEST_PER_LEVEL, most / 2))
  const levels = fair.flatMap((group) => level(key, group) ?? []).sort((a, b) => a.typical - b.typical)
  const low = levels[0]
  const high = levels.at(-1)
  if (!low || !high || levels.length < 2 || low.typical <= 0) return undefined
  const [best, worst] = members[0]?.row.better === 'higher' ? [high, low] : [low, high]
  return { key, best, worst, ratio: high.typical / low.typical, scatter: Math.max(low.scatter, high.scatter) }
}

function level(key: string, members: readonly Member[]): Level | undefined {
  const value = members[0]?.row.group[key]
  if (value === undefined) return undefined
  const values = members.map(({ central }) => central.value)
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, values.length - 1)
  const typical = median(values)
  return { value, typical, scatter: typical > 0 ? Math.sqrt(variance) / typical : 0, members }
}

function isReal({ ratio, scatter }: Effect): boolean {
  return ratio >= MATTERS && ratio - 1 > scatter
}

function describe(effect: Effect & { readonly alone: boolean }, row: SummaryRow, weight: number): Draft {
  const subject = subjectGroup(row)
  const { key, best, worst, ratio, alone } = effect
  const real = isReal(effect)
  const [bestWords, worstWords] = [best, worst].map(({ value }) => `${clean(key)} ${clean(String(value))}`)
  const n = best.members.length + worst.members.length
  const start = real
    ? `Of the settings varied, ${clean(key)} changes the ${metricWords(row.metric)}${whoWords(subject)} most`
    : `No setting that was varied changes the ${metricWords(row.metric)}${whoWords(subject)} ${ratio >= MATTERS ? 'by more than its scatter' : 'noticeably'}; ${clean(key)} changes it most`
  return {
    kind: 'ratio',
    subject: limit(`${subjectOf(row.metric, subject)}, ${bestWords} against ${worstWords}`, SUBJECT_LIMIT),
    metric: row.metric,
    group: { ...subject, [key]: best.value },
    who: bestWords ?? '',
    than: clean(String(worst.value)),
    ...(nameOf(subject) === '' ? {} : { among: nameOf(subject) }),
    ...(real && alone ? { note: 'only-effect' as const } : {}),
    stat: real ? EFFECT : NO_EFFECT,
    value: ratio,
    unit: '1',
    better: null,
    n,
    sentence:
      `${start}: ${figureWords(best.typical, row.unit)} at ${clean(String(best.value))} ` +
      `against ${figureWords(worst.typical, row.unit)} at ${clean(String(worst.value))}, a factor of ${factorWords(ratio)} ` +
      `(medians over ${best.members.length} and ${worst.members.length} configurations, cold starts set aside${real && alone ? '; no other setting changes it by more than the scatter' : ''}).`,
    records: [...best.members.slice(0, 2), ...worst.members.slice(0, 2)].flatMap(({ central }) => central.records.slice(0, 1)),
    files: [...new Set([...best.members, ...worst.members].flatMap((member) => member.row.files))].slice(0, 5),
    weight,
  }
}
