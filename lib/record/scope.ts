/** What holds inside a JSON object: its own scalars as attributes, its time, whether its run worked. */

import type { Layout, LayoutField, LayoutSection } from '../layout/layout.js'
import { attributeKey, setAttribute, type Attributes } from './attributes.js'
import { caseOf } from './cases.js'
import { fieldOf, isSectionKey } from './field-of.js'
import { atPath } from './json-path.js'
import { readPath } from './long.js'
import type { AttributeValue, Stat, Status } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { isBillions, readNumber } from './number.js'
import { addPairs, isPairList } from './pairs.js'
import { isPrecisionOfScores, roleOfName, SAMPLER_SETTING } from './roles.js'
import { isConfig, isConfigKey, isMetadataKey, isObject, singular, type JsonObject } from './shape.js'
import { isPhase, isWarmupFlag, readError, readStatus, saysWarmup } from './status.js'
import { readTime, type TimeReading } from './time.js'
import { baseUnit } from './units.js'
import { isKnownMetric, resolve } from './vocabulary.js'

export interface Scope {
  readonly attributes: Attributes
  readonly status: Status
  readonly time?: TimeReading
  /** Key of the nearest object or array above that is not an element or a variant. */
  readonly parentKey?: string
  /** The object in which `parentKey` stands, and that object's own key. */
  readonly holder?: JsonObject
  readonly holderKey?: string
  /** Dotted path with `*` for elements and variants, as layouts write it. */
  readonly path: string
  /** The nearest key that names a quantity: what a bare statistic is a statistic of. */
  readonly quantity?: NameReading
  /** The statistic that a key above or a sibling names: `mean: { point_estimate }`; `none`: one that is not kept. */
  readonly stat?: Stat | 'none'
  /** A sibling `unit`. */
  readonly unit?: string
  /** What the layout knows of all that stands here. */
  readonly section?: LayoutSection
  /** The keys that it is the unit of, where not of all. */
  readonly unitOf?: readonly string[] | undefined
  /** Keys of this row that say what was varied from row to row. */
  readonly varied?: ReadonlySet<string> | undefined
  /** Measurements of this row so far, to tell a copy in its metadata. */
  readonly seen: Seen
}

/** Two lists side by side: nothing is made for a number but its two places in them. */
export interface Seen {
  readonly keys: string[]
  readonly values: number[]
}

export function noneSeen(): Seen {
  return { keys: [], values: [] }
}

/** A fraction of many digits is a copy under any name. */
export function hasSeen({ keys, values }: Seen, key: string, value: number): boolean {
  const long = !Number.isInteger(value) && String(value).length > SHORT_NUMBER
  return keys.some((known, at) => (long || known === key) && values[at] === value)
}

const SHORT_NUMBER = 6

/** How a scalar of an object is read. */
export type ScalarRole = 'metric' | 'attribute' | 'time' | 'error' | 'success' | 'unit' | 'ignore'

export interface Scalar {
  readonly role: ScalarRole
  readonly reading: NameReading
  readonly field?: LayoutField
}

/** The scope inside `value`, which stands in `outer`. `without`: keys that are no attributes, as they say what was measured. */
export function enter(value: JsonObject, outer: Scope, layout: Layout | undefined, without: (key: string) => boolean = NONE): Scope {
  const attributes: Record<string, AttributeValue> = { ...outer.attributes }
  const state: State = { status: atPath(layout?.statuses, outer.path) ?? outer.status, time: undefined, unit: undefined, unitOf: undefined }
  for (const path of layout?.pairs ?? []) if (path.includes('.')) addPairs(attributes, readPath(value, path), layout)
  collect(value, outer.parentKey, attributes, state, layout, 0, without, outer.varied)
  const time = state.time ?? outer.time
  return {
    ...outer,
    attributes,
    status: state.status,
    ...(time === undefined ? {} : { time }),
    ...(state.unit === undefined ? {} : { unit: state.unit, unitOf: state.unitOf }),
  }
}

/** A list of one is that one where the layout wants it: `models: ["swift"]`. */
function alone(value: readonly unknown[]): unknown {
  return value.length === 1 && (typeof value[0] === 'string' || typeof value[0] === 'number') ? value[0] : value
}

