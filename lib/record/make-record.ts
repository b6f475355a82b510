/** Puts a record together: attributes, place, and the id that the same bytes will give again. */

import type { Layout } from '../layout/layout.js'
import type { FormatName } from '../source/artifact.js'
import type { Attributes } from './attributes.js'
import { rounded } from './confidence.js'
import type { Measured } from './measure.js'
import type { MetricRecord, RecordSource, Status } from './metric-record.js'
import { addCode, addText, hexOf, placeHash } from './place-hash.js'

/** What all records of a file share. */
export interface FileContext {
  readonly file: string
  readonly format: FormatName
  /** First half of the ids: 16 hex of the file's hash. */
  readonly hash: string
  /** CSV only: what parts the cells. */
  readonly delimiter?: string
  /** What the folders of the file say; holds where nothing nearer says it. */
  readonly attributes?: Attributes
  /** How sure it is that the file has this format: a factor of each record's confidence; default 1. */
  readonly confidence?: number
  /** Default: those of the project. */
  readonly layouts?: readonly Layout[]
  /** Told of each record with what it rests on, when somebody asks why. */
  readonly made?: ((record: MetricRecord, measured: Measured) => void) | undefined
}

/** Where a number stands; `key` tells it from every other number of the file. */
export interface Place {
  readonly key: string
  readonly layout: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
  readonly headings?: readonly string[]
  readonly bytes?: readonly [number, number] | undefined
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
  const { metric, value, unit, stat, better, rawUnit, qualifier } = measured
  const attributes = qualifier === undefined ? around.attributes : { ...around.attributes, qualifier }
  const { status, time } = around
  const written = rawUnit === undefined ? { name: raw.name, text: raw.text } : { name: raw.name, text: raw.text, unit: rawUnit }
  const source = sourceOf(context, place, measured.confidence)
  const id = `${context.hash}-${hash64(place.key, metric, stat)}`
  // Written out, not spread: this runs for each record, and the order of the keys is that of the type.
  const record: MetricRecord = time === undefined
    ? { metric, value, unit, stat, better, status, attributes, raw: written, source, id }
    : { metric, value, unit, stat, better, status, attributes, time, raw: written, source, id }
  context.made?.(record, measured)
  return record
}

function sourceOf({ file, format, confidence: formats }: FileContext, { layout, line, column, pointer, headings, bytes }: Place, confidence: number): RecordSource {
  const source: { -readonly [Key in keyof RecordSource]: RecordSource[Key] } = { file, format, layout }
  if (line !== undefined) source.line = line
  if (column !== undefined) source.column = column
  if (pointer !== undefined) source.pointer = pointer
  if (headings !== undefined && headings.length > 0) source.headings = headings
  if (bytes !== undefined) source.bytes = bytes
  source.confidence = formats === undefined || formats === 1 ? confidence : rounded(confidence * formats)
  return source
}

/** Of the lines as if they stood in one text. */
function hash64(key: string, metric: string, stat: string): string {
  const hash = placeHash()
  addText(hash, key)
  addCode(hash, NEWLINE)
  addText(hash, metric)
  addCode(hash, NEWLINE)
  addText(hash, stat)
  return hexOf(hash)
}

const NEWLINE = 0x0a
