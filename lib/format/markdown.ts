/** Reads Markdown with remark: tables and `label: value` lines, each with its place and the headings above it. */

import type { Root } from 'mdast'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { problem, type Batch, type Step } from '../stage/index.js'
import type { FormatEvent } from './event.js'
import { labelledValues } from './fence-labels.js'
import { fencedTables, isPrinted } from './markdown-fence.js'
import { htmlTable } from './markdown-html.js'
import { markdownHeld } from './markdown-held.js'
import { frontMatter, lineFilter, mayBeFrontMatter, type MarkdownBlock, type MarkdownLine } from './markdown-lines.js'
import { mend } from './markdown-mend.js'
import { plainMarkdown } from './markdown-plain.js'
import { definitions, definitionsFor, openTable, pieceCutter, type MarkdownPiece } from './markdown-piece.js'
import { markdownSplit } from './markdown-split.js'
import { markdownTree } from './markdown-tree.js'
import type { TextTable } from './text-table.js'
import type { ReadingOptions } from './reading.js'

export interface MarkdownOptions extends ReadingOptions {
  /** Characters held before the first of them are parsed; link definitions further away are not found. Default 8 Mi. */
  readonly windowSize?: number
}

const WINDOW = 8 * 1024 * 1024
/** Front matter is no longer than this. */
const FIRST_LINES = 100
/** Events that leave together. */
const BATCH = 256

/** Comments, front matter, and raw HTML without a table are not read; of code blocks only tables of measurements are. */
export function markdown(file: string, options: MarkdownOptions = {}): Step<Uint8Array, FormatEvent> {
  const fast = options.lane !== 'compatible'
  const parser = remark().use(remarkGfm)
  const tree = markdownTree(file)
  const filter = lineFilter()
  const split = markdownSplit(options.encoding ?? 'utf-8', options.firstByte ?? 0)
  const held = markdownHeld(options.windowSize ?? WINDOW)
  const pieces = pieceCutter()
  /** Until it is known whether they are front matter. */
  let first: MarkdownLine[] | undefined = []
  /** Values that fences gave so far. */
  let values = 0
  /** Of the table that the lines parsed last left open. */
  let header: readonly MarkdownLine[] = []

  /** Labelled lines of a fence that belong to none of its tables. */
  const labelsOf = ({ kind, language, lines: shown }: MarkdownBlock, tables: readonly TextTable[]): readonly FormatEvent[] => {
    if (kind !== 'fence' || !isPrinted(language)) return []
    const read = new Set(tables.flatMap(({ start, rows }) => [start.line, ...rows.map(({ line }) => line.line)]))
    const found = labelledValues(read.size === 0 ? shown : shown.map((line) => (read.has(line.line) ? { ...line, text: '' } : line)), values, options)
    values += found.length
    return found.map((value) => ({ ...value, headings: tree.headings() }))
  }

  const parse = (piece: MarkdownPiece, known: ReadonlyMap<string, string>): readonly FormatEvent[] => {
    if (piece.block) {
      const tables = tablesOf(piece.block)
      return [...tree.tables(tables, piece.prose), ...labelsOf(piece.block, tables)]
    }
    const texts = piece.lines.map((line) => line.text)
    const source = texts.join('\n')
    // The fast lane knows no definitions: where there are some, whatever stands in brackets may be a link.
    const simple = fast ? plainMarkdown(texts, known.size > 0) : undefined
    if (simple) return tree.walk(simple, source, piece)
    let root: Root
    try {
      root = parser.parse(source + definitionsFor(source, known))
    } catch (error) {
      const first = piece.lines[0]
      const found = error instanceof Error ? error.message : String(error)
      return [problem(file, 'broken-markdown', `expected Markdown, found text the parser cannot take (${found}): this block is left out`, { line: first?.line ?? 1 })]
    }
    return tree.walk(root.children, source, piece)
  }

  function* flush(ready: readonly MarkdownLine[]): Generator<Batch<FormatEvent>> {
    const mended = mend([...header, ...ready])
    const known = definitions(mended)
    let events: FormatEvent[] = []
    for (const piece of pieces(mended, header.length > 0)) {
      const found = piece.rows ? undefined : parse(piece, known)
      if (found) for (const event of found) events.push(event)
      if (events.length > (found ? BATCH : 0)) {
        yield events
        events = []
      }
      if (piece.rows) yield tree.rows(piece.rows)
    }
    if (events.length > 0) yield events
    header = openTable(mended)
  }

  function* take(line: MarkdownLine): Generator<Batch<FormatEvent>> {
    held.add(line.rows ? line : filter(line.text, line.line, line.bytes))
    const ready = held.ready()
    if (ready) yield* flush(ready)
  }

  function* begin(lines: readonly MarkdownLine[]): Generator<Batch<FormatEvent>> {
    first = undefined
    const skipped = frontMatter(lines.map((line) => line.text))
    for (const [at, line] of lines.entries()) yield* take(at < skipped ? { ...line, text: '' } : line)
  }

  function* accept(line: MarkdownLine): Generator<Batch<FormatEvent>> {
    if (!first) {
      yield* take(line)
      return
    }
    first.push(line)
    if (first.length >= FIRST_LINES || !mayBeFrontMatter(first[0]?.text ?? '')) yield* begin(first)
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        split.add(chunk)
        for (;;) {
          const rows = fast && held.width !== undefined ? split.rows(held.width) : undefined
          if (rows) yield* take(rows)
          const line = split.line()
          if (!line) break
          yield* accept(line)
        }
      }
    },
    *end() {
      const last = split.rest()
      if (last) yield* accept(last)
      if (first) yield* begin(first)
      yield* flush(held.rest())
    },
  }
}

function tablesOf({ kind, language, lines }: MarkdownBlock): readonly TextTable[] {
  if (kind === 'fence') return fencedTables(lines, language)
  const table = htmlTable(lines)
  return table ? [table] : []
}
