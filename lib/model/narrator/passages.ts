/** Passages that the analysis and the report are built from. */

import type { Fact } from '../../fact/fact.js'
import { comparison, others, shown, unranked } from './compared.js'
import { bullets, byCount, capital, counted, fileOnly, metricName, number, paragraphs, percent, place, present, sentences, series, shortBasis, than, times, value, who } from './phrase.js'
import { apart, coldStart, repeated } from './contradictions.js'
import { isPaired, WORTH_IT, type Comparison, type Story } from './story.js'
import { voiceOf } from './voice.js'

const METRICS_NAMED = 4
const COMPARISONS_TOLD = 3
const FIGURES_LISTED = 6

/** What was read, and what it is about. */
export function scope(story: Story): string {
  const files = story.counted('files')
  const records = story.counted('records')
  const names = story.metrics.slice(0, METRICS_NAMED).map((metric) => metricName({ metric }))
  const about = names.length > 0 ? `, mainly on ${series(names)}` : ''
  if (!files) return ''
  const read = records ? `The results come from ${counted(files, 'file')} with ${counted(records, 'metric record')}${about}.` : `The results come from ${counted(files, 'file')}${about}.`
  return sentences(read, dated(story))
}

/** The dates that files state are names from the data, as a version is. */
function dated({ measured }: Story): string | undefined {
  if (!measured) return undefined
  return measured.value === 0 ? `What has a date was measured at ${who(measured)}.` : `What has a date was measured between ${than(measured)} and ${who(measured)}.`
}

/** All that is known about one metric: who is best and by how much, then further comparisons. */
export function aboutMetric(metric: string, story: Story): string {
  const figures = story.figures.get(metric) ?? []
  const compared = comparisonsOf(metric, story)
  const first = figures[0] ?? compared[0]?.best
  if (!first) return ''
  const told = compared.map((one, at) => sentences(comparison(one, { at, further: at > 0 }), at === 0 ? others(one, figures) : undefined, caution(one)))
  return sentences(`**${capital(metricName(first))}.**`, ...(told.length > 0 ? told : [unranked(figures)]))
}

/** The same with the figures as a list, for a reader who has no table. */
export function listedMetric(metric: string, story: Story): string {
  const figures = (story.figures.get(metric) ?? []).slice(0, FIGURES_LISTED)
  const compared = comparisonsOf(metric, story)
  const first = figures[0] ?? compared[0]?.best
  if (!first) return ''
  const title = `**${capital(metricName(first))}.**`
  const told = sentences(...compared.map((one, at) => sentences(comparison(one, { at, further: at > 0 }), caution(one))))
  if (figures.length === 0) return `${title} ${told}`
  return paragraphs(sentences(title, told), bullets(figures.map((fact) => `${who(fact)}: ${shown(fact)}${shortBasis(fact)}`)))
}

/** What a written report says again is told only where it is all there is. */
function comparisonsOf(metric: string, story: Story): Comparison[] {
  const all = story.comparisons.filter(({ best }) => best.metric === metric)
  const measured = all.filter(({ ratio }) => !Object.hasOwn(ratio?.group ?? {}, 'file'))
  return (measured.length > 0 ? measured : all).slice(0, COMPARISONS_TOLD)
}

function caution({ ratio }: Comparison): string | undefined {
  return ratio?.note === 'not-alike' ? 'Other settings varied for some of these runs only, so take the factor as approximate.' : undefined
}

export function aboutSettings(story: Story): string {
  const told = [...[...story.effects, ...story.differences].map((fact) => effect(fact, story)), ...story.noEffects.map((fact) => noEffect(fact))]
  const untested = story.counted('untested')
  if (told.length === 0) return untested ? `**Settings.** No setting showed an effect beyond chance: ${counted(untested, 'setting')} varied, over too few runs to tell.` : ''
  return sentences('**Settings.**', ...told, 'Configurations far from the median, as after a cold start, were set aside; each claim is corrected for all comparisons of its metric and subject.')
}

