/** The facts as a checker asks for them: by id, by value, and by the names and settings they speak of. */

import type { Fact } from '../fact/fact.js'
import { formatQuantity } from '../record/quantity.js'
import { readDigits, type TypedNumber } from './typed-number.js'
import { subjectsOf } from './spoken-of.js'
import { COUNT, MULTIPLE, readUnit, type TypedUnit } from './unit-words.js'

export interface FigureIndex {
  get(id: string): Fact | undefined
  /**
   * The first fact whose value is `number` at its printed precision. Where the sentence before the number names a metric or
   * something that was measured, only facts about that count: a right value of something else proves nothing.
   */
  match(number: TypedNumber, before: string): Fact | undefined
  /** Names from the data that hold digits, by their first sign in lower case, longest first, in lower case. */
  readonly names: ReadonlyMap<string, readonly string[]>
  /** True when `before` ends with a setting's name and `text` is a value it had: `num_gpu = 80`. */
  isSetting(before: string, text: string): boolean
}

const LONGEST_NAME = 120
const MOST_NAMES = 20_000
/** Without a unit, a number with fewer digits than this says nothing about a figure that has one. */
const TELLING_DIGITS = 3
const ROUNDING = 1 + 1e-9
/** `num_gpu=`, `batch size of `, `num_gpu`: ` */
const SETTING_BEFORE = /(\p{L}[\p{L}\p{N}_. -]*?)[`"'*]*\s*(?:=|:|\bof|\bis|\bat|\bto)?\s*[`"'*]*$/u

export function indexFigures(facts: readonly Fact[]): FigureIndex {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  const settings = settingsOf(facts)
  const speakOf = subjectsOf(facts)
  const figures = facts.map((fact) => ({ fact, shown: Number(formatQuantity(fact.value, fact.unit).text.replace(/[^0-9.eE+-]/g, '')) }))
  return {
    get: (id) => byId.get(id),
    match(number, before) {
      const spoken = speakOf(before)
      return figures.find(({ fact, shown }) => agrees(number, fact, shown) && spoken(fact))?.fact
    },
    names: namesOf(facts),
    isSetting(before, text) {
      const key = SETTING_BEFORE.exec(before.slice(-60))?.[1]
      if (key === undefined) return false
      const words = settingWords(key)
      return words.some((_, from) => settings.get(words.slice(from).join('_'))?.has(text) ?? false)
    },
  }
}

function agrees(number: TypedNumber, fact: Fact, shown: number): boolean {
  const { unit } = number
  if (unit) {
    if (unit.unit === COUNT) return isCount(fact) ? near(number, fact.value) : fact.n !== undefined && near(number, fact.n)
    return fits(unit, fact) && near(number, Math.abs(fact.value) / unit.factor)
  }
  if (fact.n !== undefined && Number.isInteger(number.value) && number.value === fact.n) return true
  if (isCount(fact) && number.digits < TELLING_DIGITS && Number.isInteger(fact.value)) return number.value === fact.value
  if (number.digits < TELLING_DIGITS) return false
  return near(number, Math.abs(fact.value)) || near(number, Math.abs(shown))
}

/** Units of one dimension; multiples are ratios, which have unit 1. */
export function fits(unit: TypedUnit, fact: Fact): boolean {
  if (unit.unit === MULTIPLE) return fact.unit === '1' && (fact.kind === 'ratio' || fact.kind === 'spread')
  if (unit.unit === '1') return fact.unit === '1' && !isCount(fact)
  return unit.unit === fact.unit
}

function isCount(fact: Fact): boolean {
  return fact.stat === 'count' || (/^(?:|1|\{\w+\})$/.test(fact.unit) && Number.isInteger(fact.value) && COUNTING.has(fact.kind))
}

const COUNTING: ReadonlySet<string> = new Set(['inventory', 'failures', 'no-unit', 'no-numbers', 'problems', 'copies', 'gap'])

function near(number: TypedNumber, value: number): boolean {
  return Math.abs(number.value - value) <= (number.step / 2) * ROUNDING
}

function settingsOf(facts: readonly Fact[]): Map<string, Set<string>> {
  const settings = new Map<string, Set<string>>()
  const add = (key: string, value: unknown) => {
    const name = settingWords(key).join('_')
    const values = settings.get(name) ?? new Set<string>()
    values.add(String(value))
    settings.set(name, values)
  }
  for (const fact of facts) {
    for (const attributes of attributesOf(fact)) for (const [key, value] of Object.entries(attributes)) add(key, value)
  }
  return settings
}

function settingWords(key: string): string[] {
  return key.toLowerCase().split(/[\s_.-]+/).filter((word) => word !== '')
}

function attributesOf(fact: Fact): readonly Readonly<Record<string, unknown>>[] {
  return [fact.group ?? {}, ...fact.records.map((record) => record.attributes)]
}

function namesOf(facts: readonly Fact[]): Map<string, string[]> {
  const names = new Set<string>()
  const add = (text: string) => {
    if (names.size >= MOST_NAMES) return
    const lower = text.toLowerCase().trim()
    if (lower.length < 2 || lower.length > LONGEST_NAME || !/\d/.test(lower) || !/\p{L}/u.test(lower)) return
    if (isQuantity(lower)) return
    names.add(lower)
  }
  const addParts = (text: string) => {
    add(text)
    for (const word of text.split(/[\s,;=|()[\]]+/)) {
      add(word)
      for (const part of word.split(/[:/\\]/)) {
        add(part)
        for (const piece of part.split(/[-_.]/)) if (/^\p{L}|\d\p{L}/u.test(piece)) add(piece)
      }
    }
  }
  for (const fact of facts) {
    addParts(fact.metric ?? '')
    for (const attributes of attributesOf(fact)) {
      for (const [key, value] of Object.entries(attributes)) {
        add(key)
        if (typeof value === 'string' && value.length <= LONGEST_NAME) addParts(value)
      }
    }
    for (const file of fact.files) addParts(file)
    for (const record of fact.records) addParts(record.source.file)
  }
  const byFirst = new Map<string, string[]>()
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const first = name.slice(0, 1)
    const list = byFirst.get(first) ?? []
    list.push(name)
    byFirst.set(first, list)
  }
  return byFirst
}

/** `80gb` as a name would let any text say `80 GB`. */
function isQuantity(name: string): boolean {
  const digits = readDigits(name)
  if (!digits) return false
  const unit = readUnit(name.slice(digits.length), true)
  return typeof unit === 'object' && digits.length + unit.length === name.length
}
