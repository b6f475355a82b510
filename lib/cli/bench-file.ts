/** The results file of `chimera bench` on disk: checked, gone on with, written run by run. */

import { createReadStream } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { measuredRecord, planLine, resultLines, resultsCheck, type BenchPlan, type ResumePoint } from '../bench/index.js'
import type { MetricRecord } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'
import type { Io } from './io.js'

export interface ResultsFile {
  /** Ordinals of the runs that are in it already. */
  readonly done: ReadonlySet<number>
  /** The records of those runs. */
  earlier(): AsyncIterable<MetricRecord>
  /** Comes back when they are on the disk, not only with the system. */
  append(records: readonly MetricRecord[], options: { readonly flush: boolean }): Promise<void>
  close(): Promise<void>
}

/** A line beyond this is none of ours. */
const LINE_LIMIT = 1024 * 1024

/**
 * A file with something in it is only touched when told so: `resume` goes on behind its last whole run, `force` begins anew.
 *
 * @throws {ChimeraError} `USAGE` when it is in the way, is no results file, or has another plan; `UNREADABLE`.
 */
export async function openResults(file: string, plan: BenchPlan, { resume, force }: { readonly resume: boolean; readonly force: boolean }, io: Io): Promise<ResultsFile> {
  const full = path.resolve(io.cwd, file)
  const size = await stat(full).then((found) => found.size, () => 0)
  if (size > 0 && !resume && !force) {
    throw new ChimeraError('USAGE', `expected -o to name a new file, found results in ${file}: --resume goes on with them, --force writes over them`)
  }
  const point = size > 0 && resume ? await check(full, plan, file) : undefined
  let handle: FileHandle
  try {
    handle = await open(full, point ? 'r+' : 'w')
    if (point) await handle.truncate(point.bytes)
    else await handle.writeFile(planLine(plan, io.date().toISOString()))
    await handle.datasync()
  } catch (error) {
    throw unwritable(file, error)
  }
  let at = point?.bytes ?? (await handle.stat()).size
  return {
    done: point?.done ?? new Set(),
    async *earlier() {
      if (!point) return
      for await (const { text } of lines(full, point.bytes)) {
        const record = measuredRecord(text)
        if (record) yield record
      }
    },
    async append(records, { flush }) {
      const bytes = Buffer.from(resultLines(records))
      try {
        for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written, bytes.length - written, at + written)).bytesWritten
        at += bytes.length
        if (flush) await handle.datasync()
      } catch (error) {
        throw unwritable(file, error)
      }
    },
    close: () => handle.close(),
  }
}

async function check(full: string, plan: BenchPlan, file: string): Promise<ResumePoint> {
  const reader = resultsCheck(plan, file)
  for await (const { text, bytes } of lines(full)) reader.line(text, bytes)
  return reader.end()
}

/** Whole lines with their lengths in bytes, line end included; what stands behind the last line end is torn and left out. */
async function* lines(full: string, end?: number): AsyncGenerator<{ readonly text: string; readonly bytes: number }, void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(full, end === undefined ? {} : { end: Math.max(0, end - 1) })) {
    held = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer])
    let from = 0
    for (let to = held.indexOf(10, from); to >= 0; to = held.indexOf(10, from)) {
      yield { text: held.toString('utf8', from, to), bytes: to + 1 - from }
      from = to + 1
    }
    held = held.subarray(from)
    if (held.length > LINE_LIMIT) throw new ChimeraError('USAGE', `expected results of chimera bench, found a line of more than ${LINE_LIMIT} bytes in ${full}: give another -o`)
  }
}

function unwritable(file: string, error: unknown): ChimeraError {
  return new ChimeraError('UNREADABLE', `expected to write results to ${file}, but could not (${error instanceof Error ? error.message : String(error)}): choose another -o`, { cause: error })
}
