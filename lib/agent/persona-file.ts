/** A persona as a Markdown file: a front with `name` and `title` between two lines of `---`, then its text. */

import { createHash } from 'node:crypto'
import { ChimeraError, sanitize } from '../stage/index.js'
import type { Persona } from './persona.js'

/** Largest persona file, in bytes: it goes into every prompt. */
export const PERSONA_LIMIT = 16 * 1024
/** Longest name and title, in UTF-16 code units. */
const NAME_LIMIT = 80
const FRONT = /^---[ \t]*\n([^]*?)\n---[ \t]*(?:\n|$)/
const EXAMPLE = 'begin it with "---", "name: Auditor", "---", then the text'

/**
 * `file` is only named in errors. The version is the name with a hash of the text: another text is another version.
 *
 * @throws {ChimeraError} `USAGE` for a front without a name, an unknown key in it, no text, or too much of it.
 */
export function parsePersona(source: string, file: string): Persona {
  const wrong = (expected: string, found: string) => new ChimeraError('USAGE', `expected ${expected} in the persona file ${file}, found ${found}: ${EXAMPLE}`)
  if (Buffer.byteLength(source) > PERSONA_LIMIT) throw wrong(`at most ${PERSONA_LIMIT} bytes`, 'more')
  const plain = sanitize(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  const front = FRONT.exec(plain)
  if (!front) throw wrong('a front between two lines of "---"', plain.trim() === '' ? 'an empty file' : `"${plain.trimStart().split('\n')[0]?.slice(0, 40) ?? ''}"`)
  const fields = new Map<string, string>()
  for (const line of (front[1] ?? '').split('\n')) {
    if (line.trim() === '') continue
    const [key, value] = field(line)
    if (key !== 'name' && key !== 'title') throw wrong('only "name: ..." and "title: ..." in the front', `"${line.trim().slice(0, 40)}"`)
    if (value === '' || value.length > NAME_LIMIT) throw wrong(`a ${key} of 1 to ${NAME_LIMIT} characters`, value === '' ? 'none' : `${value.length}`)
    fields.set(key, value)
  }
  const name = fields.get('name')
  if (name === undefined) throw wrong('a name', 'none')
  const text = plain.slice(front[0].length).trim()
  if (text === '') throw wrong('text behind the front', 'none')
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return { name, title: fields.get('title') ?? name, version: `${slug(name)}@${hash}`, text }
}

/** What {@link parsePersona} reads back. */
export function formatPersona({ name, title, text }: Persona): string {
  return `---\nname: ${name}\ntitle: ${title}\n---\n${text.trim()}\n`
}

function field(line: string): readonly [key: string, value: string] {
  const at = line.indexOf(':')
  if (at < 0) return ['', '']
  const value = line.slice(at + 1).trim()
  const quoted = value.length >= 2 && (value.startsWith('"') || value.startsWith("'")) && value.endsWith(value.charAt(0))
  return [line.slice(0, at).trim().toLowerCase(), quoted ? value.slice(1, -1).trim() : value]
}

/** `DataCollector` -> `data-collector`, as the built-in versions are spelled. */
function slug(name: string): string {
  const spelled = name.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, '-').toLowerCase()
  return spelled.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'persona'
}
