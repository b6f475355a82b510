/** What the records of one file are worth, held against its labels. */

import type { MetricRecord } from '../../lib/index.js'
import type { Label, LabelAttribute, Labels, Place } from './label.js'
import { figuresIn, plain } from './plain-text.js'
import { snake } from './spec.js'

export type Aspect = 'missing' | 'spurious' | 'value' | 'stat' | 'metric' | 'attributes' | 'status'

export interface Mismatch {
  readonly aspect: Aspect
  /** The spec's column or path, or the record's own name: mismatches with the same one have one cause. */
  readonly rule: string
  readonly at: string
  readonly expected?: Label
  readonly found?: MetricRecord
}

export interface Score {
  readonly file: string
  readonly tool: string
  /** Numbers that must be found. */
  readonly labels: number
  readonly found: number
  readonly records: number
  /** Records that have a label, one that may be left out included. */
  readonly labelled: number
  /** Of the labelled: value and unit, statistic, metric, attributes, status. */
  readonly right: Readonly<Record<Exclude<Aspect, 'missing' | 'spurious'>, number>>
  /** Wrong in value or unit, or spurious, and confident all the same. */
  readonly wrongConfident: number
  readonly mismatches: readonly Mismatch[]
}

/** A reader that is less sure than this does not mislead anybody. Records that do not say are taken for sure. */
const CONFIDENT = 0.8

export function score(file: string, tool: string, { labels, open }: Labels, records: readonly MetricRecord[]): Score {
  const mismatches: Mismatch[] = []
  const byPlace = new Map<string, MetricRecord[]>()
  const opened = new Map<string, Place[]>()
  for (const one of open) opened.set(one.place, [...(opened.get(one.place) ?? []), one])
  let counted = 0
  for (const record of records) {
    const place = placeOf(record)
    if (opened.get(place)?.some((one) => isWithin(one, record))) continue
    counted += 1
    byPlace.set(place, [...(byPlace.get(place) ?? []), record])
  }
  const used = new Set<MetricRecord>()
  const right = { value: 0, stat: 0, metric: 0, attributes: 0, status: 0 }
  let found = 0
  let wrongConfident = 0
  for (const [label, record] of pairs(labels, byPlace)) {
    if (!record) {
      if (!label.optional) mismatches.push({ aspect: 'missing', rule: label.rule, at: label.at, expected: label })
      continue
    }
    used.add(record)
    if (!label.optional) found += 1
    const checks = { value: isValue(label, record), stat: isOneOf(label.stats, record.stat), metric: isOneOf(label.metrics, record.metric), attributes: hasAttributes(label, record), status: label.status.includes(record.status) }
    for (const aspect of ['value', 'stat', 'metric', 'attributes', 'status'] as const) {
      if (checks[aspect]) right[aspect] += 1
      else mismatches.push({ aspect, rule: label.rule, at: label.at, expected: label, found: record })
    }
    if (!checks.value && isConfident(record)) wrongConfident += 1
  }
  for (const list of byPlace.values()) {
    for (const record of list) {
      if (used.has(record)) continue
      mismatches.push({ aspect: 'spurious', rule: record.raw.name, at: `${record.source.line ?? '?'}:${record.source.column ?? '?'} ${record.source.pointer ?? ''}`, found: record })
      if (isConfident(record)) wrongConfident += 1
    }
  }
  return { file, tool, labels: labels.filter((label) => !label.optional).length, found, records: counted, labelled: used.size, right, wrongConfident, mismatches }
}

function placeOf({ source }: MetricRecord): string {
  if (source.format === 'csv') return `${source.line ?? ''}:${source.column ?? ''}`
  return source.format === 'markdown' ? String(source.line ?? '') : (source.pointer ?? '')
}

/** Labels with the records at their places, the best pairs first where one place holds several. */
function* pairs(labels: readonly Label[], byPlace: ReadonlyMap<string, readonly MetricRecord[]>): Generator<readonly [Label, MetricRecord | undefined]> {
  const places = new Map<string, Label[]>()
  for (const label of labels) places.set(label.place, [...(places.get(label.place) ?? []), label])
  for (const [place, here] of places) {
    const free = new Set(byPlace.get(place))
    const waiting = new Set(here)
    const ranked = here.flatMap((label) => [...free].flatMap((record) => (isWithin(label, record) ? [{ label, record, fit: fit(label, record) }] : [])))
    for (const { label, record } of ranked.sort((a, b) => b.fit - a.fit)) {
      if (!waiting.has(label) || !free.has(record)) continue
      waiting.delete(label)
      free.delete(record)
      yield [label, record]
    }
    for (const label of waiting) yield [label, undefined]
  }
}

function isWithin({ from, to }: Place, { source }: MetricRecord): boolean {
  return from === undefined || to === undefined || source.column === undefined || (source.column >= from && source.column < to)
}

function fit(label: Label, record: MetricRecord): number {
  return (isValue(label, record) ? 4 : 0) + (isOneOf(label.stats, record.stat) ? 2 : 0) + (isOneOf(label.metrics, record.metric) ? 1 : 0)
}

/** `OpenMP` may become `openmp` or `open_mp`. */
function isOneOf(accepted: readonly string[], found: string): boolean {
  return accepted.some((one) => joined(one) === joined(found) || (one.includes('*') && patternOf(one).test(found)))
}

function joined(name: string): string {
  return name.replaceAll('_', '')
}

const patterns = new Map<string, RegExp>()

function patternOf(glob: string): RegExp {
  const known = patterns.get(glob)
  if (known) return known
  const made = new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
  patterns.set(glob, made)
  return made
}

export function isValue({ number, readings }: Label, record: MetricRecord): boolean {
  return readings.some(({ unit, factor }) => unit === record.unit && isNear(number * factor, record.value))
}

function isNear(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
}

function hasAttributes(label: Label, record: MetricRecord): boolean {
  return label.attributes.every((attribute) => hasAttribute(attribute, record))
}

export function hasAttribute({ keys, value }: LabelAttribute, record: MetricRecord): boolean {
  const all = Object.entries(record.attributes)
  if (keys.includes('heading')) return (record.source.headings ?? []).includes(value) || all.some(([, one]) => String(one).includes(value))
  // A column that was taken for a metric's name keeps its rows apart as well as an attribute would, and so do both together:
  // `function (Node)` as a metric `function` with an attribute `Node`.
  const isHeld = (text: string) => joined(record.metric) === joined(snake(text)) || all.some(([, one]) => isSame(one, text) || (snake(text).length > 2 && snake(String(one)) === snake(text)))
  if (keys.includes('*') && (isHeld(value) || (/^(.+?)\s*\((.+)\)$/.exec(value)?.slice(1).every(isHeld) ?? false))) return true
  return all.some(([key, one]) => keys.includes(key) && isSame(one, value))
}

function isSame(found: string | number | boolean, value: string): boolean {
  if (squeezed(String(found)) === squeezed(value)) return true
  const [figure] = figuresIn(value, false)
  return typeof found === 'number' && figure !== undefined && (found === Number(value) || isNear(found, figure.number) || figure.unit !== '')
}

/** Marks, letter case and spaces do not count. */
function squeezed(text: string): string {
  return plain(text).toLowerCase().replace(/\s+/g, '')
}

function isConfident({ source }: MetricRecord): boolean {
  const { confidence } = source as { confidence?: number }
  return (confidence ?? 1) >= CONFIDENT
}