function statusBeside(statuses: Readonly<Record<string, Status>>, key: string, value: unknown): Status | undefined {
  const sign = `${key}=${textOf(value)}`
  return Object.hasOwn(statuses, sign) ? statuses[sign] : undefined
}

const NONE = (): boolean => false

interface State {
  status: Status
  time: TimeReading | undefined
  unit: string | undefined
  unitOf: readonly string[] | undefined
}

const CONFIG_DEPTH = 3
const SETTINGS_KEPT = 24
/** Longer texts are prompts and answers. */
const LONGEST_TEXT = 200

function collect(value: JsonObject, parent: string | undefined, into: Record<string, AttributeValue>, state: State, layout: Layout | undefined, depth: number, without: (key: string) => boolean = NONE, varied?: ReadonlySet<string>): void {
  const config = depth > 0
  for (const [key, found] of Object.entries(value)) {
    if (without(key)) continue
    if (layout?.pairs?.includes(key) === true || (Array.isArray(found) && isConfigKey(key) && isPairList(found))) {
      addPairs(into, found, layout)
      continue
    }
    const child = config && Array.isArray(found) && fieldOf(layout, key, parent)?.role === 'attribute' ? alone(found) : found
    if (isObject(child)) {
      if (fieldOf(layout, key, parent)?.role === 'ignore') continue
      const kept = isConfig(key, child) || (isMetadataKey(key) && !isSectionKey(layout, key)) || layout?.settings?.includes(key) === true
      if ((kept || config) && depth < CONFIG_DEPTH) collect(child, key, into, state, layout, depth + 1)
      continue
    }
    if (child === null || Array.isArray(child)) continue
    const scalar = scalarRole(key, child, parent, value, layout, config, varied)
    if (layout?.statuses !== undefined && state.status !== 'error') state.status = statusBeside(layout.statuses, key, child) ?? state.status
    take(key, child, parent, scalar, into, state, config)
  }
  if (isObject(value['error'])) fail(readError(value['error']), into, state)
}

function take(key: string, value: unknown, parent: string | undefined, { role, field, reading }: Scalar, into: Record<string, AttributeValue>, state: State, config: boolean): void {
  switch (role) {
    case 'attribute':
      // What a row says of itself must find room beside what is known about the machine.
      if (config && Object.keys(into).length >= SETTINGS_KEPT) return
      if (typeof value === 'string' && (value.trim() === '' || value.length > LONGEST_TEXT)) return
      if (typeof value === 'boolean' && !config && isWarmupFlag(reading.full)) {
        if (value && state.status !== 'error') state.status = 'warmup'
        return
      }
      if (typeof value === 'string' && state.status !== 'error' && isPhase(reading.full) && saysWarmup(value)) state.status = 'warmup'
      setAttribute(into, field?.role === 'attribute' && field.name !== undefined ? field.name : nameIn(key, parent), value as AttributeValue, true)
      return
    case 'time': {
      const time = readTime(value)
      // Several times in one object: one with a zone says more.
      if (time && (!config || field !== undefined) && (state.time === undefined || (time.zoned && !state.time.zoned))) state.time = time
      return
    }
    case 'error':
      fail(readError(value, field?.role === 'error' ? field.when : undefined), into, state)
      return
    case 'success': {
      const status = readStatus(value)
      if (status !== undefined && state.status !== 'error') state.status = status
      return
    }
    case 'unit':
      if (typeof value !== 'string' || baseUnit(value) === undefined) return
      state.unit = value
      state.unitOf = field?.role === 'unit' ? field.of : undefined
      return
    case 'metric':
    case 'ignore':
  }
}

function fail(message: string | undefined, into: Record<string, AttributeValue>, state: State): void {
  if (message === undefined) return
  state.status = 'error'
  setAttribute(into, 'error', message, true)
}

