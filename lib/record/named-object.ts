/** Objects that say in a value what they measure: `{ "metric": "ttft", "value": 1.2, "unit": "s" }`. */

import { statOf } from './long.js'
import type { Stat } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { readNumber } from './number.js'
import { remembered } from './remembered.js'
import { roleOfName } from './roles.js'
import type { Scope } from './scope.js'
import { isObject, type JsonObject } from './shape.js'
import { baseUnit } from './units.js'
import { isKnownMetric } from './vocabulary.js'
import { snake } from './words.js'

const METRIC = /^(?:metric|metric_name|metric_id|measurement|measure|kpi|indicator)$/
const NAME = /^(?:name|label|title)$/
/** Names only in a list that says what it lists. */
const LISTED_NAME = /^(?:key|id|type)$/
const LISTS = /^(?:metrics|measurements|kpis|indicators|performance_metrics)$/
const STAT = /^(?:stats?|statistic|aggregation|aggregate|agg|percentile|quantile)$/
const DIRECTION = /^(?:higher|lower|bigger|smaller)_?is_?better$/i
const VALUE = /^(?:value|val|measurement|result|metric_value)$/

type KeyRole = 'metric' | 'name' | 'listed' | 'stat' | 'value' | 'statistic' | 'other'

const roleOfKey = remembered((key): KeyRole => {
  const name = snake(key)
  if (METRIC.test(name)) return 'metric'
  if (NAME.test(name)) return 'name'
  if (LISTED_NAME.test(name)) return 'listed'
  if (STAT.test(name)) return 'stat'
  if (VALUE.test(name)) return 'value'
  const reading = readName(key)
  return reading.words.length === 0 && reading.stat !== undefined ? 'statistic' : 'other'
})

export interface Named {
  /** What is measured, as it stands there. */
  readonly name: string
  readonly stat?: Stat
  /** Keys that say this, and so are no attributes of it. */
  readonly said: (key: string) => boolean
}

/** What such an object says of its bare values and statistics; `undefined`: it is none. */
export function namedObject(value: JsonObject, parentKey: string | undefined): Named | undefined {
  const listed = LISTS.test(snake(parentKey ?? ''))
  const names: Partial<Record<KeyRole, string>> = {}
  let stat: Stat | 'none' | undefined
  let holdsValue = false
  let holdsStatistics = false
  for (const [key, child] of Object.entries(value)) {
    const role = roleOfKey(key)
    if (typeof child === 'string' && child !== '') names[role] ??= child
    if (role === 'stat' && typeof child !== 'object') stat = percentileOf(key, child) ?? statOf(child)
    else if (role === 'value' && isNumber(child)) holdsValue = true
    else if ((role === 'statistic' && isNumber(child)) || (listed && isObject(child))) holdsStatistics = true
  }
  if (!holdsValue && !holdsStatistics) return undefined
  const beside = holdsValue && typeof (value['unit'] ?? value['units']) === 'string'
  const { metric, name, listed: other } = names
  const by: KeyRole | undefined = metric !== undefined ? 'metric' : name !== undefined && (listed || beside || namesMetric(name)) ? 'name' : listed && other !== undefined ? 'listed' : undefined
  const own = by === undefined ? undefined : names[by]
  if (own === undefined) return undefined
  // The name of a benchmark stays beside what is measured of it: its metric is only called so for want of a better name.
  const kept = by === 'name' && !listed && !namesMetric(own)
  const kind = stat === 'none' ? undefined : stat
  return {
    name: own,
    ...(kind === undefined ? {} : { stat: kind }),
    said: (key) => {
      const role = roleOfKey(key)
      return role === 'value' || (role === by && !kept) || (role === 'stat' && kind !== undefined) || DIRECTION.test(key)
    },
  }
}

/** Whether what stands under such keys can make an object one that names what it measures. */
export function mayBeNamed(keys: readonly string[]): boolean {
  const roles = keys.map(roleOfKey)
  return roles.some((role) => role === 'value' || role === 'statistic') && roles.some((role) => role === 'metric' || role === 'name' || role === 'listed')
}

/** The scope of the object's bare values and statistics. */
export function namedScope(scope: Scope, { name, stat }: Named, value: JsonObject): Scope {
  return { ...scope, quantity: quantityOf(name, scope.unit, value), ...(stat === undefined ? {} : { stat }) }
}

/** Whether the number under `key` is one of what the object names. */
export function isBareKey(key: string): boolean {
  const role = roleOfKey(key)
  return role === 'value' || role === 'statistic'
}

/** Texts are numbers here, too, under the key that is plainly the value: `{ "value": "37,174" }`. */
export function isNamedValue(key: string, child: unknown): boolean {
  return typeof child === 'string' && roleOfKey(key) === 'value' && isNumber(child)
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && readNumber(value) !== undefined)
}

function percentileOf(key: string, value: unknown): Stat | undefined {
  return snake(key) === 'percentile' && typeof value === 'number' && value > 1 && value < 100 ? `p${value}` : undefined
}

function namesMetric(name: string): boolean {
  const reading = readName(name)
  return isKnownMetric(reading.words.join('_')) || (reading.unit !== undefined && reading.words.length > 0 && roleOfName(reading) === 'result')
}

const quantities = new Map<string, NameReading>()
const QUANTITIES_KEPT = 4096

/** The same object for the same words, as meanings are remembered by it. */
function quantityOf(name: string, unit: string | undefined, value: JsonObject): NameReading {
  const better = betterIn(value)
  const told = unit !== undefined && baseUnit(unit) !== undefined
  const sign = `${name}\0${told ? 'unit' : ''}\0${better ?? ''}`
  const known = quantities.get(sign)
  if (known) return known
  // A unit of its own is worth more than one that the name seems to end in.
  const { unit: spelled, unitText, ...plain } = readName(name)
  const reading: NameReading = { ...plain, ...(told || unitText === undefined || spelled === undefined ? {} : { unit: spelled, unitText }), ...(better === undefined ? {} : { better }) }
  if (quantities.size >= QUANTITIES_KEPT) quantities.clear()
  quantities.set(sign, reading)
  return reading
}

function betterIn(value: JsonObject): 'higher' | 'lower' | undefined {
  const higher = value['higher_is_better'] ?? value['higherIsBetter'] ?? value['bigger_is_better']
  const lower = value['lower_is_better'] ?? value['lowerIsBetter'] ?? value['smaller_is_better']
  if (typeof higher === 'boolean') return higher ? 'higher' : 'lower'
  return typeof lower === 'boolean' ? (lower ? 'lower' : 'higher') : undefined
}
