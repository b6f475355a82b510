/** `JSON.parse` where it tells the whole truth: the fast way for text that is right. */

import { MAX_DEPTH } from './json-scan.js'

/** `undefined` when the text is not JSON, when keys would be lost because they stand twice, or when it is nested too deep. */
export function parsePlain(text: string): { readonly value: unknown } | undefined {
  const { depth, keys, closed } = outline(text)
  // What JSON.parse throws is dear: a bracket that is not closed need not be shown to it.
  if (depth > MAX_DEPTH || !closed) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return countKeys(value) === keys ? { value } : undefined
  } catch {
    return undefined
  }
}

/** How deep a text is nested, how many keys it has, and whether all brackets are closed, without reading values. */
function outline(text: string): { depth: number; keys: number; closed: boolean } {
  let depth = 0
  let deepest = 0
  let keys = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at += 1
      while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1
    } else if (code === 0x3a) {
      keys += 1
    }
  }
  return { depth: deepest, keys, closed: depth === 0 }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countKeys(item), 0)
  const members: unknown[] = Object.values(value)
  return members.reduce((sum: number, member) => sum + countKeys(member), members.length)
}
