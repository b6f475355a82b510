/** Reads JSON values that follow each other: one a line, several a line, each over many lines, or behind the words of a log. */

import { problem, type Step } from '../stage/index.js'
import { batched, type PushReader } from './batched.js'
import { byteLength } from './encoding.js'
import type { FormatEvent } from './event.js'
import { positions, valueFound, type Origin } from './json-place.js'
import { parsePlain } from './json-plain.js'
import { scanJson } from './json-scan.js'
import { scannedLines } from './ndjson-scan.js'
import type { ReadingOptions } from './reading.js'

export interface NdjsonOptions extends ReadingOptions {
  /** Longest value kept, in characters; default 16 Mi. */
  readonly valueLimit?: number
}

const VALUE_LIMIT = 16 * 1024 * 1024

interface Line {
  readonly text: string
  readonly origin: Origin
}

/** Values are numbered from 0 in the order of the file, bad lines not counted. Only `\n` ends a line. */
export function ndjson(file: string, options: NdjsonOptions = {}): Step<Uint8Array, FormatEvent> {
  const lines = jsonLines(file, options)
  return options.lane === 'compatible' || (options.encoding ?? 'utf-8') !== 'utf-8' ? batched(lines) : scannedLines(lines, options.valueLimit ?? VALUE_LIMIT)
}

/** Where the next line begins, and the number of the next value. */
export interface LinePlace {
  readonly line: number
  readonly byte: number
  readonly value: number
}

export interface JsonLines extends PushReader {
  /** One whole line with its end; true when it is an object, and right. Only between lines. */
  line(text: string, out: FormatEvent[]): boolean
  /** True when the next line neither goes on with the last one nor with the value on it. */
  between(): boolean
  /** True when the next bytes begin a line. */
  atStart(): boolean
  place(): LinePlace
  /** Lines with one value each were read elsewhere. */
  pass(lines: number, bytes: number, out: FormatEvent[]): void
}

