/** Finds out how a CSV file is written, from its first lines: delimiter, header, lines before the header. */

import { sampleRows, type SampleRow } from './csv-sample.js'

export type Delimiter = ',' | ';' | '\t' | '|'

export interface Dialect {
  readonly delimiter: Delimiter
  /** `"\n"`, also for `"\r\n"`, or `"\r"` alone. */
  readonly newline: '\n' | '\r'
  /** Space around quoted cells is not part of them. */
  readonly padded: boolean
  /** Physical lines before the first row of the first table. */
  readonly preamble: number
  /**
   * `first`: the first row names the columns. `none`: it does not. `comment`: the `#` line before it does.
   * `shifted`: the first row does, but lacks a name for the leading column of row numbers, as R writes it.
   */
  readonly header: 'first' | 'none' | 'comment' | 'shifted'
  /** 0 to 1: how well the lines agree. */
  readonly confidence: number
  readonly width: number
  /** Rows looked at. */
  readonly rows: number
  readonly evidence: string
}

interface Reading {
  readonly delimiter: Delimiter
  readonly rows: readonly SampleRow[]
  readonly comments: readonly SampleRow[]
  readonly width: number
  readonly agreeing: number
  readonly score: number
}

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|']
const NUMBER = /^[-+]?(?:\d[\d,.\u00a0' ]*|\.\d+)(?:[eE][-+]?\d+)?\s?%?$/

/** `undefined` when the lines have no delimiter in common. `complete` when the sample is the whole file. */
export function sniffDialect(sample: string, complete: boolean): Dialect | undefined {
  const newline = sample.includes('\n') ? '\n' : '\r'
  const end = complete ? sample.length : sample.lastIndexOf(newline) + 1 || sample.length
  const text = sample.slice(0, end)
  const readings = DELIMITERS.filter((delimiter) => text.includes(delimiter))
    .map((delimiter) => read(text, delimiter, newline))
    .filter((reading) => reading.width > 1)
    .sort((a, b) => b.score - a.score)
  const best = readings[0]
  if (best) return describe(best, text, newline)
  return singleColumn(text, newline)
}

/** True for a cell that is a number as people and programs write it. */
export function isNumeric(cell: string): boolean {
  return NUMBER.test(cell.trim())
}

/** True when a row can name columns: text in every cell, no number among them, nothing twice. */
export function namesColumns(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return filled.length > 0 && filled.length >= cells.length - 1 && !filled.some(isNumeric) && new Set(filled).size === filled.length
}

function read(text: string, delimiter: Delimiter, newline: '\n' | '\r'): Reading {
  const all = sampleRows(text, delimiter, newline)
  const isComment = (row: SampleRow) => !row.quoted && row.cells[0]?.startsWith('#') === true && row.cells[0] !== '#'
  const rows = all.filter((row) => !isComment(row))
  const comments = all.filter(isComment)
  const blocks = new Map<number, SampleRow[]>()
  for (const row of rows) blocks.set(row.block, [...(blocks.get(row.block) ?? []), row])
  let agreeing = 0
  let width = 0
  let largest = 0
  for (const block of blocks.values()) {
    const usual = mode(block.map((row) => row.cells.length))
    if (usual < 2) continue
    const count = block.filter((row) => row.cells.length === usual).length
    agreeing += count
    if (count > largest) {
      largest = count
      width = usual
    }
  }
  const cells = rows.flatMap((row) => row.cells)
  const numeric = cells.filter(isNumeric).length / Math.max(1, cells.length)
  const score = agreeing / Math.max(1, rows.length) + numeric * 0.3 + Math.min(width, 20) * 0.005
  return { delimiter, rows, comments, width, agreeing, score }
}

function describe(best: Reading, text: string, newline: '\n' | '\r'): Dialect {
  const { rows, width, agreeing, delimiter } = best
  const first = firstRow(rows)
  const body = rows.filter((row) => row.block === first.row.block && row.line > first.row.line)
  const comment = best.comments.filter((row) => row.line < first.row.line).at(-1)
  const named = nameable(first.row.cells, body)
  const usual = mode(body.map((row) => row.cells.length))
  let header: Dialect['header'] = named ? 'first' : 'none'
  let preamble = first.row.line
  // Only where the leading cells count the rows: a name that is missing elsewhere must not move the others.
  const counted = body.length > 0 && body.every((row, at) => row.cells.length === usual && Number(row.cells[0]) === Number(body[0]?.cells[0]) + at)
  if (named && counted && first.row.cells.length === usual - 1 && row0or1(body)) header = 'shifted'
  if (!named && comment && comment.line === first.row.line - 1 && comment.cells.length === first.row.cells.length && namesColumns(comment.cells)) {
    header = 'comment'
    preamble = comment.line
  }
  const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`
  return {
    delimiter,
    newline,
    padded: new RegExp(`${delimiter === '|' ? '\\|' : delimiter} +"`).test(text),
    preamble,
    header,
    width,
    rows: rows.length,
    confidence: agreeing / Math.max(1, rows.length),
    evidence: `${agreeing} of ${rows.length} rows have as many cells as their table with ${name}, ${width} in the largest`,
  }
}

function row0or1(body: readonly SampleRow[]): boolean {
  return /^[01]$/.test(body[0]?.cells[0]?.trim() ?? '')
}

/** The first row of the first block that is a table; short lines before it are a title. */
function firstRow(rows: readonly SampleRow[]): { row: SampleRow } {
  for (const row of rows) {
    const block = rows.filter((other) => other.block === row.block)
    const usual = mode(block.map((other) => other.cells.length))
    const fits = row.cells.length === usual || (row.cells.length === usual - 1 && namesColumns(row.cells) && row === block[0])
    if (usual > 1 && row.cells.length > 1 && fits) return { row }
  }
  return { row: rows[0] ?? { cells: [], line: 0, block: 0, quoted: false } }
}

function nameable(cells: readonly string[], body: readonly SampleRow[]): boolean {
  const numbers = cells.filter(isNumeric).length
  if (numbers === 0) return cells.some((cell) => cell.trim() !== '')
  const first = cells[0]?.trim() ?? ''
  // A pivoted table has numbers for names, in order, behind an empty or a text corner: `model,1,2,4,8`.
  const rest = cells.slice(1).map(Number)
  const rising = rest.length > 1 && rest.every((value, at) => Number.isInteger(value) && (at === 0 || value > (rest[at - 1] ?? 0)))
  if (!isNumeric(first) && rising && body.some((row) => row.cells.slice(1).some((cell) => isNumeric(cell) && !Number.isInteger(Number(cell))))) return true
  // A few numeric names among many: only where the columns below hold text where the names are text.
  return numbers * 4 < cells.length && body.some((row) => row.cells.filter((cell, at) => isNumeric(cell) && !isNumeric(cells[at] ?? '')).length > row.cells.length / 2)
}

/** One name and numbers below it: a table of one column. */
function singleColumn(text: string, newline: '\n' | '\r'): Dialect | undefined {
  const lines = text.split(newline).map((line, at) => ({ text: line.trim(), at })).filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const [first, ...others] = lines
  if (!first || others.length < 2 || !others.every((line) => isNumeric(line.text))) return undefined
  const named = !isNumeric(first.text)
  return {
    delimiter: ',',
    newline,
    padded: false,
    preamble: first.at,
    header: named ? 'first' : 'none',
    width: 1,
    rows: lines.length,
    confidence: 0.6,
    evidence: `${others.length} lines of one number each${named ? ' below a name' : ''}`,
  }
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  let best = 0
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    if (count > (counts.get(best) ?? 0)) best = value
  }
  return best
}
