/** A JSON value into records: scalars explain, numbers are measured, arrays of objects are rows. */

import type { ValueFound } from '../format/event.js'
import { LAYOUTS } from '../layout/index.js'
import type { Layout } from '../layout/layout.js'
import { matchValue } from '../layout/match.js'
import { attributeKey, attributeValue, setAttribute } from './attributes.js'
import { fieldOf, isSectionKey } from './field-of.js'
import { conditionsIn, inner, meaningOf, numberOf } from './json-meaning.js'
import { atPath, DEEPEST, escape, join } from './json-path.js'
import { formsAt } from './long.js'
import { longScope, visitEntries, visitLong, visitNames, type LongWalk } from './long-value.js'
import type { FileContext } from './make-record.js'
import type { AttributeValue, MetricRecord } from './metric-record.js'
import { isBareKey, isNamedValue, namedObject, namedScope } from './named-object.js'
import { readName, type NameReading } from './names.js'
import { remembered } from './remembered.js'
import { statOfRow, withRowStat } from './row-stat.js'
import { areNumbers, visitSamples } from './samples.js'
import { enter, hasSeen, noneSeen, scalarRole, type Scalar, type Scope } from './scope.js'
import { isConfig, isMetadataKey, isObject, isVariantMap, singular, type JsonObject } from './shape.js'
import { aboveOf, anywhereOf, below, scopeAround } from './value-place.js'
import { emit, record, type Walk } from './value-record.js'
import { groupScope } from './text-group.js'
import { settingIn } from './wide.js'
import { toldMetric } from './told-metric.js'
import { variedKeys } from './varied-keys.js'
import { namedTuple, splitRows, zippedRow, type ZippedRow } from './zipped.js'

export interface ValueRecords {
  readonly records: readonly MetricRecord[]
  readonly layout?: Layout
}

export function valueRecords(found: ValueFound, context: FileContext): ValueRecords {
  const above = aboveOf(found, context)
  const layouts = context.layouts ?? LAYOUTS
  const tuple = found.pointer === '' ? namedTuple(layouts, found.value) : undefined
  const layout = tuple?.layout ?? matchValue(layouts, found.value, above)
  const walk: Walk = { found, context, layout, out: [] }
  const scope = scopeAround(found, above, context, layout)
  if (tuple) visitObject(walk, tuple.value, found.pointer, scope, 0, tuple.steps)
  else visit(walk, found.value, found.pointer, below(above, scope), 0)
  return { records: walk.out, ...(layout === undefined ? {} : { layout }) }
}

function visit(walk: Walk, value: unknown, pointer: string, scope: Scope, depth: number): void {
  if (depth > DEEPEST) return
  const here = inSection(walk.layout, scope)
  if (here.section?.ignore === true) return
  if (Array.isArray(value)) {
    const row = zippedRow(walk.layout, walk.found, value, here)
    if (row) visitObject(walk, row.value, pointer, here, depth, row.steps)
    else visitArray(walk, value, pointer, here, depth)
    return
  }
  if (isObject(value)) visitObject(walk, value, pointer, here, depth)
}

function inSection(layout: Layout | undefined, scope: Scope): Scope {
  const section = atPath(layout?.sections, scope.path)
  if (section === undefined) return scope
  const attributes: Record<string, AttributeValue> = { ...scope.attributes }
  for (const [name, value] of Object.entries(section.attributes ?? {})) setAttribute(attributes, name, value, true)
  return { ...scope, attributes, section: { ...scope.section, ...section } }
}

