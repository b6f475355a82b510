/** Which setting matters: only what chance would hardly do, over configurations that are otherwise alike. */

import type { SummaryRow } from '../summary/summary-row.js'
import { isRestated, median } from './central.js'
import { COUNTED } from './counted.js'
import { isOutlier } from './comparisons.js'
import { WEIGHT, type Draft } from './draft.js'
import { groupBy, type Member } from './family.js'
import { HEADLINES, metricsInOrder, whoWords, type MetricRows } from './key-figures.js'
import { counting } from './inventory.js'
import { nameOf } from './name-of.js'
import { basisOfRows, recordsOf } from './references.js'
import { scoreOf } from './score.js'
import { contrasts, isSignificant, variedSettings, type Contrast } from './setting-tests.js'
import { subjectGroup, subjectKey } from './subject.js'
import { clean, countWords, factorWords, limit, listWords, metricWords, subjectOf, SUBJECT_LIMIT } from './wording.js'

/** `stat` of a factor between two values of a setting, where pairs of configurations differ in nothing else: beyond chance, or not. */
export const EFFECT = 'effect of a setting'
export const NO_EFFECT = 'effect of a setting, within chance'
/** The same where the configurations differ in other settings as well. */
export const DIFFERENCE = 'difference between values of a setting'
export const NO_DIFFERENCE = 'difference between values of a setting, within chance'

const TOLD_PER_METRIC = 4
/** Once is enough to say that nothing matters. */
const NO_EFFECTS_TOLD = 1

export function settingEffects(configurations: readonly SummaryRow[]): Draft[] {
  const directed = metricsInOrder(configurations.filter((row) => row.better !== null && row.samples && !isRestated(row)))
  const drafts = directed.slice(0, HEADLINES).flatMap(({ rows }) => {
    const groups = [...groupBy(rows, ({ row }) => subjectKey(row)).values()].sort((a, b) => b.length - a.length)
    const told = groups.flatMap((members) => effectOf(members, WEIGHT.effects))
    const isReal = ({ stat }: Draft) => stat === EFFECT || stat === DIFFERENCE
    return [...told.filter(isReal).slice(0, TOLD_PER_METRIC), ...told.filter((draft) => !isReal(draft)).slice(0, NO_EFFECTS_TOLD)]
  })
  return drafts.length > 0 ? drafts : untested(directed.slice(0, HEADLINES))
}

/** Where nothing could be compared, though settings were varied: a reader would look for their effect. */
function untested(metrics: readonly MetricRows[]): Draft[] {
  const groups = metrics.flatMap(({ rows }) => [...groupBy(rows, ({ row }) => subjectKey(row)).values()])
  const keys = [...new Set(groups.flatMap((members) => variedSettings(members)))]
  if (keys.length === 0) return []
  const names = listWords(keys.map((key) => clean(key)))
  const sentence = `No effect of ${names} beyond chance was found: too few runs differ in nothing else to tell one.`
  return [counting('gap', COUNTED.untested, keys.length, [], WEIGHT.effects, { sentence, ...basisOfRows(groups.flat().map(({ row }) => row)) })]
}

/** The largest effect of each setting beyond chance; where there is none, the one least likely by chance. Nothing where too little was measured for either. */
function effectOf(members: readonly Member[], weight: number): Draft[] {
  const typical = median(members.map(({ central }) => central.value))
  // Cold starts hit whichever configuration happened to run at that moment; they say nothing about its settings.
  const usual = members.filter(({ central }) => !isOutlier(central.value, typical))
  const tried = contrasts(usual)
  const real = tried.filter(isSignificant).sort((a, b) => Number(b.paired) - Number(a.paired) || b.ratio - a.ratio)
  // Of each setting the one that makes most; where none has an effect, the least likely by chance.
  const told = real.length > 0 ? [...groupBy(real, ({ key }) => key).values()].flatMap((list) => list.slice(0, 1)) : [...tried].sort((a, b) => a.p - b.p || b.ratio - a.ratio).slice(0, 1)
  const first = members[0]
  return first ? told.map((one) => describe(one, { tried, real, row: first.row, aside: members.length - usual.length }, weight)) : []
}

interface Context {
  readonly tried: readonly Contrast[]
  readonly real: readonly Contrast[]
  readonly row: SummaryRow
  /** Configurations far from the median. */
  readonly aside: number
}

function describe(told: Contrast, context: Context, weight: number): Draft {
  const { row, real, tried } = context
  const { key, best, worst, paired } = told
  const subject = subjectGroup(row)
  const [bestWords, worstWords] = [best, worst].map((value) => clean(String(value)))
  const who = `${clean(key)} ${bestWords}`
  const keys = [...new Set(tried.map((one) => one.key))]
  const alone = keys.length > 1 && real.every((one) => one.key === key)
  return {
    kind: 'ratio',
    subject: limit(`${subjectOf(row.metric, subject)}, ${who} against ${clean(key)} ${worstWords}`, SUBJECT_LIMIT),
    metric: row.metric,
    group: { ...subject, [key]: best },
    who,
    than: worstWords ?? '',
    ...(nameOf(subject) === '' ? {} : { among: nameOf(subject) }),
    ...(real.length > 0 && alone ? { note: 'only-effect' as const } : {}),
    stat: real.length > 0 ? (paired ? EFFECT : DIFFERENCE) : paired ? NO_EFFECT : NO_DIFFERENCE,
    value: told.ratio,
    unit: '1',
    better: null,
    n: told.n,
    sentence: `${start(told, context, keys)} (${counts(told, context)}).`,
    records: told.members.slice(0, 4).flatMap(({ central }) => central.records.slice(0, 1)),
    recordCount: told.members.reduce((sum, member) => sum + recordsOf(member.row), 0),
    score: scoreOf('effect', told.ratio, told.n),
    files: [...new Set(told.members.flatMap((member) => member.row.files))].slice(0, 5),
    weight,
  }
}

/** `With num_gpu 80 instead of 40, the time to first token of model a is lower by a factor of 1.10 in the median of 9 pairs of configurations that differ in nothing else` */
function start(told: Contrast, { row, real }: Context, keys: readonly string[]): string {
  const { key, best, worst, ratio, paired, n } = told
  const metric = `${metricWords(row.metric)}${whoWords(subjectGroup(row))}`
  const basis = paired
    ? `in the median of ${n} pairs of configurations that differ in nothing else`
    : `between the medians of ${n} configurations, which differ in other settings as well`
  const [bestWords, worstWords] = [best, worst].map((value) => clean(String(value)))
  if (real.length > 0) return `With ${clean(key)} ${bestWords} instead of ${worstWords}, the ${metric} is ${row.better === 'higher' ? 'higher' : 'lower'} by a factor of ${factorWords(ratio)} ${basis}`
  const names = listWords(keys.map((one) => clean(one)))
  return `No effect of ${names} on the ${metric} was found beyond chance; the clearest, ${clean(key)} ${bestWords} instead of ${worstWords}, makes a factor of ${factorWords(ratio)} ${basis}`
}

function counts({ p, paired, unmatched }: Contrast, { tried, aside }: Context): string {
  const left = [
    ...(aside > 0 ? [`${countWords(aside, 'configuration')} far from the median, as after a cold start`] : []),
    ...(unmatched > 0 ? [`${unmatched} without a counterpart, as where a run failed`] : []),
  ]
  const test = `${paired ? 'signed-rank' : 'rank-sum'} test, p = ${p < 0.001 ? p.toExponential(1) : p.toPrecision(2)}`
  const corrected = tried.length > 1 ? `, corrected for ${tried.length} comparisons` : ''
  return `${test}${corrected}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`
}
