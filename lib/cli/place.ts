/** `--at FILE:LINE`, `FILE:LINE:COLUMN`, `FILE#/json/pointer`: a place in a file, as records and editors name it. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ReadingPlace } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'

export interface FilePlace {
  readonly file: string
  readonly place: ReadingPlace
}

/** A file whose own name looks like a place with one is taken by that name. @throws {ChimeraError} `USAGE` for a place that is none. */
export function readPlace(text: string, cwd: string): FilePlace {
  const pointed = /^(.*?[^#])#(\/.*)?$/s.exec(text)
  if (pointed?.[1] !== undefined && !isThere(text, cwd)) return { file: pointed[1], place: { pointer: pointed[2] ?? '' } }
  const lined = /^(.+?):(\d+)(?::(\d+))?$/s.exec(text)
  const [, file, line, column] = lined ?? []
  if (file === undefined || Number(line) < 1 || (column !== undefined && Number(column) < 1)) {
    throw new ChimeraError('USAGE', `expected --at to name a place, found "${text}": write FILE:LINE, FILE:LINE:COLUMN or FILE#/json/pointer, lines and columns from 1`)
  }
  return { file, place: { line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) } }
}

function isThere(file: string, cwd: string): boolean {
  return existsSync(path.resolve(cwd, file))
}
