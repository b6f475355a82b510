/** A Markdown file with a front of `key: value` lines between two lines of `---`, as personas and prompts are kept. */

import { createHash } from 'node:crypto'
import { ChimeraError, sanitize } from '../stage/index.js'

export interface FrontFile<Key extends string> {
  readonly fields: { readonly [Name in Key]?: string }
  /** Without the front, trimmed. */
  readonly text: string
}

export interface FrontOptions<Key extends string> {
  /** What errors call it: `persona file`. */
  readonly what: string
  /** Only named in errors. */
  readonly file: string
  readonly keys: readonly Key[]
  /** What to do, at the end of each error. */
  readonly cure: string
}

/** Largest prompt or persona, in bytes: it goes into a prompt. */
export const FRONT_FILE_LIMIT = 16 * 1024
/** Longest value of a field, in UTF-16 code units. */
const FIELD_LIMIT = 80
const FRONT = /^---[ \t]*\n([^]*?)\n---[ \t]*(?:\n|$)/

/** @throws {ChimeraError} `USAGE` for a front that is missing or holds other keys, no text, or too much of it. */
export function parseFront<Key extends string>(source: string, options: FrontOptions<Key>): FrontFile<Key> {
  const wrong = frontError(options)
  if (Buffer.byteLength(source) > FRONT_FILE_LIMIT) throw wrong(`at most ${FRONT_FILE_LIMIT} bytes`, 'more')
  const plain = sanitize(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  const front = FRONT.exec(plain)
  if (!front) throw wrong('a front between two lines of "---"', plain.trim() === '' ? 'an empty file' : `"${plain.trimStart().split('\n')[0]?.slice(0, 40) ?? ''}"`)
  const fields: { [Name in Key]?: string } = {}
  for (const line of (front[1] ?? '').split('\n')) {
    if (line.trim() === '') continue
    const [name, value] = field(line)
    const key = options.keys.find((one) => one === name)
    if (key === undefined) throw wrong(`only ${options.keys.map((one) => `"${one}: ..."`).join(', ')} in the front`, `"${line.trim().slice(0, 40)}"`)
    if (value === '' || value.length > FIELD_LIMIT) throw wrong(`a ${key} of 1 to ${FIELD_LIMIT} characters`, value === '' ? 'none' : `${value.length}`)
    fields[key] = value
  }
  const text = plain.slice(front[0].length).trim()
  if (text === '') throw wrong('text behind the front', 'none')
  return { fields, text }
}

export function frontError({ what, file, cure }: Omit<FrontOptions<string>, 'keys'>): (expected: string, found: string) => ChimeraError {
  return (expected, found) => new ChimeraError('USAGE', `expected ${expected} in the ${what} ${file}, found ${found}: ${cure}`)
}

/** Tells one text from another, whatever its version says. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** `rules@2 (1f0c2b9a)`: the version says what it is meant to be, the hash what it is. */
export function versionWithHash(version: string, text: string): string {
  const hash = contentHash(text)
  return version.endsWith(hash) ? version : `${version} (${hash})`
}

function field(line: string): readonly [key: string, value: string] {
  const at = line.indexOf(':')
  if (at < 0) return ['', '']
  const value = line.slice(at + 1).trim()
  const quoted = value.length >= 2 && (value.startsWith('"') || value.startsWith("'")) && value.endsWith(value.charAt(0))
  return [line.slice(0, at).trim().toLowerCase(), quoted ? value.slice(1, -1).trim() : value]
}
