/** Names from files and servers, safe to show on one line. */

import { sanitize } from '../stage/sanitize.js'

/** A name longer than this (UTF-16 code units) is cut before anything else is done with it. */
const NAME_LIMIT = 4096

/** No control characters, no terminal sequences, no line breaks. A path keeps its end, which tells more than its start. */
export function shown(name: string): string {
  return sanitize(name.slice(-NAME_LIMIT)).replace(/\s+/gu, ' ').trim()
}
