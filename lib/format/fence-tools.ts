/** Lines that well-known tools print for each benchmark: libtest, criterion, hyperfine, Benchmark.js, redis-benchmark. */

import type { Found } from './fence-piped.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow } from './text-table.js'

const LONGEST = 500
const CONFIDENCE = 0.95
const NUMBER = String.raw`\d[\d,]*(?:\.\d+)?`
const TIMED = String.raw`${NUMBER} ?(?:ns|[uµμ]s|ms|s|min)`

/** The next benchmark at or right below `at`; `end`: the first line behind it. */
type Read = (lines: readonly MarkdownLine[], at: number) => { readonly row: TextRow; readonly end: number } | undefined

interface Tool {
  readonly header: readonly string[]
  readonly read: Read
}

const TOOLS: readonly Tool[] = [
  // test parse ... bench:       1,214 ns/iter (+/- 20) = 45 MB/s
  oneLine(['benchmark', 'ns/iter', 'throughput'], String.raw`^test (\S.{0,200}?) +\.\.\. bench: +(${NUMBER}) ns/iter \(\+/- [\d,.]+\)(?: = (${NUMBER} [KMG]?B/s))?`),
  // parse x 1,234,567 ops/sec ±0.50% (90 runs sampled)
  oneLine(['name', 'ops/sec'], String.raw`^\s*(\S.{0,200}?) x (${NUMBER}) ops/sec ±`),
  // SET: 94786.73 requests per second, p50=0.271 msec
  oneLine(['test', 'requests per second', 'p50'], String.raw`^"?([A-Z][\w() -]{1,60}?)"?: (${NUMBER}) requests per second(?:, p50=(${NUMBER} msec))?`),
  { header: ['benchmark', 'time', 'thrpt'], read: criterion },
  { header: ['command', 'real', 'user', 'sys'], read: shellTime },
  { header: ['command', 'mean', 'stddev', 'user', 'system', 'min', 'max'], read: hyperfine },
]

/** All benchmarks of one tool from `at` on, other lines between them passed over as far as the tool prints any. */
export function toolTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  for (const { header, read } of TOOLS) {
    const first = read(lines, at)
    if (!first) continue
    const rows = [first.row]
    let end = first.end
    for (let next = end; next < lines.length && next < end + BETWEEN; next += 1) {
      const more = read(lines, next)
      if (!more) continue
      rows.push(more.row)
      end = more.end
      next = end - 1
    }
    const filled = header.map((_, index) => rows.some(({ cells }) => cells[index]?.text !== ''))
    const kept = <Of>(of: readonly Of[]): Of[] => of.filter((_, index) => filled[index] === true)
    return { table: { header: kept(header), start: first.row.line, rows: rows.map(({ line, cells }) => ({ line, cells: kept(cells) })), confidence: CONFIDENCE }, end }
  }
  return undefined
}

/** Notes on outliers and changes stand between two benchmarks. */
const BETWEEN = 16

function oneLine(header: readonly string[], pattern: string): Tool {
  const expression = new RegExp(pattern, 'd')
  return {
    header,
    read(lines, at) {
      const line = lines[at]
      const found = line === undefined || line.text.length > LONGEST ? null : expression.exec(line.text)
      if (!line || !found) return undefined
      const cells = header.map((_, index): TextCell => ({ text: found[index + 1] ?? '', line, column: (found.indices?.[index + 1]?.[0] ?? line.text.length) + 1 + line.shift }))
      return { row: { line, cells }, end: at + 1 }
    },
  }
}

const INTERVAL = new RegExp(String.raw`^(.*?)\s*\b(time|thrpt): +\[(?:${NUMBER} [^\s\]]{1,12}) (${NUMBER} [^\s\]]{1,12}) (?:${NUMBER} [^\s\]]{1,12})\]`, 'd')

