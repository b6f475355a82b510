/** Items as JSON, one a line or as one array. Base units, nothing left out, nothing rounded. */

import { RecordBlock } from '../record/record-block.js'
import { stage, type Stage } from '../stage/index.js'
import { formatItem } from './format-item.js'
import { piece, textStage, WAITING, type WriterOptions } from './writer.js'

/** One JSON text per line, for every item that JSON can say. */
export function ndjson(options: WriterOptions = {}): Stage<unknown, string> {
  return textStage('ndjson', () => ({ item: line }), options)
}

/** The same as bytes, where a block can write them itself: for a pipe or a file. */
export function ndjsonBytes(options: WriterOptions = {}): Stage<unknown, string | Uint8Array> {
  return stage<unknown, string | Uint8Array>(
    {
      name: 'ndjson',
      start: () => ({
        write: (batch) => piece(batch.map(line).join('')),
        writeBlock(block) {
          const lines = block instanceof RecordBlock ? block.content.lines?.(block) : undefined
          if (!lines) return this.write(block.items())
          return lines.length === 0 ? [] : [[lines]]
        },
      }),
    },
    { highWaterMark: WAITING, ...options },
  )
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
