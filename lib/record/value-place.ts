/** Where a JSON value stands: what is known of it before it is looked at. */

import type { ValueFound } from '../format/event.js'
import { LAYOUTS } from '../layout/index.js'
import type { Layout } from '../layout/layout.js'
import { matchValue } from '../layout/match.js'
import { quantityOf } from './json-meaning.js'
import { dotted, keyAbove } from './json-path.js'
import type { FileContext } from './make-record.js'
import { mayBeNamed } from './named-object.js'
import { enter, noneSeen, type Scope } from './scope.js'
import { isObject } from './shape.js'

/** Per list of layouts. */
const anywhere = new WeakMap<readonly Layout[], readonly Layout[]>()

/** Those that may hold for an object anywhere in a document. */
export function anywhereOf(layouts: readonly Layout[]): readonly Layout[] {
  let some = anywhere.get(layouts)
  if (!some) anywhere.set(layouts, (some = layouts.filter((layout) => layout.anywhere === true)))
  return some
}

/** What the parts of a large document say that stand around it. */
export function scopeAround(found: ValueFound, above: string, context: FileContext, layout: Layout | undefined): Scope {
  let scope: Scope = { attributes: context.attributes ?? {}, status: 'ok', path: dotted(above), seen: noneSeen() }
  for (const around of found.context ?? []) {
    if (isObject(around.value)) scope = enter(around.value, { ...scope, ...parent(keyAbove(around.pointer)) }, layout)
  }
  return scope
}

/** The scope of what stands under the last key of `above`. */
export function below(above: string, scope: Scope): Scope {
  const parentKey = keyAbove(above)
  return { ...scope, ...parent(parentKey), ...quantityOf(parentKey, scope) }
}

/** Where a flat object stands whose keys alone say what is measured in it. */
export interface PlainPlace {
  readonly scope: Scope
  /** One that tells something of single keys only. */
  readonly layout: Layout | undefined
}

/** `undefined` for an object in which what it says, or where it stands, decides what its numbers are. */
export function plainPlace(found: ValueFound, context: FileContext): PlainPlace | undefined {
  if (!isObject(found.value) || found.pointer === '') return undefined
  const above = aboveOf(found, context)
  const layouts = context.layouts ?? LAYOUTS
  const keys = Object.keys(found.value)
  // With other values the same keys might be what such a layout asks for.
  if (layouts.some(({ nothingBut, keys: asked }) => nothingBut !== undefined && (asked ?? []).some((key) => keys.includes(key)))) return undefined
  const layout = matchValue(layouts, found.value, above)
  if (layout === undefined ? matchValue(anywhereOf(layouts), found.value) !== undefined : !tellsKeysOnly(layout)) return undefined
  const scope = below(above, scopeAround(found, above, context, layout))
  if (scope.status !== 'ok' || scope.stat !== undefined || mayBeNamed(keys)) return undefined
  if (keys.includes('count') && ['mean', 'avg', 'median'].some((key) => keys.includes(key))) return undefined
  return { scope, layout }
}

/** Nothing in it looks at paths, or from one value at another. */
function tellsKeysOnly(layout: Layout): boolean {
  const { statKey, statSuffix, levels, statuses, long, entries, pairs, sections, zip } = layout
  if ([statKey, statSuffix, levels, statuses, long, entries, pairs, sections, zip].some((told) => told !== undefined)) return false
  return !Object.values(layout.fields).some((field) => field.role === 'unit' || (field.role === 'metric' && field.cases !== undefined))
}

/** Pointer of the value, as far as it is a path in a document. */
export function aboveOf(found: ValueFound, { format }: FileContext): string {
  // A line of NDJSON is a document of its own; its number is not part of any path.
  return format === 'ndjson' || format === 'openmetrics' || format === 'text' || format === 'markdown' ? '' : found.pointer
}

function parent(key: string | undefined): { parentKey?: string } {
  return key === undefined ? {} : { parentKey: key }
}
