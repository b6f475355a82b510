/** Is this a layout? Each wrong part is named by its path, with what was expected there. */

import { ChimeraError } from '../stage/index.js'
import type { Layout } from './layout.js'

/** What only later stations know. */
export interface Known {
  /** Whether a unit is understood as spelled. */
  readonly unit: (text: string) => boolean
}

/** Throws a `ChimeraError` with code `USAGE` at the first thing that is wrong; `whose` names the layout where it has no name yet. */
export function checkLayout(value: unknown, known: Known, whose = 'a layout'): Layout {
  const name = isTable(value) && typeof value['name'] === 'string' ? `layout "${value['name'].slice(0, NAME_SHOWN)}"` : whose
  LAYOUT(value, { name, path: '', known })
  const layout = value as Partial<Layout> & Pick<Layout, 'name' | 'tool'>
  const spot = { name, path: '', known }
  if (!layout.columns && !layout.keys) fail(spot, '"columns" of a table or "keys" of a JSON value, by which its files are found', undefined, 'add one of them')
  if (layout.settingsBefore !== undefined && layout.columns?.includes(layout.settingsBefore) !== true) {
    fail({ ...spot, path: 'settingsBefore' }, 'one of "columns"', layout.settingsBefore, 'name a column that every such table has')
  }
  return { ...layout, fields: layout.fields ?? {} }
}

const NAME_SHOWN = 60

interface Spot {
  readonly name: string
  readonly path: string
  readonly known: Known
}

type Check = (value: unknown, spot: Spot) => void
type Table = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fail({ name, path }: Spot, expected: string, found: unknown, cure: string): never {
  const where = path === '' ? name : `${name}, ${path}`
  throw new ChimeraError('USAGE', `${where}: expected ${expected}, found ${shown(found)}; ${cure}`)
}

const VALUE_SHOWN = 80

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  const text = typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : JSON.stringify(value)
  return text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text
}

function inside(spot: Spot, step: string | number): Spot {
  const own = typeof step === 'number' ? `[${step}]` : /^\w+$/.test(step) ? step : JSON.stringify(step)
  return { ...spot, path: spot.path === '' || own.startsWith('[') ? `${spot.path}${own}` : `${spot.path}.${own}` }
}

const LONGEST_TEXT = 400

const text: Check = (value, spot) => {
  if (typeof value !== 'string' || value.trim() === '') fail(spot, 'a text', value, 'write it in quotes')
  if (value.length > LONGEST_TEXT) fail(spot, `at most ${LONGEST_TEXT} characters`, value, 'shorten it')
}

const matching = (pattern: RegExp, expected: string, cure: string): Check => (value, spot) => {
  if (typeof value !== 'string' || !pattern.test(value)) fail(spot, expected, value, cure)
}

const oneOf = (...values: readonly unknown[]): Check => (value, spot) => {
  if (!values.includes(value)) fail(spot, values.map((one) => JSON.stringify(one)).join(' or '), value, 'write one of these, or leave it out')
}

const list = (element: Check): Check => (value, spot) => {
  if (!Array.isArray(value) || value.length === 0) fail(spot, 'an array that is not empty', value, 'write it in [ ]')
  for (const [index, one] of (value as readonly unknown[]).entries()) element(one, inside(spot, index))
}

const table = (entry: Check): Check => (value, spot) => {
  if (!isTable(value)) fail(spot, 'an object', value, 'write it in { }')
  for (const [key, one] of Object.entries(value)) entry(one, inside(spot, key))
}

/** Keys with `!` must be there. */
const object = (shape: Readonly<Record<string, Check>>): Check => {
  const checks = new Map(Object.entries(shape).map(([key, check]) => [key.replace('!', ''), check]))
  const required = Object.keys(shape).filter((key) => key.endsWith('!')).map((key) => key.slice(0, -1))
  return (value, spot) => {
    if (!isTable(value)) fail(spot, 'an object', value, 'write it in { }')
    for (const key of required) if (value[key] === undefined) fail(inside(spot, key), 'it to be there', undefined, 'add it')
    for (const [key, one] of Object.entries(value)) {
      const check = checks.get(key)
      if (!check) fail(spot, `only ${[...checks.keys()].map((name) => `"${name}"`).join(', ')}`, key, 'mend its spelling, or leave it out')
      if (one !== undefined) check(one, inside(spot, key))
    }
  }
}

