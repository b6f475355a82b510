/** Finds where a JSON value ends in bytes, without reading it. */

/** How far a value has been passed over; `at` may be carried on when more bytes come. */
export interface Skip {
  /** Index of the next byte to look at; at the end, the one behind the value. */
  at: number
  depth: number
  deepest: number
  inString: boolean
  /** How many lines ended within it. */
  lines: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

export function skipFrom(at: number): Skip {
  return { at, depth: 0, deepest: 0, inString: false, lines: 0 }
}

/**
 * True as soon as the value is complete; false when it goes on behind the last byte. Only brackets and quotes are looked at, so what
 * is found is where a value ends that is right. A number or word ends before the first byte that cannot be part of it: with the last
 * byte it may still go on.
 */
export function skipValue(bytes: Uint8Array, skip: Skip): boolean {
  const end = bytes.length
  let { at, depth, inString } = skip
  for (; at < end; at += 1) {
    const byte = bytes[at]
    if (inString) {
      if (byte === BACKSLASH) at += 1
      else if (byte === QUOTE) {
        inString = false
        if (depth === 0) return done(skip, at + 1)
      }
    } else if (byte === QUOTE) {
      inString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > skip.deepest) skip.deepest = depth
    } else if (byte === 0x7d || byte === 0x5d) {
      // The bracket of what is around a number.
      if (depth === 0) return done(skip, at)
      depth -= 1
      if (depth === 0) return done(skip, at + 1)
    } else if (byte === 0x0a) {
      if (depth === 0) return done(skip, at)
      skip.lines += 1
    } else if (depth === 0 && (byte === 0x2c || byte === 0x20 || byte === 0x0d || byte === 0x09)) {
      return done(skip, at)
    }
  }
  skip.at = at
  skip.depth = depth
  skip.inString = inString
  return false
}

function done(skip: Skip, at: number): true {
  skip.at = at
  skip.depth = 0
  skip.inString = false
  return true
}

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
