/** What it takes to say a piece of an answer in the words of a protocol. */

import type { ServerUsage } from '../model.js'
import { ollamaEncoder } from './ollama-words.js'
import { openaiEncoder } from './openai-words.js'
import type { CallPart } from './schedule.js'
import type { SimDialect } from './spec.js'

export type SimProtocol = 'ollama-chat' | 'ollama-generate' | 'openai-chat'

/** What is said at once. */
export interface Said {
  readonly kind: 'text' | 'thinking' | 'tool'
  readonly text: string
  /** Its tokens' texts. */
  readonly tokens: readonly string[]
  /** For `tool`. */
  readonly call?: CallPart
}

/** What a last message may lack. */
export type Omission = 'usage' | 'finish' | 'done' | 'blank'

export interface Ending {
  readonly reason: 'stop' | 'length'
  readonly usage: ServerUsage
  /** What the last message still says. */
  readonly text: string
  readonly without?: Omission
}

export interface Encoder {
  readonly contentType: string
  /** The header is sent before the first token, as soon as the request is understood. */
  readonly early: boolean
  /** The role comes as a message of its own while the prompt is still read. */
  readonly roleAhead: boolean
  /** How far the prompt is was asked for, and can be said. */
  readonly tellsProgress: boolean
  role(): string
  progress(processed: number, ms: number): string
  /** `""` where the protocol has none. */
  comment(): string
  /** `""` when it is kept for a later message. */
  piece(said: Said): string
  done(ending: Ending): string
  error(message: string, field?: boolean): string
  /** An answer that was not to be streamed, as one body. */
  whole(said: readonly Said[], ending: Ending): unknown
}

/** What the request asked for beside the answer. */
export interface Wishes {
  readonly includeUsage: boolean
  readonly continuousUsage: boolean
  readonly tokenIds: boolean
  readonly timingsPerToken: boolean
  readonly progress: boolean
  readonly logprobs: boolean
}

export interface EncoderOptions {
  readonly id: string
  readonly model: string
  /** Wall clock, ms since the epoch. */
  readonly date: () => number
  readonly dialect: SimDialect
  readonly wishes: Wishes
  readonly promptTokens: number
  /** `undefined`: there is no cache. */
  readonly cachedTokens: number | undefined
  /** Tokens guessed ahead per piece; 0 without speculative decoding. */
  readonly draft: number
}

export function encoder(protocol: SimProtocol, options: EncoderOptions): Encoder {
  return protocol === 'openai-chat' ? openaiEncoder(options) : ollamaEncoder(protocol === 'ollama-chat', options)
}
