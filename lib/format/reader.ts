/** Reads any file: looks at its first bytes, says what they are, and hands over to the reader of that format. */

import { problem, type Step } from '../stage/index.js'
import type { FormatName } from '../source/artifact.js'
import { sniffDialect, type Dialect } from './csv-dialect.js'
import { detectEncoding, transcoder, utf8Check, type EncodingFound } from './encoding.js'
import type { FormatEvent } from './event.js'
import { rawOf } from './raw-text.js'
import type { ReadingOptions } from './reading.js'
import { sniff, type Sniffed } from './sniff.js'

/** The reader of one format; `dialect` is how a table was found to be written. */
export type FormatReader = (file: string, options: ReadingOptions & { readonly dialect?: Dialect }) => Step<Uint8Array, FormatEvent>

export interface ReaderOptions {
  /** What the file's name says; the content decides. */
  readonly format?: FormatName
  /** What the user says; nothing is sniffed but the encoding. */
  readonly force?: FormatName
  /** See {@link ReadingOptions}. */
  readonly lane?: ReadingOptions['lane']
}

/** Bytes that are looked at before anything is decided. */
export const SNIFF_BYTES = 64 * 1024

/** The beginning of a file: at least {@link SNIFF_BYTES} of it, or all there is. */
export interface Head {
  readonly chunks: readonly Uint8Array[]
  /** True when these are all bytes of the file. */
  readonly complete: boolean
}

/**
 * The step that reads a file which begins like this: its decompressed bytes in, from the first one on, its {@link FormatEvent}s out:
 * `format` first, or a single problem for a file that cannot be read: `empty-file`, `binary-file`, `bad-encoding`, `git-lfs-pointer`
 * or `unknown-format`. No reader is loaded but the one that is needed.
 */
export async function openReader(file: string, { chunks, complete }: Head, options: ReaderOptions = {}): Promise<Step<Uint8Array, FormatEvent>> {
  const sample: Uint8Array[] = []
  let size = 0
  for (let at = 0; at < chunks.length && size <= SNIFF_BYTES; at += 1) {
    sample.push(chunks[at] ?? new Uint8Array())
    size += chunks[at]?.length ?? 0
  }
  const { events, format, start } = look(file, sample, complete && size <= SNIFF_BYTES, options)
  const step = start(format === undefined ? undefined : await LOAD[format]())
  let told = false
  function* tell(): Iterable<readonly FormatEvent[]> {
    told = true
    yield events
  }
  return {
    *write(batch) {
      if (!told) yield* tell()
      yield* step.write(batch) as Iterable<readonly FormatEvent[]>
    },
    *end() {
      if (!told) yield* tell()
      yield* (step.end?.() ?? []) as Iterable<readonly FormatEvent[]>
    },
  }
}

/** Each is loaded when the first file of its format comes. */
const LOAD: Readonly<Record<FormatName, () => Promise<FormatReader>>> = {
  csv: async () => (await import('./csv.js')).csv,
  json: async () => (await import('./json.js')).json,
  ndjson: async () => (await import('./ndjson.js')).ndjson,
  markdown: async () => (await import('./markdown.js')).markdown,
  openmetrics: async () => (await import('./openmetrics.js')).openmetrics,
  text: async () => (await import('./text.js')).text,
}

/** The same for bytes that come piece by piece; `readers` are all at hand. */
export function readerStep(file: string, options: ReaderOptions, readers: Readonly<Record<FormatName, FormatReader>>): Step<Uint8Array, FormatEvent> {
  let sample: Uint8Array[] = []
  let size = 0
  let step: Step<Uint8Array, FormatEvent> | undefined

  function* decide(complete: boolean): Iterable<readonly FormatEvent[]> {
    const { events, format, start } = look(file, sample, complete && size <= SNIFF_BYTES, options)
    step = start(format && readers[format])
    yield events
    yield* step.write(sample) as Iterable<readonly FormatEvent[]>
    sample = []
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        if (step) {
          yield* step.write([chunk]) as Iterable<readonly FormatEvent[]>
          continue
        }
        sample.push(chunk)
        size += chunk.length
        if (size > SNIFF_BYTES) yield* decide(false)
      }
    },
    *end() {
      if (!step) yield* decide(true)
      yield* (step?.end?.() ?? []) as Iterable<readonly FormatEvent[]>
    },
  }
}

interface Looked {
  /** What is to be told before anything else. */
  readonly events: readonly FormatEvent[]
  /** Absent for a file that nobody can read. */
  readonly format?: FormatName
  readonly start: (reader: FormatReader | undefined) => Step<Uint8Array, FormatEvent>
}
/** Takes the bytes of a file that nobody can read, and gives nothing. */
const IGNORE: Step<Uint8Array, FormatEvent> = { write: () => [] }

