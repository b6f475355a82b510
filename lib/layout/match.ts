/** Finds the layout of a table or a JSON value by what is in it. */

import type { Layout } from './layout.js'

/** The layout with the most columns in this header; every column that a layout names must be there. */
export function matchColumns(layouts: readonly Layout[], header: readonly string[]): Layout | undefined {
  const present = new Set(header.map((name) => name.trim()))
  return mostSpecific(layouts, (layout) => layout.columns, (column) => present.has(column))
}

/**
 * The layout with the most keys in this value. An element of a large document is given with its pointer; keys that lead
 * elsewhere in that document cannot be looked at and do not count against the layout.
 */
export function matchValue(layouts: readonly Layout[], value: unknown, pointer = ''): Layout | undefined {
  const above = pointer === '' ? [] : pointer.slice(1).split('/')
  return mostSpecific(
    layouts,
    (layout) => layout.keys?.filter((key) => below(key.split('.'), above) !== undefined),
    (key) => hasPath(value, below(key.split('.'), above) ?? []),
  )
}

function mostSpecific(
  layouts: readonly Layout[],
  signs: (layout: Layout) => readonly string[] | undefined,
  present: (sign: string) => boolean,
): Layout | undefined {
  let best: Layout | undefined
  let most = 0
  for (const layout of layouts) {
    const all = signs(layout)
    if (all === undefined || all.length <= most || !all.every(present)) continue
    best = layout
    most = all.length
  }
  return best
}

/** The rest of the path under an element; `undefined` when the path leads elsewhere. */
function below(path: readonly string[], above: readonly string[]): readonly string[] | undefined {
  for (const [at, name] of above.entries()) {
    const step = path[at]
    if (step === undefined || (step !== '*' && step !== name)) return undefined
  }
  return path.slice(above.length)
}

const ELEMENTS_TRIED = 4

function hasPath(value: unknown, path: readonly string[]): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  if (step === '*') return Object.values(value).slice(0, ELEMENTS_TRIED).some((element) => hasPath(element, rest))
  return Object.hasOwn(value, step) && hasPath((value as Record<string, unknown>)[step], rest)
}
