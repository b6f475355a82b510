/** From an index in a text to line, column and byte of the file; everything is worked out on first use only. */

import { byteLength, type Encoding } from './encoding.js'
import type { ValueFound } from './event.js'
import { nodeAt, type PlaceNode } from './json-pointer.js'
import { scanJson } from './json-scan.js'

/** Where in the file a text starts. */
export interface Origin {
  readonly encoding: Encoding
  readonly line: number
  readonly column: number
  readonly byte: number
}

export interface Place {
  readonly line: number
  readonly column: number
  readonly byte: number
}

/** As JSON writes them; nobody writes more digits than that. */
const NUMBER = /-?\d[\d.eE+-]{0,400}/y
const WORD = /-?[A-Za-z]{1,8}/y
/** Distance of the marks at which byte offsets are kept, so that no look-up measures more text than this. */
const STRIDE = 4096

/** Columns count UTF-16 units from 1, as editors and compilers do. Lines end with `\n`. */
export function positions(text: string, origin: Origin): (index: number) => Place {
  let lines: number[] | undefined
  let bytes: number[] | undefined
  return (index) => {
    lines ??= lineStarts(text)
    bytes ??= byteMarks(text, origin.encoding)
    const line = lastAtMost(lines, index)
    const mark = Math.floor(index / STRIDE)
    const from = boundary(text, mark)
    return {
      line: origin.line + line,
      column: index - (lines[line] ?? 0) + (line === 0 ? origin.column : 1),
      byte: origin.byte + (bytes[mark] ?? 0) + byteLength(text.slice(from, Math.max(from, index)), origin.encoding),
    }
  }
}

/** A value read from `text` at `index`; its place tree is made when a place is first asked for. */
export function valueFound(value: unknown, pointer: string, text: string, index: number, origin: Origin, known?: PlaceNode): ValueFound {
  let root = known
  const placeAt = positions(text, origin)
  return {
    type: 'value',
    value,
    pointer,
    place(wanted) {
      if (wanted !== pointer && !wanted.startsWith(`${pointer}/`)) return undefined
      root ??= scanJson(text, index).found?.place
      const found = root === undefined ? undefined : nodeAt(root, wanted.slice(pointer.length))
      if (found === undefined) return undefined
      const start = typeof found === 'number' ? found : found.start
      const place = placeAt(start)
      NUMBER.lastIndex = start
      const number = NUMBER.exec(text)?.[0]
      if (number !== undefined) return { ...place, end: place.byte + byteLength(number, origin.encoding), number }
      const end = typeof found === 'number' ? scalarEnd(text, found) : (found.end ?? text.length)
      // What is long is not measured again, but looked up among the marks.
      return { ...place, end: end - start < STRIDE ? place.byte + byteLength(text.slice(start, end), origin.encoding) : placeAt(end).byte }
    },
  }
}

/** Index behind the text or word that starts at `index`. */
function scalarEnd(text: string, index: number): number {
  if (text[index] === '"') {
    let at = index + 1
    while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1
    return Math.min(at + 1, text.length)
  }
  WORD.lastIndex = index
  return index + (WORD.exec(text)?.[0].length ?? 0)
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function byteMarks(text: string, encoding: Encoding): number[] {
  const marks = [0]
  let sum = 0
  for (let mark = 1; mark * STRIDE <= text.length; mark += 1) {
    sum += byteLength(text.slice(boundary(text, mark - 1), boundary(text, mark)), encoding)
    marks.push(sum)
  }
  return marks
}

/** The index of a mark, moved so that it does not cut a surrogate pair. */
function boundary(text: string, mark: number): number {
  const index = mark * STRIDE
  const code = text.charCodeAt(index)
  return index > 0 && code >= 0xdc00 && code <= 0xdfff ? index - 1 : index
}

function lastAtMost(sorted: readonly number[], wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
