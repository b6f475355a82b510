/** Reads a JSON document: whole where it is small enough, else element by element. */

import { problem, type Problem, type Step } from '../stage/index.js'
import type { FormatEvent } from './event.js'
import { largeJson } from './json-large.js'
import { positions, valueFound, type Origin, type Place } from './json-place.js'
import { parsePlain } from './json-plain.js'
import { scanJson } from './json-scan.js'
import { walkJson } from './json-walk.js'
import { ndjson } from './ndjson.js'
import type { ReadingOptions } from './reading.js'

export interface JsonOptions extends ReadingOptions {
  /** Documents up to this many bytes of UTF-8 are read whole; default 16 MiB. */
  readonly wholeLimit?: number
}

export const WHOLE_LIMIT = 16 * 1024 * 1024

/** Gives one value for the document (several, numbered, when JSON values follow each other), or those of {@link walkJson}. */
export function json(file: string, options: JsonOptions = {}): Step<Uint8Array, FormatEvent> {
  const limit = options.wholeLimit ?? WHOLE_LIMIT
  let chunks: Uint8Array[] = []
  let size = 0
  let large: Step<Uint8Array, FormatEvent> | undefined
  return {
    *write(batch) {
      if (large) {
        yield* large.write(batch) as Iterable<readonly FormatEvent[]>
        return
      }
      for (const chunk of batch) {
        size += chunk.length
        chunks.push(chunk)
      }
      if (size > limit) {
        // Where the file is no UTF-8, the places of its bytes are not those of ours.
        large = options.lane !== 'compatible' && (options.encoding ?? 'utf-8') === 'utf-8' ? walkJson(file, options) : largeJson(file, options)
        yield* large.write(chunks) as Iterable<readonly FormatEvent[]>
        chunks = []
      }
    },
    *end() {
      if (large) {
        yield* (large.end?.() ?? []) as Iterable<readonly FormatEvent[]>
        return
      }
      const text = Buffer.concat(chunks).toString('utf8')
      chunks = []
      yield* document(file, text, options)
    },
  }
}

function* document(file: string, text: string, options: ReadingOptions): Iterable<readonly FormatEvent[]> {
  const origin: Origin = { encoding: options.encoding ?? 'utf-8', line: 1, column: 1, byte: options.firstByte ?? 0 }
  const plain = parsePlain(text)
  if (plain) {
    yield [valueFound(plain.value, '', text, 0, origin)]
    return
  }
  const scan = scanJson(text)
  const placeAt = positions(text, origin)
  const events: FormatEvent[] = []
  if (!scan.error) {
    const rest = text.slice(scan.end).search(/[^ \t\r\n]/)
    if (rest >= 0 && /[[{]/.test(text[scan.end + rest] ?? '')) {
      // One value after the other, in a file that calls itself JSON.
      const values = ndjson(file, options)
      yield* values.write([Buffer.from(text)]) as Iterable<readonly FormatEvent[]>
      yield* (values.end?.() ?? []) as Iterable<readonly FormatEvent[]>
      return
    }
    if (rest >= 0) events.push(trailing(file, text, scan.end + rest, placeAt))
  }
  if (scan.found && !(scan.error && isEmpty(scan.found.value))) {
    events.unshift(valueFound(scan.found.value, '', text, 0, origin, scan.found.place))
  }
  for (const note of scan.notes) events.push(problem(file, note.code, note.message, placeAt(note.index)))
  if (scan.error) {
    const code = scan.error.kind === 'truncated' ? 'truncated-json' : 'broken-json'
    const kept = scan.found ? 'the values before it are kept' : 'nothing could be read'
    events.push(problem(file, code, `${scan.error.message}; ${kept}`, { ...placeAt(scan.error.index), raw: lineAt(text, scan.error.index) }))
  }
  yield events
}

function trailing(file: string, text: string, index: number, placeAt: (index: number) => Place): Problem {
  const found = JSON.stringify(text.slice(index, index + 20))
  return problem(file, 'broken-json', `expected the end of the document, found ${found}; the value before it is kept`, {
    ...placeAt(index),
    raw: lineAt(text, index),
  })
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf('\n', Math.max(0, index - 1)) + 1
  const end = text.indexOf('\n', index)
  // The line may be the whole file: what stands around the place is enough.
  return text.slice(Math.max(start, index - 200), Math.min(end < 0 ? text.length : end, index + 100))
}
