/** Columns for programs: base units, full precision. */

import { escapeJson } from '../stage/index.js'
import { numbers, text, type Cell, type Sheets } from './sheet.js'
import { summaryLines } from './summary-lines.js'

const STATISTICS = ['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const

/** Attributes differ from record to record and the stream has no end, so they share one column, as JSON; a group likewise without `by`. */
export function dataSheets(by: readonly string[] | undefined): Sheets {
  return {
    record: {
      columns: [
        ...text('metric'),
        ...numbers('value'),
        ...text('unit', 'stat', 'better', 'status', 'time', 'file'),
        ...numbers('line', 'column'),
        ...text('pointer'),
        ...numbers('byte', 'byte_end'),
        ...text('format', 'layout'),
        ...numbers('confidence'),
        ...text('raw_name', 'raw_text', 'raw_unit', 'attributes', 'id'),
      ],
      rows: ({ metric, value, unit, stat, better, status, time, source, raw, attributes, id }) => [
        [
          metric, value, unit, stat, better ?? undefined, status, time, source.file, source.line, source.column, source.pointer,
          source.bytes?.[0], source.bytes?.[1], source.format, source.layout, source.confidence, raw.name, raw.text, raw.unit, asJson(attributes), id,
        ],
      ],
    },
    summary: {
      columns: [
        ...text('metric', 'unit', 'better', ...(by ?? ['group']), 'stat'),
        ...numbers('n', ...STATISTICS, 'quantile_error', 'failed', 'warmup', 'files'),
      ],
      rows: (row) => {
        const group: Cell[] = by ? by.map((key) => attribute(row.group, key)) : [asJson(row.group)]
        return summaryLines(row).map(({ stat, count, figures, failed, warmup, files }) => [
          row.metric, row.unit, row.better ?? undefined, ...group, stat, count, ...STATISTICS.map((name) => figures?.[name]),
          figures?.quantileError, failed, warmup, files,
        ])
      },
    },
  }
}

/** Own keys only: a group has no `constructor`. */
export function attribute(group: Readonly<Record<string, string | number | boolean>>, key: string): string | undefined {
  return Object.hasOwn(group, key) ? String(group[key]) : undefined
}

function asJson(value: object): string {
  return escapeJson(JSON.stringify(value))
}