/** `model.name` is the model, `gpus[].name` a gpu's; a version is the version of something. */
export function nameIn(key: string, parent: string | undefined): string {
  const own = attributeKey(key)
  if (parent === undefined || !/^(?:name|version|type)$/.test(own)) return own
  const thing = /^(?:results|data|items|entries|rows|values|metrics|config|configuration|options|settings|params|parameters|metadata|meta|info|environment|env|system|args)$/i.test(parent)
    ? undefined
    : (singular(parent) ?? attributeKey(parent))
  if (thing === undefined) return own
  return own === 'name' ? thing : `${thing}_${own}`
}

/** Decides what a scalar is; `config`: it stands among settings. */
export function scalarRole(key: string, value: unknown, parent: string | undefined, siblings: JsonObject, layout: Layout | undefined, config: boolean, varied?: ReadonlySet<string>): Scalar {
  const field = fieldOf(layout, key, parent)
  const reading = readName(key)
  if (field) {
    const told = caseOf(field, (name) => textOf(siblings[name]))
    return { role: told.role, reading, field: told }
  }
  return { role: varied?.has(key) === true ? 'attribute' : inferRole(reading, value, siblings, config, parent), reading }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : ''
}

function inferRole(reading: NameReading, value: unknown, siblings: JsonObject, config: boolean, parent: string | undefined): ScalarRole {
  const role = roleOfName(reading)
  if (typeof value === 'boolean') return role === 'success' ? 'success' : role === 'error' ? 'error' : 'attribute'
  if (role === 'unit' && typeof value === 'string') return 'unit'
  if (typeof value === 'string') return textRole(role, reading, value, config)
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'ignore'
  if (role === 'time') return readTime(value) ? 'time' : config ? 'attribute' : reading.unit === undefined ? 'attribute' : 'metric'
  if (/(?:^|_)(?:time|at|ts|date)$/.test(reading.full) && value > 1e9 && readTime(value)) return 'ignore'
  if (config) return parent !== undefined && isMetadataKey(parent) && (isResult(reading) || (MORE.test(parent) && isPlainResult(role, reading))) ? 'metric' : 'attribute'
  if (role === 'success' && (value === 0 || value === 1)) return 'success'
  // `answer: 42` is what was asked for, or said.
  if (role === 'note' && reading.unit === undefined && reading.stat === undefined) return 'ignore'
  if (role !== 'attribute' || isPrecisionOfScores(reading, Object.keys(siblings))) return 'metric'
  // A chip's temperature stands beside no sampler setting and is no small number.
  const hot = /^temp(?:erature)?$/.test(reading.full) && value > 5
  return hot && !Object.keys(siblings).some((name) => SAMPLER_SETTING.test(name)) ? 'metric' : 'attribute'
}

function textRole(role: ReturnType<typeof roleOfName>, reading: NameReading, text: string, config: boolean): ScalarRole {
  if (role === 'time') return readTime(text) ? 'time' : 'attribute'
  if (role === 'error') return 'error'
  if (role === 'success') return readStatus(text) === undefined ? 'attribute' : 'success'
  if (role === 'note') return 'ignore'
  if (config || role === 'attribute') return 'attribute'
  if (/^\d{4}-\d{2}-\d{2}[T ]/.test(text) && readTime(text)) return 'time'
  const number = isBillions(text) ? undefined : readNumber(text)
  // `"12.3 ms"` measures; `"12.3"` does only under a name that says so.
  if (number && (number.unitText !== undefined || reading.unit !== undefined || isKnownMetric(reading.words.join('_')))) return 'metric'
  return role === 'result' && number ? 'metric' : 'attribute'
}

/** Where tools put what did not fit elsewhere. */
const MORE = /^(?:extra|extra_?info|extras)$/i

function isPlainResult(role: ReturnType<typeof roleOfName>, { words, stat, unit }: NameReading): boolean {
  return role === 'result' && (stat !== undefined || unit !== undefined || isKnownMetric(words.join('_')))
}

/** A result even among metadata: a canonical metric with its unit, but nothing as general as a duration. */
function isResult(reading: NameReading): boolean {
  if (reading.unitText === undefined) return false
  const found = resolve(reading.words.join('_'), baseUnit(reading.unitText))
  return found.canonical && !/^(?:duration|latency|throughput|total_duration)$/.test(found.metric)
}
