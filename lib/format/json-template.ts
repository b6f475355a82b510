/** Flat JSON objects with the same keys in the same order, matched against the bytes of one of them: no object is made, no text parsed. */

import { isBlank } from './json-skip.js'

/** What stands in a cell. */
export const CELL = { number: 0, text: 1, escaped: 2, true: 3, false: 4, null: 5 } as const
export type CellKind = (typeof CELL)[keyof typeof CELL]

export interface Template {
  readonly keys: readonly string[]
  /** What stood in the object it was made of. */
  readonly kinds: readonly CellKind[]
  /** Everything but the values: all parts, one behind the other. */
  readonly parts: Uint8Array
  /** Where each part begins in {@link parts}, and the end of the last one. */
  readonly bounds: Int32Array
  /** How many lines end in the parts before each value, and within all of it. */
  readonly lines: readonly number[]
}

/** Values of objects that fit one template, object by object. */
export interface TemplateCells {
  /** Two for each value: its first byte, and one past the last, with the quotes of a text. */
  readonly spans: Int32Array
  readonly kinds: Uint8Array
  /** The digits of a number as a whole one, with its sign. */
  readonly mantissas: Float64Array
  /** How many of the digits stand behind the point; {@link UNREAD}: the number has more digits than that, or an exponent. */
  readonly decimals: Uint8Array
}

export const UNREAD = 255
/** As many digits are always exact. */
const MOST_DIGITS = 15
export const MOST_KEYS = 64

const [QUOTE, BACKSLASH, MINUS, POINT, ZERO, NINE, OPEN, CLOSE, COLON, COMMA] = [0x22, 0x5c, 0x2d, 0x2e, 0x30, 0x39, 0x7b, 0x7d, 0x3a, 0x2c]
const WORDS = (['true', 'false', 'null'] as const).map((word) => ({ bytes: Buffer.from(word), kind: CELL[word] }))

export function cellsFor(template: Template, rows: number): TemplateCells {
  return emptyCells(rows * template.keys.length)
}

export function emptyCells(size: number): TemplateCells {
  return { spans: new Int32Array(2 * size), kinds: new Uint8Array(size), mantissas: new Float64Array(size), decimals: new Uint8Array(size) }
}

/** `undefined` when what begins at `from` is no flat object, or has a key twice. */
export function templateOf(bytes: Buffer, from: number): Template | undefined {
  const keys: string[] = []
  const kinds: CellKind[] = []
  const lines: number[] = []
  const parts: Buffer[] = []
  const one = emptyCells(1)
  let part = from
  let at = from
  if (bytes[at] !== OPEN) return undefined
  do {
    at = space(bytes, at + 1)
    const end = bytes[at] === QUOTE ? textEnd(bytes, at, one.kinds, 0) : -1
    if (end < 0 || keys.length >= MOST_KEYS) return undefined
    const key = parsedKey(bytes.toString('utf8', at, end))
    at = space(bytes, end)
    if (key === undefined || bytes[at] !== COLON) return undefined
    at = space(bytes, at + 1)
    const behind = readCell(bytes, at, one, 0)
    if (behind < 0) return undefined
    keys.push(key)
    kinds.push(one.kinds[0] as CellKind)
    parts.push(bytes.subarray(part, at))
    lines.push(linesIn(parts))
    part = behind
    at = space(bytes, behind)
  } while (bytes[at] === COMMA)
  if (bytes[at] !== CLOSE || new Set(keys).size < keys.length) return undefined
  parts.push(bytes.subarray(part, at + 1))
  lines.push(linesIn(parts))
  const bounds = [0]
  for (const { length } of parts) bounds.push((bounds.at(-1) ?? 0) + length)
  return { keys, kinds, parts: Uint8Array.from(Buffer.concat(parts)), bounds: Int32Array.from(bounds), lines }
}

/** Index behind the object that begins at `from`; -1 when it does not fit, or goes on behind the last byte. */
export function matchTemplate({ keys, parts, bounds }: Template, bytes: Uint8Array, from: number, cells: TemplateCells, row: number): number {
  const width = keys.length
  let at = from
  for (let part = 0, cell = row * width; part <= width; part += 1, cell += 1) {
    const stop = bounds[part + 1] as number
    // Nothing is looked at behind the last byte: that would make all of this slow.
    if (at + stop - (bounds[part] as number) > bytes.length) return -1
    for (let index = bounds[part] as number; index < stop; index += 1, at += 1) if (bytes[at] !== parts[index]) return -1
    if (part === width) break
    at = readCell(bytes, at, cells, cell)
    if (at < 0) return -1
  }
  return at
}

