/** Puts a record together: attributes, place, and the id that the same bytes will give again. */

import type { FormatName } from '../source/artifact.js'
import type { Attributes } from './attributes.js'
import type { Measured } from './measure.js'
import type { MetricRecord, RecordSource, Status } from './metric-record.js'

/** What all records of a file share. */
export interface FileContext {
  readonly file: string
  readonly format: FormatName
  /** First half of the ids: 16 hex of the file's hash. */
  readonly hash: string
  /** CSV only: what parts the cells. */
  readonly delimiter?: string
}

/** Where a number stands; `key` tells it from every other number of the file. */
export interface Place {
  readonly key: string
  readonly layout: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly headings?: readonly string[]
}

export interface Circumstances {
  readonly attributes: Attributes
  readonly status: Status
  readonly time?: string
}

export function makeRecord(
  context: FileContext,
  place: Place,
  measured: Measured,
  raw: { readonly name: string; readonly text: string },
  around: Circumstances,
): MetricRecord {
  const attributes = measured.qualifier === undefined ? around.attributes : { ...around.attributes, qualifier: measured.qualifier }
  return {
    metric: measured.metric,
    value: measured.value,
    unit: measured.unit,
    stat: measured.stat,
    better: measured.better,
    status: around.status,
    attributes,
    ...(around.time === undefined ? {} : { time: around.time }),
    raw: { name: raw.name, text: raw.text, ...(measured.rawUnit === undefined ? {} : { unit: measured.rawUnit }) },
    source: sourceOf(context, place),
    id: `${context.hash}-${hash64(`${place.key}\n${measured.metric}\n${measured.stat}`)}`,
  }
}

function sourceOf(context: FileContext, place: Place): RecordSource {
  return {
    file: context.file,
    format: context.format,
    layout: place.layout,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(place.pointer === undefined ? {} : { pointer: place.pointer }),
    ...(place.headings === undefined || place.headings.length === 0 ? {} : { headings: place.headings }),
  }
}

/**
 * Two 32-bit FNV-1a hashes side by side, each with the final mix of MurmurHash3: fast, the same everywhere, and long enough that
 * the places of a file with millions of numbers stay apart; not for secrets.
 */
function hash64(text: string): string {
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x85ebca77)
  }
  return mixed(first) + mixed(second)
}

function mixed(hash: number): string {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return ((bits ^ (bits >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