/** `With num_gpu 60 instead of 40, X shows its first token sooner by a factor of 1.10 over 9 pairs of configurations that differ in nothing else.` */
export function effect(fact: Fact, story: Story): string {
  const gains = isNamed(fact) ? voiceOf(fact).gains : undefined
  const alone = fact.note === 'only-effect' ? '; no other setting that could be compared showed an effect beyond chance' : undefined
  const small = fact.value < WORTH_IT ? ', too little to decide by' : undefined
  const rest = `by a factor of ${value(fact)} ${over(fact)}${small ?? ''}${alone ?? ''}.`
  if (gains !== undefined) return `With ${who(fact)} instead of ${than(fact)}, ${among(fact)} ${gains} ${rest}`
  return `With ${who(fact)} instead of ${than(fact)}, the ${metricName(fact)}${ofWhom(fact)} is ${story.higherIsBetter(fact.metric) ? 'higher' : 'lower'} ${rest}`
}

function noEffect(fact: Fact): string {
  return `No setting that could be compared showed an effect on the ${metricName(fact)}${ofWhom(fact)} beyond chance: the clearest, ${who(fact)} instead of ${than(fact)}, makes a factor of ${value(fact)} ${over(fact)}.`
}

/** What was compared; the digits of `n` are filled in. */
function over(fact: Fact): string {
  return isPaired(fact) ? `over ${number(fact)} pairs of configurations that differ in nothing else` : `over ${number(fact)} configurations, which differ in other settings as well`
}

export function among({ id }: Fact): string {
  return `{{${id}.among}}`
}

export function ofWhom(fact: Fact): string {
  if (fact.among === undefined || fact.among === '') return ''
  return isNamed(fact) ? ` of ${among(fact)}` : ` in ${among(fact)}`
}

/** False where only a file is known, which does nothing by itself. */
function isNamed({ among, group = {} }: Fact): boolean {
  return among !== undefined && among !== '' && !Object.hasOwn(group, 'file')
}

const OUTLIERS_TOLD = 4
const SPREADS_TOLD = 3
const COLD_TOLD = 3
const BETWEEN_TOLD = 2

export function aboutStability(story: Story): string {
  const { outliers, spreads, coldStarts, betweenRuns } = story
  const [first, ...rest] = outliers.slice(0, OUTLIERS_TOLD)
  const alike = rest.filter(({ metric, note, better }) => metric === first?.metric && note === first?.note && better === first?.better)
  const unlike = rest.filter((fact) => !alike.includes(fact))
  const far = first && sentences('**Outliers.**', outlier(first), alike.length > 0 ? `The same shows ${series(alike.map(again))}.` : undefined, ...unlike.map((fact) => outlier(fact)))
  const cold = coldStarts.length > 0 ? sentences('**Cold starts.**', ...coldStarts.slice(0, COLD_TOLD).map((fact) => coldStart(fact))) : undefined
  const between = betweenRuns.length > 0 ? sentences('**Between runs.**', ...betweenRuns.slice(0, BETWEEN_TOLD).map((fact) => apart(fact)), repeated(story)) : undefined
  return paragraphs(far, cold, between, spreads.length > 0 ? `**Spread.** ${spread(spreads.slice(0, SPREADS_TOLD))}` : '')
}

export function isColdStart({ kind, note }: Fact): boolean {
  return kind === 'outlier' && note === 'cold-start'
}

/** Where, how far from the median, and what it looks like. */
export function outlier(fact: Fact): string {
  const where = place(fact) === '' ? '' : ` (${place(fact)})`
  const subject = `${metricName(fact)} ${fileOnly(fact) ? 'in' : 'of'} ${who(fact)}`
  const reason = isColdStart(fact) ? ': it is the first run of its series, which points to a cold start.' : '; the data name no reason for it.'
  if (fact.better === 'higher') return `A single ${subject} drops to ${value(fact)}, and the median is ${times(fact)} times that${where}${reason}`
  if (fact.metric === 'ttft' && !fileOnly(fact)) return `The slowest first token of ${who(fact)} came after ${value(fact)}, ${times(fact)} times the median${where}${reason}`
  return `A single ${subject} is ${value(fact)}, ${times(fact)} times the median${where}${reason}`
}

