/** Lines `label: value` that a tool printed, shown in a fence: read as the same text in a file of its own is read. */

import { byteLength } from './encoding.js'
import type { ValueFound } from './event.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { ReadingOptions } from './reading.js'
import { text } from './text.js'
import { lookAtText } from './text-look.js'

const LEAST_LABELS = 3

/** `first`: the number of the first value; lines that were read otherwise must be left out (blank) by the caller. */
export function labelledValues(lines: readonly MarkdownLine[], first: number, { encoding = 'utf-8' }: ReadingOptions): ValueFound[] {
  const source = lines.map((line) => line.text).join('\n')
  const { measured, units } = lookAtText(source)
  if (units === 0 || (measured < LEAST_LABELS && units < 2)) return []
  const reader = text('', { encoding })
  const events = [...(reader.write([new TextEncoder().encode(source)]) as Iterable<readonly unknown[]>), ...((reader.end?.() ?? []) as Iterable<readonly unknown[]>)].flat()
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += byteLength(line.text, encoding) + byteLength('\n', encoding)
  }
  return events.filter(isValue).map((found, index) => {
    const pointer = `/${first + index}`
    return {
      ...found,
      pointer,
      place(wanted) {
        const place = wanted.startsWith(`${pointer}/`) ? found.place(found.pointer + wanted.slice(pointer.length)) : undefined
        const line = place && lines[place.line - 1]
        if (!place || !line) return undefined
        const moved = line.bytes[0] - (starts[place.line - 1] ?? 0)
        return { ...place, line: line.line, column: place.column + line.shift, byte: place.byte + moved, end: place.end + moved }
      },
    }
  })
}

function isValue(event: unknown): event is ValueFound {
  return (event as { type?: string }).type === 'value'
}
