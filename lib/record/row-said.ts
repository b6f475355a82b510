/** What the rows of a block say of all their numbers, as it is written into a line of NDJSON. */

import type { CellBlock } from '../format/cell-block.js'
import { escapeJson } from '../stage/index.js'
import { isEmpty, setAttribute, type Attributes } from './attributes.js'
import type { AttributeValue } from './metric-record.js'
import type { Words } from './table-words.js'
import { readTime } from './time.js'

/** By the ids of a row; kept from block to block. */
export type AttributeTexts = Map<string, Uint8Array>

const TEXTS_KEPT = 4096
const UTF8 = new TextEncoder()

/** JSON text, in the order in which `circumstancesOf` puts it together; `others` hold where the row says nothing. */
export function attributesAt(words: readonly Words[], kept: AttributeTexts, others: Attributes, from: number): (row: number) => Uint8Array {
  const telling = words.filter(({ key }) => key !== undefined)
  const texts = telling.every(({ dictionary }) => dictionary.lasting) ? kept : new Map<string, Uint8Array>()
  return (row) => {
    const ids = telling.map((one) => one.ids[from + row]).join(' ')
    const known = texts.get(ids)
    if (known) return known
    const attributes: Record<string, AttributeValue> = {}
    for (const { key = '', ids: numbers, own } of telling) {
      const value = own(numbers[from + row] as number)
      if (value !== undefined) setAttribute(attributes, key, value)
    }
    for (const [key, value] of Object.entries(others)) setAttribute(attributes, key, value)
    const text = UTF8.encode(escapeJson(JSON.stringify(attributes)))
    if (texts.size >= TEXTS_KEPT) texts.clear()
    texts.set(ids, text)
    return text
  }
}

/** What the last of the columns says that tells one. */
export function timesAt(cells: CellBlock, columns: readonly { readonly index: number }[], otherwise: string | undefined, from: number): (row: number) => string | undefined {
  const read = timeReading()
  return (row) => {
    let found = otherwise
    for (const { index } of columns) {
      const text = cells.text(from + row, index)
      if (!isEmpty(text)) found = read(text) ?? found
    }
    return found
  }
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/

/** As `readTime`, which takes its time, reads it: rows of one day come together. */
function timeReading(): (text: string) => string | undefined {
  let day: string | undefined
  return (text) => {
    if (day !== undefined && text.startsWith(day) && CLOCK.test(text.slice(day.length))) return text
    const iso = readTime(text)?.iso
    if (iso === text && text.charAt(10) === 'T') day = text.slice(0, 11)
    return iso
  }
}
