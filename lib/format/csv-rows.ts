/** The rows of a CSV in one dialect: plain ones by scanning, others from csv-parse, broken ones mended or told. */

import { problem, type Batch } from '../stage/index.js'
import { CellBlock } from './cell-block.js'
import { csvCore, type CsvCore } from './csv-core.js'
import type { Dialect } from './csv-dialect.js'
import { isRule } from './csv-sample.js'
import { scanRows, type Scanned } from './csv-scan.js'
import { csvTables, type CsvTables } from './csv-table.js'
import { byteLength } from './encoding.js'
import type { FormatEvent } from './event.js'
import { RAW_BYTES, rawOf } from './raw-text.js'
import type { ReadingOptions } from './reading.js'

export interface CsvRowsOptions extends ReadingOptions {
  /** Longest row in bytes; default 1 MiB. */
  readonly recordLimit?: number
}

export interface CsvRows {
  write(chunk: Uint8Array): void
  /** No more bytes come. */
  end(): void
  /** What was read since it was asked last. */
  take(): readonly Batch<FormatEvent>[]
}

const RECORD_LIMIT = 1024 * 1024
const PIECE = 64 * 1024
/** What csv-parse gets where a scan may take over: the rows a table is known by, or the one that is not plain and few others. */
const SMALL_PIECE = 1024
const NEWLINE = 0x0a
const RETURN = 0x0d

