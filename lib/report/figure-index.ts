/** The facts as the scanner asks for them: by id, and by the names and settings whose digits are no figures. */

import type { Fact } from '../fact/fact.js'
import { readDigits } from './typed-number.js'
import { readUnit } from './unit-words.js'

export interface FigureIndex {
  get(id: string): Fact | undefined
  /** Names from the data that hold digits, by their first sign in lower case, longest first, in lower case. */
  readonly names: ReadonlyMap<string, readonly string[]>
  /** True when `before` ends with a setting's name and `text` is a value it had: `num_gpu = 80`. */
  isSetting(before: string, text: string): boolean
}

const LONGEST_NAME = 120
const MOST_NAMES = 20_000
/** `num_gpu=`, `batch size of `, `num_gpu`: ` */
const SETTING_BEFORE = /(\p{L}[\p{L}\p{N}_. -]*?)[`"'*]*\s*(?:=|:|\bof|\bis|\bat|\bto)?\s*[`"'*]*$/u
/** The other value of a setting: `num_gpu 80 instead of 60`. */
const OTHER_VALUE = /(?:instead of|rather than|to|than|and|or|versus|vs\.?|against|with)\s+$/

export function indexFigures(facts: readonly Fact[]): FigureIndex {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  const settings = settingsOf(facts)
  const isValueOf = (before: string, text: string): boolean => {
    const key = SETTING_BEFORE.exec(before.slice(-60))?.[1]
    if (key === undefined) return false
    const words = settingWords(key)
    return words.some((_, from) => settings.get(words.slice(from).join('_'))?.has(text) ?? false)
  }
  return {
    get: (id) => byId.get(id),
    names: namesOf(facts),
    isSetting(before, text) {
      if (isValueOf(before, text)) return true
      const other = OTHER_VALUE.exec(before)?.[0]
      if (other === undefined) return false
      const first = before.slice(0, -other.length).replace(/[\s`"'*]+$/, '')
      const value = /[^\s=:]+$/.exec(first)?.[0] ?? ''
      return value !== '' && isValueOf(first.slice(0, -value.length), value) && isValueOf(first.slice(0, -value.length), text)
    },
  }
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
      // `heron:7b` of `heron:7b-q4_0`
      const dash = word.indexOf('-')
      if (dash > 0 && word.includes(':')) add(word.slice(0, dash))
      for (const part of word.split(/[:/\\]/)) {
        add(part)
        for (const piece of [...part.split(/[-_.]/), ...part.split('-')]) if (/^\p{L}|\d\p{L}/u.test(piece)) add(piece)
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
