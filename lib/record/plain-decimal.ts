/** A number as programs write it, read from its bytes without making a text of them. */

const POINT = 0x2e
const MINUS = 0x2d
const ZERO = 0x30
/** Beyond, a whole number and a power of ten are no longer exact, and their quotient not the nearest number (Clinger, "How to read floating point numbers accurately", 1990). */
const MOST_DIGITS = 15
const MOST_POWER = 22
const POWERS = Array.from({ length: MOST_POWER + 1 }, (_, power) => Number(`1e${power}`))
/** Smaller ones are written with an exponent. */
const SMALLEST_PLAIN = 1e-6

/** Where the cells of one column stand: two numbers for each, `stride` apart. */
export interface Spans {
  readonly spans: Int32Array
  readonly first: number
  readonly stride: number
  readonly rows: number
}

/** {@link plainDecimal} of a whole column, in one loop: a number that a function returns costs memory. */
export function plainDecimals(bytes: Uint8Array, { spans, first, stride, rows }: Spans, power: number): Float64Array {
  const values = new Float64Array(rows)
  for (let row = 0, at = first; row < rows; row += 1, at += stride) {
    const to = spans[at + 1] as number
    values[row] = to < 0 ? Number.NaN : plainDecimal(bytes, spans[at] as number, to, power)
  }
  return values
}

/**
 * The number times ten to the `power`, exactly as `Number(text + 'e' + power)` gives it. NaN for anything but `-?(0|[1-9]\d*)(\.\d+)?`,
 * and where the result might not be the nearest number: then the text has to be looked at.
 */
export function plainDecimal(bytes: Uint8Array, from: number, to: number, power: number): number {
  let at = from
  const negative = at < to && bytes[at] === MINUS
  if (negative) at += 1
  if (at >= to || to - at > MOST_DIGITS + 1) return Number.NaN
  const start = at
  let mantissa = 0
  let point = -1
  for (; at < to; at += 1) {
    const digit = (bytes[at] as number) - ZERO
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (digit === POINT - ZERO && point < 0 && at > start) point = at
    else return Number.NaN
  }
  if (bytes[start] === ZERO && to - start > 1 && point !== start + 1) return Number.NaN
  const fraction = point < 0 ? 0 : to - point - 1
  if ((point >= 0 && fraction === 0) || to - start - (point < 0 ? 0 : 1) > MOST_DIGITS) return Number.NaN
  const value = shifted(mantissa, fraction, power)
  return negative ? -value : value
}

/** Whole numbers of at most 15 digits, of which `fractions` stand behind the point, `stride` apart. More than {@link MOST_POWER}: not read. */
export interface Shifts {
  readonly mantissas: Float64Array
  readonly fractions: Uint8Array
  readonly first: number
  readonly stride: number
}

/** As many as `into` has room for; NaN as {@link plainDecimal} gives it. In one loop: a number that a function returns costs memory. */
export function shiftedColumn({ mantissas, fractions, first, stride }: Shifts, power: number, into: Float64Array): void {
  for (let row = 0, at = first; row < into.length; row += 1, at += stride) into[row] = shifted(mantissas[at] as number, fractions[at] as number, power)
}

function shifted(mantissa: number, fraction: number, power: number): number {
  const exponent = power - fraction
  if (exponent < -MOST_POWER || exponent > MOST_POWER) return Number.NaN
  if (power !== 0 && mantissa !== 0 && Math.abs(mantissa) < SMALLEST_PLAIN * (POWERS[fraction] as number)) return Number.NaN
  return exponent < 0 ? mantissa / (POWERS[-exponent] as number) : mantissa * (POWERS[exponent] as number)
}
