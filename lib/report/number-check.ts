/** Checks a typed number against the facts of the subject it is about, at the precision it is printed with. */

import type { Fact } from '../fact/fact.js'
import { agreesWith, apart, boundNames, type Bound } from './bound-names.js'
import { countsSuch, countsTheSame } from './count-words.js'
import { derived } from './derived.js'
import type { Figure, KnownFigures } from './known-figures.js'
import { metricOf } from './bound-metric.js'
import { agrees, loosenessOf, type Looseness } from './printed.js'
import { cellAt, type Place, type Sentence } from './sentence.js'
import { firstStat, readStat, type StatWord } from './stat-words.js'
import type { TypedNumber } from './typed-number.js'
import { COUNT, MULTIPLE, readUnit, type TypedUnit } from './unit-words.js'

export type Decided = { readonly facts: readonly Fact[] } | { readonly wrong: 'typed' | 'subject' | 'direction' }
/** `harmless`: it claims nothing. */
export type Verdict = Decided | 'harmless'

/** Without a unit, a number with fewer digits than this says nothing, and with fewer than the second one not even where its metric is named. */
const TELLING_DIGITS = 3
const NAMED_DIGITS = 2
/** A goal is nobody's measurement. */
const TARGET = /\b(?:targets?|goals?|kpis?|thresholds?|sla|slo|slas|slos|budget|objective|aim(?:ing)? for|aim to|should (?:be|stay|reach|remain|not exceed)|must (?:be|stay|reach|not exceed)|acceptable|expected|industry|benchmark of|ideally|ziel\w*|objetivo)\b/i
const TARGET_REACH = 60

export function checkNumber(number: TypedNumber, place: Place, sentence: Sentence, known: KnownFigures, shown: readonly Fact[]): Verdict {
  const { text } = sentence
  const before = text.slice(0, place.start)
  if (!Number.isFinite(number.value) || TARGET.test(`${before.slice(-TARGET_REACH)} ${text.slice(place.end, place.end + TARGET_REACH / 2)}`)) return { wrong: 'typed' }
  const unit = number.unit ?? unitAround(place, sentence)
  const typed: TypedNumber = unit ? { ...number, unit } : number
  const looseness = loosenessOf(before.slice(-24))
  const bound = boundNames(sentence, place, known)
  if (unit?.unit === MULTIPLE && REPEATED.test(before)) return repeated(number.value, bound, known)
  const worked = derived(typed, place, sentence, known, bound, looseness, shown)
  if (worked !== 'none') return worked
  const metrics = metricOf(sentence, place, (some) => known.figures.some((figure) => figure.fact.metric !== undefined && some.has(figure.fact.metric) && fits(unit, figure)))
  const stat = statOf(sentence, place)
  const right = known.figures.filter((figure) => isValue(typed, figure, place, sentence, looseness, bound, metrics) && isOfMetric(figure, metrics) && isOfStat(figure, stat))
  const found = apart(bound).map((one) => right.find((figure) => isAbout(figure, one)))
  const facts = found.flatMap((figure) => (figure ? [figure.fact] : []))
  if (facts.length === found.length) return { facts: [...new Set(facts)] }
  return { wrong: right.length > 0 && typed.digits > 1 ? 'subject' : 'typed' }
}

/** `measured three times` */
const REPEATED = /\b(?:measured|repeated|repeats?|ran|run|tested|sampled|tried)\s+(?:only |it |them )?[*_]*$/i

function repeated(times: number, bound: Bound, { figures }: KnownFigures): Decided {
  const found = figures.find((figure) => figure.role === 'n' && figure.value === times && isAbout(figure, bound))
  return found ? { facts: [found.fact] } : { wrong: 'typed' }
}

/** Counts of files and the like are about no name. */
function isAbout({ about, unit }: Figure, bound: Bound): boolean {
  if (unit === COUNT && about.names.size === 0) return true
  return agreesWith(about, bound)
}

function isOfMetric({ fact, unit, role }: Figure, metrics: ReadonlySet<string> | undefined): boolean {
  return metrics === undefined || unit === COUNT || role === 'share' || (fact.metric !== undefined && metrics.has(fact.metric))
}

function isOfStat({ stat, unit, fact }: Figure, typed: StatWord | undefined): boolean {
  if (typed === undefined || unit === COUNT) return true
  // Of one sample, all statistics are the same.
  if (fact.n === 1 || fact.stat === undefined || fact.stat === 'value') return true
  if ((typed === 'max' || typed === 'min') && (fact.kind === 'best' || fact.kind === 'worst')) return true
  return stat === typed
}

