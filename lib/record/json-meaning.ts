/** What a number in a JSON document is a number of: its key, or the keys and fields around it. */

import type { MetricField } from '../layout/field.js'
import type { Layout, LayoutField } from '../layout/layout.js'
import { attributeKey, setAttribute, type Attributes } from './attributes.js'
import { fieldOf } from './field-of.js'
import { join } from './json-path.js'
import type { Meaning } from './measure.js'
import type { AttributeValue } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { readNumber, type NumberReading } from './number.js'
import { remembered } from './remembered.js'
import { roleOfName } from './roles.js'
import { noneSeen, type Scalar, type Scope } from './scope.js'
import { namingWords, singular, type JsonObject } from './shape.js'
import { percentile } from './statistics.js'
import { holdsWarmups } from './status.js'
import { isKnownMetric } from './vocabulary.js'
import { settingIn } from './wide.js'
import { snake } from './words.js'

interface Known {
  readonly layout: Layout | undefined
  readonly key: string
  readonly field: Scalar['field']
  readonly scope: Scope
  readonly ratio: boolean
  readonly meaning: Meaning
}

/** The last meaning of each name: from row to row it is the same. */
const known = new WeakMap<NameReading, Known>()

/** The same object for numbers that mean the same, so that what follows from it is worked out once, too. */
export function meaningOf(layout: Layout | undefined, key: string, scalar: Scalar, scope: Scope, number: NumberReading): Meaning {
  const { reading, field } = scalar
  const ratio = number.value >= 0 && number.value <= 1
  const last = known.get(reading)
  if (last?.layout === layout && last?.key === key && last.field === field && last.ratio === ratio && meansAlike(last.scope, scope)) return last.meaning
  const meaning = decide(layout, key, scalar, scope, ratio)
  known.set(reading, { layout, key, field, scope: { ...scope, attributes: {}, seen: noneSeen() }, ratio, meaning })
  return meaning
}

function meansAlike(a: Scope, b: Scope): boolean {
  return a.stat === b.stat && a.quantity === b.quantity && a.unit === b.unit && a.unitOf === b.unitOf && a.parentKey === b.parentKey && a.section === b.section
}

function decide(layout: Layout | undefined, key: string, { reading, field }: Scalar, scope: Scope, ratio: boolean): Meaning {
  const bare = bareReading(key, reading, scope)
  const quantity = bare === undefined ? undefined : scope.quantity
  const above = scope.stat === undefined || scope.stat === 'none' ? quantity?.stat : scope.stat
  // `mean: { ttft, itl }`: means of both.
  const inside = layout === undefined && bare === undefined && reading.stat === undefined && scope.stat !== undefined && scope.stat !== 'none' ? { ...reading, stat: scope.stat } : reading
  const merged: NameReading = bare === undefined ? inside : { ...bare, ...(bare.stat === undefined && above !== undefined ? { stat: above } : {}), ...(bare.unitText === undefined && quantity?.unitText !== undefined ? { unitText: quantity.unitText, unit: quantity.unit ?? '' } : {}), ...(quantity?.better === undefined ? {} : { better: quantity.better }) }
  const told = inSection(fieldHere(layout, field, quantity, merged), bare !== undefined, scope)
  return {
    reading: merged,
    ...(told === undefined ? {} : { field: told }),
    ...(layout === undefined ? {} : { layout }),
    ...(layout?.statKey !== undefined && scope.stat !== undefined && scope.stat !== 'none' ? { rowStat: scope.stat } : {}),
    ...(quantity === undefined || quantity.words.length === 0 ? {} : { bareName: quantity.words.join('_') }),
    ...(scope.unit === undefined || scope.unitOf?.includes(key) === false || (bare === undefined && reading.words.length > 0 && reading.unit !== undefined) ? {} : { siblingUnit: scope.unit }),
    ...(ratio ? { ratio } : {}),
  }
}

