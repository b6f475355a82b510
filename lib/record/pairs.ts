/** Lists and texts of pairs that are attributes: `[{ key, value: { stringValue } }]`, `{ a: 1 }`, `a=b&c=d`. */

import type { Layout } from '../layout/layout.js'
import { attributeKey, attributeValue, readPairs, setAttribute } from './attributes.js'
import { fieldOf } from './field-of.js'
import type { AttributeValue } from './metric-record.js'
import { isObject, type JsonObject } from './shape.js'

const PAIRS_READ = 64

/** Adds what `value` says, under the names that the layout has for it; what is no pair of short scalars is left out. */
export function addPairs(into: Record<string, AttributeValue>, value: unknown, layout?: Layout): void {
  if (typeof value === 'string') addText(into, value, layout)
  else if (Array.isArray(value)) for (const element of value.slice(0, PAIRS_READ)) addElement(into, element, layout)
  else if (isObject(value)) for (const [key, child] of Object.entries(value).slice(0, PAIRS_READ)) addPair(into, key, child, layout)
}

/** Whether an array is such a list: each of its elements names a key and a value. */
export function isPairList(value: readonly unknown[]): boolean {
  return value.length > 0 && value.slice(0, PAIRS_READ).every((element) => isObject(element) && nameIn(element) !== undefined && Object.hasOwn(element, 'value'))
}

function nameIn(element: JsonObject): string | undefined {
  const name = element['key'] ?? element['name']
  return typeof name === 'string' ? name : undefined
}

function addElement(into: Record<string, AttributeValue>, element: unknown, layout: Layout | undefined): void {
  if (typeof element === 'string') addText(into, element, layout)
  else if (isObject(element)) {
    const name = nameIn(element)
    if (name !== undefined) addPair(into, name, element['value'], layout)
  }
}

function addPair(into: Record<string, AttributeValue>, name: string, value: unknown, layout: Layout | undefined): void {
  const field = fieldOf(layout, name)
  const plain = field?.role === 'ignore' ? undefined : scalarIn(value)
  if (plain !== undefined) setAttribute(into, field?.role === 'attribute' && field.name !== undefined ? field.name : attributeKey(name), plain, true)
}

/** OpenTelemetry wraps its values: `{ "stringValue": "x" }`, whole numbers as text. */
function scalarIn(value: unknown): AttributeValue | undefined {
  if (typeof value === 'string') return attributeValue(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!isObject(value)) return undefined
  if (typeof value['stringValue'] === 'string') return value['stringValue'].trim() === '' ? undefined : value['stringValue']
  return scalarIn(value['intValue'] ?? value['doubleValue'] ?? value['boolValue'])
}

function addText(into: Record<string, AttributeValue>, text: string, layout: Layout | undefined): void {
  for (const [name, value] of readPairs(text.replace(/&/g, ', ')) ?? []) addPair(into, name, value, layout)
}