/** `steps`: what the pointer calls a key, where that is something else. */
function visitObject(walk: Walk, value: JsonObject, pointer: string, outer: Scope, depth: number, steps?: ReadonlyMap<string, string>): void {
  const long = longScope(walk.layout, value, outer)
  if (long) {
    visitLong(longWalk(walk), value, pointer, long)
    return
  }
  if (formsAt(walk.layout, join(outer.path, '*')).some((form) => form.name === undefined)) {
    visitNames(longWalk(walk), value, pointer, outer)
    return
  }
  if (walk.layout?.entries !== undefined && atPath(entriesOf(walk.layout), outer.path) === true) {
    visitEntries(longWalk(walk), walk.layout, value, pointer, outer)
    return
  }
  const level = atPath(walk.layout?.levels, outer.path)
  if (level !== undefined || (!holdsKnown(value, walk.layout) && isVariantMap(value, outer.parentKey))) {
    visitMap(walk, value, pointer, outer, level ?? variantName(outer), depth)
    return
  }
  const inside = walk.layout === undefined ? matchValue(anywhereOf(walk.context.layouts ?? LAYOUTS), value) : undefined
  if (inside !== undefined) walk = { ...walk, layout: inside }
  const scope: Scope = { ...withRowStat(value, enter(value, outer, walk.layout), walk.layout), holder: value }
  if (scope.stat === 'none' || isOfNothing(value)) return
  const name = namedObject(value, scope.parentKey)
  const named = name && namedScope(enter(value, outer, walk.layout, name.said), name, value)
  const conditions = walk.layout || named ? undefined : conditionsIn(value, scope)
  if (conditions) {
    emitConditions(walk, value, pointer, { ...scope, quantity: conditions.quantity }, conditions.name)
    return
  }
  let group: Scope | undefined
  for (const [key, child] of Object.entries(value)) {
    const at = `${pointer}/${steps?.get(key) ?? escape(key)}`
    if (typeof child === 'number' || typeof child === 'string') {
      const scalar = scalarRole(key, child, scope.parentKey, value, walk.layout, false, scope.varied)
      if (scalar.role === 'metric' || (named && isNamedValue(key, child))) emit(walk, key, child, at, scalar, named && isBareKey(key) ? { ...named, seen: scope.seen } : scope)
      continue
    }
    if (child === null || typeof child !== 'object') continue
    const told = walk.layout === undefined ? toldMetric(value, key, child) : undefined
    if (told !== undefined) {
      if (told.statistics) visit(walk, child, at, { ...inner(scope, key, false, false), quantity: told.quantity }, depth + 1)
      else emitConditions(walk, child as JsonObject, at, { ...scope, quantity: told.quantity }, 'variant')
      continue
    }
    if (key === 'data' && isQueryAnswer(value)) continue
    const rows = walk.layout === undefined ? splitRows(value, key, child) : undefined
    if (rows) {
      visitRows(walk, rows, at, inner(named ?? scope, key, true, false), depth + 1)
      continue
    }
    const field = fieldOf(walk.layout, key, scope.parentKey)
    if (isConfig(key, child) || field?.role === 'ignore' || walk.layout?.settings?.includes(key) === true) continue
    if (isMetadataKey(key) && !isSectionKey(walk.layout, key) && isObject(child)) visitMetadata(walk, child, at, { ...scope, parentKey: key })
    else if (walk.layout === undefined && isObject(child) && (group = groupScope(walk.context, key, child, scope)) !== undefined) visit(walk, child, at, group, depth + 1)
    else visit(walk, child, at, inner(named ?? scope, key, Array.isArray(child), field?.role === 'metric'), depth + 1)
  }
}

/** Rows that were written as lists, read as those that are objects. */
function visitRows(walk: Walk, rows: readonly ZippedRow[], pointer: string, scope: Scope, depth: number): void {
  const varied = variedKeys(rows.slice(0, ROWS_COMPARED).map(({ value }) => value))
  for (const [index, row] of rows.entries()) {
    const { stat, value } = statOfRow(row.value)
    visitObject(walk, value, `${pointer}/${index}`, { ...scope, varied, ...(stat === undefined ? {} : { stat }), path: join(scope.path, '*'), seen: noneSeen() }, depth, row.steps)
  }
}

function emitConditions(walk: Walk, value: JsonObject, pointer: string, scope: Scope, name: string): void {
  for (const [key, number] of Object.entries(value)) {
    const attributes: Record<string, AttributeValue> = { ...scope.attributes }
    const [attribute, condition] = settingIn(key) ?? [name, attributeValue(key) ?? key]
    setAttribute(attributes, attribute, condition, true)
    emit(walk, key, number, `${pointer}/${escape(key)}`, { role: 'metric', reading: conditionReading(key) }, { ...scope, attributes })
  }
}

/** A condition is no name of a metric, whatever words are in it. */
const conditionReading = remembered((raw): NameReading => ({ raw, full: '', words: [], delta: false }))

const entryPaths = new WeakMap<Layout, Readonly<Record<string, true>>>()

function entriesOf(layout: Layout): Readonly<Record<string, true>> {
  const known = entryPaths.get(layout) ?? Object.fromEntries((layout.entries ?? []).map((path) => [path, true as const]))
  entryPaths.set(layout, known)
  return known
}

function longWalk(walk: Walk): LongWalk {
  return { layout: walk.layout, record: (name, value, number, pointer, meaning, scope) => record(walk, name, value, number, pointer, meaning, scope) }
}

/** Beside names and types of its columns stand the rows that a query gave: data, and nothing measured. */
function isQueryAnswer({ meta, data }: JsonObject): boolean {
  return Array.isArray(data) && Array.isArray(meta) && meta.length > 0 && meta.every((column) => isObject(column) && typeof column['name'] === 'string' && typeof column['type'] === 'string')
}

/** Statistics over no samples at all are fillers. */
function isOfNothing(value: JsonObject): boolean {
  return value['count'] === 0 && ('mean' in value || 'avg' in value || 'median' in value) && (value['mean'] ?? value['avg'] ?? value['median'] ?? 0) === 0
}

/** Keys that the layout names are no variants, and a layout that describes its document by paths is not guessed at. */
function holdsKnown(value: JsonObject, layout: Layout | undefined): boolean {
  if (layout === undefined) return false
  if (layout.long !== undefined || layout.sections !== undefined) return true
  let names = namesIn.get(layout)
  if (!names) {
    names = new Set((layout.keys ?? []).flatMap((key) => key.split('.')))
    namesIn.set(layout, names)
  }
  const known = names
  return Object.keys(value).some((key) => known.has(key) || fieldOf(layout, key)?.role === 'metric')
}

