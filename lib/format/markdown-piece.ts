/** Cuts Markdown into pieces that mean the same alone as within the whole, because remark's cost grows faster than its input. */

import { isDelimiterRow } from './markdown-look.js'
import { isBlank, type MarkdownLine } from './markdown-lines.js'

export interface MarkdownPiece {
  readonly lines: readonly MarkdownLine[]
  /** True for the further slices of a long table: header and delimiter row are repeated, their events must not be. */
  readonly continued?: boolean
}

const TABLE_ROWS = 50
/** Longest piece of lines that are no table. */
const PIECE_LINES = 400

/**
 * A cut lies where a blank line is followed by a line that starts in the first column: no list item, quote or paragraph reaches
 * across. Pieces in which there is nothing to find are left out. `continued`: the lines begin with the header of a table whose
 * first rows were in the lines before.
 */
export function* pieces(lines: readonly MarkdownLine[], continued = false): Generator<MarkdownPiece> {
  let piece: MarkdownLine[] = []
  let blank = false
  let goesOn = continued
  for (const line of lines) {
    if (isBlank(line.text)) {
      blank = true
      if (piece.length > 0) piece.push(line)
      continue
    }
    if (blank && /^\S/.test(line.text)) {
      yield* slices(piece, goesOn)
      goesOn = false
      piece = []
    }
    blank = false
    piece.push(line)
  }
  yield* slices(piece, goesOn)
}

/** Header and delimiter row of the table that the last of these lines belongs to. */
export function openTable(lines: readonly MarkdownLine[]): readonly MarkdownLine[] {
  let at = lines.length - 1
  while (at > 0 && lines[at]?.text.startsWith('|') && !isDelimiterRow(lines[at]?.text.trimEnd() ?? '')) at -= 1
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
  const delimiter = piece.findIndex((line) => isDelimiterRow(line.text.trimEnd()))
  if (delimiter < 1) {
    for (let at = 0; at < piece.length; at += PIECE_LINES) {
      const lines = piece.slice(at, at + PIECE_LINES)
      if (lines.some(isInteresting)) yield { lines }
    }
    return
  }
  let end = delimiter + 1
  // Only rows that begin with a pipe: no other kind of block can begin with one and end the table.
  while (piece[end]?.text.startsWith('|')) end += 1
  const head = piece.slice(delimiter - 1, delimiter + 1)
  const from = delimiter + 1
  if (end - from <= TABLE_ROWS && piece.length <= PIECE_LINES) {
    yield { lines: piece, continued }
    return
  }
  yield { lines: piece.slice(0, Math.min(end, from + TABLE_ROWS)), continued }
  for (let at = from + TABLE_ROWS; at < end; at += TABLE_ROWS) {
    const to = Math.min(end, at + TABLE_ROWS)
    // What follows without a blank line between goes with the last rows.
    yield { lines: [...head, ...piece.slice(at, to === end ? end + PIECE_LINES : to)], continued: true }
  }
}

function isInteresting({ text }: MarkdownLine): boolean {
  // Headings, also underlined ones, and whatever may be `label: value`.
  return /^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)/.test(text) || /^.{1,160}?:(?:[\s*_]|$)/.test(text)
}
