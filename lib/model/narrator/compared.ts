/** Sentences that compare: who is best, by how much, and what that rests on. */

import type { Fact } from '../../fact/fact.js'
import { basis, capital, metricName, sentences, series, shortBasis, value, who } from './phrase.js'
import { isDecisive, isSameChoice, WORTH_IT, type Comparison } from './story.js'
import { superlative, voiceOf } from './voice.js'

interface Paired extends Comparison {
  readonly worst: Fact
  readonly ratio: Fact
}

export interface Telling {
  /** Picks one of several ways to say it. */
  readonly at?: number
  /** The comparison told right before: the same winner becomes `it`. */
  readonly after?: Comparison
  /** Told after another one of the metric: says what it is a comparison of, so that there is no second winner. */
  readonly further?: boolean
  /** Leave it at what the figure rests on; what that means is said elsewhere. */
  readonly brief?: boolean
}

const BETWEEN_TOLD = 3

export function comparison(compared: Comparison, { at = 0, after, further = false, brief = false }: Telling = {}): string {
  const { best, worst, ratio, of } = compared
  const context = contextOf(compared, further)
  const also = context === '' && after !== undefined && after.of !== 'files' && isSameChoice(after, compared)
  if (!worst || !ratio) {
    const other = worst ? `; ${who(worst)} ${voiceOf(best).other} ${value(worst)}` : ''
    return capitalUnlessSlot(withContext(context, `${who(best)} ${voiceOf(best).best} ${value(best)}${basis(best)}${other}.`))
  }
  if (ratio.value < WORTH_IT) {
    return capitalUnlessSlot(withContext(context, `${who(best)} and ${who(worst)} hardly differ in ${metricName(best)}: ${value(best)} against ${value(worst)}, a factor of ${value(ratio)}.`))
  }
  const say = best.better === 'higher' ? higher : lower
  return sentences(capitalUnlessSlot(withContext(context, say({ best, worst, ratio, of }, at, also))), doubt(best, worst), brief ? undefined : chance(best, worst))
}

/** Why the order may be another when it is measured again. */
function doubt(best: Fact, worst: Fact): string | undefined {
  if (worst.note === 'overlap') return best.n === undefined ? 'Their ranges overlap, so that single runs may come in another order.' : 'Their samples overlap: the medians are in this order, individual runs need not be.'
  if (best.note === 'close') return 'Others come close enough to make the winner uncertain.'
  return undefined
}

function chance(best: Fact, worst: Fact): string | undefined {
  if (best.n !== 1) return undefined
  return worst.n === 1 ? 'Neither was repeated, so this may be chance.' : 'The winner was not repeated, so this may be chance.'
}

/** What else was measured of the same kind: what lies between best and worst, and what has too few samples to be ranked. */
export function others({ best, worst, ratio }: Comparison, figures: readonly Fact[]): string | undefined {
  if (!worst || (ratio?.among ?? '') !== '') return undefined
  const keys = (fact: Fact) => Object.keys(fact.group ?? {}).join(' ')
  const same = (a: Fact, b: Fact) => JSON.stringify(a.group) === JSON.stringify(b.group)
  const rest = figures.filter((fact) => fact.unit === best.unit && keys(fact) === keys(best) && !same(fact, best) && !same(fact, worst))
  const [low, high] = [best.value, worst.value].sort((a, b) => a - b)
  const isBetween = (fact: Fact) => fact.value > (low ?? fact.value) && fact.value < (high ?? fact.value)
  const between = rest.filter(isBetween).sort((a, b) => (best.value > worst.value ? b.value - a.value : a.value - b.value)).slice(0, BETWEEN_TOLD)
  const few = rest.filter((fact) => !isBetween(fact) && fact.n === 1 && fact.value !== best.value).slice(0, BETWEEN_TOLD)
  return sentences(
    between.length > 0 ? `In between ${between.length === 1 ? 'lies' : 'lie'} ${series(between.map((fact) => `${who(fact)} at ${value(fact)}${single(fact)}`))}.` : undefined,
    few.length > 0 ? `${series(few.map((fact) => `${who(fact)} (${value(fact)})`))} ${few.length === 1 ? 'was' : 'were'} not repeated and ${few.length === 1 ? 'is' : 'are'} not ranked.` : undefined,
  )
}

/** Said where no choice is best in both, beyond doubt; that the same one is, shows by itself. */
export function tradeOff(first: Comparison | undefined, second: Comparison | undefined): string | undefined {
  if (!first || !second || !isDecisive(first) || !isDecisive(second)) return undefined
  const keys = ({ best }: Comparison) => Object.keys(best.group ?? {}).join(' ')
  if (keys(first) !== keys(second)) return undefined
  const [a, b] = [metricName(first.best), metricName(second.best)]
  return isSameChoice(first, second)
    ? undefined
    : `No choice is best for both ${a} and ${b}: ${who(first.best)} leads in the former, ${who(second.best)} in the latter.`
}

