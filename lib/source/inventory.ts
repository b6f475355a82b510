/** What is in a set of files, as far as their names and directory entries tell: counts, sizes, dates. */

import { escapeJson, stage, type Problem, type Stage, type StreamOptions } from '../stage/index.js'
import type { Artifact, FormatName } from './artifact.js'

/** One file, as an artifact or a file report has it. */
export interface InventoryFile {
  readonly file: string
  readonly format?: FormatName
  /** On disk. */
  readonly bytes?: number
  readonly modified?: Date
}

export interface FormatInventory {
  /** `undefined`: the name does not tell. */
  readonly format: FormatName | undefined
  readonly files: number
  /** Sum of the sizes that are known; absent when none is. */
  readonly bytes?: number
  /** The first few names, in the order in which they came. */
  readonly first: readonly string[]
  /** Newest modification time; absent when none is known. */
  readonly modified?: Date
}

export interface Inventory {
  readonly type: 'inventory'
  readonly files: number
  /** Sum of the sizes that are known. */
  readonly bytes: number
  readonly problems: number
  /** Formats that have files, in the order CSV, JSON, NDJSON, Markdown, OpenMetrics, unknown. */
  readonly formats: readonly FormatInventory[]
}

export interface InventoryCounter {
  add(file: InventoryFile): void
  addProblem(): void
  result(): Inventory
}

/** How many names are kept per format. */
const NAMES_KEPT = 5
const ORDER: readonly (FormatName | undefined)[] = ['csv', 'json', 'ndjson', 'markdown', 'openmetrics', 'text', undefined]

/** Counts files one by one; memory does not grow with their number. */
export function countInventory(): InventoryCounter {
  const counts = new Map<FormatName | undefined, { files: number; bytes?: number; first: string[]; modified?: Date }>()
  let problems = 0
  return {
    add({ file, format, bytes, modified }) {
      const count = counts.get(format) ?? { files: 0, first: [] }
      counts.set(format, count)
      count.files += 1
      if (bytes !== undefined) count.bytes = (count.bytes ?? 0) + bytes
      if (count.first.length < NAMES_KEPT) count.first.push(file)
      if (modified && !(count.modified && count.modified >= modified)) count.modified = modified
    },
    addProblem() {
      problems += 1
    },
    result() {
      const formats = ORDER.flatMap((format): FormatInventory[] => {
        const count = counts.get(format)
        return count ? [{ format, ...count, first: [...count.first] }] : []
      })
      return {
        type: 'inventory',
        files: formats.reduce((sum, one) => sum + one.files, 0),
        bytes: formats.reduce((sum, one) => sum + (one.bytes ?? 0), 0),
        problems,
        formats,
      }
    },
  }
}

/** Takes what `artifacts()` gives; gives one {@link Inventory} at the end. Opens nothing. */
export function inventory(options: StreamOptions = {}): Stage<Artifact | Problem, Inventory> {
  return stage(
    {
      name: 'inventory',
      start() {
        const counter = countInventory()
        return {
          write(batch) {
            for (const item of batch) count(counter, item)
            return []
          },
          end: () => [[counter.result()]],
        }
      },
    },
    options,
  )
}

/**
 * Takes what `artifacts()` gives; gives NDJSON lines: `{file, format, bytes, modified, compression}` per file as it comes,
 * without what is not known, and at last `{total: {files, bytes, problems, formats: {csv: {files, bytes, modified}, ...}}}`.
 */
export function inventoryLines(options: StreamOptions = {}): Stage<Artifact | Problem, string> {
  return stage(
    {
      name: 'inventory lines',
      start() {
        const counter = countInventory()
        return {
          write(batch) {
            const lines: string[] = []
            for (const item of batch) {
              count(counter, item)
              if (item.type === 'artifact') lines.push(fileLine(item))
            }
            return [lines]
          },
          end: () => [[totalLine(counter.result())]],
        }
      },
    },
    options,
  )
}

function count(counter: InventoryCounter, item: Artifact | Problem): void {
  if (item.type === 'problem') counter.addProblem()
  else counter.add({ ...item, file: item.name })
}

function fileLine({ name, format, bytes, modified, compression }: Artifact): string {
  return `${escapeJson(JSON.stringify({ file: name, format, bytes, modified: modified?.toISOString(), compression }))}\n`
}

function totalLine({ files, bytes, problems, formats }: Inventory): string {
  const perFormat = formats.map((one) => [
    one.format ?? 'unknown',
    { files: one.files, bytes: one.bytes, modified: one.modified?.toISOString() },
  ])
  return `${escapeJson(JSON.stringify({ total: { files, bytes, problems, formats: Object.fromEntries(perFormat) as unknown } }))}\n`
}
