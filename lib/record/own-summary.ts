/** Summary rows that chimera wrote, as the aggregates that they are: never as samples. */

import type { TableRow, ValueFound } from '../format/event.js'
import { attributeValue, setAttribute } from './attributes.js'
import { escape } from './json-path.js'
import { makeRecord, type FileContext, type Place } from './make-record.js'
import type { AttributeValue, Better, MetricRecord, Stat } from './metric-record.js'
import { isObject, type JsonObject } from './shape.js'

/** `source.layout` of a file of summary rows. */
export const OWN_SUMMARY_LAYOUT = 'chimera-summary'
const FIGURES: readonly Stat[] = ['mean', 'stddev', 'min', 'max', 'p50', 'p90', 'p95', 'p99']
const STAT = /^(?:mean|median|min|max|stddev|sum|count|delta|p\d{1,3}(?:\.\d+)?)$/

interface Subject {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** One figure of a row: `name` as it stands there. */
interface Figure {
  readonly name: string
  readonly stat: Stat
  readonly value: number
  readonly text: string
  readonly place: Omit<Place, 'layout'>
}

/** One line of a summary's CSV. */
export function summaryLineRecords(context: FileContext, header: readonly string[], row: TableRow, cell: (index: number) => string): readonly MetricRecord[] {
  const stats = header.lastIndexOf('stat')
  const attributes: Record<string, AttributeValue> = {}
  for (let index = 3; index < stats; index += 1) addGroup(attributes, header[index] ?? '', cell(index))
  const subject: Subject = { metric: cell(0), unit: cell(1), better: betterOf(cell(2)), attributes }
  if (subject.metric === '') return []
  const figure = (name: string, stat: Stat): Figure[] => {
    const index = header.lastIndexOf(name)
    const text = cell(index)
    const value = text.trim() === '' ? NaN : Number(text)
    const place = { key: `${row.table}/${row.row}/${index}`, line: row.line, column: index + 1, pointer: `/${row.row}/${name}`, bytes: row.bytes }
    return Number.isFinite(value) ? [{ name, stat, value, text, place }] : []
  }
  return recordsOf(context, subject, cell(stats), figure, 'n')
}

/** One summary row in JSON; `undefined` when it is none. */
export function summaryRecords(context: FileContext, row: JsonObject, pointer: string, found: ValueFound): readonly MetricRecord[] | undefined {
  const { metric, unit, better, group, samples, aggregates } = row
  if (typeof metric !== 'string' || metric === '' || typeof unit !== 'string' || !isObject(group) || !Array.isArray(aggregates)) return undefined
  const attributes: Record<string, AttributeValue> = {}
  for (const [key, value] of Object.entries(group)) if (isScalar(value)) setAttribute(attributes, key, value)
  const subject: Subject = { metric, unit, better: betterOf(better), attributes }
  const figuresIn = (values: JsonObject, at: string) => (name: string, stat: Stat): Figure[] => {
    const value = values[name]
    if (typeof value !== 'number') return []
    const own = `${at}/${escape(name)}`
    const place = found.place(own)
    return [{ name, stat, value, text: place?.number ?? String(value), place: { key: own, pointer: own, ...(place && { line: place.line, column: place.column, bytes: [place.byte, place.end] }) } }]
  }
  const out: MetricRecord[] = []
  if (isObject(samples)) out.push(...recordsOf(context, subject, 'value', figuresIn(samples, `${pointer}/samples`), 'count'))
  for (const [index, aggregate] of aggregates.entries()) {
    if (!isObject(aggregate) || typeof aggregate['stat'] !== 'string') continue
    out.push(...recordsOf(context, subject, aggregate['stat'], figuresIn(aggregate, `${pointer}/aggregates/${index}`), 'count'))
  }
  return out
}

/**
 * Of samples: their statistics, and how many they were. Of aggregates that stood in the files: the least and the greatest, since a
 * mean of percentiles is no percentile.
 */
function recordsOf(
  context: FileContext,
  subject: Subject,
  stat: string,
  figure: (name: string, stat: Stat) => readonly Figure[],
  countName: string,
): readonly MetricRecord[] {
  if (stat === 'value') {
    const figures = FIGURES.flatMap((name) => figure(name, name))
    return [...figures, ...figure(countName, 'count')].map((found) => recordOf(context, subject, found))
  }
  if (!STAT.test(stat)) return []
  const [least, greatest] = [figure('min', stat as Stat)[0], figure('max', stat as Stat)[0]]
  const both = [least, ...(greatest?.value === least?.value ? [] : [greatest])]
  return both.flatMap((found) => (found ? [recordOf(context, subject, found)] : []))
}

/** How many samples there were is no amount of what they measured: the metric's unit is not its unit. */
function recordOf(context: FileContext, { metric, unit, better, attributes }: Subject, { name, stat, value, text, place }: Figure): MetricRecord {
  const counted = name === 'n' || name === 'count'
  const measured = { metric, value, unit: counted ? '1' : unit, stat, better: counted || stat === 'stddev' || stat === 'delta' ? null : better, confidence: 1 }
  return makeRecord(context, { ...place, layout: OWN_SUMMARY_LAYOUT }, measured, { name, text }, { attributes, status: 'ok' })
}

/** Without `--by`, a column `group` holds all of it as JSON; else each key has its own. */
function addGroup(attributes: Record<string, AttributeValue>, name: string, text: string): void {
  if (name === 'group' && text.startsWith('{')) {
    for (const [key, value] of Object.entries(parsed(text))) if (isScalar(value)) setAttribute(attributes, key, value)
    return
  }
  const value = attributeValue(text)
  if (value !== undefined) setAttribute(attributes, name, value)
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isScalar(value: unknown): value is AttributeValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function betterOf(value: unknown): Better {
  return value === 'higher' || value === 'lower' ? value : null
}
