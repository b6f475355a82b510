/** Digits that are no figures: names from the data, dates, versions, percentile names, ids of figures. A closed list. */

import type { FigureIndex } from './figure-index.js'
import { COUNT, readUnit } from './unit-words.js'

const MONTHS = 'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(' ')
const MONTH = `(?:${MONTHS.join('|')})`
const FORMS: readonly RegExp[] = [
  // 2025-10-02, 2025-10-02T17:08:37.123Z, 2025-10-02 17:08 UTC
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z| ?UTC)?)?/,
  // 17:08, 17:08:37
  /^\d{1,2}:\d{2}(?::\d{2})?/,
  // October 2, 2025; October 2025; 2 October 2025
  new RegExp(`^${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?`, 'i'),
  new RegExp(`^${MONTH}\\.? \\d{4}`, 'i'),
  new RegExp(`^\\d{1,2}(?:st|nd|rd|th)? ${MONTH}\\.?(?:,? \\d{4})?`, 'i'),
  // v1.2, 1.2.3
  /^v\d+(?:\.\d+)*/,
  /^\d+(?:\.\d+){2,}/,
  // p95, p99.9, 95th percentile
  /^[pP]\d{1,2}(?:\.\d+)?/,
  /^\d{1,2}(?:\.\d+)?(?:st|nd|rd|th)[ -]percentiles?/i,
  // Names of number formats and encodings, the same everywhere
  /^(?:fp|bf|int|uint|utf-|sha-?|ipv|base)\d{1,3}/i,
]
/** The beginnings of those forms, whole ones included: what comes next may still make them longer. */
const BEGINNINGS: readonly RegExp[] = [
  /^\d{4}(?:-(?:\d{0,2}|\d{2}-\d{0,2}))$/,
  /^\d{4}-\d{2}-\d{2}[T ](?:\d{0,2}|\d{2}:\d{0,2}|\d{2}:\d{2}:\d{0,2}|\d{2}:\d{2}:\d{2}\.\d{0,9})(?:Z| ?(?:U(?:TC?)?)?)?$/,
  /^\d{1,2}(?::(?:\d{0,2}|\d{2}:\d{0,2}))$/,
  new RegExp(`^${MONTH}\\.?(?: (?:\\d{0,4}|\\d{1,2}(?:s|st|n|nd|r|rd|t|th)?,? ?\\d{0,4}))?$`, 'i'),
  new RegExp(`^\\d{1,2}(?:s|st|n|nd|r|rd|t|th)?(?: (?:${MONTHS.map(opening).join('|')}))?$`, 'i'),
  new RegExp(`^\\d{1,2}(?:st|nd|rd|th)? ${MONTH}\\.?,? ?\\d{0,4}$`, 'i'),
  /^v?\d+(?:\.\d+)*\.?$/,
  /^[pP]\d{1,2}(?:\.\d*)?$/,
  new RegExp(`^\\d{1,2}(?:\\.\\d*)?(?:s|st|n|nd|r|rd|t|th)?(?:[ -]${opening('percentiles')})?$`, 'i'),
]
/** Longest text that a form may have to see: a whole timestamp. */
const FORM_WINDOW = 40
const FIGURE_ID = /^F\d{1,9}/

/** How many characters at the start of `text` are no figure; `more` when what comes next may still change the answer. */
export function readExempt(text: string, ended: boolean, before: string, figures: FigureIndex): number | 'more' {
  if (isWordSign(before.slice(-1))) return 0
  const name = readName(text, ended, figures)
  if (name === 'more') return 'more'
  const form = readForm(text, ended)
  if (form === 'more') return 'more'
  if (form > name) {
    // `1.2.3 ms` or `12:30 minutes` measures something, whatever it looks like.
    const unit = readUnit(text.slice(form), ended)
    if (unit === 'more') return 'more'
    if (unit !== 'none' && unit.typed.unit !== COUNT) return name
  }
  const id = FIGURE_ID.exec(text)?.[0] ?? ''
  const known = id !== '' && figures.get(id) !== undefined && !isWordSign(text.charAt(id.length)) ? id.length : 0
  return Math.max(name, form, known)
}

/** Length of the longest name from the data that `text` starts with. */
export function readName(text: string, ended: boolean, figures: FigureIndex): number | 'more' {
  const names = figures.names.get(text.charAt(0).toLowerCase())
  if (!names) return 0
  const lower = text.slice(0, 130).toLowerCase()
  for (const name of names) {
    if (lower.length <= name.length) {
      if (!ended && name.startsWith(lower)) return 'more'
      if (ended && lower === name) return name.length
      continue
    }
    if (lower.startsWith(name) && !isWordSign(text.charAt(name.length))) return name.length
  }
  return 0
}

function readForm(text: string, ended: boolean): number | 'more' {
  const window = text.slice(0, FORM_WINDOW)
  if (!ended && text.length < FORM_WINDOW && BEGINNINGS.some((beginning) => beginning.test(window))) return 'more'
  let longest = 0
  for (const form of FORMS) {
    const length = form.exec(window)?.[0].length ?? 0
    if (length > longest && !isWordSign(text.charAt(length))) longest = length
  }
  return longest
}

/** A pattern for every beginning of `word`, the empty one included. */
function opening(word: string): string {
  return Array.from(word).reduceRight((inner, sign) => `(?:${sign}${inner})?`, '')
}

function isWordSign(sign: string): boolean {
  return sign !== '' && /[\p{L}\p{N}_]/u.test(sign)
}
