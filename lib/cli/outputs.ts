/** The files a command is asked to write: looked at before anything is read, so that no long run ends in "cannot write". */

import { closeSync, fstatSync, openSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { ChimeraError } from '../stage/index.js'
import type { Io } from './io.js'

/** Option as typed -> file as given; options that were not given are left out. */
export type Outputs = Readonly<Record<string, string | undefined>>

/**
 * Makes sure that each file can be written, that none of them is an input, and that no two are the same. A file that is not
 * there yet is created empty.
 *
 * @returns the identities of these files, and of the one that stdout was redirected to: none of them is an input.
 * @throws {ChimeraError} `USAGE` naming the option and what to do.
 */
export function checkOutputs(outputs: Outputs, inputs: readonly string[], io: Io): ReadonlySet<string> {
  const own = new Set<string>()
  const redirected = typeof io.stdout.fd === 'number' ? identity(() => fstatSync(io.stdout.fd ?? 1)) : undefined
  if (redirected !== undefined) own.add(redirected)
  const taken = new Map<string, string>()
  for (const input of inputs) {
    const real = identityOf(path.resolve(io.cwd, input))
    if (real !== undefined) taken.set(real, `the input ${input}`)
  }
  for (const [option, file] of Object.entries(outputs)) {
    if (file === undefined) continue
    const full = path.resolve(io.cwd, file)
    const before = identityOf(full)
    if (before !== undefined && taken.has(before)) {
      throw new ChimeraError('USAGE', `expected ${option} to name a file of its own, found ${file}, which is ${taken.get(before) ?? 'taken'}: choose another`)
    }
    try {
      // Appending nothing proves that it can be written and changes nothing that is there.
      closeSync(openSync(full, 'a'))
    } catch (error) {
      throw new ChimeraError('USAGE', `expected ${option} to name a file that can be written, found ${file} (${reasonOf(error)}): choose another ${option} file`, { cause: error })
    }
    const real = identityOf(full)
    if (real === undefined) continue
    taken.set(real, `also given to ${option}`)
    own.add(real)
  }
  return own
}

/** Device and inode of a regular file; devices and pipes may serve several purposes, a file may not. */
export function identityOf(file: string): string | undefined {
  return identity(() => statSync(file))
}

function identity(look: () => Stats): string | undefined {
  try {
    const stats = look()
    return stats.isFile() ? `${stats.dev}:${stats.ino}` : undefined
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
      return 'its folder is not there'
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not permitted'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
