/** Cuts Markdown into pieces that mean the same alone as within the whole, because remark's cost grows faster than its input. */

import { LONGEST_PROSE } from './event.js'
import { isDelimiterRow, isRow, mayNameWhatIsBelow } from './markdown-look.js'
import { isBlank, marksIn, type MarkdownBlock, type MarkdownLine } from './markdown-lines.js'
import type { TableRun } from './markdown-split.js'

export interface MarkdownPiece {
  readonly lines: readonly MarkdownLine[]
  /** True for the further slices of a long table: header and delimiter row are repeated, their events must not be. */
  readonly continued?: boolean
  /** Text of the paragraph that was left out right before it. */
  readonly prose?: string
  /** Instead of lines: text that is no Markdown. */
  readonly block?: MarkdownBlock
  /** Instead of lines: further rows of the table before. */
  readonly rows?: TableRun
}

const TABLE_ROWS = 50
const EMPTY: MarkdownLine = { text: '', line: 0, shift: 0, bytes: [0, 0] }
/** Longest piece of lines that are no table, and most inline marks in it: beyond that it is cut at any line. */
const PIECE_LINES = 400
const PIECE_LENGTH = 32 * 1024
const PIECE_MARKS = 1000
/** With the marks around it. */
const LONGEST_LABEL = 160

/**
 * A cut lies where a blank line is followed by a line that starts in the first column: no list item, quote or paragraph reaches
 * across. Pieces in which there is nothing to find are left out. Called with the lines of a document, as many at a time as there are;
 * `continued`: these begin with the header of a table whose first rows were in those before.
 */
export function pieceCutter(): (lines: readonly MarkdownLine[], continued: boolean) => Generator<MarkdownPiece> {
  /** What was left out last: the paragraph in it is looked for only when a piece comes behind it. */
  let leftOut: readonly MarkdownLine[] | undefined

  return function* (lines, continued) {
    let piece: MarkdownLine[] = []
    let blank = false
    let goesOn = continued
    const blocks = new Set<MarkdownBlock>()
    const cut = function* (): Generator<MarkdownPiece> {
      const before = leftOut
      let found = false
      for (const slice of slices(piece, goesOn)) {
        const prose = found || !before ? undefined : proseOf(before)
        yield prose === undefined ? slice : { ...slice, prose }
        found = true
      }
      if (found) leftOut = undefined
      else if (piece.length > 0) leftOut = piece.length > PROSE_LINES ? [...piece.slice(0, 1), ...piece.slice(-PROSE_LINES)] : piece
      if (blocks.size === 0) return
      const prose = leftOut && proseOf(leftOut)
      for (const block of blocks) yield { lines: [], block, ...(prose === undefined ? {} : { prose }) }
      blocks.clear()
    }
    for (const line of lines) {
      if (line.block) blocks.add(line.block)
      if (isBlank(line.text)) {
        blank = true
        if (piece.length > 0) piece.push(line)
        continue
      }
      if (blank && /^\S/.test(line.text)) {
        yield* cut()
        goesOn = false
        piece = []
      }
      blank = false
      piece.push(line)
    }
    yield* cut()
  }
}

/** Lines of a paragraph in which its end is looked for. */
const PROSE_LINES = 20
const IMAGE = /!\[([^[\]]{0,200})\]\([^()\s]{0,300}\)/g
const LINK = /\[([^[\]]{0,200})\]\([^()\s]{0,300}\)/g

