/** Reads Markdown with remark: tables and `label: value` lines, each with its place and the headings above it. */

import type { Root } from 'mdast'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { problem, type Step } from '../stage/index.js'
import { byteLength } from './encoding.js'
import type { FormatEvent } from './event.js'
import { labelledValues } from './fence-labels.js'
import { fencedTables, isPrinted } from './markdown-fence.js'
import { htmlTable } from './markdown-html.js'
import { frontMatter, isBlank, lineFilter, type MarkdownBlock, type MarkdownLine } from './markdown-lines.js'
import { mend } from './markdown-mend.js'
import { plainMarkdown } from './markdown-plain.js'
import { definitions, definitionsFor, openTable, pieces, type MarkdownPiece } from './markdown-piece.js'
import { markdownTree } from './markdown-tree.js'
import type { TextTable } from './text-table.js'
import type { ReadingOptions } from './reading.js'

export interface MarkdownOptions extends ReadingOptions {
  /** Characters held before the first of them are parsed; link definitions further away are not found. Default 8 Mi. */
  readonly windowSize?: number
}

const WINDOW = 8 * 1024 * 1024
/** More than any line that is read. */
const REST_LIMIT = 64 * 1024

/** Comments, front matter, and raw HTML without a table are not read; of code blocks only tables of measurements are. */
export function markdown(file: string, options: MarkdownOptions = {}): Step<Uint8Array, FormatEvent> {
  const windowSize = options.windowSize ?? WINDOW
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const parser = remark().use(remarkGfm)
  const tree = markdownTree(file)
  const filter = lineFilter()
  const encoding = options.encoding ?? 'utf-8'
  let rest = ''
  /** Bytes of the line in `rest` that are not kept. */
  let dropped = 0
  let raw: MarkdownLine[] = []
  let started = false
  let number = 0
  let byte = options.firstByte ?? 0
  const lines: MarkdownLine[] = []
  let size = 0
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
    const source = piece.lines.map((line) => line.text).join('\n')
    // The fast lane knows no definitions: where there are some, whatever stands in brackets may be a link.
    const simple = known.size > 0 && source.includes('[') ? undefined : plainMarkdown(piece.lines.map((line) => line.text))
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

  function* flush(ready: readonly MarkdownLine[]): Generator<readonly FormatEvent[]> {
    const mended = mend([...header, ...ready])
    const known = definitions(mended)
    for (const piece of pieces(mended, header.length > 0)) {
      const events = parse(piece, known)
      if (events.length > 0) yield events
    }
    header = openTable(mended)
  }

  const take = ({ text, line, bytes }: MarkdownLine) => {
    lines.push(filter(text, line, bytes))
    size += text.length + 1
  }

  /** `text` is a line as it stands, without its `\n`; `more` bytes of it are left out. */
  const placed = (text: string, more: number): MarkdownLine => {
    number += 1
    const from = byte
    const to = from + byteLength(text, encoding) + more
    byte = to + byteLength('\n', encoding)
    const returned = text.endsWith('\r')
    return { text: returned ? text.slice(0, -1) : text, line: number, shift: 0, bytes: [from, returned ? to - byteLength('\r', encoding) : to] }
  }

  /** Front matter is only known as such when it ends, so the first lines wait. */
  const begin = () => {
    started = true
    const skipped = frontMatter(raw.map((line) => line.text))
    raw.forEach((line, at) => take(at < skipped ? { ...line, text: '' } : line))
    raw = []
  }

  function* accept(line: MarkdownLine): Generator<readonly FormatEvent[]> {
    if (!started) {
      raw.push(line)
      if (raw.length < 100) return
      begin()
    } else {
      take(line)
    }
    if (size <= windowSize) return
    // Parse what lies before the last place that is safe to cut, or all of it where there is none: in a long table, say.
    let cut = lines.length - 1
    while (cut > 0 && !(isBlank(lines[cut - 1]?.text ?? '') && /^\S/.test(lines[cut]?.text ?? ''))) cut -= 1
    const ready = lines.splice(0, cut > lines.length / 2 ? cut : lines.length)
    size = lines.reduce((sum, line) => sum + line.text.length + 1, 0)
    yield* flush(ready)
  }

  function* write(chunk: Uint8Array | undefined): Generator<readonly FormatEvent[]> {
    const text = rest + decoder.decode(chunk, { stream: chunk !== undefined })
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      yield* accept(placed(text.slice(at, end), dropped))
      dropped = 0
      at = end + 1
    }
    // A longer line is not read anyway; only its end has to be found.
    const end = at + REST_LIMIT
    // A pair of surrogates has to stay together to be counted right.
    const to = /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end
    rest = text.slice(at, to)
    if (text.length > to) dropped += byteLength(text.slice(to), encoding)
  }

  return {
    *write(batch) {
      for (const chunk of batch) yield* write(chunk)
    },
    *end() {
      yield* write(undefined)
      if (rest !== '') yield* accept(placed(rest, dropped))
      if (!started) begin()
      yield* flush(lines)
    },
  }
}

function tablesOf({ kind, language, lines }: MarkdownBlock): readonly TextTable[] {
  if (kind === 'fence') return fencedTables(lines, language)
  const table = htmlTable(lines)
  return table ? [table] : []
}
