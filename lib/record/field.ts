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
import { isKnownMetric } from './vocabulary.js'

/**
 * Only a value that is one exact number counts, and only under a label that names something measured: with a unit any
 * such label, without one a known metric. `around`: the settings that stand above.
 */
export function fieldRecords(field: FieldFound, context: FileContext, around: readonly FieldFound[], title?: string): readonly MetricRecord[] {
  const number = readNumber(field.value) ?? readNumber(beforeNextSentence(field.value))
  if (!number?.exact || number.bound || number.spreadOnly) return []
  const reading = readName(field.label)
  if (!isMeasured(reading, number) || field.headings.some((heading) => NOT_MEASURED.test(heading))) return []
  const above = contextOf(around, field.headings, title)
  const meaning: Meaning = {
    reading,
    aboutModels: isAboutModels([field.label, ...field.headings]),
    ...(number.value >= 0 && number.value <= 1 ? { ratio: true } : {}),
  }
  const place = {
    key: `${field.line}:${field.column}`,
    layout: 'generic',
    line: field.line,
    column: field.column,
    headings: field.headings,
    bytes: field.bytes,
  }
  const circumstances = { attributes: beside(above.attributes, context.attributes), status: 'ok' as const, ...(above.time === undefined ? {} : { time: above.time }) }
  return measure(number, meaning).map((measured) => makeRecord(context, place, measured, { name: field.label, text: field.value }, circumstances))
}

/** Under such headings stands what a machine has or a project wants. */
export const NOT_MEASURED = /specification|requirement|prerequisite|hardware (?:config|setup|detail)|test environment|glossary|scope|objectives/i

/** Lines that were joined: `0.088 s Top combinations by throughput:` goes on with another sentence. */
function beforeNextSentence(value: string): string {
  return /^(\S+ \S+)\s+[A-Z][a-z]+ .*:$/.exec(value)?.[1] ?? ''
}

const MEASURED_NOUN = /(?:^|_)(?:time|duration|latency|latencies|throughput|speed|rate|size|memory|vram|usage|utilization|utilisation|used|draw|power|energy|cost|temperature|ttft|bandwidth|score|accuracy|loss|efficiency|speedup|overhead|penalty)$/

function isMeasured(reading: NameReading, number: NumberReading): boolean {
  if (reading.words.length === 0) return false
  const known = isKnownMetric(reading.words.join('_'))
  if (roleOfName(reading) === 'attribute' || /limit|required|target|expected|threshold|budget|cost$/.test(reading.full)) return false
  if (number.unitText === undefined && reading.unit === undefined) return known
  return known || MEASURED_NOUN.test(reading.words.join('_')) || reading.words.at(-1) === 'ttft'
}