/** What the layout says of the number's own key, or else of the key around its statistics. */
function fieldHere(layout: Layout | undefined, own: LayoutField | undefined, quantity: NameReading | undefined, { stat }: NameReading): MetricField | undefined {
  if (own?.role === 'metric') return own
  const above = own === undefined && quantity !== undefined ? fieldOf(layout, quantity.raw) : undefined
  if (above?.role !== 'metric') return undefined
  const { stat: general, ...field } = above
  return stat === undefined && general !== undefined ? above : field
}

/** What the layout says of the section holds for bare statistics, and for fields that do not say themselves. */
function inSection(field: MetricField | undefined, bare: boolean, { section }: Scope): MetricField | undefined {
  if (section === undefined || (field === undefined ? !bare : field.metric !== undefined)) return field
  const { metric, unit, stat, better, zero } = section
  return {
    role: 'metric',
    ...(metric === undefined ? {} : { metric }),
    ...(field?.stat === 'count' ? { unit: '1' } : unit === undefined ? {} : { unit }),
    ...(stat === undefined || field === undefined ? {} : { stat }),
    ...(better === undefined ? {} : { better }),
    ...(zero === undefined ? {} : { zero }),
    ...field,
  }
}

/** A key that names no quantity of its own: a statistic, `value`, or a percentile by its number. */
function bareReading(key: string, reading: NameReading, scope: Scope): NameReading | undefined {
  if (/^(?:\d{1,2}|100)(?:\.\d+)?%?$/.test(key) && /percentile|quantile/i.test(scope.parentKey ?? '')) {
    const stat = percentile(`p${Number(key.replace('%', ''))}`)
    return stat && { ...reading, words: [], stat }
  }
  if (reading.words.length === 0) return reading
  // `total_sum` among the statistics of a quantity is the quantity's.
  if (reading.stat !== undefined && scope.quantity !== undefined && namingWords(reading.words).length === 0) return { ...reading, words: [] }
  return /^(?:value|val|measurement|result|metric_value|point_estimate|primary)$/.test(reading.words.join('_')) ? { ...reading, words: [] } : undefined
}

export function numberOf(value: unknown): NumberReading | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { value, exact: true } : undefined
  return typeof value === 'string' ? readNumber(value) : undefined
}

const OUTCOME = /^(?:total|all|ok|ko|success|failure|passed|failed)$/i

/** Keys that count something are metrics of their own. */
const COUNTED = /^(?:correct|incorrect|wrong|passed|failed|total|count|hits|misses|samples|size|n|min|max|value)$/

/** What a mere container says: `timings_ms` tells a unit. */
const containerReading = remembered((key): NameReading => ({ ...readName(key), words: namingWords(readName(key).words) }))

const QUALIFIED = /^[A-Za-z_$][\w$]*(?:(?:\.|::)[\w$<>[\]]+){2,}$/

/** `latency_ms: { eager: 5, compiled: 3 }`, `throughput_by_batch: { 1: 40, 8: 200 }`: the keys say under what it was measured. */
export function conditionsIn(value: JsonObject, { parentKey, quantity }: Scope): { readonly quantity: NameReading; readonly name: string } | undefined {
  const entries = Object.entries(value)
  // `nanos: { primary: 5, variants: { checked: 7 } }`: one of several that there might have been.
  const several = quantity?.unitText !== undefined && parentKey !== undefined && singular(parentKey) !== undefined
  if (entries.length < (several ? 1 : 2) || !entries.every(([, number]) => typeof number === 'number')) return undefined
  // Paths such as `org.acme.Sort.quick` name no quantity whatever stands above them.
  if (entries.every(([key]) => QUALIFIED.test(key))) return { quantity: quantity ?? containerReading(parentKey ?? ''), name: 'name' }
  if (parentKey === undefined || quantity === undefined) return undefined
  // `meanResponseTime: { total, ok, ko }`: of all requests, of those that worked, and of those that did not.
  if (entries.length > 1 && entries.every(([key]) => OUTCOME.test(key)) && entries.some(([key]) => !/^(?:total|all)$/i.test(key)) && (quantity.stat !== undefined || isKnownMetric(quantity.words.join('_')))) return { quantity, name: 'outcome' }
  const [, head, by] = /^(.+)_(?:by|per)_([a-z_]+)$/.exec(snake(parentKey)) ?? []
  const metric = head === undefined ? quantity : readName(head)
  if (entries.every(([key]) => /^\d+(?:\.\d+)?$/.test(key)) && metric.words.length > 0 && !/percentile|quantile|histogram|bucket|code|status/.test(snake(parentKey))) return { quantity: metric, name: by === undefined ? 'variant' : attributeKey(by) }
  if (!isKnownMetric(metric.words.join('_')) && quantity.unitText === undefined) return undefined
  const names = entries.every(([key]) => {
    const reading = readName(key)
    if (reading.stat !== undefined || reading.unit !== undefined || COUNTED.test(reading.full) || isKnownMetric(reading.words.join('_'))) return false
    return roleOfName(reading) === 'unknown' || settingIn(key) !== undefined || /^\d+$/.test(key)
  })
  return names ? { quantity: metric, name: by === undefined ? 'variant' : attributeKey(by) } : undefined
}

