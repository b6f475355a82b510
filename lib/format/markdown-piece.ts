/** Cuts Markdown into pieces that mean the same alone as within the whole, because remark's cost grows faster than its input. */

import { isDelimiterRow } from './markdown-look.js'
import { isBlank, type MarkdownLine } from './markdown-lines.js'

export interface MarkdownPiece {
  readonly lines: readonly MarkdownLine[]
  /** True for the further slices of a long table: header and delimiter row are repeated, their events must not be. */
  readonly continued?: boolean
}

const TABLE_ROWS = 50
/** Longest piece of lines without a blank line between them. */
const PIECE_LINES = 400

/**
 * A cut lies where a blank line is followed by a line that starts in the first column: no list item, quote or paragraph reaches
 * across. Pieces in which there is nothing to find are left out.
 */
export function* pieces(lines: readonly MarkdownLine[]): Generator<MarkdownPiece> {
  let piece: MarkdownLine[] = []
  let blank = false
  for (const line of lines) {
    if (isBlank(line.text)) {
      blank = true
      if (piece.length > 0) piece.push(line)
      continue
    }
    if ((blank && /^\S/.test(line.text)) || piece.length >= PIECE_LINES * 4) {
      yield* slices(piece)
      piece = []
    }
    blank = false
    piece.push(line)
  }
  yield* slices(piece)
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
function* slices(piece: readonly MarkdownLine[]): Generator<MarkdownPiece> {
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
  let at = delimiter + 1 + TABLE_ROWS
  if (at >= end) {
    yield { lines: piece }
    return
  }
  yield { lines: piece.slice(0, at) }
  while (at < end) {
    const to = Math.min(end, at + TABLE_ROWS)
    yield { lines: [...head, ...piece.slice(at, to === end ? piece.length : to)], continued: true }
    at = to
  }
}

function isInteresting({ text }: MarkdownLine): boolean {
  // Headings, also underlined ones, and whatever may be `label: value`.
  return /^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)/.test(text) || /^.{1,160}?:(?:[\s*_]|$)/.test(text)
}
