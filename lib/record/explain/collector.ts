/** Watches one file being read, and tells of each reading what became of it. Nothing of it runs unless it is asked for. */

import type { FieldFound, FormatEvent } from '../../format/event.js'
import type { FormatName } from '../../source/artifact.js'
import type { Item } from '../item.js'
import type { Measured } from '../measure.js'
import type { MetricRecord } from '../metric-record.js'
import { explainField } from './explain-field.js'
import { explainOwn } from './explain-own.js'
import { tableCollector, type TableCollector } from './explain-table.js'
import { valueCollector } from './explain-value.js'
import type { ExplainOptions, Explanation } from './explanation.js'

export interface Collector {
  /** Each record, when it is made, with what it rests on. */
  readonly made: (record: MetricRecord, measured: Measured) => void
  /** Each event, when it was handled, with what came out then: perhaps the records of earlier ones. */
  event(event: FormatEvent, items: readonly Item[]): void
  end(items: readonly Item[]): void
}

/** What all parts of the collector share. */
export interface Watched {
  readonly file: string
  readonly format: FormatName
  readonly options: ExplainOptions
  /** What a record was measured by; `undefined` for one that was only read back. */
  readonly measured: (record: MetricRecord) => Measured | undefined
  readonly tell: (explanation: Explanation) => void
}

export function collector(file: string, options: ExplainOptions): Collector {
  const measured = new WeakMap<MetricRecord, Measured>()
  let table: TableCollector | undefined
  let fields: FieldFound[] = []
  let watched: Watched = { file, format: 'csv', options, measured: (record) => measured.get(record), tell: options.tell }
  let values = valueCollector(watched)

  const isOwn = (records: readonly MetricRecord[]) => records.length > 0 && records.every((record) => !measured.has(record))
  const closeTable = () => {
    table?.end()
    table = undefined
  }

  return {
    made: (record, by) => void measured.set(record, by),
    event(event, items) {
      const records = items.filter((item): item is MetricRecord => item.type === undefined)
      switch (event.type) {
        case 'problem':
          return
        case 'format':
          watched = { ...watched, format: event.format }
          values = valueCollector(watched)
          return
        case 'table':
          // What came now are the last records of the table before.
          table?.records(records)
          closeTable()
          table = tableCollector(watched, event)
          return
        case 'row':
          if (isOwn(records)) {
            explainOwn(watched, records, { line: event.line })
          } else {
            table?.row(event)
            table?.records(records)
          }
          return
        case 'field': {
          const own = records.filter(({ source }) => source.line === event.line && source.pointer === undefined)
          table?.records(records.filter((record) => !own.includes(record)))
          explainField(watched, event, own, fields)
          fields = [...fields.slice(-FIELDS_KEPT), event]
          return
        }
        case 'value': {
          const line = isOwn(records) ? event.place(event.pointer)?.line : undefined
          if (isOwn(records)) explainOwn(watched, records, { ...(line === undefined ? {} : { line }), pointer: event.pointer })
          else values.value(event, records)
          return
        }
      }
    },
    end(items) {
      table?.records(items.filter((item): item is MetricRecord => item.type === undefined))
      closeTable()
      values.end()
    },
  }
}

const FIELDS_KEPT = 64
