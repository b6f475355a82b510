/** Walks through a JSON document that is too large to hold: cut by depth in the bytes, each part read by JSON.parse. */

import { Block, problem, type Batch, type Step } from '../stage/index.js'
import { byteWindow, type Position } from './byte-window.js'
import type { FormatEvent } from './event.js'
import { assembler } from './json-assembler.js'
import type { LargeJsonOptions } from './json-large.js'
import { jsonPart, type JsonPart, type Wrong } from './json-part.js'
import { MAX_DEPTH } from './json-scan.js'
import { jsonShapes } from './json-shapes.js'
import { skipFrom, skipValue, type Skip } from './json-skip.js'
import { TOKEN_LIMIT } from './json-tokens.js'

export interface WalkOptions extends LargeJsonOptions {
  /** Longest part that is read by JSON.parse, in bytes; a longer one goes through stream-json. Default 1 MiB. */
  readonly partLimit?: number
}

const PART_LIMIT = 1024 * 1024
/** Objects within objects that are walked through; what lies deeper is a part. */
const WALKED_OBJECTS = 2
/** So few bytes are looked at again when more come. */
const SHORT = 4096
/** Bytes that make the 20 characters which are shown of what is wrong. */
const SHOWN = 80

const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x22, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d]

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

/**
 * The same events as those of {@link largeJson}, but elements that are not too long know their places. For bytes that are UTF-8 in
 * the file, too.
 */
