/** Reads one JSON value out of a text, tolerantly, and notes where each part of it stands. */

import { setOwn, type ContainerPlace, type PlaceNode } from './json-pointer.js'

export interface ScanError {
  /** `truncated`: the text ended; `broken`: something else stood where a part of the value was expected. */
  readonly kind: 'truncated' | 'broken'
  readonly index: number
  readonly message: string
}

/** Something that is not right, but costs nothing. */
export interface ScanNote {
  readonly code: 'duplicate-key' | 'lenient-json' | 'too-deep'
  readonly index: number
  readonly message: string
}

export interface Scan {
  /** Absent when not even the beginning of a value stood there. After an error: what was complete before it. */
  readonly found?: { readonly value: unknown; readonly place: PlaceNode }
  /** Index behind the value, or of the error. */
  readonly end: number
  readonly error?: ScanError
  readonly notes: readonly ScanNote[]
}

export const MAX_DEPTH = 512
/** Notes kept of one value: the first ones tell the story. */
const MAX_NOTES = 100

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]

/** Thrown to leave a value that is broken; always the same one, as the trace of an error costs more than reading the line. */
const STOP = new Error('the value is broken')

/**
 * Accepts what `JSON.parse` accepts, and beyond that bare `NaN`, `Infinity` and `-Infinity` (as some C++ and Python tools
 * write them), trailing commas, comments and raw tabs in strings. Of two equal keys the last wins. Containers deeper than
 * {@link MAX_DEPTH} are passed over. Never throws.
 */
