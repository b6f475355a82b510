/** A JSON value into records: scalars explain, numbers are measured, arrays of objects are rows. */

import type { ValueFound } from '../format/event.js'
import { LAYOUTS } from '../layout/index.js'
import type { Layout, StatSuffix } from '../layout/layout.js'
import { matchValue } from '../layout/match.js'
import { attributeKey, attributeValue, setAttribute, type Attributes } from './attributes.js'
import { fieldOf, isSectionKey } from './fields.js'
import { conditionsIn, inner, meaningOf, numberOf, quantityOf } from './json-meaning.js'
import { atPath, dotted, escape, join, keyAbove } from './json-path.js'
import { formsAt } from './long.js'
import { longScope, visitEntries, visitLong, visitNames, type LongWalk } from './long-value.js'
import { makeRecord, type FileContext } from './make-record.js'
import { measure, type Meaning } from './measure.js'
import type { AttributeValue, MetricRecord, Stat } from './metric-record.js'
import { isBareKey, isNamedValue, namedObject, namedScope } from './named-object.js'
import { readName } from './names.js'
import type { NumberReading } from './number.js'
import { roleOfName } from './roles.js'
import { enter, hasSeen, noneSeen, scalarRole, type Scalar, type Scope } from './scope.js'
import { isConfigKey, isMetadataKey, isObject, isVariantMap, singular, type JsonObject } from './shape.js'
import { share, takeSuffix } from './share.js'
import { isKnownMetric } from './vocabulary.js'
import { settingIn } from './wide.js'
import { combinations, zippedRow } from './zipped.js'

export interface ValueRecords {
  readonly records: readonly MetricRecord[]
  readonly layout?: Layout
}

/** Per list of layouts. */
const anywhere = new WeakMap<readonly Layout[], readonly Layout[]>()

function anywhereOf(layouts: readonly Layout[]): readonly Layout[] {
  let some = anywhere.get(layouts)
  if (!some) anywhere.set(layouts, (some = layouts.filter((layout) => layout.anywhere === true)))
  return some
}

/** Deeper documents than this are not results. */
const DEEPEST = 48

export function valueRecords(found: ValueFound, context: FileContext): ValueRecords {
  // A line of NDJSON is a document of its own; its number is not part of any path.
  const above = context.format === 'ndjson' || context.format === 'openmetrics' ? '' : found.pointer
  const layout = matchValue(context.layouts ?? LAYOUTS, found.value, above)
  const walk: Walk = { found, context, layout, out: [] }
  let scope: Scope = { attributes: context.attributes ?? {}, status: 'ok', path: dotted(above), seen: noneSeen() }
  const parentKey = keyAbove(above)
  for (const around of found.context ?? []) {
    if (isObject(around.value)) scope = enter(around.value, { ...scope, ...parent(keyAbove(around.pointer)) }, layout)
  }
  visit(walk, found.value, found.pointer, { ...scope, ...parent(parentKey), ...quantityOf(parentKey, scope) }, 0)
  return { records: walk.out, ...(layout === undefined ? {} : { layout }) }
}

interface Walk {
  readonly found: ValueFound
  readonly context: FileContext
  readonly layout: Layout | undefined
  readonly out: MetricRecord[]
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
  for (const [key, child] of Object.entries(value)) {
    const at = `${pointer}/${steps?.get(key) ?? escape(key)}`
    if (typeof child === 'number' || typeof child === 'string') {
      const scalar = scalarRole(key, child, scope.parentKey, value, walk.layout, false)
      if (scalar.role === 'metric' || (named && isNamedValue(key, child))) emit(walk, key, child, at, scalar, named && isBareKey(key) ? { ...named, seen: scope.seen } : scope)
      continue
    }
    if (child === null || typeof child !== 'object') continue
    const field = fieldOf(walk.layout, key, scope.parentKey)
    if (isConfigKey(key) || field?.role === 'ignore' || walk.layout?.settings?.includes(key) === true) continue
    if (isMetadataKey(key) && !isSectionKey(walk.layout, key) && isObject(child)) visitMetadata(walk, child, at, { ...scope, parentKey: key })
    else visit(walk, child, at, inner(named ?? scope, key, Array.isArray(child), field?.role === 'metric'), depth + 1)
  }
}

