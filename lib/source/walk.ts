/** Walks a directory lazily, in the byte order of its paths, one directory's names in memory at a time. */

import type { Dirent, Stats } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../stage/index.js'
import { isKnownFile, isSkippedDirectory } from './file-name.js'
import { fileProblem, look, notAFile, type Look, type Place } from './look.js'
import { compareBytes } from './name-order.js'
import { contains, type Visited } from './visited.js'

export interface WalkOptions {
  readonly signal: AbortSignal
  readonly visited: Visited
  readonly followSymlinks: boolean
}

export interface FoundFile {
  readonly kind: 'file'
  readonly place: Place
  readonly stats: Stats
}

interface FoundDirectory {
  readonly kind: 'directory'
  readonly place: Place
}

/** Files that are looked at together: enough to hide the latency of a disk, few enough to stop soon after the reader does. */
const LOOKAHEAD = 32

/** Gives the files with a known extension under `root`, and problems. `root` has been entered in `visited`. */
export async function* walk(root: Place, options: WalkOptions): AsyncGenerator<readonly (FoundFile | Problem)[]> {
  yield* walkDirectory(root, [], options)
}

async function* walkDirectory(
  directory: Place,
  above: readonly string[],
  options: WalkOptions,
): AsyncGenerator<readonly (FoundFile | Problem)[]> {
  const listing = await list(directory)
  if (!Array.isArray(listing)) {
    yield [listing]
    return
  }
  const trail = [...above, directory.real]
  for (let at = 0; at < listing.length; at += LOOKAHEAD) {
    options.signal.throwIfAborted()
    const entries = listing.slice(at, at + LOOKAHEAD)
    const looks = await Promise.all(entries.map((entry) => lookAt(entry, directory, options)))
    let batch: (FoundFile | Problem)[] = []
    for (const [index, found] of looks.entries()) {
      if (!found) continue
      const linked = entries[index]?.isSymbolicLink() ?? false
      const next = found.kind === 'problem' ? found.problem : admit(found, linked, trail, options.visited)
      if (!next) continue
      if ('type' in next || next.kind === 'file') {
        batch.push(next)
        continue
      }
      if (batch.length > 0) yield batch
      batch = []
      yield* walkDirectory(next.place, trail, options)
    }
    if (batch.length > 0) yield batch
  }
}

/** The names in a directory that are worth a look, sorted; or why it cannot be listed. */
export async function list(directory: Place): Promise<Dirent[] | Problem> {
  try {
    const entries = await readdir(directory.path, { withFileTypes: true })
    return entries.filter(isWorthALook).sort((a, b) => compareBytes(sortKey(a), sortKey(b)))
  } catch (error) {
    return fileProblem(directory.name, error)
  }
}

function isWorthALook(entry: Dirent): boolean {
  if (entry.isDirectory()) return !isSkippedDirectory(entry.name)
  // A link may lead to a directory, whatever its name.
  if (entry.isSymbolicLink()) return !isSkippedDirectory(entry.name)
  return !entry.name.startsWith('.')
}

/** With the `/` that follows a directory's name in a path, entries come in the order of whole paths. */
function sortKey(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name
}

export function within(directory: Place, name: string): Place {
  const shown = directory.name === '.' ? name : directory.name.endsWith('/') ? directory.name + name : `${directory.name}/${name}`
  return { path: path.join(directory.path, name), name: shown, real: path.join(directory.real, name) }
}

async function lookAt(entry: Dirent, directory: Place, options: WalkOptions): Promise<Look | undefined> {
  const place = within(directory, entry.name)
  if (entry.isDirectory()) return { kind: 'directory', place }
  if (entry.isSymbolicLink()) {
    if (!options.followSymlinks) return undefined
    const found = await look(place, true)
    if (found.kind === 'directory' || found.kind === 'problem' || isKnownFile(entry.name)) return asFile(found)
    return undefined
  }
  if (!isKnownFile(entry.name)) return undefined
  if (!entry.isFile()) return { kind: 'problem', problem: notAFile(place.name, entry) }
  return asFile(await look(place, false))
}

/** A pipe that nobody named is not read: it might wait for ever. */
function asFile(found: Look): Look {
  return found.kind === 'pipe' ? { kind: 'problem', problem: notAFile(found.place.name, found.stats) } : found
}

/** Decides about a file or directory that was reached: `undefined` when it is given elsewhere. */
function admit(
  found: Exclude<Look, { kind: 'problem' }>,
  linked: boolean,
  trail: readonly string[],
  visited: Visited,
): FoundFile | FoundDirectory | Problem | undefined {
  const { real, name } = found.place
  if (found.kind === 'directory') {
    if (!linked) return visited.isDoor(real) ? undefined : found
    if (trail.some((directory) => contains(real, directory))) {
      return problem(name, 'symlink-loop', 'expected a file or directory, found a link to a directory that holds it: remove the link')
    }
    return visited.enterDirectory(real) ? found : undefined
  }
  const taken = linked ? !visited.enterFile(real) : visited.isDoor(real)
  return taken ? undefined : { ...found, kind: 'file' }
}
