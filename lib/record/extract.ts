/** One file's format events into records; knows rows, values and lines, no bytes. */

import type { CellBlock } from '../format/cell-block.js'
import { JsonBlock } from '../format/json-block.js'
import type { FieldFound, FormatEvent } from '../format/event.js'
import type { Layout } from '../layout/layout.js'
import type { FormatName } from '../source/artifact.js'
import type { Batch, Problem } from '../stage/index.js'
import { beside } from './attributes.js'
import { checker, type Checker } from './checks/checker.js'
import { contextOf } from './context.js'
import type { Collector } from './explain/collector.js'
import { fieldRecords, NOT_MEASURED } from './field.js'
import type { FileContext } from './make-record.js'
import type { MetricRecord } from './metric-record.js'
import { objectReader, type ObjectReader } from './object-reader.js'
import { ownTable, ownValue } from './own.js'
import { RecordBlock } from './record-block.js'
import { pathAttributes } from './path-attributes.js'
import { settingsTable, type SettingsTable } from './settings-table.js'
import { tableReader, type TableReader } from './table.js'
import { valueRecords, type ValueRecords } from './value.js'
import type { Met } from './verdict.js'

export interface Extraction {
  event(event: FormatEvent): readonly (MetricRecord | Problem)[]
  /** The same for rows, or JSON objects, that come as a block. */
  block(found: CellBlock | JsonBlock): readonly Batch<MetricRecord | Problem>[]
  end(): readonly (MetricRecord | Problem)[]
  /** What is known so far. */
  met(): Met
}

/** Of what no layout knows. */
const GENERIC = 'generic'
/** Lines `label: value` kept as context of later ones. */
const FIELDS_KEPT = 64

export function extraction(file: string, hash: string, layouts?: readonly Layout[], explain?: Collector): Extraction {
  let format: FormatName | undefined
  let layout: string | undefined
  let evidence: string | undefined
  const seen = { tables: 0, rows: 0, values: 0 }
  let shared: Pick<FileContext, 'file' | 'hash' | 'attributes' | 'delimiter' | 'confidence' | 'made' | 'layouts'> = { file, hash, ...(layouts && { layouts }), attributes: pathAttributes(file), ...(explain && { made: explain.made }) }
  let table: TableReader | undefined
  let fields: FieldFound[] = []
  let title: string | undefined
  /** Settings that tables above listed. */
  const listed: FieldFound[] = []
  let settings: SettingsTable | undefined
  const checks = checker(file)
  let known: ObjectReader | undefined

  const closeTable = (): readonly (MetricRecord | Problem)[] => {
    const rest = table?.flush() ?? []
    table = undefined
    return rest
  }

  const take = (event: FormatEvent): readonly (MetricRecord | Problem)[] => {
    switch (event.type) {
      case 'problem':
        return [event]
      case 'format':
        format = event.format
        evidence = event.evidence
        shared = { ...shared, confidence: event.confidence, ...(event.delimiter === undefined ? {} : { delimiter: event.delimiter }) }
        return []
      case 'table': {
        seen.tables += 1
        const rest = closeTable()
        const context = { ...shared, format: format ?? ('csv' as const) }
        // The title of a report tells nothing apart; one above a table of a CSV file does.
        if (context.format === 'markdown') title ??= event.headings?.[0]
        const told = listed.length === 0 ? event : { ...event, context: [...listed.filter((field) => standsAbove(field, { headings: event.headings ?? [] })), ...(event.context ?? [])] }
        settings = context.format === 'markdown' ? settingsTable(event) : undefined
        table = ownTable(context, event) ?? checked(tableReader(context, told, title), checks)
        layout ??= table.layout?.name
        return rest
      }
      case 'row': {
        seen.rows += 1
        const setting = settings?.field(event)
        if (setting && listed.length < FIELDS_KEPT) listed.push(setting)
        return table?.row(event) ?? []
      }
      case 'field': {
        seen.values += 1
        const context = { ...shared, format: format ?? ('markdown' as const) }
        const before = table?.flush() ?? []
        const found = fieldRecords(event, context, fields.filter((field) => standsAbove(field, event)), (title ??= event.headings[0]))
        if (fields.length >= FIELDS_KEPT) fields = fields.slice(1)
        fields.push(event)
        return [...before, ...found]
      }
      case 'value': {
        seen.values += 1
        const context = { ...shared, format: format ?? ('json' as const) }
        const own = ownValue(event, context)
        if (own) {
          layout ??= own.layout
          return own.items
        }
        const shown = event.headings === undefined ? undefined : contextOf(fields.filter((field) => standsAbove(field, { headings: event.headings ?? [] })), event.headings, (title ??= event.headings[0]))
        const before = shown ? closeTable() : []
        const read = valueRecords(event, shown ? { ...context, attributes: beside(shown.attributes, context.attributes) } : context)
        if (shown && !isReport(read, event.headings ?? [])) return before
        layout ??= read.layout?.name
        const records = context.format === 'text' || shown ? read.records.filter(isPlain) : read.records
        checks.check(records)
        return before.length === 0 ? records : [...before, ...records]
      }
    }
  }

  const single = (event: FormatEvent): readonly (MetricRecord | Problem)[] => {
    const items = take(event)
    explain?.event(event, items)
    return items
  }

  const objects = (block: JsonBlock): readonly Batch<MetricRecord | Problem>[] => {
    const context = { ...shared, format: format ?? ('json' as const) }
    const blocks = explain || context.format === 'text' ? undefined : (known ??= objectReader(context))(block)
    if (!blocks) return [block.items().flatMap(single)]
    return blocks.map((found) => {
      if (typeof found === 'number') return single(block.event(found))
      seen.values += found.content.rows
      if (found.content.layout !== GENERIC) layout ??= found.content.layout
      checks.block(found)
      return found
    })
  }

  return {
    met: () => ({ format, layout, evidence, confidence: shared.confidence, ...seen }),
    event: single,
    block(cells) {
      if (cells instanceof JsonBlock) return objects(cells)
      // Settings of a table are read row by row.
      if (explain || settings || !table?.block) return [cells.items().flatMap(single)]
      seen.rows += cells.length
      return table.block(cells)
    },
    end() {
      const items = [...closeTable(), ...checks.problems()]
      explain?.end(items)
      return items
    },
  }
}

