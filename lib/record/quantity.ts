/** Values in base units as people read them: 0.1175 s is 117.5 ms. Display only; nothing is computed with the result. */

export interface Quantity {
  /** The number alone: `117.5`; plain digits, a point, perhaps a sign or an exponent. */
  readonly text: string
  /** As people write it: `ms`, `tok/s`, `GB`; `""` for a ratio, and when unknown. */
  readonly unit: string
}

/** One display unit, so that several values of a row can be compared at a glance. */
export interface QuantityScale {
  readonly unit: string
  /** The number of a value given in the base unit. */
  format(value: number): string
}

/** Largest first: a display unit, how much of the base unit it is, and from how many of it on it is used (else from one). */
type Rung = readonly [unit: string, size: number, from?: number]
type Ladder = readonly Rung[]

const SIGNIFICANT_DIGITS = 4

/** Seconds stay seconds for a long time: `58.44 s` and `180 s` are read more easily than minutes. */
const LADDERS: ReadonlyMap<string, Ladder> = new Map<string, Ladder>([
  ['s', [['h', 3600, 10], ['min', 60, 10], ['s', 1], ['ms', 1e-3], ['µs', 1e-6], ['ns', 1e-9]]],
  ['By', metric('B', 'PTGMk')],
  ['W', [...metric('W', 'GMk'), ['mW', 1e-3], ['µW', 1e-6]]],
  ['J', [...metric('J', 'GMk'), ['mJ', 1e-3], ['µJ', 1e-6]]],
  ['Hz', metric('Hz', 'GMk')],
  ['{flop}', metric('FLOP', 'PTGMk')],
])

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['1', ''],
  ['By', 'B'],
  ['Cel', '°C'],
  ['{token}', 'tok'],
  ['{request}', 'req'],
  ['{operation}', 'op'],
  ['{query}', 'queries'],
])

/**
 * `unit` is UCUM as in records (`s`, `By`, `{token}/s`, `1`, `""`); bytes are scaled by 1000 (kB, MB, GB). Four significant
 * digits, but no digit before the point is ever rounded away. An unknown unit is shown as it is, without scaling.
 */
export function formatQuantity(value: number, unit: string): Quantity {
  const scale = quantityScale(value, unit)
  return { text: scale.format(value), unit: scale.unit }
}

/** The display unit that suits `reference`, for values that stand beside it. */
export function quantityScale(reference: number, unit: string): QuantityScale {
  if (unit.endsWith(PER_BYTE) && unit !== `By${PER_BYTE}`) return perGigabyte(reference, unit.slice(0, -PER_BYTE.length))
  const slash = unit.indexOf('/')
  const upper = slash < 0 ? unit : unit.slice(0, slash)
  const lower = slash < 0 ? '' : `/${symbol(unit.slice(slash + 1))}`
  const ladder = LADDERS.get(upper)
  if (!ladder) return { unit: symbol(upper) + lower, format: formatNumber }
  const [shown, size] = rung(ladder, reference)
  return { unit: shown + lower, format: (value) => formatNumber(value / size) }
}

const PER_BYTE = '/By'
const GIGABYTE = 1e9

/** Of anything for each byte there is too little to read: `32 tok/s per GB`, not `3.2e-8 tok/s/By`. */
function perGigabyte(reference: number, unit: string): QuantityScale {
  const scale = quantityScale(reference * GIGABYTE, unit)
  return { unit: `${scale.unit} per GB`.trimStart(), format: (value) => scale.format(value * GIGABYTE) }
}

/** Plain number for people: up to four significant digits, whole numbers whole, no trailing zeros. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const rounded = round(value)
  // `-0` would print as such after a sign.
  return rounded === 0 ? '0' : String(rounded)
}

function rung(ladder: Ladder, reference: number): Rung {
  const magnitude = Math.abs(reference)
  const whole = ladder.find(([, size]) => size === 1) ?? ['', 1]
  if (magnitude === 0 || !Number.isFinite(magnitude)) return whole
  // Compared as shown: 0.99999 s is `1 s`, not `1000 ms`.
  return ladder.find(([, size, from]) => round(magnitude / size) >= (from ?? 1)) ?? ladder.at(-1) ?? whole
}

function round(value: number): number {
  if (Number.isInteger(value)) return value
  if (Math.abs(value) >= 10 ** SIGNIFICANT_DIGITS) return Math.round(value)
  return Number(value.toPrecision(SIGNIFICANT_DIGITS))
}

/** UCUM in the short form that people use; annotations lose their braces. */
function symbol(unit: string): string {
  return SYMBOLS.get(unit) ?? unit.replace(/[{}]/g, '')
}

function metric(unit: string, prefixes: string): Ladder {
  const steps = Array.from(prefixes).map((prefix, at): [string, number] => [prefix + unit, 1000 ** (prefixes.length - at)])
  return [...steps, [unit, 1]]
}