/** Figures of a metric in which nothing is compared. */
export function unranked(figures: readonly Fact[]): string {
  const [first] = figures
  if (!first) return ''
  const listed = figures.slice(0, BETWEEN_TOLD).map((fact) => `${shown(fact)} ${isOfFile(fact) ? 'in' : 'for'} ${who(fact)}${shortBasis(fact)}`)
  const why = first.better === null ? 'No direction is better in itself, so nothing is ranked.' : undefined
  return sentences(`${capital(metricName(first))} is ${series(listed)}.`, why)
}

function higher({ best, worst, ratio, of }: Paired, at: number, also: boolean): string {
  const factor = value(ratio)
  const metric = metricName(best)
  if (of === 'files') return `${who(best)} has the highest ${metric}: ${value(best)}${basis(best)}, ${factor} times the ${value(worst)} in ${who(worst)}.`
  if (of === 'choices') return `the ${metric} is highest with ${who(best)}${tied(best)}: ${value(best)}${basis(best)}, ${factor} times the ${value(worst)} with ${who(worst)}${lone(best, worst)}.`
  const lead = `${also ? 'it also' : who(best)} ${voiceOf(best).best} ${value(best)}${basis(best)}`
  if (at % 2 === 0) return `${lead}, ${factor} times the ${value(worst)} of ${who(worst)}${lone(best, worst)}.`
  return `${lead}; ${who(worst)} ${voiceOf(best).other} ${value(worst)}${lone(best, worst)}, a factor of ${factor} less.`
}

function lower({ best, worst, ratio, of }: Paired, at: number, also: boolean): string {
  const { best: leads, other, much } = voiceOf(best)
  const factor = value(ratio)
  const metric = metricName(best)
  const [bestValue, worstValue] = [`${value(best)}${basis(best)}`, `${value(worst)}${lone(best, worst)}`]
  if (of === 'files') return `${who(best)} has the lowest ${metric}: ${bestValue}; in ${who(worst)} it is ${worstValue}, ${factor} times ${much}.`
  if (of === 'choices') {
    if (at % 2 === 0 || best.who?.includes(',')) return `the ${metric} is lowest with ${who(best)}${tied(best)}: ${bestValue}; with ${who(worst)} it is ${worstValue}, ${factor} times ${much}.`
    return `${who(best)} gives the ${superlative(best)} ${metric}${tied(best)}, ${bestValue}, and ${who(worst)} ${other} ${factor} times ${much}: ${worstValue}.`
  }
  if (also || at % 2 === 0) return `${also ? 'it also' : who(best)} ${leads} ${bestValue}; ${who(worst)} ${other} ${worstValue}, ${factor} times ${much}.`
  return `${who(best)} ${leads} ${bestValue}, while ${who(worst)} ${other} ${factor} times ${much}: ${worstValue}.`
}

/** `For transformer on cuda`, `In reports/x.md`: what both sides share, or what else sets this comparison apart. */
function contextOf({ best, ratio, of }: Comparison, further: boolean): string {
  const shared = Object.keys(ratio?.group ?? {})
  if (ratio?.among !== undefined && ratio.among !== '') return `${shared.every((key) => key === 'file' || key === 'section') ? 'in' : 'for'} {{${ratio.id}.among}}`
  if (of === 'files') return 'among files that do not say what they measured'
  if (!further) return ''
  return ratio && ratio.files.length === 1 && best.files.length === 1 ? `in {{${ratio.id}.file}}` : 'in a comparison of its own'
}

function withContext(context: string, sentence: string): string {
  return context === '' ? sentence : `${context}, ${sentence}`
}

/** A name from the data keeps its own spelling at the start of a sentence. */
function capitalUnlessSlot(text: string): string {
  return text.startsWith('{') ? text : capital(text)
}

function tied({ note }: Fact): string {
  return note === 'tied' ? ', among others' : ''
}

function lone(best: Fact, worst: Fact): string {
  return best.n === 1 ? '' : single(worst)
}

function single(fact: Fact): string {
  return fact.n === 1 ? ' (a single sample)' : ''
}

/** Shares are read as percentages. */
export function shown(fact: Fact): string {
  return SHARES.has(fact.metric ?? '') && fact.unit === '1' ? `{{${fact.id}.percent}}` : value(fact)
}

const SHARES: ReadonlySet<string> = new Set(['gpu_utilization', 'cpu_utilization', 'accuracy', 'pass_rate', 'efficiency'])

function isOfFile({ group = {} }: Fact): boolean {
  return Object.keys(group).every((key) => key === 'file' || key === 'section')
}
