/** Where the tests find things, whatever folder they were compiled to. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const root = findRoot(path.dirname(fileURLToPath(import.meta.url)))

/** A file or folder under `test/fixtures`. */
export function fixture(...parts: string[]): string {
  return path.join(root, 'test', 'fixtures', ...parts)
}

/** A file or folder of the corpus of real results, or `undefined` where this machine has none: then skip. */
export function corpus(...parts: string[]): string | undefined {
  const base = process.env['CHIMERA_CORPUS'] ?? path.join(root, '..', 'shared', 'corpus')
  const found = path.join(base, ...parts)
  return existsSync(found) ? found : undefined
}

function findRoot(from: string): string {
  // dist has no package.json of its own, so the first one upwards is the project's.
  return existsSync(path.join(from, 'package.json')) ? from : findRoot(path.dirname(from))
}
