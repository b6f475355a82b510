/** Long form: what a number is a number of when its metric is named by a value or by the key of a map. */

import type { MetricField } from '../layout/field.js'
import type { KnownMetric, Layout, LongForm, LongValue } from '../layout/layout.js'
import type { Attributes } from './attributes.js'
import type { Meaning } from './measure.js'
import type { AttributeValue, Stat } from './metric-record.js'
import { metricName, readName, type NameReading } from './names.js'
import { addPairs } from './pairs.js'
import { remembered } from './remembered.js'
import { isObject, type JsonObject } from './shape.js'
import { percentile } from './statistics.js'
import { baseUnit } from './units.js'

/** One measured thing, before its numbers are looked at. */
export interface Long {
  readonly layout: Layout
  readonly form: LongForm
  /** As it stands in the file, tags and all. */
  readonly written: string
  /** Without the tags. */
  readonly name: string
  readonly tags: Attributes
  /** What stands in the key of the unit. */
  readonly unit?: string
  /** `none`: a statistic that has no place in a record. */
  readonly stat?: Stat | 'none'
}

/** The forms that hold for the objects at `path`. */
export function formsAt(layout: Layout | undefined, path: string): readonly LongForm[] {
  if (layout?.long === undefined) return []
  let forms = byPath.get(layout)
  if (!forms) {
    forms = new Map()
    for (const form of layout.long) for (const at of form.at === undefined ? ['', '*'] : [form.at]) forms.set(at, [...(forms.get(at) ?? []), form])
    byPath.set(layout, forms)
  }
  return forms.get(path) ?? NO_FORMS
}

const byPath = new WeakMap<Layout, Map<string, readonly LongForm[]>>()
const NO_FORMS: readonly LongForm[] = []

/** The measured thing that `read` (a key or column -> its text) tells of; `key`: that of the map in which it stands. */
export function longIn(layout: Layout, forms: readonly LongForm[], read: (name: string) => unknown, key?: string): Long | undefined {
  for (const form of forms) {
    if (form.where !== undefined && !Object.entries(form.where).every(([name, text]) => (text === '*' ? read(name) !== undefined : String(read(name)) === text))) continue
    const written = form.metric ?? (form.name === undefined ? key : read(form.name))
    if (typeof written !== 'string' || written.trim() === '') continue
    const tagged = taggedName(written.trim())
    const ending = Object.keys(form.endings ?? {}).find((end) => tagged.name.endsWith(end))
    const name = ending === undefined ? tagged.name : tagged.name.slice(0, -ending.length)
    const whole = form.written === undefined ? written : read(form.written)
    const unit = form.unit === undefined ? undefined : read(form.unit)
    const stat = ending !== undefined ? (form.endings?.[ending] as Stat | 'none') : form.stat === undefined ? undefined : form.percent === true ? ofPercent(read(form.stat)) : statOf(read(form.stat))
    return { layout, form, written: typeof whole === 'string' ? whole : written, name, tags: tagged.tags, ...(typeof unit === 'string' && unit.trim() !== '' ? { unit: unit.trim() } : {}), ...(stat === undefined ? {} : { stat }) }
  }
  return undefined
}

/** A key of an object, dotted where it stands deeper. */
export function readPath(value: JsonObject, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path]
  let at: unknown = value
  for (const step of path.split('.')) {
    if (!isObject(at) || !Object.hasOwn(at, step)) return undefined
    at = at[step]
  }
  return at
}

function ofPercent(value: unknown): Stat | 'none' {
  const share = Number(value) / 100
  return Number.isFinite(share) && value !== '' ? (statOf(share) ?? 'none') : 'none'
}

/** `p95`, `mean`, or a quantile: 0.95. */
export function statOf(value: unknown): Stat | 'none' | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const quantile = typeof value === 'number' ? value : typeof value === 'string' && /^[01](?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined
  if (quantile !== undefined) {
    if (!(quantile >= 0 && quantile <= 1)) return 'none'
    return quantile === 0 ? 'min' : quantile === 1 ? 'max' : (percentile(`p${Number((quantile * 100).toPrecision(10))}`) ?? 'none')
  }
  if (typeof value !== 'string') return 'none'
  if (/^(?:value|gauge|sample|raw|current|last)$/i.test(value.trim())) return 'value'
  return readName(value).stat ?? 'none'
}

interface Tagged {
  readonly name: string
  readonly tags: Attributes
}

/** `http_reqs{status:200}`, `up{job="a"}`: a name with what it was measured on. */
const taggedName = remembered((written): Tagged => {
  const brace = written.indexOf('{')
  if (brace <= 0 || !written.endsWith('}')) return { name: written, tags: {} }
  const tags: Record<string, AttributeValue> = {}
  for (const part of written.slice(brace + 1, -1).split(',')) {
    const [, name = '', value = ''] = /^\s*([\w.]+)\s*(?::|=)\s*(.*?)\s*$/.exec(part) ?? []
    if (name !== '') addPairs(tags, { [name]: value.replace(/^"(.*)"$/, '$1') })
  }
  return { name: written.slice(0, brace), tags }
})

