/** A record as one line of NDJSON, and back. */

import type { Better, MetricRecord, Stat } from './metric-record.js'

/** The line without its line end; keys in the order of {@link MetricRecord}. */
export function formatRecord(record: MetricRecord): string {
  const { metric, value, unit, stat, better, status, attributes, time, raw, source, id } = record
  return JSON.stringify({ metric, value, unit, stat, better, status, attributes, ...(time === undefined ? {} : { time }), raw, source, id })
}

const STAT = /^(?:value|mean|median|min|max|stddev|sum|count|delta|p\d{1,3}(?:\.\d+)?)$/
const STATUS = new Set<unknown>(['ok', 'error', 'warmup'])
const BETTER = new Set<unknown>(['higher', 'lower', null])
const FORMAT = new Set<unknown>(['csv', 'json', 'ndjson', 'markdown', 'openmetrics', 'text'])

/** A record that chimera wrote before, out of a parsed line; `undefined` when it is anything else. */
export function parseRecord(value: unknown): MetricRecord | undefined {
  if (!isObject(value)) return undefined
  const { metric, value: number, unit, stat, better, status, attributes, time, raw, source, id } = value
  if (typeof metric !== 'string' || metric === '' || typeof number !== 'number' || typeof unit !== 'string' || typeof id !== 'string') return undefined
  if (typeof stat !== 'string' || !STAT.test(stat) || !STATUS.has(status) || !BETTER.has(better)) return undefined
  if (!isObject(attributes) || !isObject(raw) || !isObject(source) || (time !== undefined && typeof time !== 'string')) return undefined
  if (typeof raw['name'] !== 'string' || typeof raw['text'] !== 'string') return undefined
  if (typeof source['file'] !== 'string' || typeof source['layout'] !== 'string' || !FORMAT.has(source['format'])) return undefined
  if (!isPart(source['confidence']) || !isRange(source['bytes'])) return undefined
  if (Object.values(attributes).some((attribute) => !/^(?:string|number|boolean)$/.test(typeof attribute))) return undefined
  return {
    metric,
    value: number,
    unit,
    stat: stat as Stat,
    better: better as Better,
    status: status as MetricRecord['status'],
    attributes: attributes as MetricRecord['attributes'],
    ...(time === undefined ? {} : { time }),
    raw: raw as MetricRecord['raw'],
    source: source as unknown as MetricRecord['source'],
    id,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPart(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= 1)
}

function isRange(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 2 && value.every((offset) => Number.isSafeInteger(offset)))
}
