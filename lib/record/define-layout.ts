/** Layouts of one's own: checked, so that a slip says where it is and what would be right. */

import { checkLayout, LAYOUTS, type Layout } from '../layout/index.js'
import { baseUnit } from './units.js'

/**
 * A layout for `records({ layouts: [...] })`, checked in every part: an unknown key, unit or statistic, a regular expression
 * that is none, and a layout that no file could be found by throw a `ChimeraError` with code `USAGE`.
 *
 *     const mine = defineLayout({
 *       name: 'my-bench',
 *       tool: 'my bench, CSV: one row per run',
 *       columns: ['run', 'took', 'model'],
 *       fields: { took: { role: 'metric', metric: 'e2e_latency', unit: 'ms' } },
 *     })
 */
export function defineLayout(layout: Layout): Layout {
  return checkLayout(layout, { unit: (text) => baseUnit(text) !== undefined })
}

/** Own layouts first: of two that ask for as much, the first wins. */
export function withOwn(own: readonly Layout[] | undefined): readonly Layout[] {
  return own === undefined || own.length === 0 ? LAYOUTS : [...own.map(defineLayout), ...LAYOUTS]
}
