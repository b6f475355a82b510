/**
 * Reads Prometheus text (0.0.4) and OpenMetrics (1.0): one sample per line, `name{label="x"} value time`, under `# TYPE` and
 * `# UNIT` of its family. https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
 */

import { problem, type Step } from '../stage/index.js'
import { batched } from './batched.js'
import { byteLength } from './encoding.js'
import type { FormatEvent, ValuePlace } from './event.js'
import { readSample, type SampleLine } from './openmetrics-line.js'
import type { ReadingOptions } from './reading.js'

/** What the name of a sample says beside that of its family; `value`: nothing. */
export type SamplePart = 'value' | 'total' | 'bucket' | 'sum' | 'count' | 'created' | 'info'

/** The value of a {@link ValueFound}: one sample. */
export interface Sample {
  /** Without `_total`, `_sum` and the like. */
  readonly family: string
  /** As it stands in the file. */
  readonly name: string
  readonly part: SamplePart
  /** As `# TYPE` says; `unknown` without one. */
  readonly type: string
  /** As `# UNIT` says, or a name that ends in `_ratio`. */
  readonly unit?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** Seconds or milliseconds since 1970, as the file has it. */
  readonly timestamp?: number
}

export interface OpenMetricsOptions extends ReadingOptions {
  /** Longest line kept, in characters; default 1 Mi. */
  readonly lineLimit?: number
}

const LINE_LIMIT = 1024 * 1024
/** Families are kept to know the parts of later samples. */
const FAMILIES_KEPT = 20_000

interface Family {
  type: string
  unit: string | undefined
}

/** Samples are numbered from 0 in the order of the file; those without a finite value are counted, but not given. */
export function openmetrics(file: string, options: OpenMetricsOptions = {}): Step<Uint8Array, FormatEvent> {
  const limit = options.lineLimit ?? LINE_LIMIT
  const encoding = options.encoding ?? 'utf-8'
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const families = new Map<string, Family>()
  let rest = ''
  let overlong = false
  let line = 0
  let byte = options.firstByte ?? 0
  let samples = 0

  const familyOf = (name: string): Family => {
    const known = families.get(name)
    if (known) return known
    const made: Family = { type: 'unknown', unit: undefined }
    if (families.size < FAMILIES_KEPT) families.set(name, made)
    return made
  }

  const describe = (text: string): void => {
    const [, word = '', name = '', told = ''] = /^#[ \t]+(TYPE|UNIT)[ \t]+(\S+)[ \t]+(\S+)/.exec(text) ?? []
    const plain = name.replace(/^"(.*)"$/, '$1')
    if (word === 'TYPE') familyOf(plain).type = told.toLowerCase()
    else if (word === 'UNIT') familyOf(plain).unit = told
  }

  const sampleOf = ({ name, labels, value, timestamp }: SampleLine): Sample => {
    const [family, part] = placeInFamily(name, labels, families)
    const { type, unit } = families.get(family) ?? { type: 'unknown', unit: undefined }
    if (part === 'bucket' && type === 'unknown') familyOf(family).type = 'histogram'
    else if (type === 'unknown' && Object.hasOwn(labels, 'quantile')) familyOf(family).type = 'summary'
    const plain = part === 'total' && family.endsWith('_total') ? family.slice(0, -TOTAL.length) : family
    const told = unit ?? families.get(plain)?.unit ?? (plain.endsWith('_ratio') ? 'ratio' : undefined)
    const kind = part === 'bucket' && type === 'unknown' ? 'histogram' : type === 'unknown' && part === 'total' ? 'counter' : type
    return { family: plain, name, part, type: kind, ...(told === undefined ? {} : { unit: told }), labels, value, ...(timestamp === undefined ? {} : { timestamp }) }
  }

  const finish = (text: string, out: FormatEvent[]): void => {
    line += 1
    const start = byte
    byte += byteLength(text, encoding)
    if (overlong || text.length > limit) {
      overlong = false
      out.push(problem(file, 'line-too-long', `expected lines of at most ${limit} characters, found a longer one: it is left out`, { line, byte: start }))
      return
    }
    const plain = text.trim()
    if (plain === '') return
    if (plain.startsWith('#')) {
      describe(plain)
      return
    }
    const read = readSample(text)
    if (typeof read === 'string') {
      out.push(problem(file, 'bad-sample', `expected a sample as name{label="x"} value, ${read}; this line is left out`, { line, column: 1, byte: start, raw: plain }))
      return
    }
    const pointer = `/${samples}`
    samples += 1
    if (!Number.isFinite(read.value)) return
    const at = { line, start }
    out.push({ type: 'value', value: sampleOf(read), pointer, place: (wanted) => placeIn(wanted, pointer, text, read, at, encoding) })
  }

  const write = (chunk: Uint8Array | undefined, out: FormatEvent[]): void => {
    const text = rest + decoder.decode(chunk, { stream: chunk !== undefined })
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      finish(text.slice(at, end + 1), out)
      at = end + 1
    }
    rest = text.slice(at)
    if (rest.length <= limit) return
    // Nothing of an overlong line is kept; only its bytes are counted on.
    overlong = true
    byte += byteLength(rest, encoding)
    rest = ''
  }

  return batched({
    write,
    end(out) {
      if (rest !== '' || overlong) finish(rest, out)
    },
  })
}

const TOTAL = '_total'
/** By its ending, as far as the type of the family allows it. */
const PARTS: readonly (readonly [ending: string, part: SamplePart, types: readonly string[]])[] = [
  ['_bucket', 'bucket', ['histogram', 'gaugehistogram', 'unknown']],
  ['_gsum', 'sum', ['gaugehistogram']],
  ['_gcount', 'count', ['gaugehistogram']],
  ['_sum', 'sum', ['histogram', 'summary']],
  ['_count', 'count', ['histogram', 'summary']],
  ['_created', 'created', ['histogram', 'summary', 'counter']],
  ['_total', 'total', ['counter']],
  ['_info', 'info', ['info']],
]

function placeInFamily(name: string, labels: Readonly<Record<string, string>>, families: ReadonlyMap<string, Family>): readonly [string, SamplePart] {
  for (const [ending, part, types] of PARTS) {
    if (!name.endsWith(ending)) continue
    const family = name.slice(0, -ending.length)
    const type = families.get(family)?.type ?? (part === 'bucket' && Object.hasOwn(labels, 'le') ? 'unknown' : '')
    if (types.includes(type)) return [family, part]
    // In the older format the type stands under the whole name of a counter, and when it began in a gauge of its own.
    if (part === 'created' && families.get(`${family}${TOTAL}`)?.type === 'counter') return [family, part]
  }
  if (name.endsWith(TOTAL) && /^(?:counter|unknown|untyped)$/.test(families.get(name)?.type ?? 'unknown')) return [name, 'total']
  if (families.get(name)?.type === 'counter') return [name, 'total']
  return [name, name.endsWith('_info') ? 'info' : 'value']
}

function placeIn(wanted: string, pointer: string, text: string, { valueAt, valueText }: SampleLine, { line, start }: { readonly line: number; readonly start: number }, encoding: Parameters<typeof byteLength>[1]): ValuePlace | undefined {
  if (wanted !== pointer && !wanted.startsWith(`${pointer}/`)) return undefined
  if (wanted !== `${pointer}/value`) return { line, column: 1, byte: start, end: start + byteLength(text.trimEnd(), encoding) }
  const byte = start + byteLength(text.slice(0, valueAt), encoding)
  return { line, column: valueAt + 1, byte, end: byte + byteLength(valueText, encoding), number: valueText }
}
