/** Columns for people: values scaled to units that are read at a glance. */

import { formatQuantity, quantityScale } from '../record/quantity.js'
import { attribute } from './data-sheets.js'
import { numbers, text, type Cell, type Sheets } from './sheet.js'
import { summaryLines } from './summary-lines.js'

const STATISTICS = ['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const

export function peopleSheets(by: readonly string[] | undefined): Sheets {
  return {
    record: {
      columns: [...text('metric'), ...numbers('value'), ...text('unit', 'stat', 'status', 'attributes', 'place')],
      rows: ({ metric, value, unit, stat, status, attributes, source }) => {
        const shown = formatQuantity(value, unit)
        const place = source.line === undefined ? source.file : `${source.file}:${source.line}`
        return [[metric, shown.text, shown.unit, stat, status, pairs(attributes), place]]
      },
    },
    summary: {
      columns: [...text('metric', 'unit', ...(by ?? ['group']), 'stat'), ...numbers('n', ...STATISTICS, 'failed')],
      rows: (row) => {
        const group: Cell[] = by ? by.map((key) => attribute(row.group, key)) : [pairs(row.group)]
        return summaryLines(row).map(({ stat, count, figures, failed }) => {
          // All figures of a line in one unit, so that they can be compared: that of the mean.
          const scale = quantityScale(figures?.mean ?? 0, row.unit)
          const values = STATISTICS.map((name) => {
            const value = figures?.[name]
            return value === undefined ? undefined : scale.format(value)
          })
          return [row.metric, figures ? scale.unit : undefined, ...group, stat, count, ...values, failed]
        })
      },
    },
  }
}

/** `model=gemma3 num_gpu=80` */
function pairs(attributes: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
}
