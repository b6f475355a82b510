/** A cell's text as a number with its unit; strict, so that a date, a version or an id never passes for one. */

import { baseUnit } from './units.js'

export interface NumberReading {
  readonly value: number
  /** As spelled in the text. */
  readonly unitText?: string
  /** What stands after `±`, in the same unit. */
  readonly spread?: number
  /** False for `~5`, `≈5`. */
  readonly exact: boolean
  /** `<5` and `>5` only bound the value. */
  readonly bound?: '<' | '>'
  /** `±5` alone: the text is a spread without a value. */
  readonly spreadOnly?: boolean
  /** A statistic named behind the number: `33% average`. */
  readonly statistic?: string
}

export interface NumberOptions {
  /** Default `.`; with `,` a point groups thousands. */
  readonly decimal?: '.' | ','
}

const LONGEST = 100
/** What nearly all cells hold, as programs write it. */
const PLAINEST = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const GROUPED = String.raw`\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{2},\d{3}|\d{1,3}(?:['\u00a0\u202f\u2009]\d{3})+`
const PLAIN = String.raw`(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?`
const DIGITS = String.raw`(?:${GROUPED})(?:\.\d+)?|${PLAIN}`
const HEAD = new RegExp(String.raw`^([~≈<>≤≥±]|<=|>=|\+\/-|approx\.?\s|ca\.?\s)?\s*([+\-−–])?\s*([$€£])?\s*(${DIGITS})`, 'i')
const SPREAD = new RegExp(String.raw`^\(?\s*(?:±|\+\/-|\+-)\s*(${DIGITS})\s*(.*?)\)?$`)
const COMPARED = /\s+(?:faster|slower|smaller|larger|bigger|higher|lower|better|worse|more|less|increase|decrease|improvement|reduction|gain|loss)$/i
const STATISTIC = /\s+(average|avg|mean|median|peak|max|min|maximum|minimum)$/i
const DURATION = /^(?:\d+(?:\.\d+)?\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|ms)\s*){2,4}$/i

/** `undefined` for everything that is not one single number: ranges, dates, ids, sentences. */
export function readNumber(text: string, options: NumberOptions = {}): NumberReading | undefined {
  if (text.length > LONGEST) return undefined
  if (options.decimal !== ',' && PLAINEST.test(text)) return { value: Number(text), exact: true }
  const clean = strip(text)
  const first = clean.charCodeAt(0)
  // Most cells that are not numbers begin with a letter; leave before the expressions run.
  if (Number.isNaN(first) || (first >= 65 && first <= 122 && !/^(?:approx|ca)[.\s]/i.test(clean))) return undefined
  if (DURATION.test(clean)) return readDuration(clean)
  const read = HEAD.exec(options.decimal === ',' ? swapDecimal(clean) : clean)
  if (!read) return undefined
  const [whole, mark = '', sign = '', currency, digits = ''] = read
  const value = parse(digits) * (sign === '-' || sign === '−' || sign === '–' ? -1 : 1)
  if (!Number.isFinite(value)) return undefined
  const rest = clean.slice(whole.length)
  // `1.2.3`, `2025-10-08`, `512x512`, `3/5`: more of the same word follows.
  if (/^[.,\-–—/:_]?\d|^[-–—]/.test(rest)) return undefined
  const tail = readTail(rest.trim(), currency)
  if (!tail) return undefined
  const { unitText = currency } = tail
  return {
    value,
    ...(unitText === undefined ? {} : { unitText }),
    ...(tail.spread === undefined ? {} : { spread: tail.spread }),
    exact: mark === '' || mark === '±' || mark === '+/-',
    ...(/^[<≤]/.test(mark) ? { bound: '<' as const } : /^[>≥]/.test(mark) ? { bound: '>' as const } : {}),
    ...(mark === '±' || mark === '+/-' ? { spreadOnly: true } : {}),
    ...(tail.statistic === undefined ? {} : { statistic: tail.statistic }),
  }
}

/** Leftover emphasis, ticks and medals, footnote marks and trend arrows say nothing about the number. */
function strip(text: string): string {
  return text
    .trim()
    .replace(/^(?:\*\*|__|`|[↑↓▲▼→⬆⬇]\s*)+/, '')
    .replace(/(?:\s*(?:\*+|__|`|†|‡|§|[¹²³⁴⁵⁶⁷⁸⁹]|\[\^?\w{1,4}\]|[↑↓▲▼→⬆⬇✓✔✗✘]|\p{Extended_Pictographic}\uFE0F?))+$/u, '')
    .replace(/\*\*/g, '')
    .trim()
}

interface Tail {
  readonly unitText?: string
  readonly spread?: number
  readonly statistic?: string
}

/** What stands behind the digits; `currency` stood before them and is part of the unit: `$0.50/hr`. */
function readTail(rest: string, currency = ''): Tail | undefined {
  if (rest === '') return {}
  const spread = SPREAD.exec(rest)
  if (spread) return spreadTail(spread)
  // A remark in brackets explains, it does not change the number.
  const bare = rest.replace(/\s*\([^()]*\)?$/, '').trim()
  if (bare !== rest) return readTail(bare, currency)
  const inner = rest.search(/\s*(?:±|\+\/-)/)
  if (inner > 0) {
    const unitText = rest.slice(0, inner).trim()
    const behind = SPREAD.exec(rest.slice(inner).trim())
    if (!behind || baseUnit(unitText) === undefined) return undefined
    const tail = spreadTail(behind)
    // `12 ms ± 2%` is relative, and not said to be a standard deviation.
    if (!tail || (tail.unitText !== undefined && tail.unitText !== unitText)) return { unitText }
    return { ...tail, unitText }
  }
  const statistic = STATISTIC.exec(rest)?.[1]
  const unit = rest.replace(STATISTIC, '').replace(COMPARED, '').trim()
  const whole = `${currency}${unit}`
  if (unit !== '' && baseUnit(whole) === undefined) return undefined
  return { ...(unit === '' ? {} : { unitText: whole }), ...(statistic === undefined ? {} : { statistic: statistic.toLowerCase() }) }
}

function spreadTail([, digits = '', unit = '']: readonly string[]): Tail | undefined {
  const unitText = unit.replace(/\s*\(.*$/, '').trim()
  if (unitText !== '' && baseUnit(unitText) === undefined) return undefined
  const spread = parse(digits)
  if (!Number.isFinite(spread)) return undefined
  return { spread, ...(unitText === '' ? {} : { unitText }) }
}

function parse(digits: string): number {
  return Number(digits.replace(/[,'\u00a0\u202f\u2009]/g, ''))
}

function swapDecimal(text: string): string {
  return text.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','))
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 }

/** `1m 20s`, `1h2m`: falling units of time, given in seconds. */
function readDuration(text: string): NumberReading | undefined {
  let total = 0
  let last = Infinity
  for (const [, digits = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const seconds = unit.toLowerCase().startsWith('ms') ? 0.001 : (SECONDS[unit.charAt(0).toLowerCase()] ?? NaN)
    if (!(seconds < last)) return undefined
    total += Number(digits) * seconds
    last = seconds
  }
  return Number.isFinite(total) ? { value: total, unitText: 's', exact: true } : undefined
}
