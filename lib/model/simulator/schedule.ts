/** When which token comes: a pure function of a seed. */

import { generator } from './random.js'
import { STORY } from './story.js'

export interface ScheduleOptions {
  /** How many; default as many words as `text` has, else 200. A shorter text begins anew. */
  readonly tokens?: number
  /** From the request to the first token, ms; default 120. Waiting, loading and reading the prompt come on top where they are asked for. */
  readonly ttftMs?: number
  /** Tokens per second after the first; default 80. */
  readonly rate?: number
  /** How far a gap may be off its mean, as a part of it: 0 (even, the default) to 1. */
  readonly jitter?: number
  /** Default 1. */
  readonly seed?: number
  /** What is said; default a story about a lighthouse. */
  readonly text?: string
  /** How many of the tokens are thinking, before the answer; default 0. */
  readonly thinking?: number
  /** How many of the tokens are the arguments of tool calls, behind the answer; default 0. */
  readonly tool?: number
  /** Over how many calls they are spread; default 1. */
  readonly calls?: number
  /** Where nothing comes for a while, each pause after so many tokens. */
  readonly pauses?: readonly Pause[]
  /** Tokens that come at once and as one piece, as with speculative decoding; two numbers are the least and the most. Default 1. */
  readonly chunk?: number | readonly [least: number, most: number]
}

export interface Pause {
  readonly ms: number
  readonly after: number
}

/** Which tool call a piece belongs to, and whether it is its first or last one. */
export interface CallPart {
  readonly index: number
  readonly first: boolean
  readonly last: boolean
}

export interface ScheduledToken {
  readonly kind: 'text' | 'thinking' | 'tool'
  readonly text: string
  /** Since the request, ms. */
  readonly dueMs: number
  readonly call?: CallPart
}

/** What comes at once: the text of one token or of several. */
export interface ScheduledPiece extends ScheduledToken {
  readonly tokens: readonly string[]
}

export const DEFAULTS = { tokens: 200, ttftMs: 120, rate: 80, jitter: 0, seed: 1, thinking: 0 } as const

/** How many tokens an answer has. */
export function tokenCount(options: ScheduleOptions): number {
  const { thinking = DEFAULTS.thinking, tool = 0, text } = options
  const words = text === undefined ? undefined : wordsOf(text).length
  if (words === 0) return 0
  return options.tokens ?? (words === undefined ? DEFAULTS.tokens : words + thinking + tool)
}

/** Each due time is counted from the request, so that waiting never adds up. A token is a word with the blank before it. */
export function* schedule(options: ScheduleOptions = {}): Generator<ScheduledToken, void, undefined> {
  const { ttftMs = DEFAULTS.ttftMs, rate = DEFAULTS.rate, jitter = DEFAULTS.jitter, thinking = DEFAULTS.thinking, tool = 0, calls = 1 } = options
  const words = wordsOf(options.text ?? STORY)
  const count = tokenCount(options)
  const random = generator(options.seed ?? DEFAULTS.seed)
  const toolAt = Math.max(count - tool, Math.min(thinking, count))
  let dueMs = ttftMs
  for (let at = 0; at < count; at += 1) {
    if (at > 0) dueMs += (1000 / rate) * (1 + jitter * (2 * random() - 1))
    for (const pause of options.pauses ?? []) if (pause.after === at) dueMs += pause.ms
    if (at >= toolAt) {
      const call = callPart(at - toolAt, count - toolAt, calls)
      const word = words[(at - toolAt) % words.length] ?? ''
      yield { kind: 'tool', text: argument(word, call), dueMs, call }
      continue
    }
    const isThinking = at < thinking
    const index = isThinking ? at : at - thinking
    const word = words[index % words.length] ?? ''
    // Where the text begins anew, nothing parts its first word from the last one.
    yield { kind: isThinking ? 'thinking' : 'text', text: index >= words.length && index % words.length === 0 ? ` ${word.trimStart()}` : word, dueMs }
  }
}

/**
 * The tokens in the pieces in which they come. A piece is due when its first token is: its tokens come out of one step, not one
 * after another. It holds one kind and one call only, and ends at `cutAt` tokens, so that a fault can stand exactly there.
 */
export function* pieces(options: ScheduleOptions = {}, cutAt?: number): Generator<ScheduledPiece, void, undefined> {
  const { chunk = 1 } = options
  const [least, most] = typeof chunk === 'number' ? [chunk, chunk] : chunk
  // Its own numbers, so that the same seed gives the same times with and without chunks.
  const random = generator((options.seed ?? DEFAULTS.seed) + 1)
  const size = () => least + Math.floor(random() * (most - least + 1))
  let gathered: ScheduledToken[] = []
  let wanted = size()
  let given = 0
  for (const token of schedule(options)) {
    const [first] = gathered
    if (first && (gathered.length >= wanted || given === cutAt || first.kind !== token.kind || first.call?.index !== token.call?.index)) {
      yield piece(gathered)
      gathered = []
      wanted = size()
    }
    gathered.push(token)
    given += 1
  }
  if (gathered.length > 0) yield piece(gathered)
}

function piece(gathered: readonly ScheduledToken[]): ScheduledPiece {
  const [first, ...more] = gathered
  if (!first) throw new RangeError('expected a token')
  if (more.length === 0) return { ...first, tokens: [first.text] }
  const tokens = gathered.map((token) => token.text)
  const last = more.at(-1)?.call?.last
  return { ...first, text: tokens.join(''), tokens, ...(first.call && last !== undefined ? { call: { ...first.call, last } } : {}) }
}

/** Calls of about the same length. */
function callPart(at: number, count: number, calls: number): CallPart {
  const index = Math.floor((at * Math.min(calls, count)) / count)
  const belongs = (place: number) => place >= 0 && place < count && Math.floor((place * Math.min(calls, count)) / count) === index
  return { index, first: !belongs(at - 1), last: !belongs(at + 1) }
}

/** The words of a call make one JSON object: `{"note":"The keeper of"}`. */
function argument(word: string, { first, last }: CallPart): string {
  const inner = JSON.stringify(word).slice(1, -1)
  return `${first ? '{"note":"' : ''}${inner}${last ? '"}' : ''}`
}

let storyWords: string[] | undefined

function wordsOf(text: string): string[] {
  if (text === STORY && storyWords) return storyWords
  const words = text.match(/\s*\S+/g) ?? []
  const spoken = words.join('').length
  const last = words.at(-1)
  if (last !== undefined) words[words.length - 1] = last + text.slice(spoken)
  if (text === STORY) storyWords = words
  return words
}
