/** A persona as a Markdown file: a front with `name`, `title` and `version` between two lines of `---`, then its text. */

import { contentHash, FRONT_FILE_LIMIT, frontError, parseFront } from './front.js'
import type { Persona } from './persona.js'

/** Largest persona file, in bytes: it goes into every prompt. */
export const PERSONA_LIMIT = FRONT_FILE_LIMIT
const KEYS = ['name', 'title', 'version', 'language'] as const

/**
 * `file` is only named in errors. Without a version of its own it is the name with a hash of the text: another text is another version.
 *
 * @throws {ChimeraError} `USAGE` for a front without a name, an unknown key in it, no text, or too much of it.
 */
export function parsePersona(source: string, file: string): Persona {
  const about = { what: 'persona file', file, cure: 'begin it with "---", "name: Auditor", "---", then the text' }
  const { fields, text } = parseFront(source, { ...about, keys: KEYS })
  const { name, title, version, language } = fields
  if (name === undefined) throw frontError(about)('a name', 'none')
  return { name, title: title ?? name, version: version ?? `${slug(name)}@${contentHash(text)}`, text, ...(language === undefined ? {} : { language }) }
}

/** What {@link parsePersona} reads back. */
export function formatPersona({ name, title, text }: Persona): string {
  return `---\nname: ${name}\ntitle: ${title}\n---\n${text.trim()}\n`
}

/** `DataCollector` -> `data-collector`, as the built-in versions are spelled. */
function slug(name: string): string {
  const spelled = name.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, '-').toLowerCase()
  return spelled.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'persona'
}