function emitConditions(walk: Walk, value: JsonObject, pointer: string, scope: Scope, name: string): void {
  for (const [key, number] of Object.entries(value)) {
    const attributes: Record<string, AttributeValue> = { ...scope.attributes }
    const [attribute, condition] = settingIn(key) ?? [name, attributeValue(key) ?? key]
    setAttribute(attributes, attribute, condition, true)
    emit(walk, key, number, `${pointer}/${escape(key)}`, { role: 'metric', reading: { ...readName(key), words: [] } }, { ...scope, attributes })
  }
}

const entryPaths = new WeakMap<Layout, Readonly<Record<string, true>>>()

function entriesOf(layout: Layout): Readonly<Record<string, true>> {
  const known = entryPaths.get(layout) ?? Object.fromEntries((layout.entries ?? []).map((path) => [path, true as const]))
  entryPaths.set(layout, known)
  return known
}

function longWalk(walk: Walk): LongWalk {
  return { layout: walk.layout, record: (name, value, number, pointer, meaning, scope) => record(walk, name, value, number, pointer, meaning, scope) }
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

/** Rows of aggregates beside rows of samples: one of their fields says which statistic. */
function withRowStat(value: JsonObject, scope: Scope, layout: Layout | undefined): Scope {
  const name = layout?.statKey === undefined ? undefined : value[layout.statKey]
  if (typeof name === 'string' && name !== '') return { ...scope, stat: readName(name).stat ?? 'none' }
  return layout?.statSuffix === undefined ? scope : withSuffix(value, scope, layout, layout.statSuffix)
}

function withSuffix(value: JsonObject, scope: Scope, layout: Layout, suffix: StatSuffix): Scope {
  const text = value[suffix.key]
  const named = typeof text === 'string' && !(suffix.unless !== undefined && Object.hasOwn(value, suffix.unless)) ? takeSuffix(text, suffix) : undefined
  if (!named) return scope
  const field = fieldOf(layout, suffix.key, scope.parentKey)
  const attributes: Record<string, AttributeValue> = { ...scope.attributes }
  setAttribute(attributes, field?.role === 'attribute' && field.name !== undefined ? field.name : attributeKey(suffix.key), named.name, true)
  return { ...scope, attributes, stat: named.stat === '' ? 'none' : (named.stat as Stat) }
}

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
  const here = enter(value, scope, walk.layout)
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
  const measured = formsAt(walk.layout, join(scope.path, '*')).length > 0
  const numbered = level ?? (!measured && areRowsAlike(values, scope, walk.layout) ? 'index' : undefined)
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'object' || value === null) continue
    const attributes: Record<string, AttributeValue> = { ...scope.attributes }
    if (numbered !== undefined) setAttribute(attributes, numbered, index, true)
    visit(walk, value, `${pointer}/${index}`, { ...scope, attributes, path: join(scope.path, '*'), seen: noneSeen() }, depth + 1)
  }
}

