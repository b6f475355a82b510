/** JSON objects of one shape as the places of their values in the bytes: objects are made only when somebody asks for them. */

import { Block } from '../stage/index.js'
import type { FormatEvent, ValueFound, ValuePlace } from './event.js'
import { pointerToken } from './json-pointer.js'
import { CELL, type Template, type TemplateCells } from './json-template.js'

/** Where each object stands, row by row. */
export interface JsonRows {
  /** Four for each: its first byte and one past its last in the bytes, its 1-based line, and its column. */
  readonly places: Int32Array
  readonly count: number
}

export interface JsonBlockContent {
  readonly template: Template
  readonly cells: TemplateCells
  readonly rows: JsonRows
  readonly bytes: Buffer
  /** Where those bytes stand in the file. */
  readonly offset: number
  /** Pointer of the list they are elements of; `""` for lines of NDJSON, too. */
  readonly above: string
  /** 0-based number of the first in its list. */
  readonly first: number
  readonly context?: ValueFound['context']
}

export class JsonBlock extends Block<FormatEvent> {
  constructor(readonly content: JsonBlockContent) {
    super()
  }

  override get length(): number {
    return this.content.rows.count
  }

  /** The value as it stands in the file. */
  text(row: number, column: number): string {
    const { bytes, cells, template } = this.content
    const at = 2 * (row * template.keys.length + column)
    return bytes.toString('utf8', cells.spans[at], cells.spans[at + 1])
  }

  event(row: number): ValueFound {
    const { rows, bytes, above, first, context } = this.content
    const value = JSON.parse(bytes.toString('utf8', rows.places[4 * row], rows.places[4 * row + 1])) as unknown
    const pointer = `${above}/${first + row}`
    const place = (wanted: string) => this.#place(row, pointer, wanted)
    return { type: 'value', value, pointer, ...(context && { context }), place }
  }

  override items(): readonly ValueFound[] {
    return Array.from({ length: this.length }, (_, row) => this.event(row))
  }

  #place(row: number, pointer: string, wanted: string): ValuePlace | undefined {
    const { rows, template, cells, bytes, offset } = this.content
    const [start = 0, end = 0, line = 1, column = 1] = rows.places.subarray(4 * row, 4 * row + 4)
    if (wanted === pointer) return { line, column, byte: offset + start, end: offset + end }
    if (!wanted.startsWith(`${pointer}/`)) return undefined
    const index = cellOf(template, wanted.slice(pointer.length))
    if (index === undefined) return undefined
    const cell = row * template.keys.length + index
    const [from = 0, to = 0] = cells.spans.subarray(2 * cell, 2 * cell + 2)
    const lines = template.lines[index] ?? 0
    const since = lines === 0 ? start : bytes.lastIndexOf(0x0a, from) + 1
    return {
      line: line + lines,
      column: (lines === 0 ? column : 1) + bytes.toString('utf8', since, from).length,
      byte: offset + from,
      end: offset + to,
      ...(cells.kinds[cell] === CELL.number ? { number: bytes.toString('latin1', from, to) } : {}),
    }
  }
}

const pointers = new WeakMap<Template, ReadonlyMap<string, number>>()

function cellOf(template: Template, pointer: string): number | undefined {
  let known = pointers.get(template)
  if (!known) pointers.set(template, (known = new Map(template.keys.map((key, at) => [pointerToken(key), at]))))
  return known.get(pointer)
}
