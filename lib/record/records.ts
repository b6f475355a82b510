/** The stage that turns files into metric records. */

import { openReader, type ReaderOptions } from '../format/reader.js'
import { CellBlock } from '../format/cell-block.js'
import { JsonBlock } from '../format/json-block.js'
import type { FormatEvent } from '../format/event.js'
import type { Artifact, FormatName } from '../source/artifact.js'
import { Block, ChimeraError, itemsOf, problem, stage, type Batch, type Batches, type Problem, type ReadingEvent, type Stage, type StageContext, type StageDefinition, type Step, type StreamOptions, type Watch } from '../stage/index.js'
import { extraction, type Extraction } from './extract.js'
import { collector } from './explain/collector.js'
import type { ExplainOptions } from './explain/explanation.js'
import type { Layout } from '../layout/index.js'
import { withOwn } from './define-layout.js'
import { hashHead } from './file-hash.js'
import type { Item } from './item.js'
import type { FileReport } from './metric-record.js'
import { RecordBlock } from './record-block.js'
import { sureness, verdictOf, type Sureness } from './verdict.js'
import { wholeLines } from './whole-lines.js'

export interface RecordsOptions extends StreamOptions {
  /** Reads every file as this format instead of looking what it is. */
  readonly inputFormat?: FormatName
  /** Known besides the tools that the project knows, as {@link defineLayout} checks them; of two that ask for as much, these win. */
  readonly layouts?: readonly Layout[]
  /** `compatible`: every file goes through the library of its format, and nothing is scanned; slower, with the same records. */
  readonly lane?: ReaderOptions['lane']
  /** Makes the first problem an error with code `STRICT` and the problem as its `cause`. */
  readonly strict?: boolean
  /** Asks why things were read as they were; costs time, and nothing without it. */
  readonly explain?: ExplainOptions
  /** Told of `records`, `problems` and `done`, file by file. */
  readonly watch?: Watch<ReadingEvent>
}

/**
 * Files in, one after the other; out come their {@link Item}s: the records of a file, the problems met in it, and one
 * {@link FileReport} at its end. Problems from the source pass through. A file that cannot be read costs only itself.
 */
export function records(options: RecordsOptions = {}): Stage<Artifact | Problem, Item> {
  return stage(recordsDefinition(options), options)
}

export function recordsDefinition(given: RecordsOptions = {}): StageDefinition<Artifact | Problem, Item> {
  const options = { ...given, layouts: withOwn(given.layouts) }
  return {
    name: 'records',
    start: (context): Step<Artifact | Problem, Item> => ({
      async *write(batch) {
        for (const input of batch) {
          if (input.type === 'artifact') {
            yield* readFile(input, options, context)
          } else {
            yield [admit(input, options)]
          }
        }
      },
    }),
  }
}

/** Records that leave together: enough to make crossing a stage cheap, few enough to show progress. */
const BATCH = 256

async function* readFile(artifact: Artifact, options: RecordsOptions, context: StageContext): AsyncGenerator<Batch<Item>> {
  const count: Count = { records: 0, problems: 0, hash: undefined, extract: undefined, failure: undefined, sure: sureness(), first: undefined }
  try {
    for await (const items of contentOf(artifact, options, context, count)) {
      if (items instanceof Block) {
        if (items instanceof RecordBlock) tellBlock(artifact.name, items, count, options)
        yield items
        continue
      }
      for (let from = 0; from < items.length; from += BATCH) {
        const batch = items.slice(from, from + BATCH).map((item) => (item.type === 'problem' ? admit(item, options) : item))
        tell(artifact.name, batch, count, options)
        yield batch
      }
    }
  } catch (error) {
    if (context.signal.aborted || isStrict(error)) throw error
    const found = unreadable(artifact.name, error)
    count.failure = found.message
    admit(found, options)
    tell(artifact.name, [found], count, options)
    yield [found]
  }
  yield [reportOf(artifact, count)]
  options.watch?.({ type: 'done', file: artifact.name })
}

interface Count {
  records: number
  problems: number
  hash: string | undefined
  extract: Extraction | undefined
  failure: string | undefined
  readonly sure: Sureness
  /** What the first problem says. */
  first: string | undefined
}

/**
 * Opens the file, hashes it while it is read, and closes it however the reading ends. When reading fails half-way, what came
 * before is given first; then the error is thrown.
 */
