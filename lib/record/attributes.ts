/** Attributes: short scalars under safe names. */

import type { AttributeValue } from './metric-record.js'
import { remembered } from './remembered.js'
import { attributeName } from './roles.js'
import { snake } from './words.js'

export type Attributes = Readonly<Record<string, AttributeValue>>

/** Longer text (prompts) is cut with an ellipsis. */
export const ATTRIBUTE_LIMIT = 120
/** A record that needs more is describing its machine, not itself. */
export const ATTRIBUTES_PER_RECORD = 48

/** Adds one attribute; names from files may be hostile, values may be long. The first value of a name stays. */
export function setAttribute(into: Record<string, AttributeValue>, name: string, value: AttributeValue, replace = false): void {
  // Setting this one would set a prototype; as a name from a file it comes as `proto`.
  if (name === '' || name === '__proto__') return
  if (!replace && Object.hasOwn(into, name)) return
  if (typeof value === 'number' && !Number.isFinite(value)) return
  if (!Object.hasOwn(into, name) && Object.keys(into).length >= ATTRIBUTES_PER_RECORD) return
  into[name] = typeof value === 'string' ? shorten(value) : value
}

/** What is nearer wins. */
export function beside(near: Attributes, far: Attributes | undefined): Attributes {
  if (far === undefined || Object.keys(far).length === 0) return near
  const attributes: Record<string, AttributeValue> = { ...near }
  for (const [name, value] of Object.entries(far)) setAttribute(attributes, name, value)
  return attributes
}

export const attributeKey = remembered((name) => attributeName(snake(name.replace(/^#\s*(?=\w)/, ''))))

/** A cell's text as a value: plain numbers and yes/no words become what they mean, `q4_0` and `007` stay text. */
export function attributeValue(text: string): AttributeValue | undefined {
  const clean = text.trim()
  if (isEmpty(clean)) return undefined
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(clean)) return Number(clean)
  if (/^-?[1-9]\d{0,2}(?:,\d{3}){1,4}$/.test(clean)) return Number(clean.replaceAll(',', ''))
  if (/^(?:true|false)$/i.test(clean)) return clean.toLowerCase() === 'true'
  return clean
}

const EMPTY = /^(?:|[-–—]+|\[?n\/?a\]?|null|none|nan|nil|undefined|unknown|missing|\?+|\.\.\.|…)$/i

/** Cells that say "nothing here". */
export function isEmpty(text: string): boolean {
  return text.length < 12 && EMPTY.test(text.trim())
}

/** `grep --mmap=no x`, `LC_ALL=C sort -u`: what was run, not how it was set. */
const COMMAND_LINE = /(?:^|\s)--?[A-Za-z]|^[A-Z_]+=\S+ (?!\S*=)\S/

/** `key=value, key=value`: how runs write their settings into one cell or line. */
export function readPairs(text: string): [string, string][] | undefined {
  if (text.length > 400 || !text.includes('=') || COMMAND_LINE.test(text)) return undefined
  const parts = text.replace(/`/g, '').split(/\s*[,;]\s*|\s+(?=\w+=)/)
  const pairs: [string, string][] = []
  for (const part of parts) {
    const match = /^\s*([A-Za-z][\w .-]{0,40}?)\s*=\s*([^=]{1,80})\s*$/.exec(part)
    if (!match) return undefined
    pairs.push([match[1] ?? '', (match[2] ?? '').trim()])
  }
  return pairs
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > ATTRIBUTE_LIMIT ? `${flat.slice(0, ATTRIBUTE_LIMIT - 1)}…` : flat
}

/** Beside the size of a context `gpu` counts layers on it. */
export function isContextSize(name: string): boolean {
  return /^(?:num_)?ctx$/i.test(name.trim())
}