function look(file: string, sample: readonly Uint8Array[], complete: boolean, options: ReaderOptions): Looked {
  const [only] = sample
  const head = (only && sample.length === 1 ? only : Buffer.concat(sample)).subarray(0, SNIFF_BYTES)
  if (head.length === 0) {
    const { code, message } = sniff('', true) as Sniffed & { format: undefined }
    return { events: [problem(file, code, message)], start: () => IGNORE }
  }
  const encoding = detectEncoding(head, complete)
  if ('code' in encoding) return { events: [problem(file, encoding.code, encoding.message)], start: () => IGNORE }
  const text = decodeHead(head, encoding, complete)
  const found = options.force ? forced(options.force, text, complete) : sniff(text, complete, options.format)
  if (found.format === undefined) {
    const message = encoding.encoding === 'utf-16le in utf-8' ? `${twice(text)}: ${found.message}` : found.message
    return { events: [problem(file, found.code, message, { raw: text.trim() })], start: () => IGNORE }
  }
  const events: FormatEvent[] = [
    {
      type: 'format',
      format: found.format,
      encoding: encoding.encoding,
      ...(found.dialect ? { delimiter: found.dialect.delimiter } : {}),
      evidence: found.evidence,
      confidence: found.confidence,
    },
  ]
  if (encoding.guessed || encoding.encoding === 'utf-16le in utf-8') {
    const what = encoding.guessed ? `found bytes that are not: read as ${encoding.encoding}` : `found ${twice(text)}: read as what it was before`
    events.push(problem(file, 'encoding-guessed', `expected UTF-8, ${what}; save the file as UTF-8 to be sure`))
  }
  const { format, dialect } = found
  const reading = { encoding: encoding.encoding, firstByte: encoding.mark, ...(options.lane && { lane: options.lane }), ...(dialect ? { dialect } : {}) }
  return { events, format, start: (reader) => (reader ? decoded(file, encoding, reader(file, reading)) : IGNORE) }
}

function twice(text: string): string {
  const first = text.trim().split(/[\r\n]/)[0] ?? ''
  return `UTF-16 text that was encoded a second time, as UTF-8, and says ${JSON.stringify(first.slice(0, 200))}`
}

function forced(format: FormatName, text: string, complete: boolean): Sniffed {
  const dialect = format === 'csv' ? sniffDialect(text, complete) : undefined
  const evidence = dialect ? `asked for; ${dialect.evidence}` : 'asked for'
  return { format, evidence, confidence: 1, ...(dialect ? { dialect } : {}) }
}

function decodeHead(head: Uint8Array, encoding: EncodingFound, complete: boolean): string {
  const convert = transcoder(encoding)
  const bytes = Buffer.concat([convert.write(head), ...(complete ? [convert.end()] : [])])
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: !complete })
  return bytes.includes(0) || bytes.includes(0x1e) ? text.replace(/[\0\x1e]/g, ' ') : text
}

/** No sequence of UTF-8 has more bytes. */
const SEQUENCE = 4
/** Bytes shown of those that are no UTF-8. */
const BAD_BYTES = 60

/** Brings the bytes to UTF-8 on their way, and tells of the first ones that are no text. */
function decoded(file: string, found: EncodingFound, inner: Step<Uint8Array, FormatEvent>): Step<Uint8Array, FormatEvent> {
  const convert = transcoder(found)
  let check = found.encoding === 'utf-8' ? utf8Check() : undefined

  let firstBad: number | undefined

  /** The bad bytes and some behind them; however they come, these are the same. */
  let bad: Uint8Array = new Uint8Array()
  let last: Uint8Array = new Uint8Array()
  let looked = 0

  const look = (chunk: Uint8Array, end: boolean): void => {
    if (check) {
      firstBad = check.write(chunk, end)
      if (firstBad === undefined) {
        looked += chunk.length
        last = Uint8Array.from((chunk.length < SEQUENCE ? Buffer.concat([last, chunk]) : chunk).subarray(-SEQUENCE))
        return
      }
      const bytes = Buffer.concat([last, chunk])
      check = undefined
      bad = bytes.subarray(firstBad - (looked - last.length), firstBad - (looked - last.length) + BAD_BYTES)
    } else if (firstBad !== undefined && bad.length < BAD_BYTES) {
      bad = Buffer.concat([bad, chunk]).subarray(0, BAD_BYTES)
    }
  }

  let zeros = 0
  let firstZero: number | undefined
  let passed = 0
  /** Bytes that no text has become spaces: as many as they were, so that every place stays right. */
  const blanked = (bytes: Uint8Array): Uint8Array => {
    let clean = bytes
    for (const wanted of [0, 0x1e]) {
      for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
        if (clean === bytes) clean = Uint8Array.from(bytes)
        clean[at] = 0x20
        if (wanted !== 0) continue
        zeros += 1
        if (found.encoding === 'utf-8') firstZero ??= found.mark + passed + at
      }
    }
    passed += bytes.length
    return clean
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        if (found.encoding === 'utf-8') look(chunk, false)
        const bytes = blanked(convert.write(chunk))
        if (bytes.length > 0) yield* inner.write([bytes]) as Iterable<readonly FormatEvent[]>
      }
    },
    *end() {
      if (check) look(new Uint8Array(), true)
      const bytes = blanked(convert.end())
      if (bytes.length > 0) yield* inner.write([bytes]) as Iterable<readonly FormatEvent[]>
      yield* (inner.end?.() ?? []) as Iterable<readonly FormatEvent[]>
      if (zeros > 0) {
        const message = `expected text, found ${zeros === 1 ? 'a zero byte' : `${zeros} zero bytes`} in it: read as ${zeros === 1 ? 'a space' : 'spaces'}; the file may have been damaged`
        yield [problem(file, 'zero-bytes', message, firstZero === undefined ? {} : { byte: firstZero })]
      }
      if (firstBad === undefined) return
      const message = 'expected UTF-8, found bytes that are not: they are read as U+FFFD, and byte offsets behind them may be wrong; save the file as UTF-8'
      yield [problem(file, 'bad-encoding', message, { byte: firstBad, ...rawOf(bad) })]
    },
  }
}
