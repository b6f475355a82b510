/** What passed by while reading, counted for the notes at the end; problems also go to the rejects file. */

import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Item } from '../record/item.js'
import { RecordBlock } from '../record/record-block.js'
import { ChimeraError, escapeJson, stage, type Problem, type Stage } from '../stage/index.js'

export interface Tally {
  records: number
  files: number
  problems: number
  /** Files in which at least one problem was met; at most {@link FILES_COUNTED}, beyond that a lower bound. */
  readonly troubled: Set<string>
  /** Content hash -> first file that had it; at most {@link FILES_COUNTED}. */
  readonly hashes: Map<string, string>
  /** Problems that cost a whole file, the first few. */
  readonly lost: Problem[]
  /** Metrics that were met, the first few hundred. */
  readonly metrics: Set<string>
  /** Files with the same bytes as an earlier one. */
  readonly copies: { readonly file: string; readonly of: string }[]
}

const FILES_COUNTED = 100_000
const LOST_KEPT = 3
const METRICS_KEPT = 300

export function emptyTally(): Tally {
  return { records: 0, files: 0, problems: 0, troubled: new Set(), hashes: new Map(), lost: [], metrics: new Set(), copies: [] }
}

/** Passes everything on and counts it into `tally`. With `rejects`, each problem is written to that file as one JSON line. */
export function counting(tally: Tally, rejects?: string): Stage<Item, Item> {
  return stage<Item, Item>({
    name: 'tally',
    start: () => {
      const file = rejects === undefined ? undefined : openRejects(rejects)
      return {
        write: (batch) => {
          const problems = batch.filter((item) => count(tally, item))
          return file && problems.length > 0 ? sideline(file, problems, batch) : [batch]
        },
        writeBlock(block) {
          if (!(block instanceof RecordBlock)) return this.write(block.items())
          tally.records += block.length
          for (const { metric } of block.content.columns) if (tally.metrics.size < METRICS_KEPT) tally.metrics.add(metric)
          return [block]
        },
        end: () => (file ? file.close() : []),
      }
    },
  })
}

/** Counts one item; true for a problem. */
function count(tally: Tally, item: Item): item is Problem {
  if (item.type === undefined) {
    tally.records += 1
    if (tally.metrics.size < METRICS_KEPT) tally.metrics.add(item.metric)
  } else if (item.type === 'problem') {
    tally.problems += 1
    if (tally.troubled.size < FILES_COUNTED) tally.troubled.add(item.file)
    if (item.line === undefined && tally.lost.length < LOST_KEPT) tally.lost.push(item)
    return true
  } else {
    tally.files += 1
    if (item.hash === undefined) return false
    const first = tally.hashes.get(item.hash)
    if (first !== undefined) tally.copies.push({ file: item.file, of: first })
    else if (tally.hashes.size < FILES_COUNTED) tally.hashes.set(item.hash, item.file)
  }
  return false
}

interface Rejects {
  write(problems: readonly Problem[]): Promise<void>
  close(): AsyncIterable<readonly Item[]>
}

async function* sideline(file: Rejects, problems: readonly Problem[], batch: readonly Item[]): AsyncIterable<readonly Item[]> {
  await file.write(problems)
  yield batch
}

/** One line of the rejects file; what could steer a terminal is escaped. */
export function rejectLine(found: Problem): string {
  return `${escapeJson(JSON.stringify({ ...found, type: undefined }))}\n`
}

function openRejects(path: string): Rejects {
  const stream: WriteStream = createWriteStream(path)
  let failure: unknown
  stream.on('error', (error) => (failure = error))
  const check = () => {
    if (failure !== undefined) throw new ChimeraError('UNREADABLE', `expected to write problems to ${path}, but could not: choose another --rejects file`, { cause: failure })
  }
  return {
    async write(problems) {
      check()
      if (!stream.write(problems.map(rejectLine).join(''))) await once(stream, 'drain').catch(() => undefined)
      check()
    },
    async *close() {
      stream.end()
      await finished(stream).catch(() => undefined)
      check()
      yield []
    },
  }
}
