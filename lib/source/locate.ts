/** Decides what a path that the user named means, before anything is read. */

import { stat } from 'node:fs/promises'
import path from 'node:path'
import { ChimeraError, type Problem } from '../stage/index.js'
import { expand, parseGlob, type Glob } from './glob.js'
import { fileProblem, type Place } from './look.js'

export type Located =
  | { readonly kind: 'stdin'; readonly name: string }
  | { readonly kind: 'path'; readonly place: Place }
  | { readonly kind: 'glob'; readonly glob: Glob; readonly base: Place }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Names of standard input. Where it is a socket, as under many process managers, opening these names fails. */
const STDIN = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])

/** @throws {ChimeraError} `NOT_FOUND` when nothing stands at a path, or a glob matches nothing. */
export async function locate(named: string, cwd: string, signal: AbortSignal): Promise<Located> {
  if (STDIN.has(named)) return { kind: 'stdin', name: named }
  const place = placeOf(named, cwd)
  try {
    await stat(place.path)
    return { kind: 'path', place }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return { kind: 'problem', problem: fileProblem(place.name, error) }
    const glob = parseGlob(named)
    if (!glob) throw notFound(named, cwd, error)
    const base = placeOf(glob.base, cwd)
    for await (const found of expand(glob, base, signal)) {
      if (!('type' in found)) return { kind: 'glob', glob, base }
    }
    throw new ChimeraError(
      'NOT_FOUND',
      `expected files that match "${named}", found none from ${cwd}: check the pattern, or name a directory to read all of it`,
    )
  }
}

/** Names are relative to where the run started; what was named from the root and lies outside stays as it is. */
function placeOf(named: string, cwd: string): Place {
  const absolute = path.resolve(cwd, named)
  const relative = path.relative(cwd, absolute)
  const outside = relative === '..' || relative.startsWith(`..${path.sep}`)
  const name = path.isAbsolute(named) && outside ? absolute : relative === '' ? '.' : relative
  return { path: absolute, name: name.split(path.sep).join('/'), real: absolute }
}

function notFound(named: string, cwd: string, cause: unknown): ChimeraError {
  return new ChimeraError(
    'NOT_FOUND',
    `expected a file or directory at "${named}", found nothing from ${cwd}: check the spelling, or use - for standard input`,
    { cause },
  )
}
