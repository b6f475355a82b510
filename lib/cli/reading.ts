/** The first half of every command: paths or stdin in, items out, with counts, rejects and progress on the way. */

import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { progress, type Progress } from '../console/index.js'
import type { Item } from '../record/item.js'
import { records } from '../record/index.js'
import { artifacts } from '../source/index.js'
import type { Artifact } from '../source/artifact.js'
import { ChimeraError, type Problem, type Source, type Stage } from '../stage/index.js'
import type { Io } from './io.js'
import type { ReadingOptions } from './options.js'
import { counting, emptyTally, type Tally } from './tally.js'

export interface Reading {
  readonly source: Source<Artifact | Problem>
  readonly records: Stage<Artifact | Problem, Item>
  readonly counting: Stage<Item, Item>
  /** Complete once the streams have ended. */
  readonly tally: Tally
  readonly progress: Progress
}

export function reading(paths: readonly string[], options: ReadingOptions, io: Io): Reading {
  const named = inputPaths(paths, io)
  const tally = emptyTally()
  const console = progress({ mode: options.progress, stream: io.stderr, env: io.env, now: io.now })
  const shared = { signal: io.signal, watch: console.emit, ...(options.inputFormat && { inputFormat: options.inputFormat }) }
  return {
    source: artifacts(named, { ...shared, cwd: io.cwd, stdin: io.stdin }),
    records: records({ ...shared, strict: options.strict }),
    counting: counting(tally, options.rejects),
    tally,
    progress: console,
  }
}

/** Runs the reading through `stages` into `out`, which stays open. */
export async function run(reading: Reading, stages: readonly Stage<never, unknown>[], out: Writable, io: Io): Promise<void> {
  await pipeline([reading.source, reading.records, reading.counting, ...stages, out], { signal: io.signal, end: false })
}

/** The same onto stdout, for commands that are done when everything is read. */
export async function print(reading: Reading, stages: readonly Stage<never, unknown>[], io: Io): Promise<void> {
  const release = reading.progress.guard(io.stdout)
  try {
    await run(reading, stages, io.stdout, io)
  } finally {
    release()
    reading.progress.stop()
  }
}

/** Says on stderr what a reader of stdout alone would not know. */
export function note(reading: Reading, options: ReadingOptions, io: Io): void {
  const { tally } = reading
  if (tally.problems > 0 && options.progress !== 'never') {
    const where = tally.troubled.size === 1 ? 'one file' : `${tally.troubled.size} files`
    const cure = options.rejects === undefined ? '; --rejects FILE keeps them' : `, written to ${options.rejects}`
    io.stderr.write(`chimera: ${tally.problems} ${tally.problems === 1 ? 'problem' : 'problems'} in ${where}${cure}\n`)
  }
}

export function inputPaths(paths: readonly string[], io: Io): readonly string[] {
  if (paths.length > 0) return paths
  if (io.stdin.isTTY) throw new ChimeraError('USAGE', 'expected a path or piped input, found neither: name a file or folder, or pipe data in')
  return ['-']
}
