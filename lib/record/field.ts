/** A Markdown line `label: value` into a record, where it plainly states one measurement. */

import type { FieldFound } from '../format/event.js'
import { beside } from './attributes.js'
import { contextOf, isAboutModels } from './context.js'
import { makeRecord, type FileContext } from './make-record.js'
import { measure, type Meaning } from './measure.js'
import type { MetricRecord } from './metric-record.js'
import { readName, type NameReading } from './names.js'
import { readNumber, type NumberReading } from './number.js'
import { roleOfName } from './roles.js'
import { baseUnit } from './units.js'
import { isKnownMetric } from './vocabulary.js'

/**
 * A value that is one exact number, or several with labels of their own (`2.5 MB/s, p99: 0.2 ms`), under a label that names something
 * measured: with a unit any such label, without one a known metric. Under a heading of results the unit may say it alone: then the label is
 * the name of what was measured. `around`: the settings that stand above.
 */
export function fieldRecords(field: FieldFound, context: FileContext, around: readonly FieldFound[], title?: string): readonly MetricRecord[] {
  if (field.headings.some((heading) => NOT_MEASURED.test(heading))) return []
  const parts = partsOf(field.label, field.value)
  if (parts.length === 0) return []
  // The title of a whole report is about all kinds of things.
  const results = field.headings.slice(-2).some((heading) => RESULTS.test(heading))
  const named = parts.map(({ label, number, own }) => ({ own, label, number, as: meaningOf(label, number, results, parts.length > 1) }))
  // Of several numbers one that nobody understands makes the whole a sentence.
  if (parts.length > 1 && named.some(({ as }) => as === undefined)) return []
  const above = contextOf(around, field.headings, title)
  const aboutModels = isAboutModels([field.label, ...field.headings])
  const whose = named.length > 1 && named[0]?.as?.named === true ? field.label : undefined
  return named.flatMap(({ label, number, as, own }, at) => {
    if (!as) return []
    const meaning: Meaning = { reading: as.reading, aboutModels, ...(as.named ? { guessed: true } : {}), ...(number.value >= 0 && number.value <= 1 ? { ratio: true } : {}) }
    const place = {
      key: at === 0 ? `${field.line}:${field.column}` : `${field.line}:${field.column}:${at}`,
      layout: 'generic',
      line: field.line,
      column: field.column,
      headings: field.headings,
      bytes: field.bytes,
    }
    const name = as.named ? label : whose
    const attributes = beside(name === undefined ? {} : { name }, above.attributes)
    const circumstances = { attributes: beside(attributes, context.attributes), status: 'ok' as const, ...(above.time === undefined ? {} : { time: above.time }) }
    return measure(number, meaning).map((measured) => makeRecord(context, place, measured, { name: label, text: own }, circumstances))
  })
}

interface Part {
  readonly label: string
  /** As it stands there. */
  readonly own: string
  readonly number: NumberReading
}

/** The number of a field, and those that follow it with labels: `24196 | Errors: 0`, `2.5 MB/s, p99: 0.2 ms`. */
function partsOf(label: string, value: string): readonly Part[] {
  const whole = readNumber(value) ?? readNumber(beforeNextSentence(value))
  if (whole) return isPlain(whole) ? [{ label, own: value, number: whole }] : []
  // Most values are words.
  if (!/^\W{0,3}\d[^|;,]{0,40}[|;,]\s/.test(value)) return []
  const [first = '', ...more] = value.split(/\s*[|;]\s+|,\s+/)
  const number = more.length === 0 || more.length > MOST_PARTS ? undefined : readNumber(first)
  if (!number || !isPlain(number)) return []
  const parts: Part[] = [{ label, own: first, number }]
  for (const part of more) {
    const [, own = '', text = ''] = /^(.{1,40}?)\s*[:=]\s*(\S.*)$/.exec(part) ?? []
    const read = own === '' ? undefined : readNumber(text)
    if (!read || !isPlain(read)) return []
    parts.push({ label: own, own: text, number: read })
  }
  return parts
}

const MOST_PARTS = 8

function isPlain({ exact, bound, spreadOnly }: NumberReading): boolean {
  return exact && bound === undefined && spreadOnly !== true
}

/** How a number under this label is read; `named`: the label says whose it is, the unit alone what. */
function meaningOf(label: string, number: NumberReading, results: boolean, several: boolean): { readonly reading: NameReading; readonly named: boolean } | undefined {
  const reading = readName(label)
  if (isMeasured(reading, number)) return { reading, named: false }
  if (several && number.unitText === undefined && COUNTED.test(reading.full) && !WANTED.test(reading.full)) return { reading, named: false }
  if (!results || number.unitText === undefined || number.statistic !== undefined || reading.delta || roleOfName(reading) === 'attribute' || WANTED.test(reading.full)) return undefined
  const unit = baseUnit(number.unitText)
  if (reading.words.length === 0) return reading.stat !== undefined && unit !== undefined && SPEAKS.test(unit) ? { reading, named: false } : undefined
  if (unit?.endsWith('/s') !== true || reading.unit !== undefined || reading.stat !== undefined) return undefined
  return { reading: UNNAMED, named: true }
}

/** What is counted beside a rate of it. */
const COUNTED = /(?:^|_)(?:requests|transactions|operations|queries|messages|errors|failures)$/
/** Units under which a statistic alone is one of times, or of rates. */
const SPEAKS = /^s$|\/s$/
const UNNAMED = readName('value')
const RESULTS = /bench|result|perform|throughput|speed|latency|timing|性能|结果/i

/** Under such headings stands what a machine has or a project wants. */
export const NOT_MEASURED = /specification|requirement|prerequisite|hardware (?:config|setup|detail)|test environment|glossary|scope|objectives/i

/** Lines that were joined: `0.088 s Top combinations by throughput:` goes on with another sentence. */
function beforeNextSentence(value: string): string {
  return /^(\S+ \S+)\s+[A-Z][a-z]+ .*:$/.exec(value)?.[1] ?? ''
}

const MEASURED_NOUN = /(?:^|_)(?:time|duration|latency|latencies|throughput|speed|rate|size|memory|vram|usage|utilization|utilisation|used|draw|power|energy|cost|temperature|ttft|bandwidth|score|accuracy|loss|efficiency|speedup|overhead|penalty)$/

const WANTED = /limit|required|target|expected|threshold|budget|goal|cost$/

function isMeasured(reading: NameReading, number: NumberReading): boolean {
  if (reading.words.length === 0) return false
  const known = isKnownMetric(reading.words.join('_'))
  if (roleOfName(reading) === 'attribute' || WANTED.test(reading.full)) return false
  if (number.unitText === undefined && reading.unit === undefined) return known
  return known || MEASURED_NOUN.test(reading.words.join('_')) || reading.words.at(-1) === 'ttft'
}