export function walkJson(file: string, options: WalkOptions = {}): Step<Uint8Array, FormatEvent> {
  const { partLimit = PART_LIMIT } = options
  const assemble = assembler({ file, ...(options.heldLimit === undefined ? {} : { heldLimit: options.heldLimit }) })
  const window = byteWindow(options.firstByte ?? 0)
  /** Brackets that are open around the place where the walk is. */
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let passing: Skip | undefined
  let strange: JsonPart | undefined
  let wrong: Wrong | undefined
  let failed = false
  const shapes = jsonShapes()
  // Where little may be held, values are counted one by one.
  const scanned = options.heldLimit === undefined
  let batches: Batch<FormatEvent>[] = []

  const give = (batch: Batch<FormatEvent>, out: FormatEvent[]) => {
    if (!(batch instanceof Block)) out.push(...batch)
    else batches.push(out.splice(0), batch)
  }

  const fail = (code: string, message: string, place: Partial<Position>, out: FormatEvent[]) => {
    failed = true
    assemble.end(out)
    out.push(problem(file, code, `${message}; the values before it are kept`, place))
  }

  const close = (name: 'endObject' | 'endArray', out: FormatEvent[]) => {
    assemble.token({ name }, out)
    open.pop()
    expected = open.length === 0 ? 'nothing' : 'comma or end'
  }

  const enter = (bracket: '{' | '[', out: FormatEvent[]) => {
    assemble.token({ name: bracket === '{' ? 'startObject' : 'startArray' }, out)
    open.push(bracket)
    expected = bracket === '{' ? 'key or end' : 'value or end'
  }

  /** Whether what begins with this byte is walked through: only what may hold a list of elements is. */
  const walked = (byte: number | undefined): '{' | '[' | undefined => {
    if (open.includes('[')) return undefined
    if (byte === OPEN && open.length < WALKED_OBJECTS) return '{'
    return byte === OPEN_LIST && open.length <= WALKED_OBJECTS ? '[' : undefined
  }

  const breakAt = (at: Wrong): false => {
    wrong = at
    return false
  }
  const breakHere = (): false => breakAt({ code: 'broken', position: window.position(), text: '' })

  const strangely = (ended: boolean, out: FormatEvent[]): boolean => {
    passing = undefined
    const read = (strange ??= jsonPart(window, assemble, open.length === 0)).read(ended, out)
    if (typeof read !== 'boolean') return breakAt(read)
    if (read) strange = undefined
    return read
  }

  /** True when the value that begins here was read to its end. */
  const part = (ended: boolean, out: FormatEvent[]): boolean => {
    if (strange) return strangely(ended, out)
    const skip = (passing ??= skipFrom(window.at))
    // A number that is the whole document ends with it.
    const delimited = skipValue(window.bytes, skip)
    const complete = delimited || (ended && open.length === 0 && skip.depth === 0 && !skip.inString)
    const size = skip.at - window.at
    if (size > partLimit || (!complete && ended)) return strangely(ended, out)
    if (!complete) {
      // When it has come, it may be like others.
      if (size < SHORT) passing = undefined
      return false
    }
    const text = window.text(size)
    const read = skip.deepest + open.length <= MAX_DEPTH ? parsed(text) : undefined
    if (!read && delimited && isLetter(window.bytes[window.at])) return breakHere()
    if (!read || !assemble.value(read.value, { text, origin: window.origin() }, out)) return strangely(ended, out)
    passing = undefined
    if (scanned && window.bytes[window.at] === OPEN && assemble.list()) shapes.learn(window.bytes, window.at)
    window.pass(size, skip.lines)
    return true
  }

  /** Passes over elements that are like others before them. True when any were. */
  const alike = (out: FormatEvent[]): boolean => {
    const list = scanned && shapes.known() ? assemble.list() : undefined
    if (!list) return false
    let offset = 0
    for (;;) {
      const { bytes, at } = window
      const end = bytes[at] === OPEN ? shapes.match(bytes, at) : -1
      if (end < 0 || end - at > partLimit) break
      const { line, column, byte } = window.position()
      offset = byte - at
      shapes.place(at, end, line, column)
      window.pass(end - at, shapes.lines())
      window.passSpace()
      expected = 'comma or end'
      if (window.bytes[window.at] !== COMMA) break
      window.pass(1)
      window.passSpace()
      expected = 'value'
    }
    if (shapes.run === 0) return false
    assemble.pass(shapes.run)
    give(shapes.take(window.bytes, offset, list), out)
    return true
  }

  const key = (ended: boolean, out: FormatEvent[]): boolean => {
    const skip = (passing ??= skipFrom(window.at))
    const complete = skipValue(window.bytes, skip)
    const size = skip.at - window.at
    if (size > TOKEN_LIMIT) return breakAt({ code: 'too long', position: window.position(), text: '' })
    if (!complete && !ended) return false
    passing = undefined
    const read = complete ? parsed(window.text(size)) : undefined
    if (!read) {
      // Only to be told where.
      const told = jsonPart(window, assembler({ file })).read(ended, [])
      return typeof told === 'boolean' ? false : breakAt(told)
    }
    assemble.token({ name: 'keyValue', value: read.value as string }, out)
    window.pass(size)
    return true
  }

  const walk = (ended: boolean, out: FormatEvent[]): void => {
    while (!wrong) {
      if (!passing && !strange) window.passSpace()
      if (window.at >= window.bytes.length && !(ended && (passing || strange))) return
      const byte = window.bytes[window.at]
      switch (expected) {
        case 'value or end':
        case 'value': {
          if (!passing && !strange) {
            if (byte === CLOSE_LIST && expected === 'value or end') {
              window.pass(1)
              close('endArray', out)
              break
            }
            const bracket = walked(byte)
            if (bracket) {
              window.pass(1)
              enter(bracket, out)
              break
            }
            if (byte === OPEN && alike(out)) break
            if (byte === COMMA || byte === COLON || byte === CLOSE || byte === CLOSE_LIST) {
              breakHere()
              break
            }
          }
          if (!part(ended, out)) return
          expected = open.length === 0 ? 'nothing' : 'comma or end'
          break
        }
        case 'key or end':
        case 'key':
          if (byte === CLOSE && expected === 'key or end') {
            window.pass(1)
            close('endObject', out)
          } else if (byte !== QUOTE) breakHere()
          else if (key(ended, out)) expected = 'colon'
          else return
          break
        case 'colon':
          if (byte !== COLON) breakHere()
          else {
            window.pass(1)
            expected = 'value'
          }
          break
        case 'comma or end': {
          const list = open.at(-1) === '['
          if (byte === COMMA) {
            window.pass(1)
            expected = list ? 'value' : 'key'
          } else if (byte === (list ? CLOSE_LIST : CLOSE)) {
            window.pass(1)
            close(list ? 'endArray' : 'endObject', out)
          } else breakHere()
          break
        }
        case 'nothing':
          breakHere()
      }
    }
  }

  const run = (ended: boolean): readonly Batch<FormatEvent>[] => {
    const out: FormatEvent[] = []
    if (!wrong) walk(ended, out)
    if (wrong?.code === 'too long') {
      fail('value-too-long', `expected strings of at most ${TOKEN_LIMIT} characters, found a longer one`, { byte: wrong.position.byte }, out)
    } else if (wrong && (ended || wrong.text.length + window.bytes.length - window.at >= SHOWN)) {
      // What is wrong is shown with what stands behind it, however the bytes come.
      const shown = wrong.text.slice(0, SHOWN) + window.text(Math.min(SHOWN, window.bytes.length - window.at))
      fail('broken-json', `expected JSON, found ${JSON.stringify(shown.slice(0, 20))}`, wrong.position, out)
    }
    if (ended && !wrong) {
      if (expected === 'nothing') assemble.end(out)
      else fail('truncated-json', 'expected the rest of the document, found the end of the file', { byte: window.position().byte + window.bytes.length - window.at }, out)
    }
    const all = out.length > 0 ? [...batches, out] : batches
    batches = []
    return all
  }

  return {
    *write(batch) {
      for (const chunk of batch) {
        if (failed) return
        const shift = window.add(chunk)
        if (passing) passing.at -= shift
        if (strange) strange.skip.at -= shift
        yield* run(false)
      }
    },
    *end() {
      if (!failed) yield* run(true)
    },
  }
}

/** A word is wrong from its start. */
function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a))
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
