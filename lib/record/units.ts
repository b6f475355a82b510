/** From a unit as somebody spelled it to the base unit. */

import { EXACT_UNITS, IN_COMPOUNDS, SCALED_DENOMINATORS, WORD_UNITS, type UnitEntry } from './unit-table.js'

/** What MB means to the tool that wrote the file: 10^6 (`decimal`, the rule) or 2^20 (`binary`, where it is known). */
export type ByteConvention = 'decimal' | 'binary'

export interface BaseValue {
  readonly value: number
  /** UCUM: `s`, `By`, `{token}/s`, `1`. */
  readonly unit: string
}

/**
 * `undefined` when the spelling is not known, or the result would not be finite.
 *
 *     toBase(12, 'ms')       { value: 0.012, unit: 's' }
 *     toBase(3, 'ops/ms')    { value: 3000, unit: '{operation}/s' }
 *     toBase(4, 'GB', 'binary')  { value: 4294967296, unit: 'By' }
 */
export function toBase(value: number, unitText: string, bytes: ByteConvention = 'decimal'): BaseValue | undefined {
  const entry = unitOf(unitText, bytes)
  if (!entry) return undefined
  const converted = scale(value + (entry.offset ?? 0), entry.factor)
  return Number.isFinite(converted) ? { value: converted, unit: entry.base } : undefined
}

/** How numbers spelled in one unit become base values. */
export interface Conversion {
  readonly factor: number
  readonly offset: number
  /** Where the factor is this power of ten. */
  readonly power?: number
}

/** What {@link toBase} does for this spelling, as numbers; `undefined` when it is not known. */
export function conversionOf(unitText: string, bytes: ByteConvention = 'decimal'): Conversion | undefined {
  const entry = unitOf(unitText, bytes)
  if (!entry) return undefined
  const power = entry.factor === 1 ? 0 : POWERS.get(entry.factor)
  return { factor: entry.factor, offset: entry.offset ?? 0, ...(power === undefined ? {} : { power }) }
}

/** @returns NaN where the result would not be finite. */
export function convert(value: number, { factor, offset }: Conversion): number {
  const converted = scale(value + offset, factor)
  return Number.isFinite(converted) ? converted : Number.NaN
}

/** The base unit alone. */
export function baseUnit(unitText: string): string | undefined {
  return unitOf(unitText, 'decimal')?.base
}

const caches = { decimal: new Map<string, UnitEntry | undefined>(), binary: new Map<string, UnitEntry | undefined>() }
/** Spellings come from files; a hostile one must not fill the memory. */
const CACHE_LIMIT = 2000
const LONGEST_SPELLING = 40

function unitOf(unitText: string, bytes: ByteConvention): UnitEntry | undefined {
  if (unitText.length > LONGEST_SPELLING) return undefined
  const cache = caches[bytes]
  const known = cache.get(unitText)
  if (known !== undefined || cache.has(unitText)) return known
  if (cache.size >= CACHE_LIMIT) cache.clear()
  const entry = compound(normalise(unitText), bytes)
  cache.set(unitText, entry)
  return entry
}

function normalise(unitText: string): string {
  return unitText
    .trim()
    .replace(/μ/g, 'µ')
    .replace(/[\s_]+per[\s_]+/gi, '/')
    .replace(/\s*[/／]\s*/g, '/')
    .replace(/(?:·s|\s+s)(?:⁻¹|\^-1|\^\{-1\})$/, '/s')
}

/** `a/b/c`: what stands below the line divides; a rate in another time unit is inverted by that, not multiplied. */
function compound(text: string, bytes: ByteConvention): UnitEntry | undefined {
  const whole = single(text, bytes)
  if (whole) return whole
  const [above, ...below] = text.split('/')
  if (above === undefined || below.length === 0 || below.length > 2) return undefined
  const top = single(above, bytes) ?? IN_COMPOUNDS.get(above.toLowerCase()) ?? multiplied(above, IN_COMPOUNDS)
  if (!top || top.offset !== undefined) return undefined
  let base = top.base
  let factor = top.factor
  for (const part of below) {
    const divisor = denominator(part, bytes)
    if (!divisor || divisor.offset !== undefined || divisor.base === base) return undefined
    factor /= divisor.factor
    // A time per operation is that operation's duration.
    if (base === 's' && REPEATED.test(divisor.base)) continue
    base = `${base}/${divisor.base}`
  }
  return { base, factor }
}