export function scanJson(text: string, from = 0): Scan {
  let at = from
  const notes: ScanNote[] = []
  const noted = new Set<string>()
  let found: { value: unknown; place: PlaceNode } | undefined
  let failure: ScanError | undefined

  const note = (code: ScanNote['code'], index: number, message: string) => {
    if (notes.length < MAX_NOTES) notes.push({ code, index, message })
  }
  const lenient = (what: string, index: number) => {
    if (noted.has(what)) return
    noted.add(what)
    note('lenient-json', index, `expected JSON, found ${what}, which JSON does not have: read as if it was right; the tool that wrote the file should be mended`)
  }
  const stop = (expected: string, index = at): never => {
    failure = index >= text.length
      ? { kind: 'truncated', index: text.length, message: `expected ${expected}, found the end of the text` }
      : { kind: 'broken', index, message: `expected ${expected}, found ${excerpt(text, index)}` }
    throw STOP
  }
  const space = () => {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
        at += 1
      } else if (code === 0x2f && text[at + 1] === '/') {
        lenient('a comment', at)
        const end = text.indexOf('\n', at)
        at = end < 0 ? text.length : end
      } else if (code === 0x2f && text[at + 1] === '*') {
        lenient('a comment', at)
        const end = text.indexOf('*/', at + 2)
        at = end < 0 ? text.length : end + 2
      } else {
        return
      }
    }
  }

  const string = (): string => {
    const start = at
    let plain = true
    for (let index = at + 1; ; index += 1) {
      const code = text.charCodeAt(index)
      if (code === 0x22) {
        at = index + 1
        return plain ? text.slice(start + 1, index) : unescape(start, index + 1)
      }
      if (code === 0x5c) {
        plain = false
        index += 1
      } else if (code < 0x20) {
        if (code !== 0x09) return stop('the closing quote of the string', index)
        lenient('a tab in a string', index)
        plain = false
      }
      if (index >= text.length) return stop('the closing quote of the string', text.length)
    }
  }
  const unescape = (start: number, end: number): string => {
    try {
      return JSON.parse(text.slice(start, end).replaceAll('\t', '\\t')) as string
    } catch {
      return stop('a string with valid escapes', start)
    }
  }

  const scalar = (depth: number): unknown => {
    NUMBER.lastIndex = at
    const match = NUMBER.exec(text)
    if (match) {
      const end = at + match[0].length
      // Within a container a number that touches the end of the text may have lost digits.
      if (end >= text.length && depth > 0) return stop('the rest of the number', text.length)
      if (text.length - end <= 3 && /^(?:\.|[eE][+-]?|\.\d*[eE][+-]?)$/.test(text.slice(end))) return stop('the rest of the number', text.length)
      if (!/[\w.+-]/.test(text[end] ?? ' ')) {
        at = end
        return Number(match[0])
      }
      if (!text.startsWith('-Infinity', at)) return stop('a number', at)
    }
    for (const [word, value] of WORDS) {
      if (text.startsWith(word, at) && !/\w/.test(text[at + word.length] ?? ' ')) {
        at += word.length
        return value
      }
      if (at < text.length && at + word.length > text.length && word.startsWith(text.slice(at))) return stop('the rest of the value', text.length)
    }
    return stop('a value')
  }

  /** Passes over a container that is nested too deep, by counting brackets. */
  const skip = () => {
    note('too-deep', at, `expected at most ${MAX_DEPTH} levels of nesting, found more: what lies deeper is left out`)
    let open = 0
    do {
      const char = text[at]
      if (char === undefined) return void stop('the closing bracket', text.length)
      if (char === '"') {
        string()
        continue
      }
      if (char === '[' || char === '{') open += 1
      if (char === ']' || char === '}') open -= 1
      at += 1
    } while (open > 0)
  }

  /** Calls `keep` as soon as there is something to keep, so that a container which is cut short is not lost. */
  const value = (depth: number, keep: (value: unknown, place: PlaceNode) => void): void => {
    const start = at
    const char = text[at]
    if (char === '{' || char === '[') {
      if (depth >= MAX_DEPTH) skip()
      else if (char === '{') object(depth, keep)
      else array(depth, keep)
      return
    }
    const read = char === '"' ? string() : scalar(depth)
    keep(read, start)
  }

  const array = (depth: number, keep: (value: unknown, place: PlaceNode) => void) => {
    const items: unknown[] = []
    const parts: PlaceNode[] = []
    const place: ContainerPlace = { start: at, parts }
    keep(items, place)
    at += 1
    for (let first = true; ; first = false) {
      space()
      const comma = at
      if (text[at] === ']') break
      if (!first) {
        if (text[at] !== ',') stop('"," or "]"')
        at += 1
        space()
        if (text[at] === ']') {
          lenient('a trailing comma', comma)
          break
        }
      }
      value(depth + 1, (item, part) => {
        items.push(item)
        parts.push(part)
      })
    }
    at += 1
    place.end = at
  }

  const object = (depth: number, keep: (value: unknown, place: PlaceNode) => void) => {
    const members: Record<string, unknown> = {}
    const parts: PlaceNode[] = []
    const keys = new Map<string, number>()
    const place: ContainerPlace = { start: at, parts, keys }
    keep(members, place)
    at += 1
    for (let first = true; ; first = false) {
      space()
      const comma = at
      if (text[at] === '}') break
      if (!first) {
        if (text[at] !== ',') stop('"," or "}"')
        at += 1
        space()
        if (text[at] === '}') {
          lenient('a trailing comma', comma)
          break
        }
      }
      const keyAt = at
      if (text[at] !== '"') stop(first ? 'a key in double quotes or "}"' : 'a key in double quotes')
      const key = string()
      space()
      if (text[at] !== ':') stop('":" after the key')
      at += 1
      space()
      value(depth + 1, (member, part) => {
        if (keys.has(key)) {
          note('duplicate-key', keyAt, `expected each key once, found ${quote(key)} again in the same object: the last value counts`)
        }
        setOwn(members, key, member)
        keys.set(key, parts.length)
        parts.push(part)
      })
    }
    at += 1
    place.end = at
  }

  try {
    space()
    value(0, (read, place) => (found = { value: read, place }))
    return { ...(found ? { found } : {}), end: at, notes }
  } catch (error) {
    if (error !== STOP || !failure) throw error
    return { ...(found ? { found } : {}), end: failure.index, error: failure, notes }
  }
}

function excerpt(text: string, index: number): string {
  return quote(text.slice(index, index + 20).split('\n')[0] ?? '') || 'a line break'
}

function quote(text: string): string {
  return text === '' ? '' : JSON.stringify(text)
}
