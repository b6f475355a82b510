/** JSON rows written as arrays beside a list of column names, and arrays with a number for each combination of parameters. */

import type { ValueFound } from '../format/event.js'
import type { Layout } from '../layout/layout.js'
import { setAttribute, type Attributes } from './attributes.js'
import { atPath, dotted } from './json-path.js'
import type { AttributeValue } from './metric-record.js'
import type { Scope } from './scope.js'
import { isObject, type JsonObject } from './shape.js'

export interface ZippedRow {
  readonly value: JsonObject
  /** Column name -> its index, as a pointer names it. */
  readonly steps: ReadonlyMap<string, string>
}

/** The row as an object, where the layout says that it is one: its last columns may be missing. */
export function zippedRow(layout: Layout | undefined, found: ValueFound, values: readonly unknown[], scope: Scope): ZippedRow | undefined {
  const zip = layout?.zip
  if (zip === undefined || atPath({ [zip.rows]: true }, scope.path) !== true) return undefined
  const columns = columnsOf(found, zip.columns)
  if (!columns) return undefined
  const steps = new Map(columns.map((name, index) => [name, String(index)]))
  const value: Record<string, unknown> = Object.fromEntries(columns.slice(0, values.length).map((name, index) => [name, values[index]]))
  // The key of the row is one of its columns: cases may ask for it.
  const level = atPath(layout?.levels, zip.rows.split('.').slice(0, -1).join('.'))
  if (level !== undefined && !Object.hasOwn(value, level)) value[level] = scope.attributes[level]
  return { value, steps }
}

const ROWS = /^(.*?)_?(?:rows|data|values|records)$/i
const COLUMNS = ['columns', 'column_names', 'headers', 'header', 'fields']

/** `{ columns: [...], data: [[...], [...]] }`, as pandas writes a table split into its parts: each row as an object. */
export function splitRows(holder: JsonObject, key: string, rows: unknown): readonly ZippedRow[] | undefined {
  const prefix = ROWS.exec(key)?.[1]
  if (prefix === undefined || !Array.isArray(rows) || rows.length === 0) return undefined
  const columns = [...(prefix === '' ? [] : [`${prefix}_columns`, `${prefix}_headers`]), ...COLUMNS].map((name) => (Object.hasOwn(holder, name) ? namesIn(holder[name]) : undefined)).find((names) => names !== undefined)
  if (columns === undefined || new Set(columns).size < columns.length || !rows.every((row) => Array.isArray(row) && row.length === columns.length)) return undefined
  const steps = new Map(columns.map((name, index) => [name, String(index)]))
  return (rows as readonly (readonly unknown[])[]).map((row) => ({ value: Object.fromEntries(columns.map((name, index) => [name, row[index]])), steps }))
}

/** Texts, or objects that have one: `{ key: 'ttft', title: 'TTFT (s)' }`. */
function namesIn(list: unknown): readonly string[] | undefined {
  if (!Array.isArray(list) || list.length < 2) return undefined
  const names = list.map((one: unknown): unknown => (isObject(one) ? (one['title'] ?? one['label'] ?? one['name'] ?? one['key']) : one))
  return names.every((name): name is string => typeof name === 'string' && name !== '') ? names : undefined
}

/** Lists side by side without names, where a layout has names for them. */
export function namedTuple(layouts: readonly Layout[], lists: unknown): (ZippedRow & { readonly layout: Layout }) | undefined {
  if (!Array.isArray(lists) || lists.length < 2 || !lists.every(isNumbers)) return undefined
  const [first, ...others] = lists
  const step = first?.[0]
  if (!first || step === undefined || step <= 0 || first.length < SHORTEST || others.some(({ length }) => length !== first.length) || !first.every((value, at) => value === step * (at + 1))) return undefined
  const layout = layouts.find(({ tuple }) => tuple?.length === lists.length)
  if (!layout?.tuple) return undefined
  return { layout, value: Object.fromEntries(layout.tuple.map((name, at) => [name, lists[at]])), steps: new Map(layout.tuple.map((name, at) => [name, String(at)])) }
}

/** Fewer numbers rise evenly by chance. */
const SHORTEST = 10

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number')
}

/** In the document itself, or in what stands around an element of a large one. */
function columnsOf(found: ValueFound, path: string): readonly string[] | undefined {
  const whole = found.pointer === '' ? follow(found.value, path.split('.')) : undefined
  const list = whole ?? found.context?.map(({ pointer, value }) => around(pointer, value, path)).find((value) => value !== undefined)
  return Array.isArray(list) && list.every((name): name is string => typeof name === 'string') ? list : undefined
}

function around(pointer: string, value: unknown, path: string): unknown {
  const above = dotted(pointer)
  if (above === path) return value
  return above === '' ? follow(value, path.split('.')) : undefined
}

function follow(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((here, step) => (isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined), value)
}

/** More combinations than this are no parameters. */
const MOST = 100_000

/**
 * The attributes of each number of an array that holds one for each combination of the lists, the last list changing
 * fastest; `undefined` when there are not as many. The tool writes texts as its language quotes them.
 */
export function combinations(lists: unknown, count: number): ((index: number) => Attributes) | undefined {
  if (!Array.isArray(lists) || !lists.every((list): list is unknown[] => Array.isArray(list) && list.length > 0)) return undefined
  const total = lists.reduce((product, list) => product * list.length, 1)
  if (total !== count || total > MOST) return undefined
  return (index) => {
    const attributes: Record<string, AttributeValue> = {}
    let rest = index
    for (let at = lists.length - 1; at >= 0; at -= 1) {
      const list = lists[at] ?? []
      setAttribute(attributes, `param_${at + 1}`, plain(list[rest % list.length]))
      rest = Math.floor(rest / list.length)
    }
    return Object.fromEntries(Object.entries(attributes).reverse())
  }
}

function plain(value: unknown): AttributeValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const text = String(value)
  const quoted = /^(['"])(.*)\1$/s.exec(text)?.[2]
  return quoted ?? (/^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text) ? Number(text) : text)
}
