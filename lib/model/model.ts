/** A language model as a generator of token events. One small interface, whatever serves the model. */

import type { Fact } from '../fact/fact.js'
import type { AttributeValue } from '../record/metric-record.js'
import type { ErrorCode } from '../stage/index.js'

export type ModelOptions = Readonly<Record<string, AttributeValue>>

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ModelRequest {
  readonly messages: readonly Message[]
  /** Sampling and runtime settings in the server's own names (`temperature`, `num_ctx`, `num_gpu`). */
  readonly options?: ModelOptions
  /** The answer is to be JSON, or JSON after this schema. A server that cannot do it ignores it or refuses the request. */
  readonly format?: 'json' | Readonly<Record<string, unknown>>
  /** What the messages say, as data: the narrator writes from it without reading prose; other models ignore it. */
  readonly brief?: Brief
}

export interface Brief {
  readonly task: 'analysis' | 'report'
  readonly facts: readonly Fact[]
}

export interface RunContext {
  /** Ends the generation at once: the socket is closed, so that the server stops. */
  readonly signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  readonly now?: () => number
}

export interface Model {
  /** `ollama`, `openai`, `narrator`, `sim`. */
  readonly provider: string
  readonly name: string
  readonly options: ModelOptions
  /**
   * Streams one answer: `sent` (before it `connecting`, where a connection had to be opened), then `token`s as they arrive on the socket, then one `end`. Ends by throwing a ChimeraError
   * (`MODEL_*`) when it fails; tokens given before that stay given. An aborted signal closes the socket at once; what had
   * arrived by then is still given, then `ABORTED` is thrown. Ending the generator early (`break`) closes the socket too.
   */
  generate(request: ModelRequest, context?: RunContext): AsyncGenerator<TokenEvent, void, undefined>
  /** Loads the model, so that the first answer need not wait for it. Absent where there is nothing to load. */
  preload?(context?: RunContext): Promise<void>
  /** Makes the server forget the model, so that the next answer has to load it. Absent where that cannot be asked for. */
  unload?(context?: RunContext): Promise<void>
  /** Lets go of idle connections; the model can be used again afterwards. Absent where there are none. */
  close?(): Promise<void>
}

/** All `at` are monotonic milliseconds of the context's clock, stamped where it happened, not where it was consumed. */
export type TokenEvent =
  /** No connection was open, so one is being opened: `sent` follows when that is done. `attempt` as there. */
  | { readonly type: 'connecting'; readonly at: number; readonly attempt?: number }
  /** The request was written to an open connection; `attempt` is 2 and more for one that is sent again. What is measured counts from the latest. */
  | { readonly type: 'sent'; readonly at: number; readonly attempt?: number }
  /** An attempt failed before its first piece, and another follows after a wait. */
  | { readonly type: 'retry'; readonly at: number; readonly code: ErrorCode; readonly attempt: number; readonly waitMs: number }
  /** The server reads the prompt: tokens done of all, `cached` of them from its cache. */
  | { readonly type: 'progress'; readonly at: number; readonly processed: number; readonly total: number; readonly cached?: number }
  | {
      readonly type: 'token'
      readonly at: number
      /** A piece of the answer, of the model's thinking, or of a call of a tool (its arguments as JSON). A chunk of the server's, not always one token. */
      readonly text: string
      readonly kind: PieceKind
      /** Server's own clock for this piece, ms since the epoch, where it gives one. */
      readonly serverTime?: number
      /** When it was handed to whoever reads the answer; `at` is when its bytes arrived. */
      readonly deliveredAt?: number
      /** How many tokens it holds; only where the server says it exactly. */
      readonly tokens?: number
      /** Number of the socket's read that brought it: pieces with the same number arrived as one. */
      readonly read?: number
    }
  | {
      readonly type: 'end'
      readonly at: number
      /** `stop`: the model finished; `length`: it hit its limit; `cancelled`: for models that can be told to end well (an abort throws). */
      readonly reason: EndReason
      readonly usage: ServerUsage
    }

export type EndReason = 'stop' | 'length' | 'cancelled'
export type PieceKind = 'text' | 'thinking' | 'tool'

/** What the server says about the run. Durations in seconds. Absent when it said nothing. */
export interface ServerUsage {
  readonly promptTokens?: number
  /** How many of the prompt's tokens came from the server's cache; they are inside `promptTokens`, not inside `promptEvalDuration`. */
  readonly cachedPromptTokens?: number
  readonly outputTokens?: number
  /** How many of the output's tokens are thinking, where the server tells them apart; they are inside `outputTokens`. */
  readonly reasoningTokens?: number
  readonly totalDuration?: number
  readonly loadDuration?: number
  readonly promptEvalDuration?: number
  readonly evalDuration?: number
  /** Speculative decoding: tokens that were drafted, and how many of them were taken. */
  readonly draftTokens?: number
  readonly acceptedDraftTokens?: number
}
