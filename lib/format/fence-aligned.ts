/** Columns that are aligned with spaces under a header, as benchmark tools print them. */

import { isFrame, type Found } from './fence-piped.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow, TextTable } from './text-table.js'

interface Token {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** What a title of a measured column says; `NAME READY STATUS AGE` lists things. */
const MEASURED = /(?:^|[\s_(/[%])(?:n|u|µ|μ|m)?s(?:ecs?|econds?)?(?:[\s)\]/]|$)|latency|throughput|\b(?:time|mean|avg|average|median|min|max|p\d\d(?:\.\d)?|std(?:ev|dev)?|score|error|speed|speedup|rps|qps|iops|fps|ops|req|tok(?:ens?)?|t\/s|[kmgt]i?b(?:\/s|ps)|[gt]?flops?|accuracy|acc|recall|f1|allocated|allocs|rate|ppl|perplexity|millis|micros|nanos|[kmg]b\/s)\b/i
const NUMBER = /^[~<>+-]?[$€£]?(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?\s?(?:[a-zA-Zµμ%]{1,12}(?:\/[a-zA-Zµμ]{1,12})?)?(?:\s?(?:±|\+\/-).*)?$/
const UNIT = /\d\s?(?:ns|us|µs|μs|ms|secs?|[KMGT]i?B(?:\/s)?|[a-zµμ]+\/(?:s|sec|op)|%)$/
const LONGEST = 500
/** Stands for a blank that parts nothing. */
const GLUE = '\u0001'
const CONFIDENCE = 0.8

/** A header of two titles or more, perhaps a rule, and two rows or more whose cells stand under titles; one column of numbers. */
export function alignedTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  const start = lines[at]
  if (start === undefined) return undefined
  const header = titlesOver(start.text, lines.slice(at + 1, at + 2 + ROWS_COMPARED))
  if (header.length < 2 || header.some(({ text }) => NUMBER.test(text) || /[;{}]|=[^>]|^[$>/]|^#(?!\w)/.test(text))) return undefined
  let end = at + 1
  const ruled = isRule(lines[end]?.text)
  if (ruled) end += 1
  const units = unitsBelow(lines[end]?.text ?? '', header)
  if (units) end += 1
  const titles = namesOf(header, units, tokensOf(lines[at - 1]?.text ?? ''))
  const rows: TextRow[] = []
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    if (line === undefined) break
    if (rows.length > 0 && (isRule(line.text) || saysAgain(line.text, header))) continue
    const cells = rowOf(line, header)
    if (!cells) break
    rows.push({ line, cells })
  }
  if (rows.length < (ruled ? 1 : 2) || !isMeasured(header, rows)) return undefined
  // A title over nothing says what the table is about.
  const filled = header.map((_, index) => rows.some(({ cells }) => cells[index]?.text !== ''))
  const caption = header.flatMap(({ text }, index) => (filled[index] === true ? [] : [text])).join(' ')
  const table = {
    header: titles.filter((_, index) => filled[index]),
    start,
    rows: rows.map(({ line, cells }) => ({ line, cells: cells.filter((_, index) => filled[index]) })),
    confidence: CONFIDENCE,
    ...(caption === '' ? {} : { caption }),
  }
  return { table, end }
}

/** Rows at `at` of the same columns as a table above them in the same text. */
export function alignedRows(lines: readonly MarkdownLine[], at: number, { header, rows: [like], confidence }: TextTable): Found | undefined {
  const start = lines[at]
  if (start === undefined || like === undefined) return undefined
  const rows: TextRow[] = []
  let end = at
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    const tokens = line ? tokensOf(line.text) : []
    if (line === undefined || tokens.length !== header.length || !tokens.every(({ text }, index) => NUMBER.test(text) === NUMBER.test(like.cells[index]?.text ?? ''))) break
    rows.push({ line, cells: tokens.map(({ text, from }) => ({ text: unglued(text), line, column: from + 1 + line.shift })) })
  }
  return rows.length === 0 ? undefined : { table: { header, start, rows, confidence }, end }
}

const ROWS_COMPARED = 12

/** Titles that one blank parts stand over columns of their own where all numbers below end in the same places. */
function titlesOver(text: string, below: readonly MarkdownLine[]): Token[] {
  const titles = tokensOf(text)
  const rows = below.map((line) => tokensOf(line.text)).filter((tokens) => tokens.length > titles.length)
  const [first] = rows
  if (titles.length < 2 || first === undefined || rows.length < 2) return titles
  const ends = first.map((_, index) => Math.max(...rows.map((tokens) => tokens[index]?.to ?? Infinity)))
  if (!rows.every((tokens) => tokens.length === first.length && tokens.every(({ text, to }, index) => index === 0 || (to === ends[index] && NUMBER.test(text))))) return titles
  const parted: Token[][] = first.map(() => [])
  for (const word of text.matchAll(/\S+/g)) parted[ends.findIndex((end) => word.index + word[0].length <= end)]?.push({ text: word[0], from: word.index, to: word.index + word[0].length })
  const named = parted.flatMap((words) => (words[0] === undefined ? [] : [{ text: words.map((word) => word.text).join(' '), from: words[0].from, to: words.at(-1)?.to ?? 0 }]))
  return named.length === first.length ? named : titles
}

/** A line of units in brackets, each under its title. */
function unitsBelow(text: string, header: readonly Token[]): readonly string[] | undefined {
  const tokens = tokensOf(text)
  if (tokens.length === 0 || !tokens.every(({ text }) => /^\([^()]{1,16}\)$/.test(text))) return undefined
  const units = header.map(() => '')
  for (const token of tokens) {
    const over = header.findIndex((title) => title.from < token.to && title.to > token.from)
    if (over >= 0) units[over] = token.text
  }
  return units
}

/** With their units, and with the group that stands above them where a title comes once in each. */
function namesOf(header: readonly Token[], units: readonly string[] | undefined, groups: readonly Token[]): readonly string[] {
  const turns = header.map(({ text }, at) => header.slice(0, at).filter((other) => other.text === text).length)
  const twice = (text: string) => header.filter((other) => other.text === text).length
  const grouped = groups.length > 1 && header.some(({ text }) => twice(text) > 1) && header.every(({ text }) => twice(text) === 1 || twice(text) === groups.length)
  return header.map(({ text }, at) => {
    const group = grouped && twice(text) > 1 ? `${groups[turns[at] ?? 0]?.text ?? ''} ` : ''
    const unit = units?.[at] ?? ''
    return `${group}${text}${unit === '' ? '' : ` ${unit}`}`
  })
}

/** A tool that goes on printing says its titles from time to time. */
function saysAgain(text: string, header: readonly Token[]): boolean {
  const tokens = tokensOf(text)
  return tokens.length === header.length && tokens.every((token, at) => token.text === header[at]?.text)
}

function isRule(text: string | undefined): boolean {
  return text !== undefined && isFrame(text)
}

/** Parted by two spaces or a tab, or by one before a `#`; blanks around `±` part nothing. */
function tokensOf(text: string): Token[] {
  if (text.length > LONGEST || !/\S(?: {2,}|\t)\s*\S/.test(text)) return []
  // `Directory read   :   5.5   4.5`
  const joined = text.replace(/(?<=\S) +: {2,}(?=[\d.-])/, (mark) => ' '.repeat(mark.length)).replace(/ *(?:±|\+\/-) *(?=\d)/g, (sign) => sign.replaceAll(' ', GLUE))
  return [...joined.matchAll(/\S+(?: (?!#\w)\S+)*/g)].map((match) => ({ text: match[0], from: match.index, to: match.index + match[0].length }))
}

/** Each token under one title of its own; the first titles may stand over nothing. */
function rowOf(line: MarkdownLine, header: readonly Token[]): TextCell[] | undefined {
  const tokens = tokensOf(line.text)
  // Words alone are the titles of the next table.
  if (tokens.length < 2 || tokens.length > header.length || !tokens.some(({ text }) => NUMBER.test(text))) return undefined
  const cells: TextCell[] = header.map(({ from }) => ({ text: '', line, column: from + 1 + line.shift }))
  let next = 0
  for (const token of tokens) {
    const cell = { text: unglued(token.text), line, column: token.from + 1 + line.shift }
    // As many cells as titles need no alignment.
    const over = tokens.length === header.length ? [next] : under(token, header, next)
    const [index] = over
    if (index === undefined) return undefined
    cells[index] = cell
    next = index + 1
    // `1.5 ± 0.1` under `Score  Error`
    const sign = token.text.indexOf('±')
    if (over.length === 2 && sign > 0) {
      const behind = /^[±\s\u0001]*/.exec(token.text.slice(sign))?.[0].length ?? 1
      cells[index] = { ...cell, text: unglued(token.text.slice(0, sign)).trim() }
      cells[next] = { text: unglued(token.text.slice(sign + behind)), line, column: token.from + sign + behind + 1 + line.shift }
      next += 1
    }
  }
  return cells
}

function unglued(text: string): string {
  return text.replace(/\u0001+/g, ' ')
}

/** One title; two over a number and its spread. */
function under(token: Token, header: readonly Token[], from: number): readonly number[] {
  const over = header.flatMap((title, index) => (index >= from && title.from < token.to && title.to > token.from ? [index] : []))
  return over.length === 1 || (over.length === 2 && token.text.includes('±')) ? over : []
}

function isMeasured(header: readonly Token[], rows: readonly TextRow[]): boolean {
  return header.some((title, index) => {
    const cells = rows.flatMap(({ cells }) => (cells[index]?.text === '' ? [] : [cells[index]?.text ?? '']))
    return cells.length * 2 >= rows.length && cells.every((cell) => NUMBER.test(cell)) && (MEASURED.test(title.text) || cells.every((cell) => UNIT.test(cell)))
  })
}
