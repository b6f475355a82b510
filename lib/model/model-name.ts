/** Checks a model's name before anything is sent. */

import { ChimeraError, sanitize } from '../stage/index.js'

/** @throws {ChimeraError} `USAGE` when it is empty, has blanks or control characters in it. */
export function modelName(name: string, example: string): string {
  const trimmed = name.trim()
  // A name is shown on the terminal.
  if (trimmed === '' || trimmed.length > 300 || /\s/.test(trimmed) || sanitize(trimmed) !== trimmed) {
    const found = trimmed === '' ? 'nothing' : JSON.stringify(trimmed.slice(0, 60))
    throw new ChimeraError('USAGE', `expected a model's name such as ${example}, found ${found}`)
  }
  return trimmed
}
