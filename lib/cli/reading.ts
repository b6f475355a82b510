/** The first half of every command: paths or stdin in, items out, with counts, rejects and progress on the way. */

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { progress, type Progress } from '../console/index.js'
import type { Item } from '../record/item.js'
import { records, type ExplainOptions } from '../record/index.js'
import { artifacts } from '../source/index.js'
import type { Artifact } from '../source/artifact.js'
import { ChimeraError, fuseAll, sanitizeLine, stage, type Problem, type Source, type Stage } from '../stage/index.js'
import type { Io } from './io.js'
import { loadLayouts } from './layouts.js'
import type { ReadingOptions } from './options.js'
import { checkOutputs, identityOf, type Outputs } from './outputs.js'
import { counting, emptyTally, rejectLine, type Tally } from './tally.js'

export interface Reading {
  readonly source: Source<Artifact | Problem>
  /** Leaves out what the command itself writes. */
  readonly others: Stage<Artifact | Problem, Artifact | Problem>
  readonly records: Stage<Artifact | Problem, Item>
  readonly counting: Stage<Item, Item>
  /** Complete once the streams have ended. */
  readonly tally: Tally
  readonly progress: Progress
  /** Under `--strict` at most one problem is met, and it ends the run: the file that keeps it. */
  readonly onlyReject?: string
}

/** `outputs` are the files the command itself will write, by option; they are looked at first and never read. */
export async function reading(paths: readonly string[], options: ReadingOptions, io: Io, outputs: Outputs = {}, explain?: ExplainOptions): Promise<Reading> {
  const named = inputPaths(paths, io)
  const rejects = options.rejects === undefined ? undefined : path.resolve(io.cwd, options.rejects)
  const own = checkOutputs({ '--rejects': options.rejects, ...outputs }, named, io)
  const layouts = await loadLayouts(options.layout ?? [], io)
  const tally = emptyTally()
  const console = progress({ mode: options.progress, stream: io.stderr, env: io.env, now: io.now })
  const shared = { signal: io.signal, watch: console.emit, ...(options.inputFormat && { inputFormat: options.inputFormat }) }
  return {
    source: artifacts(named, { ...shared, cwd: io.cwd, ...(named.includes('-') && { stdin: io.stdin }) }),
    others: except(own, io.cwd),
    records: records({ ...shared, layouts, strict: options.strict, ...(explain && { explain }) }),
    counting: counting(tally, options.strict ? undefined : rejects),
    ...(options.strict && rejects !== undefined ? { onlyReject: rejects } : {}),
    tally,
    progress: console,
  }
}

/** Runs the reading through `stages` into `out`, which stays open. */
export async function run(reading: Reading, stages: readonly Stage<never, unknown>[], out: Writable, io: Io): Promise<void> {
  const { onlyReject } = reading
  if (onlyReject !== undefined) await writeFile(onlyReject, '')
  try {
    await pipeline([fuseAll(reading.source, [reading.others, reading.records, reading.counting, ...stages] as Stage<never, unknown>[]), out], { signal: io.signal, end: false })
  } catch (error) {
    if (onlyReject !== undefined && error instanceof ChimeraError && error.code === 'STRICT') await writeFile(onlyReject, rejectLine(error.cause as Problem))
    throw error
  }
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

/** Says on stderr what a reader of stdout alone would not know; `quiet`: only part of a file was asked for. */
export function note({ tally }: Reading, options: ReadingOptions, io: Io, { quiet = false } = {}): void {
  if (options.progress === 'never') return
  const say = (text: string) => void io.stderr.write(`chimera: ${sanitizeLine(text)}\n`)
  for (const { file, message } of tally.lost) say(`${file}: ${message}`)
  if ((tally.problems > tally.lost.length && !quiet) || (tally.problems > 0 && options.rejects !== undefined)) {
    const where = tally.troubled.size === 1 ? 'one file' : `${tally.troubled.size} files`
    const cure = options.rejects === undefined ? '; --rejects FILE keeps them' : `, written to ${options.rejects}`
    say(`${tally.problems} ${tally.problems === 1 ? 'problem' : 'problems'} in ${where}${cure}`)
  }
  if (quiet) return
  if (tally.files === 0 && tally.problems === 0) say('no files with results here: CSV, JSON, NDJSON, Markdown and OpenMetrics are read, by their extension or when named, and what tools print when named')
  else if (tally.records === 0 && tally.lost.length === 0) say(`no measurement in ${tally.files === 1 ? 'this file' : `these ${tally.files} files`}: "chimera scan" shows what each was taken for`)
}

/** Passes on what is not one of `own`, the files that the command writes while it reads. */
function except(own: ReadonlySet<string>, cwd: string): Stage<Artifact | Problem, Artifact | Problem> {
  const isOwn = (item: Artifact | Problem) => item.type === 'artifact' && own.size > 0 && own.has(identityOf(path.resolve(cwd, item.name)) ?? '')
  return stage({ name: 'others', start: () => ({ write: (batch) => [batch.filter((item) => !isOwn(item))] }) })
}

export function inputPaths(paths: readonly string[], io: Io): readonly string[] {
  if (paths.length > 0) return paths
  if (io.stdin.isTTY) throw new ChimeraError('USAGE', 'expected a path or piped input, found neither: name a file or folder, or pipe data in')
  return ['-']
}
