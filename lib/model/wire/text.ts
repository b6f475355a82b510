/** A server's own words, made fit for an error message. */

import { sanitize } from '../../stage/index.js'

const LONGEST = 300

/** One line without control characters, shortened; `secret` (an API key that a server repeats) is blotted out. */
export function quoted(text: string, secret?: string): string {
  const open = secret ? text.replaceAll(secret, '***') : text
  const line = sanitize(open.slice(0, 4 * LONGEST)).replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line
}

/** The message of an error body, in any of the shapes servers use: `{"error":"..."}`, `{"error":{"message":"..."}}`, plain text. */
export function errorText(body: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return body.trim() === '' ? undefined : body
  }
  return errorOf(value)
}

/** The error that a parsed value carries, if it carries one. */
export function errorOf(value: unknown): string | undefined {
  if (!isObject(value) || value['error'] === undefined || value['error'] === null) return undefined
  const { error } = value
  if (typeof error === 'string') return error
  if (isObject(error) && typeof error['message'] === 'string') return error['message']
  return JSON.stringify(error)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
