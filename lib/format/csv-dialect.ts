/** Finds out how a CSV file is written, from its first lines: every way it could be is tried and scored. */

import { isAligned, type CsvWriting, type Delimiter, type Quote } from './csv-core.js'
import { describedBy } from './csv-description.js'
import { isMissing, isNumeric, namesColumns } from './csv-header.js'
import { sampleRows, type SampleRow } from './csv-sample.js'

export interface Dialect extends CsvWriting {
  /** Each row begins and ends with the delimiter: what stands outside is no cell. */
  readonly framed: boolean
  /** Physical lines before the first row of the first table. */
  readonly preamble: number
  /**
   * `first`: the first row names the columns. `none`: it does not. `comment`: the `#` line before it does.
   * `shifted`: the first row does, but lacks a name for the leading column of row numbers or names, as R writes it.
   */
  readonly header: 'first' | 'none' | 'comment' | 'shifted'
  /** 0 to 1: how well the lines agree. */
  readonly confidence: number
  /** What the ways to read the same lines are compared by. */
  readonly score: number
  /** 0 to 1: share of the columns that hold numbers. */
  readonly numeric: number
  readonly width: number
  /** Rows looked at. */
  readonly rows: number
  readonly evidence: string
}

interface Reading {
  readonly delimiter: Delimiter
  readonly quote: Quote
  readonly rows: readonly SampleRow[]
  readonly comments: readonly SampleRow[]
  readonly width: number
  readonly agreeing: number
  readonly framed: boolean
  readonly score: number
}

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|']
/** Lines beside a table that do not count against it. */
const BESIDE = 3
const LINES_LOOKED_AT = 2000
const ALIGNED: readonly Delimiter[] = ['  ', ' ']
/** What a comma loses that stands in words and numbers: more than the two could be mistaken for each other by. */
const SPOKEN = 0.2

/** The best of {@link dialects}. */
export function sniffDialect(sample: string, complete: boolean): Dialect | undefined {
  return dialects(sample, complete)[0]
}

/** Every way the lines could be written, best first; none when they have no delimiter in common. `complete`: the sample is the whole file. */
export function dialects(sample: string, complete: boolean): readonly Dialect[] {
  const newline = sample.includes('\n') ? '\n' : '\r'
  const end = complete ? sample.length : sample.lastIndexOf(newline) + 1 || sample.length
  const text = sample.slice(0, end)
  // A spreadsheet may say it on the first line: `sep=;`.
  const told = /^\ufeff?sep=([,;|\t])\r?\n/i.exec(text)?.[1]
  const readings = DELIMITERS.filter((delimiter) => text.includes(delimiter) && (told === undefined || told === delimiter))
    .flatMap((delimiter) => quotesOf(text, delimiter).map((quote) => read(text, { delimiter, newline, quote }, told === undefined ? 0 : 1)))
    .filter((reading) => reading.width > 1)
  const parted = readings.some((reading) => reading.agreeing / reading.rows.length > 0.8)
  if (!parted) readings.push(...ALIGNED.map((delimiter) => read(text, { delimiter, newline, quote: '"' }, 0)).filter(isSafelyAligned).slice(0, 1))
  if (readings.length > 0) {
    const spoken = readings.some(keepsCommas)
    const scored = spoken ? readings.map((reading) => (reading.delimiter === ',' ? { ...reading, score: reading.score - SPOKEN } : reading)) : readings
    return scored.sort((a, b) => b.score - a.score).map((reading) => describe(reading, text, newline))
  }
  const single = singleColumn(text, newline)
  return single ? [single] : []
}

