/** Items as JSON, one a line or as one array. Base units, nothing left out, nothing rounded. */

import type { Stage } from '../stage/index.js'
import { formatItem } from './format-item.js'
import { textStage, type WriterOptions } from './writer.js'

/** One JSON text per line, for every item that JSON can say. */
export function ndjson(options: WriterOptions = {}): Stage<unknown, string> {
  return textStage('ndjson', () => ({ item: line }), options)
}

/** One array, written as the items come; `[]` when none comes. */
export function json(options: WriterOptions = {}): Stage<unknown, string> {
  return textStage(
    'json',
    () => {
      let open = false
      return {
        item(item) {
          const text = formatItem(item)
          if (text === undefined) return ''
          const before = open ? ',\n' : '[\n'
          open = true
          return before + text
        },
        end: () => (open ? '\n]\n' : '[]\n'),
      }
    },
    options,
  )
}

function line(item: unknown): string {
  const text = formatItem(item)
  return text === undefined ? '' : `${text}\n`
}
