/** Walks the part of a JSON document that is in long form by the layout's word. */

import type { Layout, LongForm } from '../layout/layout.js'
import { setAttribute } from './attributes.js'
import { numberOf } from './json-meaning.js'
import { DEEPEST, escape, join } from './json-path.js'
import { formsAt, longIn, longMeaning, longValue, readPath, statOf, type Long } from './long.js'
import type { Meaning } from './measure.js'
import type { AttributeValue } from './metric-record.js'
import type { NumberReading } from './number.js'
import { enter, type Scope } from './scope.js'
import { isObject, type JsonObject } from './shape.js'
import { readTime } from './time.js'

export interface LongWalk {
  readonly layout: Layout | undefined
  record(name: string, value: unknown, number: NumberReading, pointer: string, meaning: Meaning, scope: Scope): void
}

/** The scope of an object in long form; `key`: its own in the map whose keys are the names. */
export interface LongScope extends Scope {
  readonly long: Long
}

/** `undefined`: the layout says nothing of this object. */
export function longScope(layout: Layout | undefined, value: JsonObject, scope: Scope, key?: string): LongScope | undefined {
  const forms = formsAt(layout, scope.path)
  const long = layout && forms.length > 0 ? longIn(layout, forms, (name) => readPath(value, name), key) : undefined
  return long && { ...scope, long }
}

/** The keys of the map name what was measured. */
export function visitNames(walk: LongWalk, value: JsonObject, pointer: string, outer: Scope): void {
  for (const [key, child] of Object.entries(value)) {
    if (!isObject(child)) continue
    const scope = longScope(walk.layout, child, { ...outer, path: join(outer.path, '*'), parentKey: key }, key)
    if (scope) visitLong(walk, child, `${pointer}/${escape(key)}`, scope)
  }
}

const ENTRY: LongForm = { values: { '*': { stat: 'value' } } }

/** A map in which each number is a metric of its own. */
export function visitEntries(walk: LongWalk, layout: Layout, value: JsonObject, pointer: string, scope: Scope): void {
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'number') continue
    const long = longIn(layout, [ENTRY], () => undefined, key)
    if (long) measured(walk, key, child, `${pointer}/${escape(key)}`, { ...scope, parentKey: '', long })
  }
}

/** Only what the form names is measured; all else explains it. */
export function visitLong(walk: LongWalk, value: unknown, pointer: string, outer: LongScope, depth = 0): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) visitLong(walk, child, `${pointer}/${index}`, outer, depth + 1)
    return
  }
  const scope = within(walk, value as JsonObject, outer)
  for (const [key, child] of Object.entries(value)) {
    const at = `${pointer}/${escape(key)}`
    const how = longValue(scope.long.form, key, scope.parentKey)
    if (how?.timed === true) timed(walk, key, child, at, scope)
    else if (how && Array.isArray(child)) for (const [index, one] of child.entries()) measured(walk, key, one, `${at}/${index}`, scope)
    else if (typeof child === 'object') visitLong(walk, child, at, { ...scope, parentKey: key }, depth + 1)
    else if (how) measured(walk, key, child, at, scope)
  }
}

function within({ layout }: LongWalk, value: JsonObject, outer: LongScope): LongScope {
  const { form, tags } = outer.long
  const stat = form.stat === undefined ? undefined : statOf(readPath(value, form.stat))
  const entered = enter(value, outer, layout, (key) => key === form.name || key === form.unit || key === form.stat || longValue(form, key, outer.parentKey) !== undefined)
  const attributes: Record<string, AttributeValue> = { ...entered.attributes }
  for (const [name, tag] of Object.entries(tags)) setAttribute(attributes, name, tag, true)
  return { ...entered, attributes, long: stat === undefined ? outer.long : { ...outer.long, stat } }
}

/** `[time, value]`, or a list of such pairs. */
function timed(walk: LongWalk, key: string, value: unknown, pointer: string, scope: LongScope): void {
  if (!Array.isArray(value)) return
  if (value.length === 2 && !Array.isArray(value[0])) {
    const time = readTime(value[0])
    measured(walk, key, value[1], `${pointer}/1`, time === undefined ? scope : { ...scope, time })
    return
  }
  for (const [index, pair] of value.entries()) if (Array.isArray(pair) && !Array.isArray(pair[0])) timed(walk, key, pair, `${pointer}/${index}`, scope)
}

function measured(walk: LongWalk, key: string, value: unknown, pointer: string, scope: LongScope): void {
  const number = numberOf(value)
  const meaning = number && number.value !== scope.long.form.filler && longMeaning(scope.long, key, scope.parentKey)
  if (meaning) walk.record(scope.long.written, value, number, pointer, meaning, scope)
}