/** Where one of them failed there is `null`; where somebody left out the rest, a word about it. */
function areNumbers(values: readonly unknown[]): boolean {
  let words = 0
  for (const value of values) {
    if (typeof value === 'string') words += 1
    else if (value !== null && typeof value !== 'number' && !Array.isArray(value)) return false
  }
  return words === 0 || words * 2 < values.length
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

const SAMPLE_ARRAYS = /^(?:times|samples|values?|data|raw_data|measurements|durations|latencies|samples_ns|samples_ts|ttfts|itls|observations)$/
const NO_SAMPLES = /confidence|interval|(?:^|_)ci(?:_|$)|shape|range|bounds?|bins?|buckets?|edges|(?:^|_)lens$|_ids$|seeds|labels|ticks|axis|coordinates|strides|exit_codes|weights|embedding/

/** Numbers in an array are samples of the key's metric where the key says so; `[0.1, 0.9]` of anything else is not. */
function visitSamples(walk: Walk, values: readonly unknown[], pointer: string, scope: Scope): void {
  const key = scope.parentKey ?? ''
  const field = scalarRole(key, 0, scope.holderKey, scope.holder ?? {}, walk.layout, false)
  const reading = readName(key)
  const told = field.field?.role === 'metric'
  if (field.field?.role === 'ignore' || (!told && NO_SAMPLES.test(reading.full))) return
  const named = told || isKnownMetric(reading.words.join('_')) || (reading.unit !== undefined && roleOfName(reading) === 'result')
  const bare = SAMPLE_ARRAYS.test(reading.full)
  if (!named && !bare) return
  const scalar: Scalar = { ...field, role: 'metric', reading: named ? reading : { ...reading, words: [] } }
  const { per, over } = field.field?.role === 'metric' ? field.field : {}
  const totals = per === undefined ? undefined : scope.holder?.[per]
  const settings = over === undefined ? undefined : combinations(scope.holder?.[over], values.length)
  for (const [index, value] of values.entries()) {
    const here = settings ? { ...scope, attributes: joined(scope.attributes, settings(index)) } : scope
    const count: unknown = Array.isArray(totals) ? totals[index] : totals
    if (Array.isArray(value)) {
      for (const [second, deep] of value.entries()) emit(walk, key, deep, `${pointer}/${index}/${second}`, scalar, here, Array.isArray(count) ? count[second] : count)
    } else {
      emit(walk, key, value, `${pointer}/${index}`, scalar, here, count)
    }
  }
}

function joined(attributes: Attributes, more: Attributes): Attributes {
  const all: Record<string, AttributeValue> = { ...attributes }
  for (const [name, value] of Object.entries(more)) setAttribute(all, name, value)
  return all
}

/** `count`: over how many the number is a total, where the layout says that it is one. */
function emit(walk: Walk, key: string, value: unknown, pointer: string, scalar: Scalar, scope: Scope, count?: unknown): void {
  const read = numberOf(value)
  const per = scalar.field?.role === 'metric' ? scalar.field.per : undefined
  const number = read && per !== undefined ? share(read, count ?? scope.holder?.[per]) : read
  if (!number) return
  scope.seen.keys.push(key)
  scope.seen.values.push(number.value)
  record(walk, key, value, number, pointer, meaningOf(walk.layout, key, scalar, scope, number), scope)
}

function record(walk: Walk, name: string, value: unknown, number: NumberReading, pointer: string, meaning: Meaning, scope: Scope): void {
  const place = walk.found.place(pointer)
  const at = {
    key: pointer,
    layout: walk.layout?.name ?? 'generic',
    ...(place === undefined ? {} : { line: place.line, column: place.column, bytes: [place.byte, place.end] as const }),
    pointer,
  }
  const around = { attributes: scope.attributes, status: scope.status, ...(scope.time === undefined ? {} : { time: scope.time.iso }) }
  for (const measured of measure(number, meaning)) {
    walk.out.push(makeRecord(walk.context, at, measured, { name, text: typeof value === 'string' ? value : (place?.number ?? String(value)) }, around))
  }
}

function variantName(scope: Scope): string {
  const name = scope.parentKey === undefined ? undefined : singular(scope.parentKey)
  if (name !== undefined) return name
  if (!Object.hasOwn(scope.attributes, 'variant')) return 'variant'
  return scope.parentKey === undefined ? 'variant' : scope.parentKey
}

function parent(key: string | undefined): { parentKey?: string } {
  return key === undefined ? {} : { parentKey: key }
}
