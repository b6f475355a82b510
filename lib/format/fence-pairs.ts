/** Lines of a name and its values, each with its unit: `BenchmarkSort-8  1000  1234 ns/op  16 B/op`, `sort  1,234 ops/sec`. */

import type { Found } from './fence-piped.js'
import type { MarkdownLine } from './markdown-lines.js'
import type { TextCell, TextRow } from './text-table.js'

interface Read {
  /** Units, `""` for a bare number. */
  readonly units: readonly string[]
  readonly row: TextRow
}

const NUMBER = String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?`
const VALUE = new RegExp(String.raw`^(${NUMBER})(?:\s?((?:[a-zA-Zµμ%]{1,12}|alloc\(s\))(?:/[a-zA-Zµμ]{1,12})?))?(?:\s?(?:±|\+-)\s{0,2}\d+(?:\.\d+)?%)?$`)
/** A rate, a cost per operation, or a time: what a program prints for other ends is mostly none. */
const MEASURED = /^(?:[a-zA-Zµμ%]+\/[a-zA-Zµμ]+|ns|us|µs|μs|ms|s|sec|secs|[kMG]?(?:ops|rps|qps)|[KMGT]i?B)$/
const LONGEST = 1000
const CONFIDENCE = 0.9

/** At least two such lines with the same units, blank lines and headings between them left out; one is enough for `go test -bench`. */
export function pairedTable(lines: readonly MarkdownLine[], at: number): Found | undefined {
  const first = lines[at] && read(lines[at])
  if (!first) return undefined
  const rows = [first.row]
  let end = at + 1
  for (; end < lines.length; end += 1) {
    const line = lines[end]
    if (line === undefined) break
    const next = read(line)
    if (!next) break
    if (kindsOf(next) !== kindsOf(first)) break
    rows.push(next.row)
  }
  if (rows.length < 2 && !isGo(first)) return undefined
  const header = [isGo(first) ? 'Benchmark' : 'name', ...first.units.map((unit) => (unit === '' ? 'iterations' : unit))]
  return { table: { header, start: first.row.line, rows, confidence: CONFIDENCE }, end }
}

/** Tools write each time in the unit that suits it. */
function kindsOf({ units }: Read): string {
  return units.map((unit) => unit.replace(/^(?:[nuµμm]?s|secs?)(?=$|\/)/, 'time')).join(' ')
}

function isGo({ row, units }: Read): boolean {
  return /^Benchmark/.test(row.cells[0]?.text ?? '') && units.some((unit) => /\/op$|\/s$/.test(unit))
}

function read(line: MarkdownLine): Read | undefined {
  const { text } = line
  if (text.length > LONGEST || !/\d/.test(text)) return undefined
  const plain = text.replace(/\s*\([^()]*\)\s*$/, '')
  const marked = parted(plain)
  const parts = [...marked.matchAll(/\S+(?: \S+)*/g)].flatMap(([part], index, all) => split(part, all[index]?.index ?? 0))
  const [name, ...values] = parts
  if (name === undefined || values.length === 0 || /^[\d+-]/.test(name.text) || !/^[\p{L}@"'`]/u.test(name.text) || /[;{}=]$|^(?:const|let|var|return|print)\b/.test(name.text) || (marked === plain && /:\s+\S/.test(name.text))) return undefined
  const read = values.map(({ text }) => VALUE.exec(text))
  if (read.some((match) => match === null)) return undefined
  const units = read.map((match) => match?.[2] ?? '')
  // `timeout:  30 s` sets something.
  if (name.text.endsWith(':') && !units.every((unit) => unit.includes('/'))) return undefined
  // A bare number counts the iterations, and only before the values.
  if (!units.some((unit) => MEASURED.test(unit)) || units.slice(1).includes('')) return undefined
  return { units, row: { line, cells: parts.map(({ text, at }): TextCell => ({ text, line, column: at + 1 + line.shift })) } }
}

/** `name : 12.5 ms, 0.5 TFLOPS`: a colon and commas part as blanks do, where several values with units follow. */
function parted(text: string): string {
  const [whole, name] = COLON.exec(text) ?? []
  if (whole === undefined || name === undefined) return text
  return `${name}${text.slice(name.length).replace(/^\s*:/, (mark) => ' '.repeat(mark.length)).replace(/,(?=\s)/g, ' ')}`
}

const COLON = /^(\S.{0,80}?)\s*:\s+(?:[\d.,]+\s?[a-zA-Zµμ%][\w/%]{0,12}(?:,\s+|\s{2,}|$)){2,6}$/

/** Go puts single spaces between the last of the name and the number when the name is long. */
function split(part: string, at: number): { readonly text: string; readonly at: number }[] {
  const [, name, value] = /^(Benchmark\S+) (\d.*)$/.exec(part) ?? []
  if (name === undefined || value === undefined) return [{ text: part, at }]
  return [{ text: name, at }, { text: value, at: at + name.length + 1 }]
}
