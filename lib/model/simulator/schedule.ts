/** When which token comes: a pure function of a seed. */

import { STORY } from './story.js'

export interface ScheduleOptions {
  /** How many; default as many words as `text` has, else 200. A shorter text begins anew. */
  readonly tokens?: number
  /** From the request to the first token, ms; default 120. */
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
}

export interface ScheduledToken {
  readonly kind: 'text' | 'thinking'
  readonly text: string
  /** Since the request, ms. */
  readonly dueMs: number
}

export const DEFAULTS = { tokens: 200, ttftMs: 120, rate: 80, jitter: 0, seed: 1, thinking: 0 } as const

/** Each due time is counted from the request, so that waiting never adds up. A token is a word with the blank before it. */
export function* schedule(options: ScheduleOptions = {}): Generator<ScheduledToken, void, undefined> {
  const { ttftMs = DEFAULTS.ttftMs, rate = DEFAULTS.rate, jitter = DEFAULTS.jitter, thinking = DEFAULTS.thinking } = options
  const words = wordsOf(options.text ?? STORY)
  const count = words.length === 0 ? 0 : (options.tokens ?? (options.text === undefined ? DEFAULTS.tokens : words.length + thinking))
  const random = generator(options.seed ?? DEFAULTS.seed)
  let dueMs = ttftMs
  for (let at = 0; at < count; at += 1) {
    if (at > 0) dueMs += (1000 / rate) * (1 + jitter * (2 * random() - 1))
    const isThinking = at < thinking
    const index = isThinking ? at : at - thinking
    const word = words[index % words.length] ?? ''
    // Where the text begins anew, nothing parts its first word from the last one.
    yield { kind: isThinking ? 'thinking' : 'text', text: index >= words.length && index % words.length === 0 ? ` ${word.trimStart()}` : word, dueMs }
  }
}

function wordsOf(text: string): string[] {
  const words = text.match(/\s*\S+/g) ?? []
  const spoken = words.join('').length
  const last = words.at(-1)
  if (last !== undefined) words[words.length - 1] = last + text.slice(spoken)
  return words
}

/** Numbers from 0 to 1, the same ones for the same seed (xorshift32). */
function generator(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }
}