function again(fact: Fact): string {
  const factor = fact.better === 'higher' ? `a median ${times(fact)} times that` : `${times(fact)} times the median`
  return `${fileOnly(fact) ? 'in' : 'for'} ${who(fact)} (${value(fact)}, ${factor})`
}

export function spread(spreads: readonly Fact[]): string {
  const parts = spreads.map((fact, at) => `the ${metricName(fact)} ${fileOnly(fact) ? 'in' : 'of'} ${who(fact)} ${at === 0 ? 'scatters by ' : 'by '}${percent(fact)}${at === 0 ? ` of its mean over ${number(fact)} samples` : ` over ${number(fact)}`}${fact.note === 'prompts' ? ' of different prompts' : ''}`)
  return `${capital(series(parts))}.`
}

export function failures(story: Story): string | undefined {
  const runs = story.counted('failedRuns')
  const all = story.counted('allFailed')
  const some = story.counted('someFailed')
  const rows = story.counted('failedRows')
  if (!runs) return rows && `${counted(rows, 'row')} of Markdown reports ${byCount(rows, 'tells', 'tell')} of failed runs.`
  const where = present(
    all && `in ${counted(all, 'file')} every run failed`,
    some && `in ${counted(some, all ? 'more file' : 'file')} some failed and others worked`,
  )
  return sentences(
    `${counted(runs, 'run')} failed and ${byCount(runs, 'is', 'are')} in no figure${where.length > 0 ? `: ${where.join('; ')}` : ''}.`,
    rows && `${counted(rows, 'row')} of Markdown reports ${byCount(rows, 'tells', 'tell')} of failures too, perhaps of the same ones.`,
  )
}

export function unrepeated(story: Story): string | undefined {
  const single = story.counted('single')
  if (!single) return undefined
  const which = single.n === undefined ? counted(single, 'configuration') : `${value(single)} of ${number(single)} configurations`
  return `${which} ${byCount(single, 'was', 'were')} not repeated: ${byCount(single, 'its', 'their')} spread is unknown, and small differences there may be chance.`
}

/** Of a gap: files lack the metric, not subjects. */
export function isOfFiles({ subject }: Fact): boolean {
  return subject.startsWith('files ')
}

/** What the figures cannot say, most serious first. */
export function missing(story: Story): string[] {
  const empty = story.counted('empty')
  const rejected = story.counted('rejected')
  const noUnit = story.counted('noUnit')
  const copies = story.counted('copies')
  const left = story.counted('leftOut')
  return present(
    sentences(
      noUnit && `${counted(noUnit, 'metric')} ${byCount(noUnit, 'has', 'have')} no known unit and ${byCount(noUnit, 'is', 'are')} compared with nothing.`,
      ...story.gaps.map((fact) => `${capital(metricName(fact))} is missing ${isOfFiles(fact) ? 'in' : 'for'} ${value(fact)}${fact.n === undefined ? '' : ` of ${number(fact)}`} ${isOfFiles(fact) ? 'files that are alike' : 'comparable subjects'}.`),
      ...story.stale.map((fact) => `${capital(metricName(fact))} was last measured at ${who(fact)}, ${value(fact)} before the newest measurement of all.`),
    ),
    sentences(
      empty && `${counted(empty, 'file')} could be read and ${byCount(empty, 'holds', 'hold')} no measured number.`,
      rejected && `${counted(rejected, 'file')} could not be read as results${rejected.value === 1 && rejected.files.length > 0 ? ` ({{${rejected.id}.file}})` : ''}.`,
      ...story.problems.map((fact) => `${counted(fact, 'problem')} of the kind ${who(fact)} ${byCount(fact, 'was', 'were')} met while reading.`),
      copies && `${counted(copies, 'file')} ${byCount(copies, 'has', 'have')} the very bytes of another and ${byCount(copies, 'is', 'are')} not counted again.`,
    ),
    left && `${counted(left, 'further fact')} ${byCount(left, 'was', 'were')} left out here for want of room.`,
  )
}
