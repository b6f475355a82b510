/** What the values of flat JSON objects with the same keys mean, decided once: which are measured, and what the others say. */

import type { ValueFound } from '../format/event.js'
import { CELL, type CellKind } from '../format/json-template.js'
import { conditionsIn, meaningOf } from './json-meaning.js'
import type { FileContext } from './make-record.js'
import { plainMeasure, type PlainMeasure } from './measure.js'
import { NOTHING, ODD, type Said } from './numbered-texts.js'
import { isOwnType } from './own.js'
import { roleOfName } from './roles.js'
import { enter, nameIn, scalarRole, type Scope } from './scope.js'
import type { JsonObject } from './shape.js'
import { plainPlace, type PlainPlace } from './value-place.js'

/** A key whose numbers are measured. */
export interface MeasuredKey {
  readonly column: number
  /** `undefined`: its numbers give no record. */
  readonly plain: PlainMeasure | undefined
  /** Larger numbers may be times: such an object is read by itself. */
  readonly most: number
  /** Only numbers from 0 to 1, or only others, mean this. */
  readonly ratio: boolean | undefined
}

/** A key that says something about the numbers beside it. */
export interface SayingKey {
  readonly column: number
  readonly key: string
  /** Of the value as it is in JSON. */
  says(value: unknown): Said
  /** Its texts are times, and nothing follows from one that is right. */
  readonly timed: boolean
}

export interface ObjectPlan {
  readonly layout: string | undefined
  readonly measured: readonly MeasuredKey[]
  readonly saying: readonly SayingKey[]
  /** This value is never a number: else the keys might be conditions. */
  readonly anchor: number | undefined
}

/** More attributes than that, and not all would find room in a record. */
const MOST_ATTRIBUTES = 40
/** One of each kind of number that a name may treat in its own way. */
const NUMBERS = [-1.5, 0, 0.25, 1, 2, 4.5, 7, 120, 65_536.5, 9e8, 1.2e9, 1.7e9, 1.7e12, 1.7e15, 1.7e18, 1e300]
/** No time in seconds since 1970 that a run could have. */
const BEFORE_TIMES = 9.5e8

/** `kinds`: what stands under each key, in most objects. `undefined` where the values decide more than what they are themselves. */
export function objectPlan(found: ValueFound, kinds: readonly CellKind[], context: FileContext): ObjectPlan | undefined {
  const place = plainPlace(found, context)
  if (!place || context.made) return undefined
  const { scope, layout } = place
  const value = found.value as JsonObject
  const keys = Object.keys(value)
  const anchor = kinds.findIndex((kind) => kind !== CELL.number && kind !== CELL.null)
  if (anchor < 0 && layout === undefined && conditionsIn(Object.fromEntries(keys.map((key) => [key, 1])), scope)) return undefined

  const measured: MeasuredKey[] = []
  const saying: SayingKey[] = []
  for (const [column, key] of keys.entries()) {
    const numeric = kinds[column] === CELL.number ? measuredKey(column, key, value, place) : undefined
    if (numeric === 'unclear') return undefined
    if (numeric) measured.push(numeric)
    else saying.push(sayingKey(column, key, keys, value, place))
  }
  const names = saying.map(({ key }) => key)
  if (names.length > MOST_ATTRIBUTES - Object.keys(scope.attributes).length || new Set(names).size < names.length) return undefined
  if (names.some((name) => Object.hasOwn(scope.attributes, name)) || !measured.some(({ plain }) => plain)) return undefined
  return { layout: layout?.name, measured, saying, anchor: anchor < 0 ? undefined : anchor }
}

/** `undefined`: its numbers are not always measured. */
function measuredKey(column: number, key: string, value: JsonObject, { scope, layout }: PlainPlace): MeasuredKey | 'unclear' | undefined {
  const fits = (number: number) => scalarRole(key, number, scope.parentKey, value, layout, false).role === 'metric'
  const all = NUMBERS.every(fits)
  if (!all && !NUMBERS.every((number) => number >= BEFORE_TIMES || fits(number))) return undefined
  const scalar = scalarRole(key, 2, scope.parentKey, value, layout, false)
  const [ratio, other] = [0.25, 2].map((number) => plainMeasure(meaningOf(layout, key, scalar, scope, { value: number, exact: true })))
  if (!ratio || !other) return 'unclear'
  const plain = (one: PlainMeasure | 'nothing') => (one === 'nothing' ? undefined : one)
  const most = all ? Infinity : BEFORE_TIMES
  if (meanAlike(ratio, other)) return { column, plain: plain(other), most, ratio: undefined }
  const own = value[key]
  const isRatio = typeof own === 'number' && own >= 0 && own <= 1
  return { column, plain: plain(isRatio ? ratio : other), most, ratio: isRatio }
}

function meanAlike(a: PlainMeasure | 'nothing', b: PlainMeasure | 'nothing'): boolean {
  if (a === 'nothing' || b === 'nothing') return a === b
  const sign = ({ like: { metric, unit, stat, better, rawUnit, qualifier, confidence }, conversion, zeroIsAbsent }: PlainMeasure) => JSON.stringify([metric, unit, stat, better, rawUnit, qualifier, confidence, conversion, zeroIsAbsent])
  return sign(a) === sign(b)
}

function sayingKey(column: number, key: string, keys: readonly string[], value: JsonObject, { scope, layout }: PlainPlace): SayingKey {
  const alone: Record<string, unknown> = Object.fromEntries(keys.map((other) => [other, null]))
  const { reading, field } = scalarRole(key, '', scope.parentKey, value, layout, false)
  const name = field?.role === 'attribute' && field.name !== undefined ? field.name : nameIn(key, scope.parentKey)
  const around: Scope = { attributes: {}, status: 'ok', path: scope.path, seen: scope.seen, ...(scope.parentKey === undefined ? {} : { parentKey: scope.parentKey }) }
  return {
    column,
    key: name,
    timed: field === undefined ? roleOfName(reading) === 'time' : field.role === 'time',
    says(said) {
      if (said === null) return NOTHING
      if (key === 'type' && isOwnType(said)) return ODD
      if (scalarRole(key, said, scope.parentKey, value, layout, false).role === 'metric') return ODD
      // The other keys count, but they say nothing.
      const { attributes, status, unit } = enter({ ...alone, [key]: said }, around, layout)
      const told = Object.keys(attributes)
      if (status !== 'ok' || unit !== undefined || told.some((one) => one !== name)) return ODD
      const attribute = attributes[name]
      return attribute === undefined ? NOTHING : { value: attribute, odd: false }
    },
  }
}