const byRole = (roles: Readonly<Record<string, Check>>): Check => (value, spot) => {
  if (!isTable(value)) fail(spot, 'an object with a "role"', value, 'write { "role": "metric", ... }')
  const role = value['role']
  if (typeof role !== 'string' || !Object.hasOwn(roles, role)) fail(inside(spot, 'role'), Object.keys(roles).map((name) => `"${name}"`).join(' or '), role, 'write one of these')
  roles[role]?.(value, spot)
}

const unit: Check = (value, spot) => {
  if (value === '') return
  if (typeof value !== 'string' || !spot.known.unit(value)) fail(spot, 'a unit such as "ms", "tokens/s", "GB", "%", or "" for none', value, 'write it as docs/metrics.md lists it')
}

const expression: Check = (value, spot) => {
  text(value, spot)
  try {
    new RegExp(value as string)
  } catch (error) {
    fail(spot, `a regular expression (${error instanceof Error ? error.message : String(error)})`, value, 'mend it')
  }
  if (REPEATED.test(value as string)) fail(spot, 'a regular expression without a repetition inside another', value, 'write it like "^a+$": (a+)+ may take for ever')
}

/** A group with a repetition in it that is itself repeated. */
const REPEATED = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})/

const metric = matching(/^[a-z0-9_]*$/, 'a metric in small letters and _, or "" for what its unit says', 'write it like "prompt_eval_duration"')
const stat = matching(/^(?:value|mean|median|min|max|stddev|sum|count|delta|p(?:\d|[1-9]\d)(?:\.\d+)?)$/, 'a statistic: value, mean, median, min, max, stddev, sum, count, delta, or p50, p99.9', 'write one of these')
const number: Check = (value, spot) => (Number.isFinite(value) ? undefined : fail(spot, 'a number', value, 'write it without quotes'))
const statOrNone: Check = (value, spot) => (value === '' ? undefined : stat(value, spot))
const ending: Check = (value, spot) => (value === 'none' ? undefined : stat(value, spot))
const better = oneOf('higher', 'lower', 'none')
const path = matching(/^(?:[^.]+(?:\.[^.]+)*)?$/, 'a dotted path such as "results.*.timing", "" for the document', 'part its steps by single dots')
const told = { metric, unit, stat, better }

const FIELD = byRole({
  metric: object({
    role: text,
    ...told,
    zero: oneOf('absent'),
    spread: oneOf('none'),
    iterations: text,
    over: text,
    each: list(text),
    cases: list(object({ 'when!': table(expression), ...told })),
  }),
  attribute: object({ role: text, name: text }),
  error: object({ role: text, when: expression }),
  unit: object({ role: text, of: list(text) }),
  time: object({ role: text }),
  success: object({ role: text }),
  ignore: object({ role: text }),
})

const METRIC = { ...told, rate: metric, ignore: oneOf(true) }

const LAYOUT = object({
  'name!': matching(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a name in small letters, digits and single -', 'write it like "my-bench"'),
  'tool!': text,
  columns: list(text),
  least: number,
  keys: list(path),
  settingsBefore: text,
  nothingBut: table(list(text)),
  anywhere: oneOf(true),
  fields: table(FIELD),
  metric,
  unit,
  stat,
  statKey: text,
  statSuffix: object({ 'key!': text, 'stats!': table(statOrNone), unless: text }),
  bytes: oneOf('binary'),
  settings: list(text),
  levels: table(text),
  statuses: table(oneOf('ok', 'error', 'warmup')),
  long: list(
    object({
      at: path,
      where: table(text),
      name: text,
      written: text,
      endings: table(ending),
      'values!': table(object({ stat, unit, better, per: oneOf('s'), metric: text, timed: oneOf(true) })),
      unit: text,
      units: table(unit),
      stat: text,
      percent: oneOf(true),
      filler: number,
      metric,
    }),
  ),
  entries: list(path),
  metrics: table(object(METRIC)),
  pairs: list(text),
  sections: table(object({ ...METRIC, zero: oneOf('absent'), attributes: table(text) })),
  tuple: list(text),
  zip: object({ 'columns!': path, 'rows!': path }),
})