/** Index behind the value; -1 for one that is not complete, not right, or a container. */
function readCell(bytes: Uint8Array, from: number, cells: TemplateCells, cell: number): number {
  if (from >= bytes.length) return -1
  const first = bytes[from] as number
  let end: number
  if (first === QUOTE) end = textEnd(bytes, from, cells.kinds, cell)
  else if (first === MINUS || (first >= ZERO && first <= NINE)) end = numberEnd(bytes, from, cells, cell)
  else end = wordEnd(bytes, from, cells.kinds, cell)
  cells.spans[2 * cell] = from
  cells.spans[2 * cell + 1] = end
  return end
}

function textEnd(bytes: Uint8Array, from: number, kinds: Uint8Array, cell: number): number {
  let kind: CellKind = CELL.text
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      kinds[cell] = kind
      return at + 1
    }
    if (byte < 0x20) return -1
    if (byte !== BACKSLASH) continue
    kind = CELL.escaped
    at = escapeEnd(bytes, at)
    if (at < 0) return -1
  }
  return -1
}

/** Index of the last byte of an escape. */
function escapeEnd(bytes: Uint8Array, at: number): number {
  if (at + 1 >= bytes.length) return -1
  switch (bytes[at + 1]) {
    case 0x22: case 0x2f: case 0x5c: case 0x62: case 0x66: case 0x6e: case 0x72: case 0x74:
      return at + 1
    case 0x75:
      if (at + 6 > bytes.length) return -1
      for (let index = at + 2; index < at + 6; index += 1) if (!isHex(bytes[index] as number)) return -1
      return at + 5
    default:
      return -1
  }
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}

function numberEnd(bytes: Uint8Array, from: number, cells: TemplateCells, cell: number): number {
  const end = bytes.length
  const negative = bytes[from] === MINUS
  const start = negative ? from + 1 : from
  let at = start
  let mantissa = 0
  let byte = 0
  for (; at < end; at += 1) {
    byte = bytes[at] as number
    if (byte < ZERO || byte > NINE) break
    mantissa = mantissa * 10 + (byte - ZERO)
  }
  let digits = at - start
  if (at >= end || digits === 0 || (digits > 1 && bytes[start] === ZERO)) return -1
  let decimals = 0
  if (byte === POINT) {
    const point = at
    for (at += 1; at < end; at += 1) {
      byte = bytes[at] as number
      if (byte < ZERO || byte > NINE) break
      mantissa = mantissa * 10 + (byte - ZERO)
    }
    decimals = at - point - 1
    // Its last digit may not have come.
    if (at >= end || decimals === 0) return -1
    digits += decimals
  }
  if (digits > MOST_DIGITS) decimals = UNREAD
  if (byte === 0x65 || byte === 0x45) {
    decimals = UNREAD
    at = exponentEnd(bytes, at + 1)
    if (at < 0) return -1
  }
  cells.kinds[cell] = CELL.number
  cells.mantissas[cell] = negative ? -mantissa : mantissa
  cells.decimals[cell] = decimals
  return at
}

function exponentEnd(bytes: Uint8Array, from: number): number {
  const start = from < bytes.length && (bytes[from] === 0x2b || bytes[from] === MINUS) ? from + 1 : from
  let at = start
  while (at < bytes.length && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1
  return at >= bytes.length || at === start ? -1 : at
}

function wordEnd(bytes: Uint8Array, from: number, kinds: Uint8Array, cell: number): number {
  for (const { bytes: word, kind } of WORDS) {
    if (from + word.length > bytes.length) continue
    let same = 0
    while (same < word.length && bytes[from + same] === word[same]) same += 1
    if (same < word.length) continue
    kinds[cell] = kind
    return from + same
  }
  return -1
}

function space(bytes: Uint8Array, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at += 1
  return at
}

function parsedKey(text: string): string | undefined {
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}

function linesIn(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.filter((byte) => byte === 0x0a).length, 0)
}
