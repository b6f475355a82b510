/** One file's format events into records; knows rows, values and lines, no bytes. */

import type { FieldFound, FormatEvent } from '../format/event.js'
import type { FormatName } from '../source/artifact.js'
import type { Problem } from '../stage/index.js'
import { fieldRecords } from './field.js'
import type { MetricRecord } from './metric-record.js'
import { ownTable, ownValue } from './own.js'
import { tableReader, type TableReader } from './table.js'
import { valueRecords } from './value.js'

export interface Extraction {
  event(event: FormatEvent): readonly (MetricRecord | Problem)[]
  end(): readonly (MetricRecord | Problem)[]
  /** What is known so far. */
  readonly format: FormatName | undefined
  readonly layout: string | undefined
  readonly evidence: string | undefined
}

/** Lines `label: value` kept as context of later ones. */
const FIELDS_KEPT = 64

export function extraction(file: string, hash: string): Extraction {
  let format: FormatName | undefined
  let layout: string | undefined
  let evidence: string | undefined
  let delimiter: string | undefined
  let table: TableReader | undefined
  let fields: FieldFound[] = []
  let title: string | undefined

  const closeTable = (): readonly (MetricRecord | Problem)[] => {
    const rest = table?.flush() ?? []
    table = undefined
    return rest
  }

  return {
    get format() {
      return format
    },
    get layout() {
      return layout
    },
    get evidence() {
      return evidence
    },
    event(event) {
      switch (event.type) {
        case 'problem':
          return [event]
        case 'format':
          format = event.format
          evidence = event.evidence
          delimiter = event.delimiter
          return []
        case 'table': {
          const rest = closeTable()
          const context = { file, format: format ?? ('csv' as const), hash, ...(delimiter === undefined ? {} : { delimiter }) }
          table = ownTable(context, event) ?? tableReader(context, event, (title ??= event.headings?.[0]))
          layout ??= table.layout?.name
          return rest
        }
        case 'row':
          return table?.row(event) ?? []
        case 'field': {
          const context = { file, format: format ?? ('markdown' as const), hash }
          const before = table?.flush() ?? []
          const found = fieldRecords(event, context, fields.filter((field) => standsAbove(field, event)), (title ??= event.headings[0]))
          if (fields.length >= FIELDS_KEPT) fields = fields.slice(1)
          fields.push(event)
          return [...before, ...found]
        }
        case 'value': {
          const context = { file, format: format ?? ('json' as const), hash }
          const own = ownValue(event, context)
          if (own) {
            layout ??= own.layout
            return own.items
          }
          const read = valueRecords(event, context)
          layout ??= read.layout?.name
          return read.records
        }
      }
    },
    end: closeTable,
  }
}

/** A field holds for the lines under its own heading and the headings inside that. */
function standsAbove(field: FieldFound, other: FieldFound): boolean {
  return field.headings.every((heading, at) => other.headings[at] === heading)
}
