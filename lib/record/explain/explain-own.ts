/** Records that chimera wrote itself: read back, with nothing to decide. */

import type { MetricRecord } from '../metric-record.js'
import { OWN_LAYOUT } from '../own.js'
import type { Watched } from './collector.js'
import type { ReadingPlace } from './explanation.js'

/** `place` is that in the file of records; what a record says of its own source is about another file. */
export function explainOwn({ file, format, options, tell }: Watched, records: readonly MetricRecord[], place: ReadingPlace): void {
  const { at } = options
  if (at?.line !== undefined && at.line !== place.line) return
  if (at?.pointer !== undefined && at.pointer !== '' && at.pointer !== place.pointer) return
  for (const record of records) {
    const { metric, raw, source, attributes } = record
    tell({
      type: 'explanation',
      file,
      format,
      layout: OWN_LAYOUT,
      ...place,
      name: metric,
      text: raw.text,
      role: 'metric',
      why: `chimera wrote this record, read from ${source.file}${source.line === undefined ? '' : `:${source.line}`}`,
      records: [record],
      decisions: [],
      attributes: Object.entries(attributes).map(([name, value]) => ({ name, value, from: 'the record' })),
      ...(at ? {} : { count: 1 }),
    })
  }
}
