/** Finds the layout of a table or a JSON value by what is in it. */

import type { Layout } from './layout.js'

/** The layout with the most columns in this header; every column that a layout names must be there, unless it asks for less. */
export function matchColumns(layouts: readonly Layout[], header: readonly string[]): Layout | undefined {
  const present = new Set(header.map((name) => name.trim()))
  let best: Layout | undefined
  let most = 0
  for (const layout of layouts) {
    if (!layout.columns) continue
    const found = layout.columns.filter((column) => present.has(column)).length
    if (found < (layout.least ?? layout.columns.length) || found <= most) continue
    best = layout
    most = found
  }
  return best
}

/**
 * The layout with the most keys in this value. An element of a large document is given with its pointer; keys that lead
 * elsewhere in that document cannot be looked at and do not count against the layout.
 */
export function matchValue(layouts: readonly Layout[], value: unknown, pointer = ''): Layout | undefined {
  let best: Layout | undefined
  let most = 0
  for (const { layout, paths } of signsBelow(layouts, pointer)) {
    if (paths.length <= most || !paths.every((path) => hasPath(value, path, 0)) || !hasNothingElse(layout, value, pointer)) continue
    best = layout
    most = paths.length
  }
  return best
}

interface Signs {
  readonly layout: Layout
  readonly paths: readonly (readonly string[])[]
}

interface SignsBelow {
  readonly above: string
  readonly signs: readonly Signs[]
}

/** The last asked for: the lines of a file, and the elements of an array, all stand below the same place. */
const last = new WeakMap<readonly Layout[], SignsBelow>()

function signsBelow(layouts: readonly Layout[], pointer: string): readonly Signs[] {
  const above = pointer.replace(/\/\d+(?=\/|$)/g, '/*')
  const known = last.get(layouts)
  if (known?.above === above) return known.signs
  const steps = above === '' ? [] : above.slice(1).split('/')
  const signs = layouts.flatMap((layout) => (layout.keys ? [{ layout, paths: layout.keys.flatMap((key) => below(key.split('.'), steps)) }] : []))
  last.set(layouts, { above, signs })
  return signs
}

/** The rest of the path under an element; nothing when the path leads elsewhere. */
function below(path: readonly string[], above: readonly string[]): readonly (readonly string[])[] {
  const leads = above.every((name, at) => path[at] === '*' || path[at] === name)
  return leads ? [path.slice(above.length)] : []
}

const ELEMENTS_TRIED = 4

function hasPath(value: unknown, path: readonly string[], at: number): boolean {
  const step = path[at]
  if (step === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  if (step !== '*') return Object.hasOwn(value, step) && hasPath((value as Record<string, unknown>)[step], path, at + 1)
  const elements: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return elements.slice(0, ELEMENTS_TRIED).some((element) => hasPath(element, path, at + 1))
}

/** Only a whole document can be looked at so. */
function hasNothingElse({ nothingBut }: Layout, value: unknown, pointer: string): boolean {
  if (nothingBut === undefined) return true
  return pointer === '' && Object.entries(nothingBut).every(([path, keys]) => onlyHas(value, path === '' ? [] : path.split('.'), 0, new Set(keys)))
}

const ELEMENTS_HELD = 64

function onlyHas(value: unknown, path: readonly string[], at: number, keys: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const step = path[at]
  const entries = Object.entries(value as Record<string, unknown>)
  if (step === undefined) return entries.length > 0 && entries.every(([key, one]) => keys.has(key) && (typeof one === 'number' || Array.isArray(one)))
  return entries.slice(0, ELEMENTS_HELD).every(([key, one]) => (step !== '*' && step !== key) || onlyHas(one, path, at + 1, keys))
}