/** The end of a paragraph, without marks. Lists, quotes and HTML are none. */
function proseOf(piece: readonly MarkdownLine[]): string | undefined {
  if (!/^ {0,3}[^\s<>|#+-]/.test(piece[0]?.text ?? '') || /^ {0,3}(?:\*|\d{1,9}[.)])\s/.test(piece[0]?.text ?? '')) return undefined
  const text = piece.slice(-PROSE_LINES).map((line) => line.text.slice(-LONGEST_PROSE)).join(' ')
  return text.slice(-2 * LONGEST_PROSE).replace(IMAGE, '$1').replace(LINK, '$1').replace(/[*`]+|(?<!\w)_|_(?!\w)/g, '').replace(/\s+/g, ' ').trim().slice(-LONGEST_PROSE)
}

/** Header and delimiter row of the table that the last of these lines belongs to. */
export function openTable(lines: readonly MarkdownLine[]): readonly MarkdownLine[] {
  let at = lines.length - 1
  while (at > 0 && isRow(lines[at]?.text ?? '') && !isDelimiterRow(lines[at]?.text.trimEnd() ?? '')) at -= 1
  return at > 0 && isDelimiterRow(lines[at]?.text.trimEnd() ?? '') ? lines.slice(at - 1, at + 1) : []
}

/** `[label]: target` lines: links in other pieces need them. */
export function definitions(lines: readonly MarkdownLine[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { text } of lines) {
    const label = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S/.exec(text)?.[1]?.trim().toLowerCase()
    if (label !== undefined && !found.has(label)) found.set(label, text)
  }
  return found
}

/** The definitions that a piece refers to, as text to append to it. */
export function definitionsFor(text: string, all: ReadonlyMap<string, string>): string {
  if (all.size === 0 || !text.includes('[')) return ''
  const wanted = new Set<string>()
  for (const match of text.matchAll(/\[([^[\]]{1,200})\]/g)) {
    const definition = all.get((match[1] ?? '').trim().toLowerCase())
    if (definition !== undefined) wanted.add(definition)
  }
  return wanted.size > 0 ? `\n\n${[...wanted].join('\n')}` : ''
}

/** Long tables in slices with the header repeated: 50 rows are what remark reads fastest. */
function* slices(piece: readonly MarkdownLine[], continued: boolean): Generator<MarkdownPiece> {
  const all = portions(piece)
  if (all.length === 1 && piece.length <= TABLE_ROWS && !piece.some(({ rows }) => rows)) {
    if (piece.some(isInteresting)) yield { lines: piece, continued }
    return
  }
  const isDelimiter = ({ text }: MarkdownLine) => isDelimiterRow(text.trimEnd())
  let at = 0
  while (at < piece.length) {
    let delimiter = at
    while (delimiter < piece.length && !(delimiter > at && isDelimiter(piece[delimiter] ?? EMPTY))) delimiter += 1
    const table = delimiter < piece.length
    const above = portions(piece.slice(at, table ? delimiter - 1 : delimiter))
    for (const lines of table ? above.slice(0, -1) : above) if (lines.some(isInteresting)) yield { lines }
    if (!table) return
    let end = delimiter + 1
    while (isRow(piece[end]?.text ?? '')) end += 1
    // Others may be rows too; they go with the last ones.
    let tail = end
    while (tail < end + TABLE_ROWS && tail < piece.length && !isBlank(piece[tail]?.text ?? '')) tail += 1
    const head = piece.slice(delimiter - 1, delimiter + 1)
    let from = delimiter + 1
    for (let first = true; first || from < tail; first = false) {
      const rows = piece[from]?.rows
      if (rows && !first) {
        yield { lines: [], rows }
        from += 1
        continue
      }
      let to = from
      while (to < end && !piece[to]?.rows && (to - from < TABLE_ROWS || (to - from < 2 * TABLE_ROWS && mayNameWhatIsBelow(piece[to - 1]?.text ?? '')))) to += 1
      if (to === end) to = tail
      yield { lines: [...(first ? (above.at(-1) ?? []) : []), ...head, ...piece.slice(from, to)], continued: first ? continued && at === 0 : true }
      from = to
    }
    at = tail
  }
}

/** Lines in portions of bounded cost, cut where a line starts in the first column if there is such a line in time. */
function portions(piece: readonly MarkdownLine[]): MarkdownLine[][] {
  const all: MarkdownLine[][] = []
  let lines: MarkdownLine[] = []
  let length = 0
  let marks = 0
  for (const line of piece) {
    const full = Math.max(lines.length / PIECE_LINES, length / PIECE_LENGTH, marks / PIECE_MARKS)
    if (full > 2 || (full > 1 && /^\S/.test(line.text))) {
      all.push(lines)
      lines = []
      length = 0
      marks = 0
    }
    lines.push(line)
    length += line.text.length
    marks += marksIn(line.text)
  }
  if (lines.length > 0) all.push(lines)
  return all
}

function isInteresting({ text }: MarkdownLine): boolean {
  if (isDelimiterRow(text.trimEnd())) return true
  // Headings, also underlined ones, and whatever may be `label: value`.
  if (/^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)/.test(text)) return true
  for (let colon = text.indexOf(':', 1); colon > 0 && colon <= LONGEST_LABEL; colon = text.indexOf(':', colon + 1)) {
    if (colon + 1 === text.length || /[\s*_]/.test(text[colon + 1] ?? '')) return true
  }
  return false
}