/** Single quotes count only where they begin and end whole cells of the first line or of most, and no double quote does: an apostrophe is text. */
function quotesOf(text: string, delimiter: Delimiter): readonly Quote[] {
  if (!text.includes("'")) return ['"']
  const escaped = delimiter === '|' ? '\\|' : delimiter
  const quoted = (quote: Quote) => new RegExp(`(?:^|[${escaped}])${quote}[^${quote}\\n\\r]*${quote}(?=[${escaped}]|\\r?$)`)
  const lines = text.split(/\r\n|\n|\r/, LINES_LOOKED_AT).filter((line) => line !== '')
  const single = lines.filter((line) => quoted("'").test(line)).length
  const usual = single > 0 && (quoted("'").test(lines[0] ?? '') || (single > 1 && single * 2 > lines.length))
  return usual && !lines.some((line) => quoted('"').test(line)) ? ["'"] : ['"']
}

function read(text: string, options: Pick<CsvWriting, 'delimiter' | 'newline' | 'quote'>, told: number): Reading {
  const { delimiter, quote } = options
  const all = sampleRows(text, options).filter((row) => row.line >= told)
  const isComment = (row: SampleRow) => !row.quoted && row.cells[0]?.startsWith('#') === true && row.cells[0] !== '#'
  const framed = delimiter === '|' && all.filter((row) => row.cells.length > 2 && isFramed(row.cells)).length * 2 > all.length
  const rows = all.filter((row) => !isComment(row)).map((row) => (framed && isFramed(row.cells) ? { ...row, cells: row.cells.slice(1, -1) } : row))
  const comments = all.filter(isComment)
  let agreeing = 0
  let width = 0
  let largest = 0
  for (const block of blocksOf(rows)) {
    const usual = usualWidth(block)
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
  return { delimiter, quote, rows, comments, width, agreeing, framed, score }
}

/** `Model;Latency, ms` above `ada;1,5`: as many commas as semicolons, but one is of prose, the others are of numbers. */
function keepsCommas({ delimiter, rows, width }: Reading): boolean {
  if (delimiter !== ';' && delimiter !== '\t') return false
  const [header, ...body] = rows.filter((row) => row.cells.length === width)
  const within = (cells: readonly string[]) => cells.filter((cell) => cell.includes(','))
  const names = within(header?.cells ?? [])
  return names.length > 0 && names.every((name) => !/,\S/.test(name)) && body.length > 0 && body.every(({ cells }) => within(cells).length > 0 && within(cells).every((cell) => /^\s*[-+]?\d+,\d+\s*$/.test(cell)))
}

function isFramed(cells: readonly string[]): boolean {
  return cells.length > 2 && cells[0]?.trim() === '' && cells.at(-1)?.trim() === ''
}

/** Prose has spaces too: every row must have as many cells, names above numbers. */
function isSafelyAligned({ rows, width, delimiter }: Reading): boolean {
  const [header, ...body] = rows
  // Numbers alone, as many on each line.
  if (width > 1 && rows.length > 2 && rows.every(({ cells }) => cells.length === width && cells.every((cell) => isNumeric(cell)))) return true
  if (!header || body.length < 2 || width < (delimiter === ' ' ? 3 : 2)) return false
  const counted = header.cells.length === width - 1
  if (!(counted || header.cells.length === width) || !namesColumns(header.cells) || body.some((row) => row.cells.length !== width)) return false
  const numeric = Array.from({ length: width }, (_, at) => at).filter((at) => body.every((row) => isNumeric(row.cells[at] ?? '') || isMissing(row.cells[at] ?? '')))
  return numeric.length >= (delimiter === ' ' ? width / 2 : 1) && body.some((row) => row.cells.some(isNumeric))
}

function describe(best: Reading, text: string, newline: '\n' | '\r'): Dialect {
  const { rows, width, agreeing, delimiter, quote, framed } = best
  const first = firstRow(rows)
  const body = rows.filter((row) => row.block === first.block && row.line > first.line)
  const comment = best.comments.filter((row) => row.line < first.line).at(-1)
  const named = nameable(first.cells, body)
  const usual = mode(body.map((row) => row.cells.length))
  let header: Dialect['header'] = named ? 'first' : 'none'
  let preamble = first.line
  if (named && first.cells.length === usual - 1 && body.every((row) => row.cells.length === usual) && hasRowNames(first, body, delimiter)) header = 'shifted'
  if (!named && comment && comment.line === first.line - 1 && comment.cells.length === first.cells.length && namesColumns(comment.cells)) {
    header = 'comment'
    preamble = comment.line
  }
  const columns = Array.from({ length: usual }, (_, at) => body.filter((row) => isNumeric(row.cells[at] ?? '')).length * 2 > body.length)
  // A title, settings, a count of rows at the end: a few lines that are no rows spoil no table.
  const beside = rows.filter((row) => row.cells.length < 2)
  const described = beside.filter((row) => row.line < first.line && describedBy(row.cells[0] ?? '', delimiter).length > 0).length
  const counted = agreeing > 1 ? rows.length - described - Math.min(BESIDE, beside.length - described) : rows.length
  const names = header === 'none' ? '; its first row holds values, so columns are named by their number' : ''
  return {
    delimiter,
    quote,
    newline,
    padded: delimiter === '|' || new RegExp(`${delimiter} +${quote}`).test(text),
    framed,
    preamble,
    header,
    width,
    rows: rows.length,
    confidence: Math.min(1, agreeing / Math.max(1, counted)),
    score: best.score,
    numeric: columns.filter(Boolean).length / Math.max(1, columns.length),
    evidence: `${agreeing} of ${counted} rows have as many cells as their table with ${nameOf(delimiter)}, ${width} in the largest${names}`,
  }
}

function nameOf(delimiter: Delimiter): string {
  return delimiter === '\t' ? 'a tab' : isAligned(delimiter) ? 'spaces' : `"${delimiter}"`
}

/**
 * A name that is missing elsewhere must not move the others: the leading cells have to count the rows, or be names of their own
 * that stand in quotes like the header, as R writes them, above nothing but numbers.
 */
function hasRowNames(first: SampleRow, body: readonly SampleRow[], delimiter: Delimiter): boolean {
  const leading = body.map((row) => row.cells[0]?.trim() ?? '')
  const start = leading[0] ?? ''
  if (body.length > 0 && /^[01]$/.test(start) && leading.every((cell, at) => cell !== '' && Number(cell) === Number(start) + at)) return true
  const distinct = new Set(leading).size === leading.length && !leading.some(isNumeric)
  const written = isAligned(delimiter) || (first.quoted && body.every((row) => row.quoted))
  return distinct && written && body.every((row) => row.cells.slice(1).every((cell) => isNumeric(cell) || isMissing(cell)))
}

/** The first row of the first block that is a table; short lines before it are a title, pairs of name and value describe it. */
function firstRow(rows: readonly SampleRow[]): SampleRow {
  const blocks = blocksOf(rows)
  for (const [index, block] of blocks.entries()) {
    const later = blocks.slice(index + 1).some((other) => usualWidth(other) > 2)
    if (later && isDescription(block)) continue
    const usual = usualWidth(block)
    if (usual < 2) continue
    for (const [at, row] of block.entries()) {
      if (row.cells.length < 2) continue
      if (row.cells.length === usual) return row
      // A header may be one name short, or name columns that no row has; then values follow at once.
      const next = block[at + 1]
      const odd = row.cells.length === usual - 1 || row.cells.length > usual
      if (odd && next?.cells.length === usual && namesColumns(row.cells) && !namesColumns(next.cells) && next.cells.some(isNumeric)) return row
    }
  }
  return rows[0] ?? { cells: [], line: 0, block: 0, quoted: false }
}

const VALUE_NAME = /^(?:values?|results?|scores?|avg|average|mean|median|min|max|total|count|sum|p\d+|amount|measurement)\b/i

/** Pairs such as `Model,ada`, of which some values are numbers and some are not. Below the name of a column all would be alike. */
function isDescription(block: readonly SampleRow[]): boolean {
  if (!block.every((row) => row.cells.length === 2 || (row.cells.length > 2 && row.cells.slice(2).every((cell) => cell.trim() === '')))) return false
  const [first, ...others] = block
  if (!first || isNumeric(first.cells[0] ?? '') || VALUE_NAME.test(first.cells[1]?.trim() ?? '')) return false
  const numbers = others.filter((row) => isNumeric(row.cells[1] ?? '')).length
  if (others.some((row) => isNumeric(row.cells[0] ?? ''))) return false
  return others.length === 0 || numbers < others.length
}

function nameable(cells: readonly string[], body: readonly SampleRow[]): boolean {
  const numbers = cells.filter(isNumeric).length
  if (numbers === 0) return cells.some((cell) => cell.trim() !== '') && !isLikeRows(cells, body)
  if (namesPercentiles(cells, body)) return true
  const first = cells[0]?.trim() ?? ''
  // A pivoted table has numbers for names, in order, behind an empty or a text corner: `model,1,2,4,8`.
  const rest = cells.slice(1).map(Number)
  const rising = rest.length > 1 && rest.every((value, at) => Number.isInteger(value) && (at === 0 || value > (rest[at - 1] ?? 0)))
  if (!isNumeric(first) && rising && body.some((row) => row.cells.slice(1).some((cell) => isNumeric(cell) && !Number.isInteger(Number(cell))))) return true
  // A few numeric names among many: only where the columns below hold text where the names are text.
  return numbers * 4 < cells.length && body.some((row) => row.cells.filter((cell, at) => isNumeric(cell) && !isNumeric(cells[at] ?? '')).length > row.cells.length / 2)
}

/** `50%,90%,99.9%`, one greater than the other, above values without the sign. */
function namesPercentiles(cells: readonly string[], body: readonly SampleRow[]): boolean {
  const shares = cells.flatMap((cell, at) => (isNumeric(cell) ? [{ at, share: cell.trim() }] : []))
  const rising = shares.every(({ share }, turn) => share.endsWith('%') && Number.parseFloat(share) <= 100 && (turn === 0 || Number.parseFloat(share) > Number.parseFloat(shares[turn - 1]?.share ?? '')))
  return shares.length > 2 && rising && !isMissing(cells[0] ?? '') && body.every((row) => shares.every(({ at }) => !(row.cells[at] ?? '').includes('%')))
}

/** `ada,12 ms,3 GB` above rows of the same kind: values with their units name nothing. */
function isLikeRows(cells: readonly string[], body: readonly SampleRow[]): boolean {
  const measured = cells.flatMap((cell, at) => (/^[-+]?\d[\d.,]*\s?[a-zA-Zµμ%/]{1,8}$/.test(cell.trim()) ? [at] : []))
  return measured.length > 0 && body.length > 0 && measured.every((at) => body.every((row) => /^[-+]?\d/.test(row.cells[at]?.trim() ?? '')))
}

/** One name and numbers below it: a table of one column. */
function singleColumn(text: string, newline: '\n' | '\r'): Dialect | undefined {
  const lines = text.split(newline).map((line, at) => ({ text: line.trim(), at })).filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const [first, ...others] = lines
  if (!first || others.length < 2 || !others.every((line) => isNumeric(line.text))) return undefined
  const named = !isNumeric(first.text)
  return {
    delimiter: ',',
    quote: '"',
    newline,
    padded: false,
    framed: false,
    preamble: first.at,
    header: named ? 'first' : 'none',
    width: 1,
    rows: lines.length,
    confidence: 0.6,
    score: 0.6,
    numeric: 1,
    evidence: `${others.length} lines of one number each${named ? ' below a name' : ', without a name'}`,
  }
}

function blocksOf(rows: readonly SampleRow[]): SampleRow[][] {
  const blocks = new Map<number, SampleRow[]>()
  for (const row of rows) {
    const block = blocks.get(row.block)
    if (block) block.push(row)
    else blocks.set(row.block, [row])
  }
  return [...blocks.values()]
}

/** Lines without any delimiter are no rows as long as there are others. */
function usualWidth(block: readonly SampleRow[]): number {
  const wide = block.filter((row) => row.cells.length > 1)
  return wide.length > 1 ? mode(wide.map((row) => row.cells.length)) : mode(block.map((row) => row.cells.length))
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
