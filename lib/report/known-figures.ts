/** Every number that the facts state, with what it says: the value itself, what stands behind it, and what a fact's sentence adds. */

import type { AttributeValue } from '../record/metric-record.js'
import { NAMES_OF_MODEL } from '../fact/family.js'
import type { Fact } from '../fact/fact.js'
import { formatQuantity } from '../record/quantity.js'
import { readStat, type StatWord } from './stat-words.js'
import { nameFinder, squeeze, type NameFinder, type Name } from './names.js'
import { namesNoun } from './count-words.js'
import type { TypedNumber } from './typed-number.js'
import { COUNT, MULTIPLE } from './unit-words.js'

/**
 * `n`: samples behind it; `times`: an outlier's distance; `share`: of a count in its whole; `told`: in the fact's sentence only; `apart`: a
 * difference, which nothing has as its value; `place`: a rank.
 */
export type FigureRole = 'main' | 'n' | 'times' | 'share' | 'told' | 'apart' | 'place'

export interface Figure {
  readonly fact: Fact
  readonly about: About
  readonly role: FigureRole
  readonly value: number
  /** UCUM, or `count`. */
  readonly unit: string
  /** A figure of a sentence is rounded to this; 0 for an exact one. */
  readonly step: number
  readonly stat?: StatWord
  /** What a count counts, in words of the fact. */
  readonly words?: string
  /** The value as shown in its display unit, for a number typed without one. */
  readonly shown?: number
}

/** The names a fact is about, by dimension; of a ratio both sides, and each of them alone. */
export interface About {
  readonly names: ReadonlyMap<string, ReadonlySet<string>>
  readonly who?: ReadonlySet<string>
  readonly than?: ReadonlySet<string>
}

export interface KnownFigures {
  readonly figures: readonly Figure[]
  readonly find: NameFinder
  about(fact: Fact): About
}

/** A number in a fact's sentence, with the text around it. */
export interface Told {
  readonly number: TypedNumber
  readonly before: string
  readonly after: string
}

/** `told` reads the numbers of a sentence. */
export function knownFigures(facts: readonly Fact[], told: (sentence: string) => readonly Told[]): KnownFigures {
  const find = nameFinder(namesOf(facts))
  const abouts = new Map(facts.map((fact) => [fact, aboutOf(fact, find)]))
  const nothing: About = { names: new Map() }
  const about = (fact: Fact) => abouts.get(fact) ?? nothing
  return { figures: facts.flatMap((fact) => figuresOf(fact, about(fact), told)), find, about }
}

export function isCount({ stat, unit, value, kind }: Fact): boolean {
  return stat === 'count' || (/^(?:|1|\{\w+\})$/.test(unit) && Number.isInteger(value) && COUNTING.has(kind))
}

export function dimensionOf(key: string): string {
  return NAMES_OF_MODEL.has(key) ? 'model' : key
}

export function canonical(key: string, value: AttributeValue): string {
  const text = squeeze(String(value))
  return typeof value === 'string' && /\p{L}/u.test(text) && text.length > 1 ? text : squeeze(key) + text
}

const COUNTING: ReadonlySet<string> = new Set(['inventory', 'failures', 'no-unit', 'no-numbers', 'problems', 'copies', 'gap'])

function namesOf(facts: readonly Fact[]): Name[] {
  return facts.flatMap(({ group = {} }) => Object.entries(group).map(([key, value]) => ({ dimension: dimensionOf(key), key, value, canonical: canonical(key, value) })))
}

function aboutOf(fact: Fact, find: NameFinder): About {
  const names = new Map<string, Set<string>>()
  const add = (dimension: string, name: string) => void (names.get(dimension) ?? names.set(dimension, new Set()).get(dimension))?.add(name)
  for (const [key, value] of Object.entries(fact.group ?? {})) add(dimensionOf(key), canonical(key, value))
  const side = (text: string | undefined): Set<string> => {
    const found = find(text ?? '')
    for (const { names: some } of found) for (const { dimension, name } of some) add(dimension, name)
    return new Set(found.flatMap((one) => one.names.map(({ name }) => name)))
  }
  if (fact.than === undefined) return { names }
  return { names, who: side(fact.who), than: side(fact.than) }
}

const ONE_SUBJECT: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['key-figure', 'best', 'worst', 'outlier', 'spread', 'cold-start', 'freshness'])
/** Their value is a factor. */
const FACTORS: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['cold-start', 'between-runs', 'disagreement'])
const ROLES: { readonly [Kind in Fact['kind']]?: FigureRole } = { delta: 'apart', rank: 'place' }

function figuresOf(fact: Fact, about: About, told: (sentence: string) => readonly Told[]): Figure[] {
  const count = isCount(fact)
  const stat = readStat(fact.stat ?? '')
  const shown = Number(formatQuantity(fact.value, fact.unit).text)
  const isFactor = !count && FACTORS.has(fact.kind)
  const role = ROLES[fact.kind] ?? (isFactor ? 'times' : 'main')
  const main: Figure = { fact, about, role, value: fact.value, unit: count ? COUNT : isFactor ? MULTIPLE : fact.unit, step: 0, ...(stat ? { stat } : {}), ...(count ? { words: fact.subject.toLowerCase() } : { shown }) }
  const more: Figure[] = []
  if (fact.n !== undefined) {
    const words = count ? `${fact.subject} ${fact.sentence}`.toLowerCase() : fact.kind === 'ratio' ? (/pairs/.test(fact.sentence) ? 'pairs' : 'configurations') : 'samples runs measurements values answers'
    more.push({ fact, about, role: 'n', value: fact.n, unit: COUNT, step: 0, words })
    if (count && fact.n >= fact.value && fact.n > 0) more.push({ fact, about, role: 'share', value: fact.value / fact.n, unit: '1', step: 0 })
  }
  if (fact.times !== undefined) more.push({ fact, about, role: 'times', value: fact.times, unit: MULTIPLE, step: 0 })
  // Where two things stand in a sentence, whose number is whose is not plain from it; and one that is disputed backs nothing.
  if (count || ONE_SUBJECT.has(fact.kind)) for (const one of told(fact.sentence)) more.push(...toldFigure(fact, about, one))
  return [main, ...more]
}

function toldFigure(fact: Fact, about: About, { number, before, after }: Told): Figure[] {
  const { unit, value, step } = number
  if (!Number.isFinite(value)) return []
  const stat = readStat(before.slice(-26)) ?? (/\bfrom $/.test(before) ? 'min' : /\bfrom [^ ]+(?: [^ ]+)? to $/.test(before) ? 'max' : undefined)
  if (unit && unit.unit !== COUNT) return [{ fact, about, role: 'told', value: value * unit.factor, unit: unit.unit, step: step * unit.factor, ...(stat ? { stat } : {}) }]
  if (!Number.isInteger(value)) return [{ fact, about, role: 'told', value, unit: fact.unit, step, ...(stat ? { stat } : {}) }]
  // What is counted stands behind a number as a rule; up to the next number, which counts something else.
  const behind = after.split(/\d/)[0]?.split(' ').slice(0, 7).join(' ') ?? ''
  const words = (namesNoun(behind) ? behind : `${before.split(' ').slice(-4).join(' ')} ${behind}`).toLowerCase()
  return [{ fact, about, role: 'told', value, unit: COUNT, step: 0, words }]
}
