/** A Markdown line `label: value`, explained. */

import type { FieldFound } from '../../format/event.js'
import type { MetricRecord } from '../metric-record.js'
import { readName } from '../names.js'
import { isSetting, roleOfName } from '../roles.js'
import { inHeadings, originsOf } from './attribute-origin.js'
import type { Watched } from './collector.js'
import type { ReadingRole } from './explanation.js'
import { whyNumber } from './why-number.js'
import { whyRole } from './why-role.js'

export function explainField(watched: Watched, field: FieldFound, records: readonly MetricRecord[], above: readonly FieldFound[]): void {
  const { file, format, options, measured, tell } = watched
  const { at } = options
  if (at && (at.pointer !== undefined || (at.line !== undefined && at.line !== field.line))) return
  // Without a place, only what was read of a report: its prose is full of colons.
  if (!at && records.length === 0) return
  const [record] = records
  const by = record && measured(record)
  const role: ReadingRole = record ? 'metric' : roleOfField(field.label)
  const origin = inHeadings(field.headings, above)
  tell({
    type: 'explanation',
    file,
    format,
    layout: record?.source.layout ?? 'generic',
    line: field.line,
    column: field.column,
    headings: field.headings,
    ...(field.bytes === undefined ? {} : { bytes: field.bytes }),
    name: field.label,
    text: field.value,
    role,
    why: whyRole({ name: field.label, text: field.value, role, ...(by?.meaning && { meaning: by.meaning }) }),
    records,
    decisions: record ? whyNumber(record, by, 'label') : [],
    attributes: record ? originsOf(record, origin) : [],
  })
}

/** What it becomes for the records below it. */
function roleOfField(label: string): ReadingRole {
  const reading = readName(label)
  if (roleOfName(reading) === 'time') return 'time'
  return isSetting(reading.full) ? 'attribute' : 'ignored'
}
