/** The hash of a place and what was read there: the second half of a record's id. */

/** Two 32-bit hashes that are being made. */
export interface PlaceHash {
  first: number
  second: number
}

/**
 * Two 32-bit FNV-1a hashes side by side, each with the final mix of MurmurHash3: fast, the same everywhere, and long enough that
 * the places of a file with millions of numbers stay apart; not for secrets.
 */
export function placeHash(): PlaceHash {
  return { first: 0x811c9dc5, second: 0x9e3779b9 }
}

/** As if `text` stood behind what came before. */
export function addText(hash: PlaceHash, text: string): void {
  let { first, second } = hash
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x85ebca77)
  }
  hash.first = first
  hash.second = second
}

export function addCode(hash: PlaceHash, code: number): void {
  hash.first = Math.imul(hash.first ^ code, 0x01000193)
  hash.second = Math.imul(hash.second ^ code, 0x85ebca77)
}

/** 16 hex digits. */
export function hexOf({ first, second }: PlaceHash): string {
  return hex(mixed(first)) + hex(mixed(second))
}

/** The same digits as bytes, written from `at` on. */
export function writeHex({ first, second }: PlaceHash, into: Uint8Array, at: number): void {
  writeDigits(mixed(first), into, at)
  writeDigits(mixed(second), into, at + 8)
}

function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

function hex(bits: number): string {
  return `${HEX[bits >>> 24] ?? ''}${HEX[(bits >>> 16) & 0xff] ?? ''}${HEX[(bits >>> 8) & 0xff] ?? ''}${HEX[bits & 0xff] ?? ''}`
}

function writeDigits(bits: number, into: Uint8Array, at: number): void {
  for (let digit = 0; digit < 8; digit += 1) into[at + digit] = DIGITS[(bits >>> (28 - 4 * digit)) & 0xf] as number
}
