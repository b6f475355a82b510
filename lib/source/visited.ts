/** Remembers what was reached, so that no file is given twice, without a list of all files. */

import path from 'node:path'
import { isKnownFile, isSkippedDirectory } from './file-name.js'

/**
 * Only the doors are kept - paths that were named and targets of links - since a plain walk from one door meets nothing twice.
 * Memory grows with the number of doors, not of files.
 */
export interface Visited {
  /** False when the directory lies in one that is or will be walked; else it becomes a door. */
  enterDirectory(real: string): boolean
  /** False when the file was given, or will be by a walk that is under way; else it becomes a door. */
  enterFile(real: string): boolean
  /** Whether a walk that meets this path has met a door, where another walk began. */
  isDoor(real: string): boolean
}

export function visited(): Visited {
  const directories = new Set<string>()
  const files = new Set<string>()

  const walked = (directory: string): boolean => {
    for (let at = directory; ; at = path.dirname(at)) {
      if (directories.has(at)) return true
      if (isSkippedDirectory(path.basename(at)) || path.dirname(at) === at) return false
    }
  }

  return {
    enterDirectory(real) {
      if (walked(real)) return false
      directories.add(real)
      return true
    },
    enterFile(real) {
      if (files.has(real)) return false
      if (isKnownFile(path.basename(real)) && walked(path.dirname(real))) return false
      files.add(real)
      return true
    },
    isDoor: (real) => directories.has(real) || files.has(real),
  }
}

/** Whether `inner` is `outer` or lies in it. */
export function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep)
}