const MEANINGS_KEPT = 4096
const meanings = new WeakMap<LongForm, Map<string, Meaning | undefined>>()

/** What the number under `key` means; `undefined`: it is none of the measured ones. */
export function longMeaning(long: Long, key: string, parent?: string): Meaning | undefined {
  let known = meanings.get(long.form)
  if (!known) {
    known = new Map<string, Meaning | undefined>()
    meanings.set(long.form, known)
  }
  const sign = `${long.name}\0${long.unit ?? ''}\0${long.stat ?? ''}\0${parent ?? ''}\0${key}`
  const found = known.get(sign)
  if (found || known.has(sign)) return found
  if (known.size >= MEANINGS_KEPT) known.clear()
  const meaning = decide(long, key, parent)
  known.set(sign, meaning)
  return meaning
}

function decide(long: Long, key: string, parent: string | undefined): Meaning | undefined {
  const how = longValue(long.form, key, parent)
  const own = ownMetric(long.layout, `${long.name}.${key}`)
  const known = own ?? knownMetric(long.layout, long.name)
  const stat = long.stat ?? how?.stat ?? statIn(key) ?? known?.stat
  if (how === undefined || stat === 'none' || known?.ignore === true) return undefined
  const reading = readName(long.name)
  // How many there were is in no unit of theirs.
  const unit = stat === 'count' ? (how.unit ?? '1') : unitOf(long, how, known)
  const told = own?.metric ?? nameOf(how, reading, known)
  // A count has the name of what was counted in its own unit.
  const metric = told ?? (stat === 'count' ? metricName(reading, baseOf(unitOf(long, {}, known) ?? reading.unitText)).metric : undefined)
  const better = how.better ?? (how.per === undefined || known?.rate === undefined ? known?.better : undefined)
  const field: MetricField = {
    role: 'metric',
    ...(metric === undefined ? {} : { metric }),
    ...(unit === undefined ? {} : { unit }),
    ...(stat === undefined ? {} : { stat }),
    ...(better === undefined ? {} : { better }),
  }
  return { reading, field, layout: long.layout }
}

function baseOf(unit: string | undefined): string | undefined {
  return unit === undefined || unit === '' ? undefined : baseUnit(unit)
}

function nameOf(how: LongValue, reading: NameReading, known: KnownMetric | undefined): string | undefined {
  if (how.metric === undefined && how.per === undefined) return known?.metric
  const plain = known?.metric ?? metricName(reading, undefined).metric
  return how.metric?.replace('*', plain) ?? known?.rate ?? `${plain}_rate`
}

/** How the form reads the number under `key`. */
export function longValue({ values }: LongForm, key: string, parent?: string): LongValue | undefined {
  const qualified = parent === undefined ? undefined : `${parent}.${key}`
  if (qualified !== undefined && Object.hasOwn(values, qualified)) return values[qualified]
  return byName(values, key)
}

/** What is known of one number of a metric: `http_req_failed.passes`. */
function ownMetric({ metrics }: Layout, name: string): KnownMetric | undefined {
  return metrics !== undefined && Object.hasOwn(metrics, name) ? metrics[name] : undefined
}

function knownMetric({ metrics }: Layout, name: string): KnownMetric | undefined {
  return metrics && byName(metrics, name)
}

/** By the name itself, then by the longest beginning that ends in `*`. */
function byName<Known>(list: Readonly<Record<string, Known>>, name: string): Known | undefined {
  if (Object.hasOwn(list, name)) return list[name]
  let best: Known | undefined
  let length = 0
  for (const [pattern, known] of Object.entries(list)) {
    if (pattern.length <= length || !pattern.endsWith('*') || !name.startsWith(pattern.slice(0, -1))) continue
    best = known
    length = pattern.length
  }
  return best
}

/** `avg`, `p(95)`: the key of the number is its statistic. */
function statIn(key: string): Stat | undefined {
  const reading = readName(key.replace(/^p\((\d+(?:\.\d+)?)\)$/, 'p$1'))
  return reading.words.length === 0 ? reading.stat : undefined
}

function unitOf({ form, unit, name }: Long, how: LongValue, known: KnownMetric | undefined): string | undefined {
  const written = unit === undefined ? undefined : form.units !== undefined && Object.hasOwn(form.units, unit) ? form.units[unit] : unit
  const named = written !== undefined && (written === '' || baseUnit(written) !== undefined) ? written : undefined
  const own = how.unit ?? named ?? known?.unit
  if (how.per === undefined || how.unit !== undefined) return own
  const counted = own === undefined || own === '' ? readName(name).unitText : own
  return counted === undefined ? '1/s' : `${counted}/s`
}