/** Feeds csv-parse, keeps the bytes of rows that are not complete, and mends what it stumbles over. Never loses a row to another one: after a quote that does not close, reading goes on at the next line. */
export function csvRows(file: string, dialect: Dialect, options: CsvRowsOptions): CsvRows {
  const limit = options.recordLimit ?? RECORD_LIMIT
  const encoding = options.encoding ?? 'utf-8'
  const newline = dialect.newline === '\n' ? NEWLINE : RETURN
  const tables: CsvTables = csvTables(file, dialect)
  let batches: Batch<FormatEvent>[] = []
  let events: FormatEvent[] = []
  const scanned = options.lane !== 'compatible' && encoding === 'utf-8' && isScannable(dialect)
  /** Bytes from `offset` on; the next row starts at `cursor` (an index into them), and csv-parse has seen them up to `fed`. */
  let held: Buffer = Buffer.alloc(0)
  let offset = options.firstByte ?? 0
  let cursor = 0
  let fed = 0
  let line = 1
  let preamble = dialect.preamble
  let core: CsvCore | undefined
  let coreStart = offset
  let state: 'rows' | 'broken' | 'overlong' = 'rows'

  /** What csv-parse has seen behind the cursor it has to see again. */
  const restart = () => {
    core = undefined
    fed = cursor
    state = 'rows'
  }

  /** Moves over line ends that end nothing, no further than csv-parse has come. */
  const skipEmpty = (bound = fed) => {
    for (;;) {
      const byte = held[cursor]
      const length = byte === newline ? 1 : byte === RETURN && held[cursor + 1] === NEWLINE && newline === NEWLINE ? 2 : 0
      if (length === 0 || cursor + length > bound) return
      cursor += length
      line += 1
      push(tables.blank())
    }
  }

  /** What stood in the file before `known.at`, which only moves forward, was measured already. */
  const known = { at: offset, byte: offset }
  /** Offset in the file of an index into `held`, none of them before the last one asked for. */
  const byteAt = (index: number): number => {
    if (encoding === 'utf-8') return offset + index
    const from = known.at - offset
    if (index > from) {
      known.byte += byteLength(held.toString('utf8', from, index), encoding)
      known.at = offset + index
    }
    return known.byte
  }

  const push = (found: readonly FormatEvent[]) => {
    for (const event of found) events.push(event)
  }

  const emit = (found: readonly string[], from: number, to: number) => {
    const end = trimEnd(held, from, to)
    if (dialect.delimiter === '|' && (held[from] === 0x2d || held[from] === 0x2b || held[from] === 0x7c) && isRule(held.toString('utf8', from, end), '|')) return
    const cells = dialect.framed && found.length > 2 && found[0] === '' && found.at(-1) === '' ? found.slice(1, -1) : found
    // A row may be asked for its bytes when those held are others already.
    const bytes = held
    push(tables.row({ cells, line, bytes: [byteAt(from), byteAt(end)], comment: held[from] === 0x23 && cells[0] !== '#', raw: () => bytes.subarray(from, Math.min(end, from + RAW_BYTES)) }))
  }

  /** A line before the first table. */
  const aboveLine = (from: number, to: number) => {
    const end = trimEnd(held, from, to)
    if (end > from && end - from <= RAW_BYTES) push(tables.above({ line, bytes: [byteAt(from), byteAt(end)], raw: () => held.subarray(from, end) }))
  }

  const feed = (bytes: Buffer | undefined, last: boolean) => {
    if (!core) {
      core = csvCore(dialect)
      coreStart = offset + fed - (bytes?.length ?? 0)
    }
    const error = core.parse(bytes, last, (cells, end) => {
      if (state !== 'rows') return
      skipEmpty()
      const to = coreStart + end - offset
      if (to - cursor > limit) {
        state = 'broken'
        return
      }
      emit(cells, cursor, to)
      line += countLines(held, cursor, to, newline)
      cursor = to
    })
    if (error) state = 'broken'
    if (state === 'rows') {
      skipEmpty()
      cursor = Math.min(cursor, held.length)
      if (held.length - cursor > limit && fed - cursor > limit) state = 'broken'
    }
  }

  /** Deals with the one physical line at the cursor, where csv-parse gave up. False when more bytes are needed. */
  const mend = (last: boolean): boolean => {
    skipEmpty(held.length)
    const found = held.indexOf(newline, cursor)
    const to = found < 0 ? held.length : found + 1
    if (to - cursor > limit) {
      report('record-too-long', `expected rows of at most ${limit} bytes, found a longer one: it is left out`, cursor)
      state = 'overlong'
      return true
    }
    if (found < 0 && !last) return false
    if (to > cursor) mendLine(cursor, to)
    line += found < 0 ? 0 : 1
    cursor = to
    restart()
    return true
  }

  const mendLine = (from: number, to: number) => {
    if (held[from] === 0x23) return
    const bytes = held.subarray(from, to)
    const byte = byteAt(from)
    const rows: (readonly string[])[] = []
    const error = csvCore(dialect, true).parse(Buffer.from(bytes), true, (cells) => rows.push(cells))
    const [cells] = rows
    const fits = !error && rows.length === 1 && cells !== undefined && (tables.width === undefined || cells.length === tables.width)
    if (fits) {
      emit(cells, from, to)
      // A quote in the middle of a cell, as in 3.5" disk, is text. One that starts a cell and closes too early is not.
      if (!cells.some((cell) => cell.startsWith('"'))) return
      report('broken-quote', 'expected a delimiter behind the closing quote, found more text: the cell is kept with its quotes', from, byte)
      return
    }
    report('broken-quote', 'expected a closing quote, found none that fits: this line is left out, reading goes on at the next one', from)
  }

  const report = (code: string, message: string, at: number, byte = byteAt(at)) => {
    const end = held.indexOf(newline, at)
    events.push(problem(file, code, message, { line, byte, ...rawOf(held.subarray(at, Math.min(end < 0 ? held.length : trimEnd(held, at, end + 1), at + RAW_BYTES))) }))
  }

  /** True while there is something left to do with the bytes that are held. */
  const advance = (last: boolean): boolean => {
    if (preamble > 0 || state === 'overlong') {
      const found = held.indexOf(newline, cursor)
      if (found < 0 && state !== 'overlong' && held.length - cursor <= limit && !last) return false
      if (state !== 'overlong') aboveLine(cursor, found < 0 ? held.length : found + 1)
      cursor = found < 0 ? held.length : found + 1
      if (found < 0) return false
      line += 1
      if (state !== 'overlong') preamble -= 1
      restart()
      return true
    }
    if (state === 'broken') return mend(last)
    if (fed >= held.length) return false
    const plain = scanned && fed === cursor ? tables.plain() : undefined
    if (plain) {
      const found = scanRows(held, cursor, line, { ...plain, delimiter: dialect.delimiter.charCodeAt(0), quote: dialect.quote.charCodeAt(0), padded: dialect.padded, limit })
      if (found.rows > 0) {
        take(found, plain)
        return true
      }
      if (found.open && !last && held.length - cursor <= limit) return false
    }
    const [from, before] = [fed, cursor]
    fed = Math.min(held.length, fed + (scanned ? SMALL_PIECE : PIECE))
    feed(held.subarray(from, fed), false)
    // Where rows are plain again, the scan takes over with the row that csv-parse has begun.
    if (scanned && (state as string) !== 'broken' && cursor > before && tables.plain()) restart()
    return true
  }

  const take = (found: Scanned, { table, row }: { readonly table: number; readonly row: number }): void => {
    flush()
    batches.push(new CellBlock(table, row, found, held, offset, dialect.quote))
    tables.took(found.rows)
    cursor = found.end
    line = found.line
    restart()
  }

  const flush = (): void => {
    if (events.length > 0) batches.push(events)
    events = []
  }

  const compact = () => {
    if (cursor === 0) return
    byteAt(cursor)
    held = held.subarray(cursor)
    offset += cursor
    fed = Math.max(0, fed - cursor)
    cursor = 0
  }

  return {
    write(chunk: Uint8Array): void {
      held = held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([held, chunk])
      while (advance(false)) compact()
      compact()
    },
    end(): void {
      for (;;) {
        while (advance(true)) compact()
        if (state !== 'rows' || cursor >= held.length) break
        feed(undefined, true)
        if ((state as string) !== 'broken') break
      }
      push(tables.end())
    },
    take(): Batch<FormatEvent>[] {
      flush()
      const taken = batches
      batches = []
      return taken
    },
  }
}

/** Dialects whose rows need no more than their bytes compared: the usual ones. */
function isScannable({ delimiter, newline, framed }: Dialect): boolean {
  return newline === '\n' && !framed && (delimiter === ',' || delimiter === ';' || delimiter === '\t')
}

function trimEnd(bytes: Buffer, from: number, to: number): number {
  let end = to
  if (end > from && bytes[end - 1] === NEWLINE) end -= 1
  if (end > from && bytes[end - 1] === RETURN) end -= 1
  return end
}

function countLines(bytes: Buffer, from: number, to: number, newline: number): number {
  let lines = 0
  for (let at = bytes.indexOf(newline, from); at >= 0 && at < to; at = bytes.indexOf(newline, at + 1)) lines += 1
  return lines
}
