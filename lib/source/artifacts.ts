/** Paths, directories, globs and standard input as one stream of artifacts. */

import type { Stats } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ChimeraError, source, type Problem, type ReadingEvent, type Source, type StreamOptions, type Watch } from '../stage/index.js'
import type { Artifact, FormatName } from './artifact.js'
import { decompress } from './decompress.js'
import { readName, isKnownFile } from './file-name.js'
import { expand } from './glob.js'
import { locate, type Located } from './locate.js'
import { look, type Place } from './look.js'
import { fileBytes, pipeBytes, streamBytes } from './raw-bytes.js'
import { visited } from './visited.js'
import { walk, type WalkOptions } from './walk.js'

export interface ArtifactsOptions extends StreamOptions {
  /** Where relative paths start, and what names are relative to; default `process.cwd()`. */
  cwd?: string
  /** Told of every file found, and of bytes as they arrive. */
  watch?: Watch<ReadingEvent>
  /** What `-` reads; default `process.stdin`. */
  stdin?: Readable
  /** Whether links met in a directory are followed; default true. Links that are named always are. */
  followSymlinks?: boolean
  /** The format of named files and standard input, whatever their name or content. */
  inputFormat?: FormatName
}

/**
 * Files, directories, globs and `-` (standard input), as artifacts to read, in the order given.
 *
 * Directories are walked lazily in the byte order of their paths: files with a known extension (`.csv .tsv .json .jsonl .ndjson
 * .md .markdown`, also with `.gz` or `.zst`), but nothing hidden and no `node_modules`. A file that was named is given whatever
 * its name. A file that is reached twice is given once, under the name by which it was reached first. What cannot be read
 * is a {@link Problem} (`symlink-loop`, `unreadable`, `vanished`, `not-a-file`). A text is only a glob when no such path exists.
 *
 * Memory is bounded by the largest single directory, the paths named, the links followed and the matches of globs.
 *
 * @throws {ChimeraError} `USAGE` at once without a path; the stream fails with `NOT_FOUND`, before anything is given, when a
 * named path does not exist or a glob matches nothing.
 */
export function artifacts(paths: string | readonly string[], options: ArtifactsOptions = {}): Source<Artifact | Problem> {
  const named = typeof paths === 'string' ? [paths] : [...paths]
  if (named.length === 0 || named.includes('')) {
    throw new ChimeraError('USAGE', 'expected paths of files or directories, globs, or - for standard input, found none: name at least one')
  }
  return source({ name: 'artifacts', start: ({ signal }) => reach(named, options, signal) }, options)
}

async function* reach(
  named: readonly string[],
  options: ArtifactsOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly (Artifact | Problem)[]> {
  const cwd = path.resolve(options.cwd ?? process.cwd())
  const located: Located[] = []
  for (const one of named) located.push(await locate(one, cwd, signal))
  const walking: WalkOptions = { signal, visited: visited(), followSymlinks: options.followSymlinks ?? true }
  let stdinTaken = false
  for (const one of located) {
    if (one.kind === 'problem') yield [one.problem]
    else if (one.kind === 'stdin') {
      if (!stdinTaken) yield [stdinArtifact(one.name, options)]
      stdinTaken = true
    } else if (one.kind === 'path') yield* give(one.place, true, walking, options)
    else {
      for await (const match of expand(one.glob, one.base, signal)) {
        if ('type' in match) yield [match]
        else yield* give(match, one.glob.named, walking, options)
      }
    }
  }
}

/** One path that was named, or that a glob matched. */
async function* give(
  place: Place,
  named: boolean,
  walking: WalkOptions,
  options: ArtifactsOptions,
): AsyncGenerator<readonly (Artifact | Problem)[]> {
  const found = await look(place, true)
  if (found.kind === 'problem') yield [found.problem]
  else if (found.kind === 'directory') {
    if (!walking.visited.enterDirectory(found.place.real)) return
    for await (const batch of walk(found.place, walking)) {
      yield batch.map((one) => ('type' in one ? one : fileArtifact(one.place, one.stats, false, options)))
    }
  } else if ((named || isKnownFile(path.basename(place.path))) && walking.visited.enterFile(found.place.real)) {
    yield [found.kind === 'pipe' ? pipeArtifact(place, options) : fileArtifact(place, found.stats, named, options)]
  }
}

function fileArtifact(place: Place, stats: Stats, named: boolean, options: ArtifactsOptions): Artifact {
  const fromName = readName(place.name)
  const artifact: Artifact = {
    type: 'artifact',
    name: place.name,
    ...fromName,
    ...(named && { named, ...forced(options) }),
    bytes: stats.size,
    modified: stats.mtime,
    open: (signal) => decompress(counted(fileBytes(place.path, place.name, stats.size, signal), place.name, options), place.name, fromName.compression),
  }
  options.watch?.({ type: 'found', file: place.name, bytes: stats.size })
  return artifact
}

function pipeArtifact(place: Place, options: ArtifactsOptions): Artifact {
  return onceArtifact(place.name, (signal) => pipeBytes(place.path, place.name, signal), options)
}

function stdinArtifact(name: string, options: ArtifactsOptions): Artifact {
  return onceArtifact(name, (signal) => streamBytes(options.stdin ?? process.stdin, name, signal), options)
}

/** Something that can be read once only. Its size and date say nothing about its content, so it has none. */
function onceArtifact(name: string, read: (signal?: AbortSignal) => AsyncIterable<Buffer>, options: ArtifactsOptions): Artifact {
  let opened = false
  const fromName = readName(name)
  options.watch?.({ type: 'found', file: name })
  return {
    type: 'artifact',
    name,
    ...fromName,
    named: true,
    ...forced(options),
    open(signal) {
      if (opened) throw new ChimeraError('UNREADABLE', `expected to read ${name} once, but it was opened again: a pipe cannot be read twice, save it to a file`)
      opened = true
      return decompress(counted(read(signal), name, options), name, fromName.compression)
    },
  }
}

function forced({ inputFormat }: ArtifactsOptions): Pick<Artifact, 'format' | 'forced'> {
  return inputFormat ? { format: inputFormat, forced: true } : {}
}

async function* counted(bytes: AsyncIterable<Buffer>, file: string, { watch }: ArtifactsOptions): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    watch?.({ type: 'bytes', file, bytes: chunk.length })
    yield chunk
  }
}
