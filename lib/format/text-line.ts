/** What one line of a tool's plain text says: a label with its value, a title, or a benchmark of Go. */

export interface TextPair {
  readonly label: string
  readonly value: string
  /** Characters before the value. */
  readonly at: number
}

export interface GoBenchmark {
  readonly name: string
  readonly iterations: string
  /** Unit and number, in the order of the line. */
  readonly measured: readonly (readonly [unit: string, number: string])[]
}

/** Longer lines are data of something else, or prose. */
export const LONGEST_LINE = 2000
const LONGEST_LABEL = 80
const LONGEST_VALUE = 200
const MOST_WORDS = 10

/** `2025-01-02 03:04:05,678 INFO` in front of what was logged. */
const LOGGED = /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\]?[\s|:-]{0,4}(?:\[?(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR)\]?[\s|:-]{0,4})?/
const MARKER = /^\s*(?:[-*+•>|][\s]+)?/
/** The dots with which tools lead from a label to its value. */
const LEADERS = /[\s.…]+$/

/** Of `label: value`, `label = value` and `label....: value`; a label alone has an empty value. */
export function readPair(line: string): TextPair | undefined {
  if (line.length > LONGEST_LINE) return undefined
  const start = (LOGGED.exec(line)?.[0] ?? MARKER.exec(line)?.[0] ?? '').length
  const text = line.slice(start)
  const mark = markIn(text)
  if (mark === undefined) return undefined
  const label = text.slice(0, mark.at).replace(LEADERS, '')
  const behind = text.slice(mark.at + mark.length)
  const value = behind.trim()
  if (!isLabel(label) || value.length > LONGEST_VALUE) return undefined
  return { label, value, at: start + mark.at + mark.length + (behind.length - behind.trimStart().length) }
}

function markIn(text: string): { at: number; length: number } | undefined {
  const colon = text.search(/:(?:\s|$)/)
  const equals = text.search(/\s=\s|[A-Za-z\d_)]=(?=[-+]?\d)/)
  if (colon < 0 && equals < 0) return undefined
  if (equals >= 0 && (colon < 0 || equals < colon)) return text[equals] === ' ' || text[equals] === '\t' ? { at: equals, length: 3 } : { at: equals + 1, length: 1 }
  return { at: colon, length: 1 }
}

function isLabel(label: string): boolean {
  if (label.length === 0 || label.length > LONGEST_LABEL || !/^[\p{L}\d_%#]/u.test(label) || !/\p{L}/u.test(label)) return false
  return !/[.!?;]\s|[{}"'`$\\]|^\d+[.)]\s|:\/\//.test(label) && label.split(/\s+/).length <= MOST_WORDS
}

/** `=== Serving Benchmark ===`, `---Time to First Token---`; `''` for a rule without words. */
export function titleIn(line: string): string | undefined {
  const text = line.trim()
  if (text.length < 3 || text.length > LONGEST_LINE || !/^([=\-*#~_+%])\1/.test(text)) return undefined
  const words = text.replace(/^[=\-*#~_+%]{2,}/, '').replace(/[=\-*#~_+%]+$/, '').trim()
  if (words === '') return ''
  return text.endsWith(text[0] ?? '') && /\p{L}/u.test(words) && words.length <= LONGEST_LABEL ? words : undefined
}

/** `BenchmarkSort/quick-8   1000   1234 ns/op   16 B/op   2 allocs/op`. */
export function readGoBenchmark(line: string): GoBenchmark | undefined {
  if (!line.startsWith('Benchmark') || line.length > LONGEST_LINE) return undefined
  const [name = '', iterations = '', ...rest] = line.trim().split(/\s+/)
  if (!/^\d{1,15}$/.test(iterations) || rest.length < 2 || rest.length % 2 !== 0) return undefined
  const measured: (readonly [string, string])[] = []
  for (let at = 0; at < rest.length; at += 2) {
    const [number = '', unit = ''] = rest.slice(at, at + 2)
    if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(number) || !/^\D/.test(unit)) return undefined
    measured.push([unit, number])
  }
  return { name, iterations, measured }
}

/** The titles of a table of statistics, as wrk writes it: `Thread Stats   Avg      Stdev     Max   +/- Stdev`. */
export function statisticsIn(line: string): readonly string[] | undefined {
  const [first = '', ...titles] = line.trim().split(/\s{2,}/)
  return titles.length > 1 && /^\p{L}/u.test(first) && titles.every((title) => STATISTIC.test(title)) ? titles : undefined
}

const STATISTIC = /^(?:avg|average|mean|median|med|min|max|stdev|stddev|std|\+\/- stdev|p\d{2}(?:\.\d+)?|\d{1,2}(?:\.\d+)?%)$/i

/** A row below them: its name, and its cells with the characters before each. */
export function cellsIn(line: string, count: number): readonly (readonly [text: string, at: number])[] | undefined {
  const cells = [...line.matchAll(/\S+(?: \S+)*/g)].map((found) => [found[0], found.index] as const)
  return cells.length === count + 1 && cells.slice(1).every(([text]) => /^[-+]?\d/.test(text)) ? cells : undefined
}

/** `avg=1.5ms min=1ms p(95)=4ms`: several values of one label, as k6 writes them. */
export function valuesIn(value: string): readonly (readonly [name: string, text: string, at: number])[] {
  if (!/^[\w().%]{1,20}=\S+(?:\s+[\w().%]{1,20}=\S+)+$/.test(value)) return []
  return [...value.matchAll(/([\w().%]{1,20})=(\S+)/g)].map(([whole, name = '', text = ''], turn, all) => [name.replace(/^p\(([\d.]+)\)$/, 'p$1'), text, (all[turn]?.index ?? 0) + whole.length - text.length] as const)
}
