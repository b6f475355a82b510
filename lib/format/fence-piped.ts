/** Tables with pipes or drawn frames as tools print them: Markdown, `+---+`, `a | b` over `---+---`, box characters. */

import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow, TextTable } from './text-table.js'

export interface Found {
  readonly table: TextTable
  /** The first line behind it. */
  readonly end: number
}

const BAR = /[|│┃║]/
const BARS = /[|│┃║]/g
/** Nothing but rules, corners and bars, with at least two rule characters together. */
const FRAME = /^[\s|│┃║+:=\-─━═┄┈╌┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯┏┓┗┛┣┫┳┻╋┡┩╇╪╞╡╤╧╒╕╘╛╓╖╙╜╟╢╥╨╫┢┪┠┨┯┷┿]+$/
const RULE = /[-=─━═┄┈╌]{2}|[-=─━═]:|:[-=─━═]/
/** Behind the frame, and without one, so many. */
const CONFIDENCE = 0.9

export function isFrame(text: string): boolean {
  return text.length < 4096 && FRAME.test(text) && RULE.test(text)
}

/** A header at `at` with a rule of as many columns below it, and rows of as many cells. */
export function pipedTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  const start = lines[at]
  if (start === undefined || !BAR.test(start.text)) return undefined
  const rule = lines[at + 1]?.text ?? ''
  const header = cellsOf(start)
  // A rule without corners has to be as long as a line, and to stand above the titles, too.
  if (!isRule(rule) && !(header.length > 2 && isFrame(rule) && isFrame(lines[at - 1]?.text ?? '') && rule.trim().length >= start.text.trim().length)) return undefined
  if (header.length < 2 || header.some(({ text }) => /^[\d.,]+$/.test(text))) return undefined
  const rows: TextRow[] = []
  let end = at + 2
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    if (line === undefined) break
    if (isFrame(line.text)) continue
    if (!BAR.test(line.text)) break
    const cells = cellsOf(line)
    if (cells.length !== header.length) break
    rows.push({ cells, line })
  }
  return rows.length === 0 ? undefined : { table: { header: header.map(({ text }) => text), start, rows, confidence: CONFIDENCE }, end }
}

function isRule(text: string): boolean {
  return isFrame(text) && /[|│┃║+┼├╋╇╪╞╠╬┿]/.test(text)
}

function cellsOf(line: MarkdownLine): TextCell[] {
  const { text } = line
  const ends = [...text.matchAll(BARS)].map(({ index }) => index)
  const first = text.slice(0, ends[0] ?? 0).trim() === '' ? 1 : 0
  const last = text.slice((ends.at(-1) ?? 0) + 1).trim() === ''
  const bounds = [...(first === 0 ? [-1] : []), ...ends, ...(last ? [] : [text.length])]
  return bounds.slice(1).map((end, index) => cellOf(line, (bounds[index] ?? -1) + 1, end))
}

function cellOf(line: MarkdownLine, from: number, to: number): TextCell {
  const part = line.text.slice(from, to)
  const text = part.trim()
  const lead = text === '' ? 0 : part.length - part.trimStart().length
  return { text: text.replace(/^(?:\*\*|`|')(.+?)(?:\*\*|`|')$/, '$1'), line, column: from + lead + 1 + line.shift }
}