/** The estimate in the middle of the interval; the name stands before it, or on the line above. */
function criterion(lines: readonly MarkdownLine[], at: number): ReturnType<Read> {
  const first = lines[at]
  if (first === undefined || first.text.length > LONGEST) return undefined
  const named = INTERVAL.exec(first.text)
  const own = named?.[2] === 'time' ? (named[1] ?? '').trim() : undefined
  const alone = own === undefined && /^\S.{0,200}$/.test(first.text)
  const timeAt = own === undefined ? at + 1 : at
  const timeLine = lines[timeAt]
  const time = own === undefined ? (alone && timeLine ? INTERVAL.exec(timeLine.text) : null) : named
  if (!time || !timeLine || time[2] !== 'time' || own === '' || (own === undefined && time[1] !== '')) return undefined
  const next = lines[timeAt + 1]
  const rate = next ? INTERVAL.exec(next.text) : null
  const cell = (found: RegExpExecArray | null, line: MarkdownLine | undefined): TextCell => found && line ? { text: found[3] ?? '', line, column: (found.indices?.[3]?.[0] ?? 0) + 1 + line.shift } : { text: '', line: timeLine, column: 1 }
  const hasRate = rate?.[2] === 'thrpt' && rate[1] === ''
  const name: TextCell = { text: own ?? first.text.trim(), line: first, column: 1 + first.shift }
  return { row: { line: timeLine, cells: [name, cell(time, timeLine), cell(hasRate ? rate : null, next)] }, end: timeAt + (hasRate ? 2 : 1) }
}

const RUN = /^\s*Benchmark (?:#?\d+): (.{1,300})$/d
const MEAN = new RegExp(String.raw`^\s*Time \((?:mean ± σ|abs ≡)\): +(${TIMED})(?: ± +(${TIMED}))?(?: +\[User: (${TIMED}), System: (${TIMED})\])?`, 'd')
const RANGE = new RegExp(String.raw`^\s*Range \(min … max\): +(${TIMED}) … +(${TIMED})`, 'd')

function hyperfine(lines: readonly MarkdownLine[], at: number): ReturnType<Read> {
  const [first, second, third] = lines.slice(at, at + 3)
  const run = first && RUN.exec(first.text)
  const mean = second && MEAN.exec(second.text)
  if (!run || !mean || second.text.length > LONGEST) return undefined
  const range = third ? RANGE.exec(third.text) : null
  const cell = (found: RegExpExecArray | null, group: number, line: MarkdownLine): TextCell => ({ text: found?.[group] ?? '', line, column: (found?.indices?.[group]?.[0] ?? 0) + 1 + line.shift })
  const cells = [cell(run, 1, first), ...[1, 2, 3, 4].map((group) => cell(mean, group, second)), ...[1, 2].map((group) => cell(range, group, third ?? second))]
  return { row: { line: second, cells }, end: at + (range ? 3 : 2) }
}

const CLOCKED = /^\s*(real|user|sys)\s+(?:(\d+m\d+(?:\.\d+)?s)|(\d+\.\d+))\s*$/d
const PROMPT = /^\s*(?:[$>%#]\s+|={2,}\s*)?(?:time\s+)?(\S.{0,200}?)\s*=*\s*$/d
const LOOKED_BACK = 4

/** What `time` says: three lines, below the command or a title of it. */
function shellTime(lines: readonly MarkdownLine[], at: number): ReturnType<Read> {
  const found = lines.slice(at, at + 3).map((line) => CLOCKED.exec(line.text))
  const [first] = lines.slice(at)
  if (first === undefined || found.length < 3 || found[0]?.[1] !== 'real' || found[1]?.[1] !== 'user' || found[2]?.[1] !== 'sys') return undefined
  const titled = lines.slice(Math.max(0, at - LOOKED_BACK), at).reverse().find(({ text }) => /^\s*(?:[$>%#]\s|={2,}|time\s)/.test(text))
  const name = titled && PROMPT.exec(titled.text)
  const cells = found.map((match, index): TextCell => {
    const line = lines[at + index] ?? first
    const minutes = match?.[2] !== undefined
    return { text: minutes ? (match[2] ?? '') : (match?.[3] ?? ''), line, column: (match?.indices?.[minutes ? 2 : 3]?.[0] ?? 0) + 1 + line.shift }
  })
  return { row: { line: first, cells: [{ text: name?.[1] ?? '', line: titled ?? first, column: (name?.indices?.[1]?.[0] ?? 0) + 1 }, ...cells] }, end: at + 3 }
}
