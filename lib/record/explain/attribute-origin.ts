/** Where the attributes of a record stand in its file. */

import type { FieldFound, TableRow, TableStart } from '../../format/event.js'
import { attributeKey, attributeValue, readPairs } from '../attributes.js'
import { LONGEST_PACKED } from '../cell.js'
import type { AttributeValue, MetricRecord } from '../metric-record.js'
import { pathAttributes } from '../path-attributes.js'
import { readStatus } from '../status.js'
import type { AttributeOrigin } from './explanation.js'
import { shortened } from './why-number.js'

type Find = (name: string, value: AttributeValue) => string | undefined

export function originsOf({ attributes, source, raw }: MetricRecord, find: Find): readonly AttributeOrigin[] {
  return Object.entries(attributes).map(([name, value]) => {
    const from = find(name, value) ?? general(name, value, source.file, raw.name) ?? 'what stands around it'
    return { name, value, from }
  })
}

function general(name: string, value: AttributeValue, file: string, title: string): string | undefined {
  if (name === 'qualifier') return `words of the name "${title}"`
  return pathAttributes(file)[name] === value ? `the path ${file}` : undefined
}

/** In a table: a cell of the row, the title of the number's own column, headings and lines above. */
export function inTable(start: TableStart, row: TableRow, column: number): Find {
  const above = inHeadings(start.headings ?? [], start.context ?? [])
  return (name, value) => {
    const cells = row.cells.flatMap((text, index) => (index !== column && holds(text, value) ? [index] : []))
    const named = cells.find((index) => attributeKey(start.header[index] ?? '') === name)
    const at = named ?? row.cells.findIndex((text, index) => index !== column && packs(text, value))
    if (at >= 0) return cellName(start, at)
    if (String(value) === (start.header[column] ?? '').trim()) return `the header of column ${column + 1}`
    return above(name, value) ?? (cells[0] === undefined ? undefined : cellName(start, cells[0]))
  }
}

/** Above a table or a line: `label: value` lines and headings. */
export function inHeadings(headings: readonly string[], fields: readonly FieldFound[]): Find {
  return (name, value) => {
    const field = fields.findLast((one) => (attributeKey(one.label) === name && holds(one.value, value)) || packs(one.value, value))
    if (field) return `line ${field.line}, "${shortened(`${field.label}: ${field.value}`)}"`
    return name === 'section' && headings.length > 0 ? 'the headings above' : undefined
  }
}

function cellName({ header }: TableStart, index: number): string {
  return `cell ${index + 1}, "${shortened(header[index] ?? '')}"`
}

/** Whether the text of a cell is what became this attribute. */
export function holds(text: string, value: AttributeValue): boolean {
  const clean = text.trim()
  if (clean === '' || typeof value !== 'string') return clean !== '' && (attributeValue(clean) === value || clean === String(value))
  // Attributes have no line ends, and long ones are cut.
  const flat = clean.replace(/\s+/g, ' ')
  return flat === value || (value.endsWith('…') && flat.startsWith(value.slice(0, -1)))
}

/** Whether it tells that the run worked or failed, and its numbers say the same. */
export function saysStatus(role: string, text: string, records: readonly MetricRecord[]): boolean {
  if (role === 'error') return records.some(({ status }) => status === 'error')
  return role === 'success' && records.length > 0 && readStatus(text) !== undefined
}

/** Several settings in one cell: `num_gpu=80, num_ctx=4096`, or JSON. Some go by another name than there. */
function packs(text: string, value: AttributeValue): boolean {
  if (!text.includes(String(value))) return false
  if (text.startsWith('{')) return text.length < LONGEST_PACKED && text.includes(`:${JSON.stringify(value)}`)
  return readPairs(text)?.some(([, pair]) => holds(pair, value)) ?? false
}
