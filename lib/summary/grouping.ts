/** Which records belong together: the keys and values that make the group of a record. */

import type { AttributeValue, MetricRecord } from '../record/metric-record.js'
import { compareNatural } from './natural-order.js'

/**
 * - A list of keys: attributes, or `file`, `metric`, `unit`, `layout`, `format`, `stat`, `status` of the record where no
 *   attribute has that name.
 * - `subject`: what was measured (model, backend, device, kernel ...), or the file where the records do not say. Markdown
 *   reports are kept apart from data files, and from one another.
 * - `configuration`: the subject with every setting; all attributes but those that only tell one sample from the next.
 */
export type By = readonly string[] | 'subject' | 'configuration'

export type Group = Readonly<Record<string, AttributeValue>>

/** Gives the group of a record, with keys in a fixed order: the list's own, or subject first and then natural order. */
export function grouping(by: By): (record: MetricRecord) => Group {
  if (by === 'subject') return cached((record) => withFile(record, subjectKeys(record)))
  if (by === 'configuration') {
    return cached((record) => {
      const subject = subjectKeys(record)
      const settings = Object.keys(record.attributes).filter((key) => isSetting(key, record.attributes[key]) && !subject.includes(key))
      return withFile(record, subject, settings.sort(compareNatural))
    })
  }
  const listed = (record: MetricRecord) => entries(by.map((key) => [key, Object.hasOwn(record.attributes, key) ? record.attributes[key] : pseudo(record, key)]))
  return differsInARow(by) ? listed : cached(listed)
}

/** Whether what follows from `by` may be another for two records of a row; then a block has to be read record by record. */
export function differsInARow(by: By): boolean {
  return typeof by !== 'string' && by.some((key) => DIFFERS_IN_A_ROW.has(key))
}

/** False for an attribute that has no say in the group. */
export function mayGroup(by: By, key: string): boolean {
  if (by === 'subject') return SUBJECT_KEYS.includes(key)
  return by === 'configuration' ? !isPerSample(key, undefined) : by.includes(key)
}

/** What the records of one row do not share. */
const DIFFERS_IN_A_ROW = new Set(['metric', 'unit', 'stat', 'status', 'layout', 'format'])

/** Attributes that name what was measured, most general first. Not settings: those are compared within a subject. */
export const SUBJECT_KEYS: readonly string[] = [
  'model', 'model_name', 'model_id', 'tag', 'variant', 'quantization', 'quant', 'precision', 'dtype',
  'device', 'hardware', 'gpu_name', 'engine', 'runtime', 'framework', 'backend', 'provider', 'implementation', 'method', 'algorithm',
  'suite', 'benchmark', 'test_name', 'test', 'command', 'kernel', 'kernel_name', 'operation', 'op', 'scenario', 'workload', 'name', 'section',
]

/** True for an attribute that tells only one sample from the next: indices, ids, prompts, seeds, times, long texts. */
export function isPerSample(key: string, value: AttributeValue | undefined): boolean {
  if (typeof value === 'string' && (value.length > LONG_TEXT || TIME_VALUE.test(value))) return true
  return PER_SAMPLE.test(key) || TIME_KEY.test(key)
}

const LONG_TEXT = 60
const PER_SAMPLE =
  /^(?:prompt|prompt_(?:index|idx|id|text|name|no|num|number|preview|hash)|question|input_text|output_text|response|answer|index|idx|row|id|uuid|.*_(?:id|uuid|index|idx)|seed|run|run_(?:no|num|number|name)|iteration|iter|repetition|repeat|round|trial|attempt|sample|request|cycle|step|line)$/
const TIME_KEY = /^(?:time|date|datetime|timestamp|start|end|started|finished|created|generated|(?:.*_)?timestamp(?:_\w+)?|.*_(?:at|on|date|datetime))$/
const TIME_VALUE = /^\d{4}-\d\d-\d\d(?:[T ]|$)/
/** Headings that say nothing about what stands below them. */
const EMPTY_SECTION =
  /^[\W\d]*(?:(?:key|performance|benchmark|overall|detailed?|raw|final|executive|data|test|quick|main)\s+)*(?:results?|summary|metrics?|findings?|performance|overview|data|analysis|tables?|statistics|stats|figures|numbers|report|details)[\W\d]*$/i

function isSetting(key: string, value: AttributeValue | undefined): boolean {
  if (value === undefined || isPerSample(key, value)) return false
  return !(key === 'section' && EMPTY_SECTION.test(String(value)))
}

function subjectKeys(record: MetricRecord): string[] {
  return SUBJECT_KEYS.filter((key) => Object.hasOwn(record.attributes, key) && isSubject(key, record.attributes[key]))
}

function isSubject(key: string, value: AttributeValue | undefined): boolean {
  // `model_id` names the model, although ids in general name a sample.
  return key === 'model_id' ? value !== undefined : isSetting(key, value)
}

function withFile(record: MetricRecord, subject: readonly string[], settings: readonly string[] = []): Group {
  const pairs = [...subject, ...settings].map((key) => [key, record.attributes[key]] as const)
  // Two files that do not say what they measured did not necessarily measure the same; headings recur in any report.
  const named = subject.some((key) => key !== 'section')
  // A written report mostly repeats, rounded, what the data files beside it hold: pooled with them it would count twice.
  const apart = record.source.format === 'markdown' || !named
  return entries(apart ? [['file', record.source.file], ...pairs] : pairs)
}

function entries(pairs: readonly (readonly [string, AttributeValue | undefined])[]): Group {
  const group = Object.create(null) as Record<string, AttributeValue>
  for (const [key, value] of pairs) if (value !== undefined) group[key] = value
  return group
}

function pseudo(record: MetricRecord, key: string): AttributeValue | undefined {
  switch (key) {
    case 'file':
    case 'format':
    case 'layout':
      return record.source[key]
    case 'metric':
    case 'unit':
    case 'stat':
    case 'status':
      return record[key]
    default:
      return undefined
  }
}

/** The records of one row share their attributes object, so the group is made once per row. */
function cached(make: (record: MetricRecord) => Group): (record: MetricRecord) => Group {
  let attributes: unknown
  let file: string | undefined
  let group: Group | undefined
  return (record) => {
    if (!group || attributes !== record.attributes || file !== record.source.file) {
      attributes = record.attributes
      file = record.source.file
      group = make(record)
    }
    return group
  }
}
