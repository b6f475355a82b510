/** Looks a name up in a layout. */

import type { Layout, LayoutField } from '../layout/layout.js'
import { attributeKey } from './attributes.js'

/** By `parent.name`, by name, then by a name that ends in `*`. */
export function fieldOf(layout: Layout | undefined, name: string, parent?: string): LayoutField | undefined {
  if (!layout) return undefined
  const { fields } = layout
  const qualified = parent === undefined ? undefined : `${parent}.${name}`
  if (qualified !== undefined && Object.hasOwn(fields, qualified)) return fields[qualified]
  if (Object.hasOwn(fields, name)) return fields[name]
  const pattern = patterns(layout).find(([prefix]) => name.startsWith(prefix))
  return pattern && named(pattern[1], name.slice(pattern[0].length))
}

/** `parameter_*` called `*`. */
function named(field: LayoutField, rest: string): LayoutField {
  if (field.role !== 'attribute' || field.name?.includes('*') !== true) return field
  return { ...field, name: field.name.replace('*', attributeKey(rest)) }
}

/** Whether the layout says what stands under such a key, so that it is not taken for one of metadata by its name. */
export function isSectionKey(layout: Layout | undefined, key: string): boolean {
  if (layout?.sections === undefined) return false
  let keys = sectionKeys.get(layout)
  if (!keys) {
    keys = new Set(Object.keys(layout.sections).flatMap((path) => path.split('.')))
    sectionKeys.set(layout, keys)
  }
  return keys.has(key)
}

const sectionKeys = new WeakMap<Layout, ReadonlySet<string>>()

const compiled = new WeakMap<Layout, (readonly [string, LayoutField])[]>()

function patterns(layout: Layout): readonly (readonly [string, LayoutField])[] {
  let list = compiled.get(layout)
  if (!list) {
    list = Object.entries(layout.fields).flatMap(([name, field]) => (name.endsWith('*') ? [[name.slice(0, -1), field] as const] : []))
    compiled.set(layout, list)
  }
  return list
}
