/** Any item as one JSON text. */

import type { MetricRecord } from '../record/metric-record.js'
import { formatRecord } from '../record/record-line.js'
import { escapeJson } from '../stage/index.js'

/**
 * Records with all keys in the order of {@link MetricRecord}, whatever made them; others with their keys as they stand. What could
 * steer a terminal is written as `\uXXXX`, so that nothing is lost. `undefined` for what JSON cannot say. Without line break.
 */
export function formatItem(item: unknown): string | undefined {
  const json = isRecord(item) ? formatRecord(ordered(item)) : (JSON.stringify(item) as string | undefined)
  return json === undefined ? undefined : escapeJson(json)
}

export function isRecord(item: unknown): item is MetricRecord {
  if (typeof item !== 'object' || item === null) return false
  const { type, metric, value, source, raw } = item as Partial<Record<keyof MetricRecord, unknown>>
  return type === undefined && typeof metric === 'string' && typeof value === 'number' && isObject(source) && isObject(raw)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** The keys inside `raw` and `source`, too; JSON leaves out those that are undefined. */
function ordered(record: MetricRecord): MetricRecord {
  const { name, text, unit } = record.raw
  const { file, format, layout, line, column, pointer, headings, bytes, confidence } = record.source
  const source = { file, format, layout, line, column, pointer, headings, bytes, confidence }
  return { ...record, raw: { name, text, unit }, source } as MetricRecord
}
