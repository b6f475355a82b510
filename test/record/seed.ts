/** Files of the seed corpus as artifacts. */

import { createReadStream, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Artifact, FormatName } from '../../lib/source/artifact.js'

const FORMATS: Readonly<Record<string, FormatName>> = { '.csv': 'csv', '.json': 'json', '.md': 'markdown' }

/** Paths under `dir`, relative to it, with `/`. */
export function filesUnder(dir: string, extension: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
}

export function seedFile(dir: string, file: string): Artifact {
  const format = FORMATS[path.extname(file)]
  return { type: 'artifact', name: file, ...(format && { format }), open: () => createReadStream(path.join(dir, file)) }
}
