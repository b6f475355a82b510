/** One number of a JSON value becomes a record. */

import type { ValueFound } from '../format/event.js'
import type { Layout } from '../layout/layout.js'
import { meaningOf, numberOf } from './json-meaning.js'
import { makeRecord, type FileContext } from './make-record.js'
import { measure, type Meaning } from './measure.js'
import type { MetricRecord } from './metric-record.js'
import type { NumberReading } from './number.js'
import type { Scalar, Scope } from './scope.js'

/** What stays the same while one value is walked through. */
export interface Walk {
  readonly found: ValueFound
  readonly context: FileContext
  readonly layout: Layout | undefined
  readonly out: MetricRecord[]
}

export function emit(walk: Walk, key: string, value: unknown, pointer: string, scalar: Scalar, scope: Scope): void {
  const number = numberOf(value)
  if (!number) return
  scope.seen.keys.push(key)
  scope.seen.values.push(number.value)
  record(walk, key, value, number, pointer, meaningOf(walk.layout, key, scalar, scope, number), scope)
}

export function record(walk: Walk, name: string, value: unknown, number: NumberReading, pointer: string, meaning: Meaning, scope: Scope): void {
  const place = walk.found.place(pointer)
  const at = {
    key: pointer,
    layout: walk.layout?.name ?? 'generic',
    ...(place === undefined ? {} : { line: place.line, column: place.column, bytes: [place.byte, place.end] as const }),
    pointer,
    ...(walk.found.headings === undefined ? {} : { headings: walk.found.headings }),
  }
  const around = { attributes: scope.attributes, status: scope.status, ...(scope.time === undefined ? {} : { time: scope.time.iso }) }
  for (const measured of measure(number, meaning)) {
    walk.out.push(makeRecord(walk.context, at, measured, { name, text: typeof value === 'string' ? value : (place?.number ?? String(value)) }, around))
  }
}