/** Descending under `key`: a key that names a quantity is remembered, a mere container is not. `known`: the layout says that it is one. */
export function inner(scope: Scope, key: string, isArray: boolean, known: boolean): Scope {
  const { stat, words } = readName(key)
  const named = stat !== undefined && words.length === 0 ? { stat } : {}
  // `groups: [...]` holds rows, whatever they are; only a name that is plainly a metric's is kept for them.
  const quantity = known ? { quantity: readName(key) } : isArray && roleOfName(readName(key)) !== 'result' ? {} : quantityOf(key, scope)
  const holderKey = scope.parentKey === undefined ? {} : { holderKey: scope.parentKey }
  const status = scope.status === 'ok' && holdsWarmups(snake(key)) ? { status: 'warmup' as const } : {}
  return { ...scope, varied: undefined, ...status, ...phaseOf(scope, key), ...holderKey, parentKey: key, path: join(scope.path, key), ...named, ...quantity }
}

export function quantityOf(key: string | undefined, scope: Scope): { quantity?: NameReading } {
  if (key === undefined) return {}
  const reading = readName(key)
  let quantity = quantities.get(reading)
  if (!quantity) {
    quantity = { ...reading, words: namingWords(reading.words).every((word) => /^\d+$/.test(word)) ? [] : namingWords(reading.words) }
    quantities.set(reading, quantity)
  }
  // `latency: { ms: { p50 } }`: a key may be nothing but a unit.
  if (quantity.words.length === 0 && quantity.unitText !== undefined) return { quantity: inUnit(scope.quantity, quantity) }
  if (quantity.words.length === 0) return scope.quantity === undefined ? {} : { quantity: scope.quantity }
  return { quantity }
}

const quantities = new WeakMap<NameReading, NameReading>()
/** Of each quantity in each unit there is one reading: meanings are remembered by it. */
const inUnits = new WeakMap<NameReading, WeakMap<NameReading, NameReading>>()

function inUnit(quantity: NameReading | undefined, unit: NameReading): NameReading {
  // `crates: { oak: { ns: {} } }`: those that were compared are nothing measured.
  if (quantity === undefined || singular(quantity.raw) !== undefined) return unit
  let known = inUnits.get(quantity)
  if (!known) inUnits.set(quantity, (known = new WeakMap()))
  const found = known.get(unit) ?? { ...quantity, unit: unit.unit ?? '', unitText: unit.unitText ?? '' }
  known.set(unit, found)
  return found
}

/** `metrics_before` and `metrics_after` hold the same metrics twice. */
function phaseOf(scope: Scope, key: string): { attributes?: Attributes } {
  const phase = /(?:^|_)(before|after)$/.exec(key)?.[1]
  if (phase === undefined) return {}
  const attributes: Record<string, AttributeValue> = { ...scope.attributes }
  setAttribute(attributes, 'phase', phase, true)
  return { attributes }
}
