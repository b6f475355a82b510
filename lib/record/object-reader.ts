/** Remembers for each shape of JSON objects in a file how they become blocks of records. */

import type { JsonBlock } from '../format/json-block.js'
import type { Template } from '../format/json-template.js'
import type { FileContext } from './make-record.js'
import { objectBlocks, type ObjectsRead } from './object-block.js'
import { ownValue } from './own.js'

/** `undefined`: all of its objects are read one by one. */
export type ObjectReader = (block: JsonBlock) => readonly ObjectsRead[] | undefined

interface Known {
  readonly above: string
  readonly context: unknown
  readonly read: ReturnType<typeof objectBlocks>
}

export function objectReader(context: FileContext): ObjectReader {
  const shapes = new WeakMap<Template, Known>()
  return (block) => {
    const { template, above, context: around } = block.content
    let known = shapes.get(template)
    if (known?.above !== above || known.context !== around) {
      const first = block.event(0)
      known = { above, context: around, read: ownValue(first, context) ? undefined : objectBlocks(block, context) }
      shapes.set(template, known)
    }
    return known.read?.(block)
  }
}
