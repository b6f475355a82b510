/** Which text encoding the bytes are in, judged from the first of them, and how they become UTF-8. */

import { isUtf8 } from 'node:buffer'

/** `utf-16le in utf-8` is UTF-16 that somebody decoded as Latin-1 and wrote again as UTF-8. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1' | 'utf-16le in utf-8'

export interface EncodingFound {
  readonly encoding: Encoding
  /** How many bytes the byte order mark takes at the start. */
  readonly mark: number
  /** True when nothing in the file says so, and only the look of the bytes does. */
  readonly guessed: boolean
}

export interface EncodingRejected {
  readonly code: 'binary-file' | 'bad-encoding'
  readonly message: string
}

const MAGIC: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a gzip file', [0x1f, 0x8b]],
  ['a zstd file', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a zip file (a spreadsheet, perhaps)', [0x50, 0x4b, 0x03, 0x04]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74]],
]

/** Share of bytes above 127 beyond which Latin-1 is no sensible reading: Western text has some accents, not only accents. */
const LATIN1_LIMIT = 0.3

const STRAY_ZEROS = 2
const STRAY_SHARE = 0.01

/** Judges the first bytes of a file; `complete` when they are all of it. */
export function detectEncoding(sample: Uint8Array, complete: boolean): EncodingFound | EncodingRejected {
  if (starts(sample, [0xef, 0xbb, 0xbf])) {
    return doubleEncoded(sample, 3) ?? judge(sample, complete, 3)
  }
  if (starts(sample, [0xff, 0xfe])) return { encoding: 'utf-16le', mark: 2, guessed: false }
  if (starts(sample, [0xfe, 0xff])) return { encoding: 'utf-16be', mark: 2, guessed: false }
  return doubleEncoded(sample, 0) ?? wide(sample) ?? judge(sample, complete, 0)
}

/** How many bytes `text` takes in the file. A replaced byte sequence counts as U+FFFD does. */
export function byteLength(text: string, encoding: Encoding): number {
  switch (encoding) {
    case 'utf-8':
      return Buffer.byteLength(text)
    case 'latin1':
      return text.length
    case 'utf-16le':
    case 'utf-16be':
      return text.length * 2
    case 'utf-16le in utf-8': {
      let sum = 0
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at)
        sum += ((unit & 0xff) < 0x80 ? 1 : 2) + (unit >> 8 < 0x80 ? 1 : 2)
      }
      return sum
    }
  }
}

export interface Transcoder {
  /** UTF-8 bytes of `chunk`, without a byte order mark; a sequence that is split over chunks is kept for the next call. */
  write(chunk: Uint8Array): Uint8Array
  end(): Uint8Array
}

