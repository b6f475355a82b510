/** Puts JSON tokens together again, and hands out the elements of large arrays as soon as they are complete. */

import type { Token } from 'stream-json/core/parser.js'
import { problem } from '../stage/index.js'
import type { FormatEvent, ValueFound } from './event.js'
import { valueFound, type Origin } from './json-place.js'
import { pointerToken, setOwn } from './json-pointer.js'
import { MAX_DEPTH } from './json-scan.js'

export interface AssemblerOptions {
  readonly file: string
  readonly heldLimit?: number
}

export interface Assembler {
  token(token: Token, out: FormatEvent[]): void
  /** A value that was read elsewhere, and its text; false, and nothing done, when there is no room for all of it. */
  value(value: unknown, found: TextFound, out: FormatEvent[]): boolean
  /** The list whose elements leave as soon as they are complete, where one comes next; `first` is that one's number. */
  list(): ElementList | undefined
  /** Elements of that list left in another way. */
  pass(elements: number): void
  /** Closes what is still open, as if the document ended well here. */
  end(out: FormatEvent[]): void
}

/** A text that is one value, and where it stands. */
export interface TextFound {
  readonly text: string
  readonly origin: Origin
}

export interface ElementList {
  readonly above: string
  readonly first: number
  readonly context: ValueFound['context'] & {}
}

interface Frame {
  readonly value: Record<string, unknown> | unknown[]
  readonly array: boolean
  readonly pointer: string
  key: string
  count: number
  /** True when its elements leave as values of their own; decided when the first one begins. */
  streamed: boolean
  context: ValueFound['context'] & {}
}

const HELD_LIMIT = 2_000_000
/** Arrays below this many enclosing containers are parts of a value, not lists of values. */
const STREAM_DEPTH = 2
/** An object around an element is context as long as it is this small and flat. */
const SMALL = 50

export function assembler({ file, heldLimit = HELD_LIMIT }: AssemblerOptions): Assembler {
  const stack: Frame[] = []
  let passing = 0
  let heldOfRest = 0
  let heldOfElement = 0
  const told = new Set<string>()
  let root: { value: unknown } | undefined

  const tell = (code: string, message: string, out: FormatEvent[]) => {
    if (told.has(code)) return
    told.add(code)
    out.push(problem(file, code, message, { pointer: stack.at(-1)?.pointer ?? '' }))
  }

  const open = (array: boolean, out: FormatEvent[]) => {
    begin(true)
    const top = stack.at(-1)
    const pointer = top ? top.pointer + pointerToken(top.array ? top.count : top.key) : ''
    const frame: Frame = { value: array ? [] : {}, array, pointer, key: '', count: 0, streamed: false, context: [] }
    // It goes into its parent at once, so that it counts among what is held, and is not lost when the document breaks off.
    if (!top?.streamed) add(frame.value, 1, undefined, out)
    stack.push(frame)
  }

  /** Called before each value: the first element of an array decides whether its elements leave one by one. */
  const begin = (container: boolean) => {
    const top = stack.at(-1)
    if (!top?.array || top.count > 0 || stack.length > STREAM_DEPTH + 1) return
    const outer = stack.slice(0, -1)
    if (!(container || outer.length === 0) || outer.some((frame) => frame.array)) return
    top.streamed = true
    const parent = outer.at(-1)
    if (parent) Reflect.deleteProperty(parent.value, parent.key)
    else root = undefined
    top.context = outer.map((frame) => ({ pointer: frame.pointer, value: surroundings(frame.value as Record<string, unknown>) }))
  }

  const emit = (frame: Frame, value: unknown, found: TextFound | undefined, out: FormatEvent[]) => {
    const pointer = `${frame.pointer}/${frame.count}`
    const event = found ? valueFound(value, pointer, found.text, 0, found.origin) : ({ type: 'value', value, pointer, place: unplaced } as const)
    out.push({ ...event, context: frame.context })
    frame.count += 1
    heldOfElement = 0
  }

  const add = (value: unknown, weight: number, found: TextFound | undefined, out: FormatEvent[]) => {
    const top = stack.at(-1)
    if (!top) {
      root = { value }
      return
    }
    if (top.streamed) {
      emit(top, value, found, out)
      return
    }
    const inElement = stack.some((frame) => frame.streamed)
    const held = inElement ? (heldOfElement += weight) : (heldOfRest += weight)
    if (held > heldLimit) {
      const what = inElement ? 'one element' : 'the document outside its arrays of objects'
      tell('too-many-values', `expected at most ${heldLimit} values in ${what}, found more: the others are left out`, out)
    } else if (top.array) {
      ;(top.value as unknown[]).push(value)
    } else {
      setOwn(top.value as Record<string, unknown>, top.key, value)
    }
    top.count += 1
  }

  /** `partly`: the document broke off within it, so an element of which nothing had come is none. */
  const close = (out: FormatEvent[], partly: boolean) => {
    const frame = stack.pop()
    const parent = stack.at(-1)
    if (frame && parent?.streamed && !(partly && frame.count === 0)) emit(parent, frame.value, undefined, out)
  }

  const scalar = (value: unknown, out: FormatEvent[]) => {
    if (passing > 0) return
    begin(false)
    add(value, 1, undefined, out)
  }

  return {
    token(token, out) {
      switch (token.name) {
        case 'startObject':
        case 'startArray':
          if (passing > 0 || stack.length >= MAX_DEPTH) {
            if (passing === 0) tell('too-deep', `expected at most ${MAX_DEPTH} levels of nesting, found more: what lies deeper is left out`, out)
            passing += 1
          } else open(token.name === 'startArray', out)
          break
        case 'endObject':
        case 'endArray':
          if (passing > 0) passing -= 1
          else close(out, false)
          break
        case 'keyValue': {
          const top = stack.at(-1)
          if (passing > 0 || !top) break
          top.key = token.value
          break
        }
        case 'stringValue':
          scalar(token.value, out)
          break
        case 'numberValue':
          scalar(Number(token.value), out)
          break
        case 'nullValue':
        case 'trueValue':
        case 'falseValue':
          scalar(token.value, out)
          break
        default:
          break
      }
    },
    value(value, found, out) {
      begin(typeof value === 'object' && value !== null)
      if (stack.at(-1)?.streamed === true) {
        // One value takes two characters at least.
        if (found.text.length / 2 > heldLimit && countValues(value) > heldLimit) return false
        add(value, 0, found, out)
        return true
      }
      const weight = countValues(value)
      if (heldOfRest + weight > heldLimit) return false
      add(value, weight, found, out)
      return true
    },
    list() {
      const top = stack.at(-1)
      return top?.streamed === true ? { above: top.pointer, first: top.count, context: top.context } : undefined
    },
    pass(elements) {
      const top = stack.at(-1)
      if (top) top.count += elements
    },
    end(out) {
      while (stack.length > 0) close(out, true)
      if (root) out.push({ type: 'value', value: root.value, pointer: '', place: () => undefined })
    },
  }
}

const unplaced = (): undefined => undefined

/** Scalars and small flat objects; a copy, because the object goes on growing. */
function surroundings(members: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(members)) if (isSmall(value)) setOwn(kept, key, value)
  return kept
}

function isSmall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return false
  const members: unknown[] = Object.values(value)
  return members.length <= SMALL && members.every((member) => typeof member !== 'object' || member === null)
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  const members: unknown[] = Object.values(value)
  return members.reduce((sum: number, member) => sum + countValues(member), 1)
}
