/** Takes apart lines on which several blocks were glued together, so that tables and headings can be seen again. */

import { isDelimiterRow } from './markdown-look.js'
import { isBlank, type MarkdownLine } from './markdown-lines.js'

const EMPTY = ''
/** A heading behind other text. It must begin like a title, because `##` also stands in prose. */
const GLUED_HEADING = /\s(?=#{2,6} +[A-Z0-9\p{Lu}])/gu

/**
 * What is mended, and only where Markdown itself sees no table:
 * - a header row at the end of a line of prose or of a list item, above a delimiter row: the last cells, as many as the delimiter row has;
 * - a header row and its delimiter row directly below the last row of another table;
 * - prose or a heading behind the last row of a table;
 * - a line without any pipe directly below a table, which would be one more row;
 * - a header of two lines;
 * - `## headings` in the middle of a line.
 */
export function mend(lines: readonly MarkdownLine[]): MarkdownLine[] {
  const out: MarkdownLine[] = []
  let width = 0
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line) break
    const { text } = line
    if (isBlank(text) || text.length > 8192) {
      width = 0
      out.push(line)
      continue
    }
    const next = lines[at + 1]?.text.trimEnd() ?? EMPTY
    if (isDelimiterRow(next) && !isDelimiterRow(text.trimEnd())) {
      const wanted = cellEnds(next.trim()).length
      const header = headerOf(text, wanted, width > 0)
      if (header) {
        if (header.at > 0) out.push(...apart({ ...line, text: text.slice(0, header.at).trimEnd() }))
        if (header.at > 0 || width > 0) {
          out.push(gap(line))
          out.push({ ...line, text: text.slice(header.at), shift: line.shift + header.at, recovered: true })
        } else {
          out.push(underUpper(out, line))
        }
        const delimiter = lines[at + 1]
        if (delimiter) out.push(delimiter)
        at += 1
        width = wanted
        continue
      }
    }
    if (width > 0) {
      const piped = text.trimStart().startsWith('|')
      const last = !(lines[at + 1]?.text.trimStart().startsWith('|') ?? false) || isDelimiterRow(lines[at + 2]?.text.trimEnd() ?? EMPTY)
      const cut = piped && last ? tailOf(text, width) : undefined
      if (cut !== undefined) {
        out.push({ ...line, text: text.slice(0, cut).trimEnd() }, gap(line))
        const tail = text.slice(cut)
        const lead = tail.length - tail.trimStart().length
        out.push(...apart({ ...line, text: tail.trimStart(), shift: line.shift + cut + lead }))
        width = 0
      } else if (!text.includes('|')) {
        out.push(gap(line), ...apart(line))
        width = 0
      } else {
        out.push(line)
      }
      continue
    }
    out.push(...apart(line))
  }
  return out
}

/** Text apart from the headings behind it. */
function apart(line: MarkdownLine): MarkdownLine[] {
  const { text } = line
  if (!text.includes(' ##') || /^(?: {4}|\t)/.test(text)) return [line]
  const parts: MarkdownLine[] = []
  let from = 0
  for (const match of text.matchAll(GLUED_HEADING)) {
    if (insideCode(text, match.index)) continue
    parts.push({ ...line, text: text.slice(from, match.index), shift: line.shift + from })
    from = match.index + 1
  }
  if (parts.length === 0) return [line]
  parts.push({ ...line, text: text.slice(from), shift: line.shift + from })
  return parts.filter((part) => !isBlank(part.text))
}

/** A header of two lines is one: the upper line leaves `out`, its cells come before those of the lower one. */
function underUpper(out: MarkdownLine[], line: MarkdownLine): MarkdownLine {
  const above = out.at(-1)
  const upper = above?.text.trim() ?? EMPTY
  const lower = line.text.trim()
  if (above === undefined || !/^\|.*\|$/.test(upper) || !/^\|.*\|$/.test(lower) || upper.includes('\\') || lower.includes('\\')) return line
  const cells = [upper, lower].map((row) => row.slice(1, -1).split('|').map((cell) => cell.trim()))
  if (cells[0]?.length !== cells[1]?.length || cells[0]?.every((cell) => cell === '') === true || cells[0]?.some((cell) => /^[\d.,]+\s?[a-z%]*$/i.test(cell)) === true) return line
  out[out.length - 1] = gap(above)
  return { ...line, text: `| ${cells[1]?.map((cell, index) => `${cells[0]?.[index] ?? ''} ${cell}`.trim()).join(' | ') ?? ''} |`, recovered: true }
}

/** Where the header row starts on the line above a delimiter row of `wanted` cells; `undefined` when there is none to mend. */
function headerOf(text: string, wanted: number, inTable: boolean): { at: number } | undefined {
  const trimmed = text.trim()
  const cells = cellEnds(trimmed)
  if (trimmed.startsWith('|')) {
    if (cells.length !== wanted) return undefined
    // Within a table, a delimiter row may also be a rule between its rows: then the row above it holds values.
    return inTable && !looksLikeHeader(trimmed) ? undefined : { at: 0 }
  }
  if (cells.length === wanted && !/^(?:[-*+]|\d+[.)]|>|#{1,6})\s/.test(trimmed)) return inTable ? undefined : { at: 0 }
  if (cells.length <= wanted || wanted < 2) return undefined
  const lead = text.length - text.trimStart().length
  const before = cells[cells.length - wanted - 1]
  return before === undefined ? undefined : { at: lead + before }
}

/** Where the text behind the last row of a table begins; `undefined` when there is none. */
function tailOf(text: string, width: number): number | undefined {
  const trimmed = text.trim()
  if (trimmed.endsWith('|') && !trimmed.endsWith('\\|')) return undefined
  const lead = text.length - text.trimStart().length
  const cells = cellEnds(trimmed)
  if (cells.length > width) {
    const end = cells[width - 1]
    return end === undefined ? undefined : lead + end + 1
  }
  for (const match of text.matchAll(GLUED_HEADING)) if (!insideCode(text, match.index)) return match.index
  return undefined
}

function looksLikeHeader(row: string): boolean {
  const cells = row.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim())
  return cells.every((cell) => cell !== '' && !/^[-+~<>]?[\d.,]+\s?[%a-z/]*$/i.test(cell))
}

/** Index behind each cell of a row (that of the pipe which ends it, or the end of the row). A leading pipe starts the first cell. */
function cellEnds(row: string): number[] {
  const ends: number[] = []
  for (let at = row.startsWith('|') ? 1 : 0; at < row.length; at += 1) {
    if (row[at] === '\\') at += 1
    else if (row[at] === '|') ends.push(at)
  }
  if (row.slice((ends.at(-1) ?? -1) + 1).trim() !== '') ends.push(row.length)
  return ends
}

function insideCode(text: string, index: number): boolean {
  let ticks = 0
  for (let at = 0; at < index; at += 1) if (text[at] === '`') ticks += 1
  return ticks % 2 === 1
}

function gap(line: MarkdownLine): MarkdownLine {
  return { text: '', line: line.line, shift: line.shift, bytes: line.bytes }
}