/** Brings a whole file, from its first byte on, to UTF-8. UTF-8 itself passes untouched. */
export function transcoder({ encoding, mark }: EncodingFound): Transcoder {
  let toSkip = mark
  const skipMark = (chunk: Uint8Array): Uint8Array => {
    if (toSkip === 0) return chunk
    const skipped = Math.min(toSkip, chunk.length)
    toSkip -= skipped
    return chunk.subarray(skipped)
  }
  if (encoding === 'utf-8') return { write: skipMark, end: () => new Uint8Array() }
  if (encoding === 'utf-16le in utf-8') {
    const outer = new TextDecoder('utf-8', { ignoreBOM: true })
    const inner = new TextDecoder('utf-16le', { ignoreBOM: true })
    const write = (chunk?: Uint8Array): Uint8Array => {
      const units = outer.decode(chunk ? skipMark(chunk) : undefined, { stream: chunk !== undefined })
      return Buffer.from(inner.decode(Buffer.from(units, 'latin1'), { stream: chunk !== undefined }))
    }
    return { write, end: () => write() }
  }
  const decoder = new TextDecoder(encoding === 'latin1' ? 'windows-1252' : encoding, { ignoreBOM: true })
  return {
    write: (chunk) => Buffer.from(decoder.decode(skipMark(chunk), { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  }
}

/** Finds the first byte of a stream that is not UTF-8; the offset is within the bytes written so far, as a whole. */
export function utf8Check(): { write(chunk: Uint8Array, last: boolean): number | undefined } {
  let held: Uint8Array = new Uint8Array()
  let offset = 0
  return {
    write(chunk, last) {
      const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
      const whole = last ? bytes.length : bytes.length - openSequence(bytes)
      if (!isUtf8(bytes.subarray(0, whole))) return offset + firstInvalid(bytes.subarray(0, whole))
      offset += whole
      held = Uint8Array.from(bytes.subarray(whole))
      return undefined
    },
  }
}

function starts(sample: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => sample[at] === byte)
}

/** U+00FF U+00FE, each as two bytes of UTF-8, is what the mark FF FE becomes on the second encoding. */
function doubleEncoded(sample: Uint8Array, at: number): EncodingFound | undefined {
  if (!starts(sample.subarray(at), [0xc3, 0xbf, 0xc3, 0xbe])) return undefined
  return { encoding: 'utf-16le in utf-8', mark: at + 4, guessed: false }
}

/** UTF-16 without a mark: every other byte of mostly Western text is zero. */
function wide(sample: Uint8Array): EncodingFound | undefined {
  const length = Math.min(sample.length - (sample.length % 2), 4096)
  if (length < 8 || !sample.includes(0)) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (sample[at] === 0) even += 1
    if (sample[at + 1] === 0) odd += 1
  }
  const half = length / 2
  if (odd > half * 0.7 && even < half * 0.05) return { encoding: 'utf-16le', mark: 0, guessed: true }
  if (even > half * 0.7 && odd < half * 0.05) return { encoding: 'utf-16be', mark: 0, guessed: true }
  return undefined
}

function judge(sample: Uint8Array, complete: boolean, mark: number): EncodingFound | EncodingRejected {
  const magic = MAGIC.find(([, bytes]) => starts(sample, bytes))
  if (magic) return binary(`it begins like ${magic[0]}`)
  const whole = complete ? sample : sample.subarray(0, sample.length - openSequence(sample))
  // Nearly all files: no byte has to be looked at here.
  if (!RARE.some((byte) => sample.includes(byte)) && isUtf8(whole)) return { encoding: 'utf-8', mark, guessed: false }
  let control = 0
  let high = 0
  let zeros = 0
  for (const byte of sample) {
    if (isBlanked(byte)) {
      if (byte === 0) zeros += 1
      continue
    }
    if (isControl(byte)) control += 1
    if (byte >= 0x80) high += 1
  }
  // A few zero bytes stray into text, and a crash leaves a tail of them; anything more is not text.
  if (zeros > Math.max(STRAY_ZEROS, sample.length * STRAY_SHARE) && zeros !== tailOfZeros(sample)) return binary('it has many zero bytes')
  if (zeros > 0 && control > 0) return binary('it has zero bytes and control characters')
  if (control > sample.length * 0.05) return binary('many of its bytes are control characters')
  if (isUtf8(whole)) return { encoding: 'utf-8', mark, guessed: false }
  // A few stray bytes in text that is UTF-8 otherwise: multibyte sequences that are right do not come about by chance.
  const text = new TextDecoder('utf-8').decode(whole)
  const broken = count(text, '\ufffd')
  const right = high - broken
  if (mark > 0 || right > broken * 4) return { encoding: 'utf-8', mark, guessed: false }
  if (high > sample.length * LATIN1_LIMIT) {
    return {
      code: 'bad-encoding',
      message: 'expected UTF-8 or UTF-16, found bytes of another encoding: convert the file, with `iconv -t UTF-8` say',
    }
  }
  return { encoding: 'latin1', mark: 0, guessed: true }
}

/** Bytes that are read as spaces: zero, and the mark before each record of a JSON text sequence (RFC 7464). */
function isBlanked(byte: number): boolean {
  return byte === 0 || byte === 0x1e
}

function isControl(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f
}

/** Bytes that text has none or few of. */
const RARE = Array.from({ length: 0x80 }, (_, byte) => byte).filter((byte) => isBlanked(byte) || isControl(byte))

function tailOfZeros(sample: Uint8Array): number {
  let length = 0
  while (length < sample.length && sample[sample.length - 1 - length] === 0) length += 1
  return length < sample.length ? length : 0
}

function binary(why: string): EncodingRejected {
  return { code: 'binary-file', message: `expected text, found a binary file: ${why}` }
}

/** Length of a multibyte sequence that has begun at the end of `bytes` and is not complete. */
export function openSequence(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function firstInvalid(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  // The longest prefix that is right, give or take the sequence it cuts.
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const prefix = bytes.subarray(0, middle)
    if (isUtf8(prefix.subarray(0, middle - openSequence(prefix)))) low = middle
    else high = middle - 1
  }
  return low - openSequence(bytes.subarray(0, low))
}

function count(text: string, char: string): number {
  let found = 0
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found += 1
  return found
}
