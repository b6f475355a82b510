/** In printed text a label without a value is a heading of those set in below it, unless they are statistics of what it names. */

import { setAttribute } from './attributes.js'
import type { FileContext } from './make-record.js'
import type { AttributeValue } from './metric-record.js'
import { readName } from './names.js'
import { roleOfName } from './roles.js'
import type { Scope } from './scope.js'
import type { JsonObject } from './shape.js'

/** The scope below such a heading; `undefined` where the key is a name as in any JSON. */
export function groupScope(context: FileContext, key: string, child: JsonObject, scope: Scope): Scope | undefined {
  if ((context.format !== 'text' && context.format !== 'markdown') || roleOfName(readName(key)) !== 'unknown') return undefined
  if (Object.keys(child).some((label) => isOfIt(label))) return undefined
  const attributes: Record<string, AttributeValue> = { ...scope.attributes }
  const above = attributes['section']
  setAttribute(attributes, 'section', above === undefined ? key : `${String(above)} / ${key}`, true)
  return { ...scope, attributes }
}

/** `avg`, `95%`: a statistic of what stands above. */
function isOfIt(label: string): boolean {
  const { words, stat } = readName(label)
  return words.length === 0 && stat !== undefined
}
