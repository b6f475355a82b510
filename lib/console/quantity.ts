/** Numbers as people read them on one line: counts, bytes, durations, rates. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `4,812` */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 file`, `101 files` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** Decimal units: `1.9 MB`. */
export function bytes(value: number): string {
  const power = powerOf(value)
  return `${scaled(value, power)} ${unitOf(power)}`
}

/** Both in the unit of the larger one: `1.2/1.9 MB`. */
export function bytesOf(part: number, whole: number): string {
  const power = powerOf(Math.max(part, whole))
  return `${scaled(part, power)}/${scaled(whole, power)} ${unitOf(power)}`
}

/** From seconds: `0.4 ms`, `625 ms`, `3.24 s`, `12.7 s`, `1 min 05 s`, `2 h 03 min`. */
export function duration(seconds: number): string {
  if (seconds < 0.00995) return `${(seconds * 1000).toFixed(1)} ms`
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

/** A wait that is still running; its last digit must not flicker between units: `0.4 s`, `3.2 s`, then as `duration`. */
export function waiting(seconds: number): string {
  return seconds < 59.95 ? `${Math.max(0, seconds).toFixed(1)} s` : duration(seconds)
}

/** `42.8`, and from a thousand on `51,204`. */
export function perSecond(value: number): string {
  return value < 999.95 ? value.toFixed(1) : count(value)
}

function powerOf(value: number): number {
  let power = 0
  while (power < UNITS.length - 1 && value >= 999.95 * 1000 ** power) power += 1
  return power
}

function scaled(value: number, power: number): string {
  return power === 0 ? count(value) : (value / 1000 ** power).toFixed(1)
}

function unitOf(power: number): string {
  return UNITS[power] ?? 'PB'
}
