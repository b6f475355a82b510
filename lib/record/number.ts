/** A cell's text as a number with its unit; strict, so that a date, a version or an id never passes for one. */

import { strip } from './decoration.js'
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
  /** A statistic named behind the number: `33% average`, `12 ms (p99)`. */
  readonly statistic?: string
  /** A number alone in brackets behind it: `0.81 (0.02)`. */
  readonly aside?: number
  /** The letter that multiplied the value: `12.3k` is 12300. */
  readonly scaled?: string
}

export interface NumberOptions {
  /** Default `.`; with `,` a point groups thousands. */
  readonly decimal?: '.' | ','
}

const LONGEST = 100
/** What nearly all cells hold, as programs write it. */
const PLAINEST = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const GROUPED = String.raw`\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{2},\d{3}|\d{1,3}(?:['’\u00a0\u202f\u2009]\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d{1,3}(?:_\d{3})+`
/** Both signs in one number: a point, or a space, groups, and the comma is the decimal one. */
const CONTINENTAL = String.raw`\d{1,3}(?:[. '\u00a0\u202f\u2009]\d{3})+,\d+`
const PLAIN = String.raw`(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?`
const DIGITS = String.raw`${CONTINENTAL}|(?:${GROUPED})(?:\.\d+)?|${PLAIN}`
const HEAD = new RegExp(String.raw`^([~≈<>≤≥±]|<=|>=|\+\/-|approx\.?\s|ca\.?\s)?\s*([+\-−–])?\s*([$€£])?\s*(${DIGITS})`, 'i')
const SPREAD = new RegExp(String.raw`^\(?\s*(?:±|\+\/-|\+-)\s*(${DIGITS})\s*(.*?)\)?$`)
const COMPARED = /\s+(?:faster|slower|smaller|larger|bigger|higher|lower|better|worse|more|less|increase|decrease|improvement|reduction|gain|loss)$/i
/** `250 output tok/s`: what is written so is counted anyway. */
const OF_OUTPUT = /^(?:output|generated|completion|new)\s+(?=tok)/i
const STATISTIC = /\s+(?:(average|avg|mean|median|peak|max|min|maximum|minimum|p\d{2}(?:\.\d)?)|\((average|avg|mean|median|peak|max|min|maximum|minimum|p\d{2}(?:\.\d)?)\))$/i
/** Minutes and seconds, or with hours where they are 0: `14:05:33` is a time of day. */
const CLOCK = /^(?:0?0:[0-5]\d:[0-5]\d(?:\.\d+)?|[0-5]?\d:[0-5]\d\.\d+)$/
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
  if (CLOCK.test(clean)) return readClock(clean)
  const read = HEAD.exec(options.decimal === ',' ? swapDecimal(clean) : clean)
  if (!read) return undefined
  const [whole, mark = '', sign = '', currency, digits = ''] = read
  const value = parse(digits) * (sign === '-' || sign === '−' || sign === '–' ? -1 : 1)
  if (!Number.isFinite(value)) return undefined
  const rest = clean.slice(whole.length)
  // `1.2.3`, `2025-10-08`, `512x512`, `3/5`: more of the same word follows.
  if (/^[.,\-–—/:_]?\d|^[-–—]/.test(rest)) return undefined
  // `18.x` is any version that begins so.
  if (digits.endsWith('.') && /^[a-z]/i.test(rest)) return undefined
  const tail = readTail(rest.trim(), currency)
  if (!tail) return undefined
  const { unitText = currency } = tail
  return {
    value: tail.scaled === undefined ? value : value * (SCALES[tail.scaled] ?? 1),
    ...(unitText === undefined ? {} : { unitText }),
    ...(tail.spread === undefined ? {} : { spread: tail.spread }),
    exact: mark === '' || mark === '±' || mark === '+/-',
    ...(/^[<≤]/.test(mark) ? { bound: '<' as const } : /^[>≥]/.test(mark) ? { bound: '>' as const } : {}),
    ...(mark === '±' || mark === '+/-' ? { spreadOnly: true } : {}),
    ...(tail.statistic === undefined ? {} : { statistic: tail.statistic }),
    ...(tail.aside === undefined ? {} : { aside: tail.aside }),
    ...(tail.scaled === undefined ? {} : { scaled: tail.scaled }),
  }
}

const ELAPSED = /^\s*(?:(\d{1,3})-)?(\d{1,4}):([0-5]\d):([0-5]\d(?:\.\d+)?)\s*$/

