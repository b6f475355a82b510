/**
 * A label spec says, for the files of one kind, what each column, path or table column is. Specs hold names and units only;
 * the values are taken from the files when the score is made.
 */

import { readingOf } from './units.js'

/**
 * What one column, JSON path or matched line is, as a short string:
 *
 *     '-'                             nothing to measure, and no attribute that matters
 *     'attr'  'attr key|other'        an attribute that tells rows apart, under one of these keys (default: the header in snake_case); `attr^` holds one object further out, `attr *` under any key
 *     'ttft [ms] p99'                 metric, unit as the tool means it, statistic (default `value`)
 *     'score|points [%|] mean|value'  alternatives, where the conventions leave more than one reading; `@` is the header in snake_case
 *     'duration [=Unit] mean'         the unit stands in another cell of the row (or another key of the object)
 *     'duration [cell]'               the unit stands in the cell itself
 *     'throughput [req/s] {server}'   the header (or the captured key) is a value of a dimension
 *     '... ?'                         may be left out: there and right, or not there
 *     '... !error'                    the status it must have; also `!warmup`
 *     'open'                          records there are neither right nor wrong
 *
 * Metrics and statistics may be patterns: `*stderr*`. `@` and dimensions leave out a unit in brackets at the header's end.
 * A rule that is a function is given the row: cells by header and by number (`#2`); in JSON the values of the objects around
 * the leaf, nearest first, its own key as `key`, and the values one deeper as `name.split`.
 */
export type Rule = string | ((row: Readonly<Record<string, string>>) => string)

export type Rules = Readonly<Record<string, Rule>>

export interface TableSpec {
  /** Headers that a table must all have for this spec to be the one; without it, every table. */
  readonly has?: readonly string[]
  /** By header, by `#2` (the second column), by `/regular expression/`, or `*` for all the rest. */
  readonly columns: Rules
  /** Rows that hold no measurements: totals of something else, sub-headings. */
  readonly skip?: (row: Readonly<Record<string, string>>) => boolean
  /** The status of all the row's values; `'none'`: values of something that did not happen, which may be left out. */
  readonly status?: (row: Readonly<Record<string, string>>) => 'ok' | 'error' | 'warmup' | 'none'
  /** The heading above must be found among attributes or headings. */
  readonly heading?: boolean
}

interface Common {
  /** Paths in the corpus; `*` stands for anything but a slash, `**` for anything. */
  readonly files: readonly string[]
  readonly tool: string
  /** What was decided, and why, where somebody could think otherwise. */
  readonly note?: string
}

export interface CsvSpec extends Common {
  readonly kind: 'csv'
  readonly delimiter?: string
  /** The line of the header; 0 when there is none. Default 1. */
  readonly header?: number
  readonly comment?: string
  readonly decimalComma?: boolean
  /** Several tables in one file, parted by empty lines. */
  readonly stacked?: boolean
  readonly encoding?: 'utf8' | 'utf16le' | 'latin1'
  readonly tables: readonly TableSpec[]
}

export interface MarkdownSpec extends Common {
  readonly kind: 'markdown'
  readonly tables: readonly TableSpec[]
  readonly decimalComma?: boolean
  /** Lines outside tables: the first group is the number (or `number unit`), `attr`s of named groups follow. */
  readonly lines?: readonly (readonly [RegExp, Rule])[]
  /** What is read from lines outside tables is neither right nor wrong: prose where two people would not agree. */
  readonly openLines?: boolean
}

export interface JsonSpec extends Common {
  readonly kind: 'json'
  /** One value after another instead of one document. */
  readonly many?: boolean
  /** `/results/{task}/acc`: `*` any key, `**` any path, `{name}` any key, which is an attribute. First match wins. */
  readonly paths: Rules
  /** Makes JSON of what the tool wrote: bare NaN, trailing commas. */
  readonly mend?: (text: string) => string
}

export type Spec = CsvSpec | MarkdownSpec | JsonSpec

export interface Measure {
  readonly role: 'measure'
  readonly metrics: readonly string[]
  /** `undefined` for `[cell]`; a column for `[=Unit]`. */
  readonly units: readonly string[] | undefined
  readonly unitFrom?: string
  readonly stats: readonly string[]
  readonly dimension: boolean
  readonly optional: boolean
  readonly status: readonly string[] | undefined
}

export type Role = Measure | { readonly role: 'attribute'; readonly keys: readonly string[]; readonly up: number } | { readonly role: 'none' | 'open' }

const parsed = new Map<string, Role>()

export function roleOf(rule: string, header: string): Role {
  const key = `${rule}\n${header}`
  const known = parsed.get(key)
  if (known) return known
  const role = parse(rule.trim(), header)
  parsed.set(key, role)
  return role
}

function parse(rule: string, header: string): Role {
  if (rule === '-' || rule === 'open') return { role: rule === '-' ? 'none' : 'open' }
  const attribute = /^attr(\^*)(?:\s+(\S+))?$/.exec(rule)
  if (attribute) return { role: 'attribute', keys: (attribute[2] ?? snake(header)).split('|'), up: attribute[1]?.length ?? 0 }
  const measure = /^([^[\]\s]+)\s*\[([^\]]*)\](?:\s+([a-z*][\w.|*]*))?(\s+\{\w*\})?((?:\s+\?|\s*![a-z|]+)*)$/.exec(rule)
  if (!measure) throw new SyntaxError(`expected '-', 'attr ...' or 'metric [unit] stat', found ${JSON.stringify(rule)} for ${JSON.stringify(header)}`)
  const [, metrics = '', units = '', stats = 'value', dimension, flags = ''] = measure
  const status = /!([a-z|]+)/.exec(flags)?.[1]?.split('|')
  return {
    role: 'measure',
    metrics: [...new Set(metrics.split('|').flatMap((name) => (name === '@' ? [snake(bareName(header)), snake(header.replace(/\s*\(.*\)$/, ''))] : name)))],
    units: units === 'cell' || units.startsWith('=') ? undefined : units.split('|'),
    ...(units.startsWith('=') ? { unitFrom: units.slice(1) } : {}),
    stats: stats.split('|'),
    dimension: dimension !== undefined,
    optional: flags.includes('?'),
    status,
  }
}

/** `MLC LLM (tok/sec)` without its unit; what is in brackets and no unit stays. */
export function bareName(header: string): string {
  const match = /^(.+?)\s*[([]([^)\]]*)[)\]]\s*$/.exec(header)
  return match?.[1] !== undefined && readingOf(match[2] ?? '') ? match[1] : header
}

export function snake(text: string): string {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
}
