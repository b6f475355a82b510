/** The prompts of a run: the built-in ones, and a user's in their place. */

import { ChimeraError } from '../stage/index.js'
import { frontError, parseFront, versionWithHash } from './front.js'
import type { Persona } from './persona.js'
import { parsePersona } from './persona-file.js'
import { builtInPrompt } from './prompt-files.js'
import { promptKind, type PromptName } from './prompt-names.js'

export type PersonaName = 'data-collector' | 'insight-agent'
export type SchemaName = 'analysis-schema' | 'report-schema'

export interface Prompts {
  persona(name: PersonaName): Persona
  /** The text with everything put in. */
  text(name: PromptName, values?: Readonly<Record<string, string>>): string
  schema(name: SchemaName): PromptSchema
  /** `rules@2 (1f0c2b9a)`; behind a user's own stands `own`. */
  version(name: PromptName): string
  /** It is a user's. */
  isOwn(name: PromptName): boolean
  /** In which language the answer is to be, where the file says it. */
  language(name: PromptName): string | undefined
}

export interface PromptSchema {
  /** What the model is told in words. */
  readonly words: string
  /** JSON Schema, for the server. */
  readonly schema: Readonly<Record<string, unknown>>
}

const KEYS = ['name', 'version', 'language'] as const
const PLACE = /\[\[([^[\]\n]{1,40})\]\]/g
const SCHEMA_BLOCK = /\n```json[ \t]*\n([^]*?)\n```[ \t]*$/

/**
 * `own` are files' contents by name; those that are not there are built in.
 *
 * @throws {ChimeraError} `USAGE` for one of them that is not as it must be: all are looked at now, not when a model is asked.
 */
export function prompts(own: ReadonlyMap<PromptName, string> = new Map()): Prompts {
  const read = new Map<PromptName, PromptFile>()
  const file = (name: PromptName): PromptFile => {
    const known = read.get(name)
    if (known) return known
    const parsed = parsePrompt(own.get(name) ?? builtInPrompt(name), name)
    read.set(name, parsed)
    return parsed
  }
  const persona = (name: PersonaName) => parsePersona(own.get(name) ?? builtInPrompt(name), `${name}.md`)
  for (const name of own.keys()) {
    const { kind } = promptKind(name)
    if (kind === 'persona') persona(name as PersonaName)
    else if (kind === 'schema') schemaOf(file(name), name)
    else file(name)
  }
  return {
    persona,
    text: (name, values = {}) => file(name).text.replace(PLACE, (mark, place: string) => values[place] ?? mark),
    schema: (name) => schemaOf(file(name), name),
    version: (name) => `${versionWithHash(file(name).version, file(name).text)}${own.has(name) ? ' own' : ''}`,
    isOwn: (name) => own.has(name),
    language: (name) => file(name).language,
  }
}

interface PromptFile {
  readonly version: string
  readonly language?: string
  readonly text: string
}

function parsePrompt(source: string, name: PromptName): PromptFile {
  const about = { what: 'prompt', file: `${name}.md`, cure: `"chimera prompts ${name}" prints the built-in one` }
  const wrong = frontError(about)
  const { fields, text } = parseFront(source, { ...about, keys: KEYS })
  const { places, needed = [] } = promptKind(name)
  const used = new Set([...text.matchAll(PLACE)].map(([, place]) => place ?? ''))
  const allowed = places.length === 0 ? 'no [[place]]' : `only ${places.map((place) => `[[${place}]]`).join(', ')}`
  for (const place of used) if (!places.includes(place)) throw wrong(allowed, `[[${place}]]`)
  for (const place of needed) if (!used.has(place)) throw wrong(`[[${place}]]`, 'none')
  return { version: fields.version ?? name, text, ...(fields.language === undefined ? {} : { language: fields.language }) }
}

function schemaOf({ text }: PromptFile, name: SchemaName | PromptName): PromptSchema {
  const block = SCHEMA_BLOCK.exec(text)
  const wrong = (found: string) => new ChimeraError('USAGE', `expected the prompt ${name}.md to end in a JSON Schema of an object, in a fence of \`\`\`json, found ${found}: "chimera prompts ${name}" prints the built-in one`)
  if (!block) throw wrong('none')
  let schema: unknown
  try {
    schema = JSON.parse(block[1] ?? '')
  } catch (error) {
    throw wrong(`what is no JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw wrong('something else')
  return { words: text.slice(0, block.index).trim(), schema: schema as PromptSchema['schema'] }
}
