/** One cell: where it stands, and what it says as an attribute. */

import type { TableRow, TableStart } from '../format/event.js'
import type { Layout } from '../layout/layout.js'
import { attributeKey, attributeValue, isContextSize, readPairs, setAttribute, type Attributes } from './attributes.js'
import type { FileContext, Place } from './make-record.js'
import type { AttributeValue } from './metric-record.js'
import type { Rival } from './several.js'

/** What a table needs of the file around it. */
export interface TableAround {
  readonly context: FileContext
  readonly start: TableStart
  /** The column of the file that each is a part of, where cells hold two numbers. */
  readonly origin?: readonly number[]
  /** Then: the title of that column as it stands there. */
  readonly titles?: readonly string[]
  readonly rivals?: readonly (Rival | undefined)[]
  /** The header as tokens of a pointer. */
  readonly tokens: readonly string[]
  readonly layout?: Layout
  /** The first heading of the file. */
  readonly title?: string
  /** From the lines and headings above the table. */
  readonly attributes: Attributes
  readonly time?: string
  readonly aboutModels: boolean
}

/** A row whose cells are ready to be read; `written`: as they stand in the file, where that is another way. */
export interface ReadRow extends TableRow {
  readonly written?: readonly string[]
}

/** Settings are often packed into one cell, as JSON or as `key=value` pairs; `whole`: known not to be. */
export function addCell(attributes: Record<string, AttributeValue>, key: string, text: string, whole = false): void {
  const packed = whole ? undefined : text.startsWith('{') ? readJsonObject(text) : readPairs(text)
  if (packed) {
    const beside = packed.some(([name]) => isContextSize(name))
    for (const [name, value] of packed) {
      const plain = typeof value === 'string' ? attributeValue(value) : value
      const own = attributeKey(name)
      if (plain !== undefined) setAttribute(attributes, own === 'gpu' && beside && typeof plain === 'number' ? 'num_gpu' : own, plain)
    }
    return
  }
  const value = /version/.test(key) ? text.trim() : attributeValue(text)
  if (value !== undefined) setAttribute(attributes, key, value)
}

/** Longer texts in a cell are no settings packed into it. */
export const LONGEST_PACKED = 4000

function readJsonObject(text: string): [string, AttributeValue][] | undefined {
  if (text.length > LONGEST_PACKED) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    return Object.entries(value).flatMap(([name, inner]): [string, AttributeValue][] =>
      typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean' ? [[name, inner]] : [],
    )
  } catch {
    return undefined
  }
}

/** In a CSV a column is counted in cells, in Markdown and other text in characters. */
export function cellPlace({ context, start, tokens, layout, origin }: TableAround, row: TableRow, index: number): Place {
  const column = context.format === 'markdown' || context.format === 'text' ? row.columns?.[index] : (origin?.[index] ?? index) + 1
  const own = row.lines?.[index]
  const bytes = own?.bytes ?? row.bytes
  const name = tokens[index] ?? String(index)
  return {
    key: `${row.table}/${row.row}/${index}`,
    layout: layout?.name ?? 'generic',
    line: own?.line ?? row.line,
    ...(column === undefined ? {} : { column }),
    pointer: context.format === 'markdown' ? `/${row.table}/${row.row}/${name}` : `/${row.row}/${name}`,
    ...(start.headings === undefined ? {} : { headings: start.headings }),
    ...(bytes === undefined ? {} : { bytes }),
  }
}
