/** The prompts of an experiment, out of a file's text. */

import { parse } from 'csv-parse/sync'
import type { Message } from '../model/index.js'
import { ChimeraError } from '../stage/index.js'

export interface Prompt {
  readonly messages: readonly Message[]
  /** The most tokens of its answer, where the file says so; wins over `--max-tokens`. */
  readonly maxTokens?: number
}

/** Long enough an answer for a steady rate, and nothing a model refuses or has by heart. */
export const DEFAULT_PROMPT =
  'Explain to a curious twelve-year-old how the crew of a sailing ship found out where they were on the open sea before there were satellites. ' +
  'Go through the sun, the stars, the clock and the log line, give each its own paragraph, and end with what could go wrong.'

export const MOST_PROMPTS = 100_000
const ROLES: readonly unknown[] = ['system', 'user', 'assistant']

export function prompt(content: string): Prompt {
  return { messages: [{ role: 'user', content }] }
}

/**
 * By the name's ending: `.ndjson` or `.jsonl` is one object a line with `prompt` or `messages`, and perhaps `max_tokens`; `.csv` has a
 * column `prompt`, and perhaps `system` and `max_tokens`; anything else is one prompt a line. Empty lines are passed over.
 *
 * @throws {ChimeraError} `USAGE` that names the line.
 */
export function parsePrompts(text: string, file: string): readonly Prompt[] {
  const prompts = /\.(?:ndjson|jsonl)$/i.test(file) ? fromLines(text, file) : /\.csv$/i.test(file) ? fromCsv(text, file) : plainLines(text).map(({ line }) => prompt(line))
  if (prompts.length === 0) throw new ChimeraError('USAGE', `expected prompts in ${file}, found none: write one a line`)
  if (prompts.length > MOST_PROMPTS) throw new ChimeraError('USAGE', `expected at most ${MOST_PROMPTS} prompts in ${file}, found ${prompts.length}: take a sample of them`)
  return prompts
}

function plainLines(text: string): readonly { readonly line: string; readonly number: number }[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, at) => ({ line: line.trim(), number: at + 1 }))
    .filter(({ line }) => line !== '')
}

function fromLines(text: string, file: string): Prompt[] {
  return plainLines(text).map(({ line, number }) => {
    const place = `${file}:${number}`
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (cause) {
      throw new ChimeraError('USAGE', `expected a JSON object at ${place}, found ${shown(line)}`, { cause })
    }
    if (typeof value !== 'object' || value === null) throw wrong(place, 'an object with "prompt" or "messages"', line)
    const { prompt: words, messages, max_tokens: most } = value as Readonly<Record<string, unknown>>
    if (typeof words === 'string' && words !== '') return { ...prompt(words), ...limit(most, place) }
    if (Array.isArray(messages) && messages.length > 0) return { messages: messages.map((message) => messageOf(message, place)), ...limit(most, place) }
    throw wrong(place, 'an object with "prompt" or "messages"', line)
  })
}

function messageOf(value: unknown, place: string): Message {
  const { role, content } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  if (!ROLES.includes(role) || typeof content !== 'string') throw wrong(place, 'messages with a role (system, user, assistant) and a content that is text', JSON.stringify(value))
  return { role: role as Message['role'], content }
}

function fromCsv(text: string, file: string): Prompt[] {
  let rows: readonly Readonly<Record<string, string | undefined>>[]
  try {
    rows = parse(text, { bom: true, columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()), skip_empty_lines: true })
  } catch (cause) {
    throw new ChimeraError('USAGE', `expected a CSV table in ${file}, found ${cause instanceof Error ? cause.message : 'something else'}`, { cause })
  }
  return rows.map((row, at) => {
    const place = `${file}, row ${at + 1}`
    const { prompt: words = '', system = '', max_tokens: most = '' } = row
    if (words.trim() === '') throw wrong(place, 'a column "prompt" with text in it', Object.keys(row).join(','))
    const before: readonly Message[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
    return { messages: [...before, { role: 'user', content: words }], ...limit(most.trim() === '' ? undefined : Number(most), place) }
  })
}

function limit(value: unknown, place: string): { readonly maxTokens?: number } {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw wrong(place, 'max_tokens to be a whole number from 1', JSON.stringify(value))
  return { maxTokens: value }
}

function wrong(place: string, expected: string, found: string): ChimeraError {
  return new ChimeraError('USAGE', `expected ${expected} at ${place}, found ${shown(found)}`)
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}