function jsonLines(file: string, options: NdjsonOptions): JsonLines {
  const limit = options.valueLimit ?? VALUE_LIMIT
  const encoding = options.encoding ?? 'utf-8'
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest: string[] = []
  let restLength = 0
  let lineNumber = 1
  let byte = options.firstByte ?? 0
  /** Where the line began that is too long to keep. */
  let overlong: Origin | undefined
  let values = 0
  // A value over several lines, as far as it has come.
  let open: Line[] = []
  let openLength = 0
  let nesting = newNesting()
  /** Lines that hold no JSON at all, one behind the other. */
  let others: { readonly first: Line; count: number } | undefined

  const bad = (line: Line, message: string, index: number): FormatEvent =>
    problem(file, 'bad-json-line', `${message}; this line is left out`, { ...positions(line.text, line.origin)(Math.min(index, line.text.trimEnd().length)), raw: line.text.trim() })

  const other = (line: Line): void => {
    if (others) others.count += 1
    else others = { first: line, count: 1 }
  }

  const tellOthers = (out: FormatEvent[]): void => {
    const told = others
    others = undefined
    if (!told) return
    const { first, count } = told
    if (count === 1) {
      const error = scanJson(first.text).error
      out.push(bad(first, error?.message ?? `expected one JSON value, found ${JSON.stringify(first.text.trim().slice(0, 20))}`, error?.index ?? 0))
    } else {
      const place = positions(first.text, first.origin)(0)
      out.push(problem(file, 'bad-json-line', `expected JSON values, found ${count} lines of something else: they are left out`, { ...place, raw: first.text.trim() }))
    }
  }

  /** Takes the values that stand on one piece of text, and says what is wrong with the rest of it. */
  const take = (line: Line, out: FormatEvent[]): void => {
    let at = 0
    const blank = /[ \t\r\n]*/y
    for (;;) {
      blank.lastIndex = at
      at += blank.exec(line.text)?.[0].length ?? 0
      if (at >= line.text.length) return
      const scan = scanJson(line.text, at)
      if (scan.error || !scan.found) {
        // `[12:30] {"a": 1}`: the bracket belongs to the words of a log.
        const further = at === 0 ? valueStart(line.text, 1) : undefined
        if (further !== undefined && !scanJson(line.text, further).error) {
          at = further
          continue
        }
        out.push(bad(line, scan.error?.message ?? 'expected a JSON value', scan.error?.index ?? at))
        return
      }
      const tail = line.text.slice(scan.end).trimStart()
      if (typeof scan.found.place === 'number' && tail !== '') {
        // A lone text or number with something behind it: a line of something else, or of a value that broke off.
        out.push(bad(line, `expected one JSON value, found ${JSON.stringify(tail.slice(0, 20))} behind it`, scan.end))
        return
      }
      const pointer = `/${values}`
      values += 1
      out.push(valueFound(scan.found.value, pointer, line.text, at, line.origin, scan.found.place))
      for (const note of scan.notes) out.push(problem(file, note.code, note.message, positions(line.text, line.origin)(note.index)))
      at = scan.end
      // Values may be parted by a comma: the elements of an array whose brackets got lost.
      const comma = /^\s*,/.exec(line.text.slice(at, at + 100))
      if (comma) at += comma[0].length
    }
  }

  /** Gives up a value that never became complete: its first line is bad, the others are read as lines of their own. */
  const abandon = (out: FormatEvent[]): void => {
    const lines = open
    open = []
    openLength = 0
    nesting = newNesting()
    lines.forEach((line, index) => {
      if (index === 0 || complete(line.text)) take(line, out)
      else if (line.text.trim() !== '' && /^\s*[{[]/.test(line.text)) out.push(bad(line, 'expected a complete value', 0))
    })
  }

  const begin = (line: Line): void => {
    open.push(line)
    openLength += line.text.length
    nest(nesting, line.text)
  }

  /** True for one whole object. */
  const accept = (line: Line, out: FormatEvent[]): boolean => {
    if (open.length > 0 && line.text.startsWith('{') && open[0]?.text.startsWith('{')) abandon(out)
    if (open.length === 0) {
      if (line.text.trim() === '') return false
      const plain = parsePlain(line.text)
      if (plain) {
        tellOthers(out)
        out.push(valueFound(plain.value, `/${values}`, line.text, 0, line.origin))
        values += 1
        return typeof plain.value === 'object'
      }
      const start = valueStart(line.text)
      if (start === undefined && !isScalar(line.text)) {
        other(line)
        return false
      }
      tellOthers(out)
      if (start === undefined) {
        take(line, out)
        return false
      }
      begin(start > 0 && line.text.slice(0, start).trim() !== '' ? behind(line, start) : line)
    } else {
      begin(line)
    }
    if (openLength > limit) {
      out.push(problem(file, 'value-too-long', `expected a JSON value of at most ${limit} characters, found a longer one: it is left out`, { line: open[0]?.origin.line ?? line.origin.line }))
      open = []
      openLength = 0
      nesting = newNesting()
      return false
    }
    // A string never spans lines, so a line that ends within one is cut short.
    if (nesting.inString) {
      abandon(out)
    } else if (nesting.depth <= 0) {
      const first = open[0] ?? line
      const whole = { text: open.map((part) => part.text).join(''), origin: first.origin }
      open = []
      openLength = 0
      nesting = newNesting()
      take(whole, out)
    }
    return false
  }

  const finish = (text: string, out: FormatEvent[]): boolean => {
    const origin = overlong ?? { encoding, line: lineNumber, column: 1, byte }
    byte += byteLength(text, encoding)
    lineNumber += 1
    if (overlong !== undefined || text.length > limit) {
      tellOthers(out)
      out.push(problem(file, 'line-too-long', `expected lines of at most ${limit} characters, found a longer one: it is left out`, { line: origin.line, byte: origin.byte }))
      overlong = undefined
      return false
    }
    return accept({ text, origin }, out)
  }

  const write = (chunk: Uint8Array | undefined, out: FormatEvent[]): void => {
    const text = decoder.decode(chunk, { stream: chunk !== undefined })
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      rest.push(text.slice(at, end + 1))
      finish(rest.join(''), out)
      rest = []
      restLength = 0
      at = end + 1
    }
    if (at >= text.length) return
    rest.push(text.slice(at))
    restLength += text.length - at
    if (restLength > limit) {
      // Nothing of an overlong line is kept; only its bytes are counted on.
      overlong ??= { encoding, line: lineNumber, column: 1, byte }
      byte += byteLength(rest.join(''), encoding)
      rest = []
      restLength = 0
    }
  }

  return {
    write,
    line: finish,
    between: () => open.length === 0 && restLength === 0 && overlong === undefined,
    atStart: () => restLength === 0 && overlong === undefined,
    place: () => ({ line: lineNumber, byte, value: values }),
    pass(count, size, out) {
      tellOthers(out)
      lineNumber += count
      values += count
      byte += size
    },
    end(out) {
      if (restLength > 0 || overlong !== undefined) finish(rest.join(''), out)
      if (open.length > 0) abandon(out)
      tellOthers(out)
    },
  }
}

/** Where on a line a JSON value begins that is no text or number: at its start, or behind words. */
export function valueStart(line: string, from = 0): number | undefined {
  START.lastIndex = from
  return START.exec(line)?.index
}

const START = /\{(?=\s*(?:["}/]|$))|\[(?=\s*(?:[[{"\]/]|$|(?:-?\d[\d.eE+-]{0,30}|true|false|null|-?NaN|-?Infinity)\s*(?:[,\]]|$)))/g

function isScalar(line: string): boolean {
  const scan = scanJson(line)
  return scan.found !== undefined && !scan.error && line.slice(scan.end).trim() === ''
}

/** What stands behind the words of a log. */
function behind(line: Line, at: number): Line {
  const { column, byte } = positions(line.text, line.origin)(at)
  return { text: line.text.slice(at), origin: { ...line.origin, column, byte } }
}

interface Nesting {
  depth: number
  inString: boolean
}

function newNesting(): Nesting {
  return { depth: 0, inString: false }
}

function nest(nesting: Nesting, text: string): void {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (nesting.inString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) nesting.inString = false
    } else if (code === 0x22) nesting.inString = true
    else if (code === 0x7b || code === 0x5b) nesting.depth += 1
    else if (code === 0x7d || code === 0x5d) nesting.depth -= 1
  }
}

function complete(text: string): boolean {
  const nesting = newNesting()
  nest(nesting, text)
  return nesting.depth === 0 && !nesting.inString && /^\s*[{[]/.test(text)
}