async function* contentOf(artifact: Artifact, options: RecordsOptions, context: StageContext, count: Count): AsyncGenerator<Batch<Item>> {
  const content = wholeLines(artifact.open(context.signal)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>, context.signal)
  try {
    const head = await hashHead(content.chunks)
    const extract = extraction(artifact.name, head.id, options.layouts, options.explain && collector(artifact.name, options.explain))
    count.extract = extract
    const force = options.inputFormat ?? (artifact.forced === true ? artifact.format : undefined)
    const reader = await openReader(artifact.name, head, { ...(artifact.format && { format: artifact.format }), ...(force && { force }), ...(options.lane && { lane: options.lane }) })
    for (const chunk of head.chunks) yield* eventsToItems(reader.write([chunk]), extract)
    for (;;) {
      if (head.complete) break
      const { value } = await content.chunks.next()
      if (value === undefined) break
      head.whole.update(value)
      yield* eventsToItems(reader.write([value]), extract)
    }
    // Nothing at all came: the error says more than that the file is empty.
    if (content.failure !== undefined && head.chunks.length === 0) throw content.failure
    yield* eventsToItems(reader.end?.() ?? [], extract)
    yield extract.end()
    if (content.failure !== undefined) throw content.failure
    count.hash = head.whole.digest()
  } finally {
    await content.chunks.return?.()
  }
}

async function* eventsToItems(batches: Batches<FormatEvent>, extract: Extraction): AsyncGenerator<Batch<Item>> {
  // The steps of the formats are synchronous; awaiting each of their batches would cost more than reading them.
  if (Symbol.iterator in batches) {
    for (const batch of batches) yield* itemsFrom(batch, extract)
  } else {
    for await (const batch of batches) yield* itemsFrom(batch, extract)
  }
}

function itemsFrom(batch: Batch<FormatEvent>, extract: Extraction): readonly Batch<Item>[] {
  if (!(batch instanceof CellBlock || batch instanceof JsonBlock)) return [itemsOf(batch).flatMap((event) => extract.event(event))]
  // Rows that are read one by one travel together.
  const out: Batch<Item>[] = []
  let single: Item[] = []
  for (const found of extract.block(batch)) {
    if (!(found instanceof Block)) {
      for (const item of found) single.push(item)
      continue
    }
    if (single.length > 0) out.push(single)
    single = []
    out.push(found)
  }
  return single.length > 0 ? [...out, single] : out
}

function tellBlock(file: string, block: RecordBlock, count: Count, { watch }: RecordsOptions): void {
  block.confidences((confidence, records) => count.sure.add(confidence, records))
  count.records += block.length
  if (block.length > 0) watch?.({ type: 'records', file, count: block.length })
}

function tell(file: string, batch: readonly Item[], count: Count, { watch }: RecordsOptions): void {
  let problems = 0
  for (const item of batch) {
    if (item.type === undefined) {
      // What chimera measured itself is certain.
      count.sure.add(item.source.confidence ?? 1)
    } else if (item.type === 'problem') {
      problems += 1
      count.first ??= item.message
    }
  }
  const found = batch.length - problems
  count.records += found
  count.problems += problems
  if (found > 0) watch?.({ type: 'records', file, count: found })
  if (problems > 0) watch?.({ type: 'problems', file, count: problems })
}

function admit(found: Problem, { strict }: RecordsOptions): Problem {
  if (strict !== true) return found
  const place = found.line === undefined ? '' : `:${found.line}`
  throw new ChimeraError('STRICT', `${found.file}${place}: ${found.message} (${found.code}); without strict the rest would be read`, { cause: found })
}

function isStrict(error: unknown): boolean {
  return error instanceof ChimeraError && error.code === 'STRICT'
}

function unreadable(file: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  return problem(file, error instanceof ChimeraError && error.code === 'NOT_FOUND' ? 'vanished' : 'unreadable', message)
}

function reportOf(artifact: Artifact, { records: found, problems, hash, extract, failure, sure, first }: Count): FileReport {
  const { format, layout } = extract?.met() ?? {}
  return {
    type: 'file',
    file: artifact.name,
    ...(format === undefined ? {} : { format }),
    ...(layout === undefined ? {} : { layout }),
    ...(artifact.bytes === undefined ? {} : { bytes: artifact.bytes }),
    ...(artifact.modified === undefined ? {} : { modified: artifact.modified }),
    ...(hash === undefined ? {} : { hash }),
    records: found,
    problems,
    ...verdictOf(extract?.met(), found, sure, failure, first),
  }
}