const RESULTS = /bench|result|perf|measure|latency|throughput|speed|timing|\bload|stress/i
const SURE = 0.9
const LIKELY = 0.8

/** Labelled lines between fences may be settings or a listing: a tool that is known, or known metrics with their units, make them results. */
function isReport({ records, layout }: ValueRecords, headings: readonly string[]): boolean {
  const sure = records.filter(({ source }) => (source.confidence ?? 0) >= SURE).length
  if (layout === undefined && headings.some((heading) => NOT_MEASURED.test(heading))) return false
  const results = headings.some((heading) => RESULTS.test(heading))
  return layout !== undefined || (sure > 0 && (results || records.length > 1)) || (results && records.filter(({ source }) => (source.confidence ?? 0) >= LIKELY).length > 2)
}

/** Beside the results many things are printed with a number: only a known name, or a unit, makes one of them a result. */
function isPlain({ unit, raw, source }: MetricRecord): boolean {
  return unit !== '' || raw.unit !== undefined || (source.confidence ?? 1) > DOUBTFUL
}

/** What is sure of a bare number under any name, in text that is surely a report. */
const DOUBTFUL = 0.5

function checked(reader: TableReader<MetricRecord>, checks: Checker): TableReader {
  const pass = (records: readonly MetricRecord[]) => {
    checks.check(records)
    return records
  }
  return {
    ...reader,
    row: (row) => pass(reader.row(row)),
    ...(reader.block && {
      block: (cells: CellBlock) =>
        (reader.block?.(cells) ?? []).map((found) => {
          if (!(found instanceof RecordBlock)) return pass(found)
          checks.block(found)
          return found
        }),
    }),
    flush: () => pass(reader.flush()),
  }
}

/** A field holds for the lines under its own heading and the headings inside that. */
function standsAbove(field: FieldFound, other: Pick<FieldFound, 'headings'>): boolean {
  return field.headings.every((heading, at) => other.headings[at] === heading)
}