function isValue(number: TypedNumber, figure: Figure, place: Place, { text, names }: Sentence, looseness: Looseness, bound: Bound, metrics: ReadonlySet<string> | undefined): boolean {
  const { unit } = number
  if (figure.unit === COUNT) {
    if (unit && unit.unit !== COUNT && !/^\{\w+\}$/.test(unit.unit)) return false
    if (!agrees(number, figure.value, looseness) || !Number.isInteger(figure.value)) return false
    // `188 of the 210 configurations`: both count the same.
    const rest = text.slice(place.end, place.end + 80).replace(WHOLE, ' ')
    const after = rest.split(/[.;,|:]|\d/)[0] ?? ''
    const before = text.slice(Math.max(0, place.start - 40), place.start).split(/[.;|]|\d/).at(-1) ?? ''
    const typed = text.slice(place.start, place.end)
    if (figure.role === 'n' && /\bn\s*[=:]\s*$/i.test(before)) return true
    return figure.role === 'n' ? countsSuch(typed, after, figure.words ?? '') : countsTheSame(typed, after, before, figure.words ?? '', figure.role === 'told')
  }
  if (figure.role === 'apart' || figure.role === 'place') return false
  if (unit) return fits(unit, figure) && agrees(number, Math.abs(figure.value) / unit.factor, looseness, figure.step / unit.factor)
  if (figure.role !== 'main' && figure.role !== 'told') return false
  const named = (names.length > 0 || bound.size > 0) && metrics !== undefined
  if (number.digits < (named ? NAMED_DIGITS : TELLING_DIGITS)) return false
  return agrees(number, Math.abs(figure.value), looseness, figure.step) || (figure.shown !== undefined && agrees(number, Math.abs(figure.shown), looseness))
}

/** Units of one dimension; multiples are ratios, which have unit 1. */
export function fits(unit: TypedUnit | undefined, { fact, unit: own, role }: Pick<Figure, 'fact' | 'unit' | 'role'>): boolean {
  if (unit === undefined) return true
  if (unit.unit === MULTIPLE) return own === MULTIPLE || (own === '1' && role === 'main' && fact.kind === 'ratio')
  if (unit.unit === '1') return own === '1' && fact.kind !== 'ratio'
  return unit.unit === own
}

const WHOLE = /^\s*(?:out )?of\s+(?:the\s+|all\s+)?[\d,]+\s/
const BETWEEN_NUMBERS = /^\s*(?:-|–|—|to|and|or|\/|vs\.?|versus|against|bis|und|a|y|,|,\s*and)\s*[*_`~]*$/i

/** `between 46.5 and 295 tok/s`, `a factor of 6.34`, `TTFT (ms)` in a header. */
function unitAround(place: Place, { text, places, header }: Sentence): TypedUnit | undefined {
  const before = text.slice(0, place.start)
  if (/\bfactors? of\s*[*_`~]*(?:about |roughly |around )?[*_`~]*$/i.test(before)) return { unit: MULTIPLE, factor: 1 }
  for (let at = places.indexOf(place); at >= 0 && at + 1 < places.length; at += 1) {
    const [one, next] = [places[at], places[at + 1]]
    if (!one || next?.token.claim?.kind !== 'number' || !BETWEEN_NUMBERS.test(text.slice(one.end, next.start))) break
    const unit = next.token.claim.number.unit
    if (unit) return unit.unit === COUNT ? undefined : unit
  }
  const cell = header?.[cellAt(text, place.start)]?.text
  const shown = cell === undefined ? undefined : (/[([]([^)\]]+)[)\]]\s*$/.exec(cell)?.[1] ?? /_(ms|s|us|ns)$/.exec(cell)?.[1])
  const reading = shown === undefined ? 'none' : readUnit(shown.replaceAll('\\', ''), true)
  return typeof reading === 'object' ? reading.typed : undefined
}

const STAT_BEFORE = 40
const STAT_AFTER = 24

function statOf({ text, header }: Sentence, place: Place): StatWord | undefined {
  const cell = header?.[cellAt(text, place.start)]?.text
  if (cell !== undefined) return readStat(cell)
  const before = text.slice(Math.max(0, place.start - STAT_BEFORE), place.start).split(/[,;|]|\d(?!\d*th)/).at(-1) ?? ''
  const after = text.slice(place.end, place.end + STAT_AFTER).split(/[,;|.]|\d(?!\d*th)/)[0] ?? ''
  return readStat(before) ?? (/^\s*(?:\(|on|in the|at the|by the|as)?\s*(?:the )?(?:reported )?\(?(?:mean|median|average|p\d|max|min|typical)/i.test(after) ? firstStat(after) : undefined)
}
