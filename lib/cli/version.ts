/** The version, from the one place that states it. */

import { createRequire } from 'node:module'

export function readVersion(): string {
  return (createRequire(import.meta.url)('chimera/package.json') as { version: string }).version
}
