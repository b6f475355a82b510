/** What the name of a file tells about its content. */

import type { Artifact, FormatName } from './artifact.js'

const FORMATS: ReadonlyMap<string, FormatName> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['json', 'json'],
  ['jsonl', 'ndjson'],
  ['ndjson', 'ndjson'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['prom', 'openmetrics'],
  ['openmetrics', 'openmetrics'],
  ['metrics', 'openmetrics'],
])

const COMPRESSIONS: ReadonlyMap<string, 'gzip' | 'zstd'> = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
])

/** `runs.csv.gz` is `{ format: 'csv', compression: 'gzip' }`; letter case does not matter. */
export function readName(name: string): Pick<Artifact, 'format' | 'compression'> {
  const parts = name.toLowerCase().split('.')
  const compression = COMPRESSIONS.get(parts.at(-1) ?? '')
  if (compression) parts.pop()
  const format = parts.length > 1 ? FORMATS.get(parts.at(-1) ?? '') : undefined
  return { ...(format && { format }), ...(compression && { compression }) }
}

/** Whether a file found in a directory is taken: its extension is known, and it is not hidden (`._x.csv` of other systems). */
export function isKnownFile(name: string): boolean {
  return !name.startsWith('.') && readName(name).format !== undefined
}

/** Directories that never hold results of their own. */
export function isSkippedDirectory(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}