const REPEATED = /^\{(?:operation|iteration|call|token|request|query|step|sample|frame|item|image|batch|epoch|inference|run|test|row|record|message|event|document|transaction|prompt|turn|file|line|word|char|page|task|job|block|generation|sequence|packet)\}$/
const SCALED = /^(\d{1,9})?\s*(k|m|thousand|million|b|billion)?\s*([a-z]{3,})$/i
const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, b: 1e9, billion: 1e9 }

/** `1M tokens`, `1k tok`, `100 requests`, `MTok`. */
function denominator(text: string, bytes: ByteConvention): UnitEntry | undefined {
  const plain = single(text, bytes) ?? IN_COMPOUNDS.get(text.toLowerCase()) ?? SCALED_DENOMINATORS.get(text.toLowerCase())
  if (plain) return plain
  const [, digits = '1', prefix = '', noun = ''] = SCALED.exec(text) ?? []
  const entry = WORD_UNITS.get(noun.toLowerCase()) ?? IN_COMPOUNDS.get(noun.toLowerCase())
  const times = Number(digits) * (SCALES[prefix.toLowerCase()] ?? 1)
  return entry !== undefined && /^\{[^}]*\}$/.test(entry.base) && times > 0 ? { ...entry, factor: entry.factor * times } : undefined
}

const BYTE_POWER = /^([KMGT])(?:B|byte|bytes)(ps)?$/i

function single(text: string, bytes: ByteConvention): UnitEntry | undefined {
  if (bytes === 'binary') {
    const [, power, rate] = BYTE_POWER.exec(text) ?? []
    if (power !== undefined && (rate === undefined || text.includes('B'))) return { base: rate === undefined ? 'By' : 'By/s', factor: 1024 ** ('KMGT'.indexOf(power.toUpperCase()) + 1) }
  }
  return EXACT_UNITS.get(text) ?? WORD_UNITS.get(text.toLowerCase()) ?? multiplied(text) ?? annotation(text)
}

/** `ktok`, `M tokens`, `million requests`: a count by the thousand. */
function multiplied(text: string, nouns: ReadonlyMap<string, UnitEntry> = WORD_UNITS): UnitEntry | undefined {
  const [, prefix = '', noun = ''] = /^([kKMG]|thousand\s|million\s)\s?([a-z]{3,})$/i.exec(text) ?? []
  const entry = noun === '' || /^m$/.test(prefix) ? undefined : nouns.get(noun.toLowerCase())
  const times = prefix === 'G' || prefix === 'g' ? 1e9 : SCALES[prefix.trim().toLowerCase()]
  return entry?.base.startsWith('{') === true && !entry.base.startsWith('{pp') && times !== undefined ? { ...entry, factor: entry.factor * times } : undefined
}

/** UCUM's own way to say what is counted: `{page}`. */
function annotation(text: string): UnitEntry | undefined {
  const noun = /^\{([a-z][\w -]{0,30})\}$/i.exec(text)?.[1]
  return noun === undefined ? undefined : (WORD_UNITS.get(noun.toLowerCase()) ?? { base: `{${noun}}`, factor: 1 })
}

/**
 * A power of ten only moves the point, so it is moved in the text: 4369.26 ms is 4.36926 s, where a division leaves
 * 4.369260000000001.
 */
function scale(value: number, factor: number): number {
  const power = POWERS.get(factor)
  if (power === undefined || value === 0) return value * factor
  const text = String(value)
  return text.includes('e') ? value * factor : Number(`${text}e${power}`)
}

const POWERS: ReadonlyMap<number, number> = new Map([-12, -9, -6, -3, -2, 3, 6, 9, 12].map((power) => [Number(`1e${power}`), power]))
