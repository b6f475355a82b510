/** Finds out what stands at a path, and turns what cannot be read into a problem. */

import { constants, type BigIntStats, type Stats } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { problem, type Problem } from '../stage/index.js'

/** A path in its three forms: to open it, to show it, and without links. */
export interface Place {
  readonly path: string
  readonly name: string
  readonly real: string
}

export type Look =
  | { readonly kind: 'file' | 'pipe'; readonly place: Place; readonly stats: Stats }
  | { readonly kind: 'directory'; readonly place: Place }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** `link`: the path may hold a link, so that its real path has to be asked for. Never throws. */
export async function look(place: Place, link: boolean): Promise<Look> {
  try {
    const stats = await stat(place.path)
    // Asked before the real path: a pipe behind /dev/fd has none.
    if (stats.isFIFO()) return { kind: 'pipe', place, stats }
    if (!stats.isFile() && !stats.isDirectory()) return { kind: 'problem', problem: notAFile(place.name, stats) }
    const at = link ? { ...place, real: await realpath(place.path) } : place
    if (stats.isDirectory()) return { kind: 'directory', place: at }
    await access(place.path, constants.R_OK)
    return { kind: 'file', place: at, stats }
  } catch (error) {
    return { kind: 'problem', problem: fileProblem(place.name, error) }
  }
}

export function notAFile(name: string, stats: Pick<Stats | BigIntStats, 'isSocket' | 'isFIFO'>): Problem {
  const kind = stats.isSocket() ? 'a socket' : stats.isFIFO() ? 'a pipe' : 'a device'
  const cure = stats.isFIFO() ? 'name it on the command line to read it' : 'leave it out'
  return problem(name, 'not-a-file', `expected a file, found ${kind}: ${cure}`)
}

/** What the system said about a path, as a problem: `vanished`, `symlink-loop` or `unreadable`. */
export function fileProblem(name: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    // Bytes that are no UTF-8 reach us as U+FFFD, and no such name exists.
    if (name.includes('\ufffd')) {
      return problem(name, 'unreadable', 'expected a name in UTF-8, found other bytes: rename the file to read it')
    }
    return problem(name, 'vanished', 'expected a file, but it is gone, or a link whose target is missing: run again, or remove the link')
  }
  if (code === 'ELOOP') {
    return problem(name, 'symlink-loop', 'expected a file or directory, found a link that leads back to itself: remove the link')
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return problem(name, 'unreadable', `expected to be allowed to read it, but permission was denied (${code}): change its mode or owner`)
  }
  const found = error instanceof Error ? error.message : String(error)
  return problem(name, 'unreadable', `expected to read it, but the system said: ${found}`)
}
