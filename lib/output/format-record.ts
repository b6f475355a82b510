/** A metric record as one line of JSON. */

import type { MetricRecord } from '../record/metric-record.js'
import { escapeJson } from '../stage/index.js'

/**
 * Keys in the order of {@link MetricRecord}; what is unknown is left out, `better` alone is written as `null`. Without line break.
 * Characters that could steer a terminal are written as `\uXXXX`.
 */
export function formatRecord(record: MetricRecord): string {
  const { metric, value, unit, stat, better, status, attributes, time, raw, source, id } = record
  const { file, format, layout, line, column, pointer, headings } = source
  return escapeJson(
    JSON.stringify({
      metric,
      value,
      unit,
      stat,
      better,
      status,
      attributes,
      time,
      raw: { name: raw.name, text: raw.text, unit: raw.unit },
      source: { file, format, layout, line, column, pointer, headings },
      id,
    }),
  )
}

/** Any item as JSON: records by {@link formatRecord}, others with their keys as they stand; `undefined` for what JSON cannot say. */
export function formatItem(item: unknown): string | undefined {
  if (isRecord(item)) return formatRecord(item)
  const json = JSON.stringify(item) as string | undefined
  return json === undefined ? undefined : escapeJson(json)
}

export function isRecord(item: unknown): item is MetricRecord {
  if (typeof item !== 'object' || item === null) return false
  const { type, metric, value, source, raw } = item as Partial<Record<keyof MetricRecord, unknown>>
  return type === undefined && typeof metric === 'string' && typeof value === 'number' && typeof source === 'object' && typeof raw === 'object'
}