const namesIn = new WeakMap<Layout, ReadonlySet<string>>()

/** The keys of a map name variants: each becomes an attribute of what stands under it. */
function visitMap(walk: Walk, value: JsonObject, pointer: string, scope: Scope, name: string, depth: number): void {
  // The map may hold the numbers themselves.
  const field = scope.parentKey === undefined ? undefined : fieldOf(walk.layout, scope.parentKey, scope.holderKey)
  for (const [key, child] of Object.entries(value)) {
    const attributes: Record<string, AttributeValue> = { ...scope.attributes }
    setAttribute(attributes, name, key, true)
    const status = atPath(walk.layout?.statuses, join(scope.path, key)) ?? scope.status
    if (typeof child === 'number' && scope.section !== undefined) {
      emitCount(walk, key, child, `${pointer}/${escape(key)}`, { ...scope, attributes, status })
      continue
    }
    // The key of the map stays the parent, so that a layout's `parent.key` works for maps and arrays alike.
    const inside: Scope = { ...scope, attributes, status, path: join(scope.path, '*'), seen: noneSeen() }
    const at = `${pointer}/${escape(key)}`
    if (typeof child === 'number' && field?.role === 'metric') emit(walk, key, child, at, { role: 'metric', field, reading: readName(scope.parentKey ?? key) }, inside)
    else visit(walk, child, at, inside, depth + 1)
  }
}

/** `status_codes: { 200: 990, 503: 10 }`, where the layout says what is counted. */
function emitCount(walk: Walk, key: string, value: number, pointer: string, scope: Scope): void {
  const number = numberOf(value)
  const scalar: Scalar = { role: 'metric', reading: readName('value') }
  if (number) record(walk, key, value, number, pointer, meaningOf(walk.layout, 'value', scalar, scope, number), scope)
}

/** Settings were taken as attributes already; a result that is only a copy of one in the same row is not counted twice. */
function visitMetadata(walk: Walk, value: JsonObject, pointer: string, scope: Scope): void {
  // The unit beside the result is not that of what else is told.
  const around: { -readonly [Key in keyof Scope]: Scope[Key] } = { ...scope }
  delete around.unit
  delete around.unitOf
  const here = enter(value, around, walk.layout)
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'number') continue
    const scalar = scalarRole(key, child, scope.parentKey, value, walk.layout, true)
    if (scalar.role !== 'metric' || hasSeen(scope.seen, key, child)) continue
    emit(walk, key, child, `${pointer}/${escape(key)}`, scalar, here)
  }
}

function visitArray(walk: Walk, values: readonly unknown[], pointer: string, scope: Scope, depth: number): void {
  if (areNumbers(values)) {
    visitSamples(walk, values, pointer, scope)
    return
  }
  const level = atPath(walk.layout?.levels, scope.path)
  const varied = walk.layout === undefined ? variedKeys(values.filter(isObject).slice(0, ROWS_COMPARED)) : undefined
  if (varied !== scope.varied) scope = { ...scope, varied }
  const measured = formsAt(walk.layout, join(scope.path, '*')).length > 0
  const numbered = level ?? (!measured && areRowsAlike(values, scope, walk.layout) ? 'index' : undefined)
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'object' || value === null) continue
    const attributes: Record<string, AttributeValue> = { ...scope.attributes }
    if (numbered !== undefined) setAttribute(attributes, numbered, index, true)
    visit(walk, value, `${pointer}/${index}`, { ...scope, attributes, path: join(scope.path, '*'), seen: noneSeen() }, depth + 1)
  }
}

const ROWS_COMPARED = 200

/** Rows that nothing but their position tells apart get it as an attribute. */
function areRowsAlike(values: readonly unknown[], scope: Scope, layout: Layout | undefined): boolean {
  const objects = values.filter(isObject).slice(0, ROWS_COMPARED)
  if (objects.length < 2) return false
  const signs = objects.map((value) => {
    const { attributes, time, stat } = withRowStat(value, enter(value, { ...scope, attributes: {} }, layout), layout)
    return JSON.stringify([attributes, time?.iso, stat])
  })
  return new Set(signs).size < signs.length
}

function variantName(scope: Scope): string {
  const name = scope.parentKey === undefined ? undefined : singular(scope.parentKey)
  // `crates: { oak: { encode: {}, decode: {} } }`: the inner map is of something else.
  if (name !== undefined && !(scope.path.endsWith('*') && Object.hasOwn(scope.attributes, name))) return name
  if (!Object.hasOwn(scope.attributes, 'variant')) return 'variant'
  const own = scope.parentKey === undefined ? 'variant' : attributeKey(scope.parentKey)
  for (let turn = 1; ; turn += 1) {
    const free = turn === 1 ? own : `${own}_${turn}`
    if (!Object.hasOwn(scope.attributes, free)) return free
  }
}