/** `01:15:46`, `2-01:15:46` under a title that says it is no time of day: hours, minutes and seconds, in seconds. */
export function readElapsed(text: string): NumberReading | undefined {
  if (text.length > LONGEST) return undefined
  const [whole, days = '0', hours, minutes, seconds] = ELAPSED.exec(text) ?? []
  return whole === undefined ? undefined : { value: ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds), unitText: 's', exact: true }
}

/** Names under which such a text is how long something took. */
export const ELAPSED_NAME = /^(?:\w+_)?(?:elapsed|elapsed_time|duration|wall_?time|wall_?clock|cpu_?time|run_?time)$/

/** `7B`, `1.5B`: parts of a byte there are none, and sizes in bytes are powers of two, or round. */
export function isBillions(text: string): boolean {
  const number = Number(/^(\d{1,4}(?:\.\d+)?)B$/.exec(text.trim())?.[1] ?? NaN)
  return !Number.isNaN(number) && (!Number.isInteger(number) || (number % 10 !== 0 && !Number.isInteger(Math.log2(number))))
}

interface Tail {
  readonly unitText?: string
  readonly spread?: number
  readonly statistic?: string
  readonly aside?: number
  readonly scaled?: string
}

const SCALES: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6 }
const ASIDE = new RegExp(String.raw`\(\s*(${DIGITS})\s*\)$`)

/** What stands behind the digits; `currency` stood before them and is part of the unit: `$0.50/hr`. */
function readTail(behind: string, currency = ''): Tail | undefined {
  if (behind === '') return {}
  // `12 ms (± 1 ms)`
  const rest = behind.replace(/\(\s*((?:±|\+\/-|\+-)[^()]*)\)/, '$1')
  const spread = SPREAD.exec(rest)
  if (spread) return spreadTail(spread)
  // A remark in brackets explains, it does not change the number.
  const [, spoken, bracketed] = STATISTIC.exec(rest) ?? []
  const statistic = spoken ?? bracketed
  const bare = rest.replace(/\s*(?:\([^()]*\)?|\[[^[\]]*\])$/, '').trim()
  if (bare !== rest) {
    // `1.234 [ms] (mean)`
    const unitText = bare === '' ? (/^\[([^[\]]+)\]$/.exec(rest)?.[1] ?? /^\((?!m(?:in|ax)\))([a-zA-Zµμ°]{2,}(?:\/[a-zA-Z]+)?|s|%)\)$/.exec(rest)?.[1]) : undefined
    if (unitText !== undefined && baseUnit(unitText) !== undefined) return { unitText }
    const tail = readTail(bare, currency)
    const aside = ASIDE.exec(rest)?.[1]
    return tail && { ...tail, ...(aside === undefined || tail.spread !== undefined ? {} : { aside: parse(aside) }), ...(statistic === undefined || tail.statistic !== undefined ? {} : { statistic: statistic.toLowerCase() }) }
  }
  const inner = rest.search(/\s*(?:±|\+\/-)/)
  if (inner > 0) {
    const unitText = rest.slice(0, inner).trim()
    const spreading = SPREAD.exec(rest.slice(inner).trim())
    if (!spreading || baseUnit(unitText) === undefined) return undefined
    const tail = spreadTail(spreading)
    // `12 ms ± 2%` is relative, and not said to be a standard deviation.
    if (!tail || (tail.unitText !== undefined && tail.unitText !== unitText)) return { unitText }
    return { ...tail, unitText }
  }
  const unit = rest.replace(STATISTIC, '').replace(COMPARED, '').replace(OF_OUTPUT, '').trim()
  const whole = `${currency}${unit}`
  if (Object.hasOwn(SCALES, unit) && currency === '') return { scaled: unit, ...(statistic === undefined ? {} : { statistic: statistic.toLowerCase() }) }
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
  const plain = CONTINENTAL_ALONE.test(digits) ? digits.replace(/[.]/g, '').replace(',', '.') : digits
  return Number(plain.replace(/[,'’_ \u00a0\u202f\u2009]/g, ''))
}

const CONTINENTAL_ALONE = new RegExp(`^(?:${CONTINENTAL})$`)

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

/** `1:23.45`, `00:01:23`: in seconds. */
function readClock(text: string): NumberReading {
  return { value: text.split(':').reduce((total, part) => total * 60 + Number(part), 0), unitText: 's', exact: true }
}
