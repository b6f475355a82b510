/** Shorthands in which layouts write their fields. */

import type { LayoutField } from './layout.js'

export type MetricField = Extract<LayoutField, { role: 'metric' }>
type More = Omit<MetricField, 'role' | 'metric' | 'unit'>

export const IGNORE: LayoutField = { role: 'ignore' }
export const ATTRIBUTE: LayoutField = { role: 'attribute' }

/** `unit` as the tool means it; left out, the unit that stands beside the number. */
export function measured(metric: string, unit?: string, more: More = {}): MetricField {
  return { role: 'metric', metric, ...(unit === undefined ? {} : { unit }), ...more }
}

export function named(name: string): LayoutField {
  return { role: 'attribute', name }
}

/** The same field for several names. */
export function each(names: readonly string[], field: LayoutField): Readonly<Record<string, LayoutField>> {
  return Object.fromEntries(names.map((name) => [name, field]))
}
