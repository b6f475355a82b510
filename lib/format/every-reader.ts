/** Reads any file with the readers of all formats at hand, so that nothing is waited for. */

import type { StageDefinition, Step } from '../stage/index.js'
import { csv } from './csv.js'
import type { FormatEvent } from './event.js'
import { json } from './json.js'
import { markdown } from './markdown.js'
import { ndjson } from './ndjson.js'
import { openmetrics } from './openmetrics.js'
import { readerStep as stepWith, type ReaderOptions } from './reader.js'
import { text } from './text.js'

/** Decompressed bytes of one file in, its {@link FormatEvent}s out. */
export function reader(file: string, options: ReaderOptions = {}): StageDefinition<Uint8Array, FormatEvent> {
  return { name: 'format', start: () => readerStep(file, options) }
}

/** The step behind {@link reader}. */
export function readerStep(file: string, options: ReaderOptions = {}): Step<Uint8Array, FormatEvent> {
  return stepWith(file, options, { csv, json, ndjson, markdown, openmetrics, text })
}
