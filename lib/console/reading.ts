/** What is known about the files being read: a pure fold over reading events. */

import type { ReadingEvent } from '../stage/watch.js'
import { add, meter, type Meter } from './meter.js'

export interface Reading {
  /** When the first file was heard of, or the ingest phase began (ms). */
  readonly startedAt: number
  /** When the latest event came (ms). */
  readonly lastAt: number
  /** When the ingest phase was over (ms). */
  readonly endedAt: number | undefined
  readonly files: Files
  readonly bytes: Meter
  readonly records: Meter
  readonly problems: number
  /** Files of which bytes came and no end yet, the latest `OPEN_LIMIT` of them. */
  readonly open: readonly string[]
}

export interface Files {
  readonly found: number
  readonly done: number
  /** How many of the found files said how large they are. */
  readonly sized: number
  /** The sum of that. */
  readonly bytes: number
}

export const OPEN_LIMIT = 8

export function reading(at: number): Reading {
  return state(at, at, { found: 0, done: 0, sized: 0, bytes: 0 }, meter(at), meter(at), 0, [])
}

export function advanceReading(before: Reading, event: ReadingEvent, at: number): Reading {
  const { startedAt, files, bytes, records, problems, open } = before
  switch (event.type) {
    case 'found':
      return state(startedAt, at, found(files, event.bytes), bytes, records, problems, open)
    case 'bytes':
      return state(startedAt, at, files, add(bytes, event.bytes, at), records, problems, opened(open, event.file))
    case 'records':
      return state(startedAt, at, files, bytes, add(records, event.count, at), problems, open)
    case 'problems':
      return state(startedAt, at, files, bytes, records, problems + event.count, open)
    case 'done':
      return state(startedAt, at, done(files), bytes, records, problems, closed(open, event.file))
  }
}

export function endReading(before: Reading, at: number): Reading {
  return { ...before, endedAt: at }
}

/**
 * How much of the work is done, 0 to 1; `undefined` where nobody can know, as with a pipe. By bytes when every file said its
 * size, else by files. Files that are still being looked for make it smaller, which is true.
 */
export function fraction(current: Reading): number | undefined {
  const { found, done, sized, bytes } = current.files
  if (found === 0) return undefined
  if (done >= found) return 1
  if (sized === found && bytes > 0) return Math.min(1, current.bytes.total / bytes)
  return found > 1 ? done / found : undefined
}

/** Written out, because this runs for each batch and copying with a spread costs ten times as much. */
function state(
  startedAt: number,
  lastAt: number,
  files: Files,
  bytes: Meter,
  records: Meter,
  problems: number,
  open: readonly string[],
): Reading {
  return { startedAt, lastAt, endedAt: undefined, files, bytes, records, problems, open }
}

function found(files: Files, bytes: number | undefined): Files {
  const sized = files.sized + (bytes === undefined ? 0 : 1)
  return { found: files.found + 1, done: files.done, sized, bytes: files.bytes + (bytes ?? 0) }
}

function done(files: Files): Files {
  return { found: files.found, done: files.done + 1, sized: files.sized, bytes: files.bytes }
}

/** Records and problems do not open a file: they may come after its last byte, and then nothing would close it. */
function opened(open: readonly string[], file: string): readonly string[] {
  return open.includes(file) ? open : [...open.slice(-(OPEN_LIMIT - 1)), file]
}

function closed(open: readonly string[], file: string): readonly string[] {
  return open.includes(file) ? open.filter((one) => one !== file) : open
}
