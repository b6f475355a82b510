/** Expands a glob while walking, so that it need not know all its matches before the first is read. */

import path from 'node:path'
import picomatch from 'picomatch'
import type { Problem } from '../stage/index.js'
import type { Place } from './look.js'
import { list, within } from './walk.js'

export interface Glob {
  /** The folder before the first wildcard. */
  readonly base: string
  /** A match with its own extension in the pattern (`*.txt`, not `*`) is taken as if the user had named the file. */
  readonly named: boolean
  readonly matches: (relative: string) => boolean
  /** How many folders below `base` a match can lie. */
  readonly depth: number
}

/** `undefined` when the text has no wildcards. */
export function parseGlob(text: string): Glob | undefined {
  const { base, glob, isGlob } = picomatch.scan(text)
  if (!isGlob) return undefined
  const last = glob.slice(glob.lastIndexOf('/') + 1)
  return {
    base: base === '' ? '.' : base,
    named: /\.[^.]*[^.*]$/.test(last),
    matches: picomatch(glob),
    // `**`, and a slash inside braces or a group, may stand for any number of folders.
    depth: /\*\*|[{(][^})]*\//.test(glob) ? Infinity : glob.split('/').length,
  }
}

/** Gives what matches, in byte order. A directory that matches is given as one, and not looked into: it is walked whole. */
export async function* expand(glob: Glob, base: Place, signal: AbortSignal): AsyncGenerator<Place | Problem> {
  yield* expandDirectory(glob, base, base.path, 1, signal)
}

async function* expandDirectory(
  glob: Glob,
  directory: Place,
  base: string,
  depth: number,
  signal: AbortSignal,
): AsyncGenerator<Place | Problem> {
  const listing = await list(directory)
  if (!Array.isArray(listing)) {
    yield listing
    return
  }
  for (const entry of listing) {
    signal.throwIfAborted()
    const place = within(directory, entry.name)
    const relative = path.relative(base, place.path).split(path.sep).join('/')
    if (glob.matches(relative)) yield place
    else if (entry.isDirectory() && depth < glob.depth) yield* expandDirectory(glob, place, base, depth + 1, signal)
  }
}
