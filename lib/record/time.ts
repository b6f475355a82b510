/** Times as files give them, as ISO 8601; a local time without zone stays without zone. */

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i

/** `20260301-081500`, as it stands in names of runs. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})[-_T](\d{2})(\d{2})(\d{2})(Z?)$/

/** The year first: no other order is meant. */
const SLASHED = /^(\d{4})\/(\d{2})\/(\d{2})(?= |T|$)/

/** Years 2001 to 2100 in seconds; the same in ms, µs and ns lies far enough away. */
const EPOCH_FROM = 978_307_200
const EPOCH_TO = 4_102_444_800

export interface TimeReading {
  readonly iso: string
  /** False for a local time whose zone the file does not say. */
  readonly zoned: boolean
}

export function readTime(value: unknown): TimeReading | undefined {
  if (typeof value === 'number') return readEpoch(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d{10}(?:\.\d+)?$|^\d{13}$|^\d{16}$|^\d{19}$/.test(text)) return readEpoch(Number(text))
  const match = ISO.exec(text.replace(COMPACT, '$1-$2-$3T$4:$5:$6$7').replace(SLASHED, '$1-$2-$3'))
  const [, date, clock, zone] = match ?? []
  if (date === undefined || Number.isNaN(Date.parse(date))) return undefined
  if (clock === undefined) return { iso: date, zoned: false }
  if (Number.isNaN(Date.parse(`${date}T${clock.replace(',', '.')}`))) return undefined
  const offset = zone === undefined ? '' : /^[+-]/.test(zone) ? zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2') : 'Z'
  return { iso: `${date}T${clock.replace(',', '.')}${offset}`, zoned: offset !== '' }
}

function readEpoch(value: number): TimeReading | undefined {
  for (const perSecond of [1, 1e3, 1e6, 1e9]) {
    const seconds = value / perSecond
    if (seconds >= EPOCH_FROM && seconds < EPOCH_TO) return { iso: new Date(Math.round(seconds * 1000)).toISOString(), zoned: true }
  }
  return undefined
}
