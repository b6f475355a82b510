/** Rows of aggregates beside rows of samples, in JSON: where a field of the row says which statistic it holds. */

import type { Layout, StatSuffix } from '../layout/layout.js'
import { attributeKey, setAttribute } from './attributes.js'
import { fieldOf } from './field-of.js'
import type { AttributeValue, Stat } from './metric-record.js'
import { readName } from './names.js'
import type { Scope } from './scope.js'
import type { JsonObject } from './shape.js'
import { percentile } from './statistics.js'
import { takeSuffix } from './take-suffix.js'

/** `Percentile: "99%"` among the cells of a row makes all its numbers that percentile, and is none itself. */
export function statOfRow(value: JsonObject): { readonly stat?: Stat; readonly value: JsonObject } {
  const key = Object.keys(value).find((name) => /^(?:percentiles?|quantiles?|stat|statistic|aggregation)$/i.test(name))
  const text = key === undefined ? undefined : value[key]
  const stat = typeof text !== 'string' ? undefined : /^\d/.test(text) ? percentile(`p${Number(text.replace('%', ''))}`) : readName(text).stat
  if (key === undefined || stat === undefined) return { value }
  return { stat, value: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) }
}

/** The scope of such a row; its `stat` is `none` where the row holds another kind of aggregate. */
export function withRowStat(value: JsonObject, scope: Scope, layout: Layout | undefined): Scope {
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
