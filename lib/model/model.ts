/** A language model as a generator of token events. One small interface, whatever serves the model. */

import type { Fact } from '../fact/fact.js'
import type { AttributeValue } from '../record/metric-record.js'

export type ModelOptions = Readonly<Record<string, AttributeValue>>

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ModelRequest {
  readonly messages: readonly Message[]
  /** Sampling and runtime settings in the server's own names (`temperature`, `num_ctx`, `num_gpu`). */
  readonly options?: ModelOptions
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
   * Streams one answer: `sent`, then `token`s as they arrive on the socket, then one `end`. Ends by throwing a ChimeraError
   * (`MODEL_*`) when it fails; tokens given before that stay given. An aborted signal closes the socket at once; what had
   * arrived by then is still given, then `ABORTED` is thrown. Ending the generator early (`break`) closes the socket too.
   */
  generate(request: ModelRequest, context?: RunContext): AsyncGenerator<TokenEvent, void, undefined>
  /** Loads the model, so that the first answer need not wait for it. Absent where there is nothing to load. */
  preload?(context?: RunContext): Promise<void>
  /** Lets go of idle connections; the model can be used again afterwards. Absent where there are none. */
  close?(): Promise<void>
}

/** All `at` are monotonic milliseconds of the context's clock, stamped where it happened, not where it was consumed. */
export type TokenEvent =
  /** The request went out. */
  | { readonly type: 'sent'; readonly at: number }
  | {
      readonly type: 'token'
      readonly at: number
      /** A piece of the answer, or of the model's thinking. A piece is a chunk of the server's, not always one token. */
      readonly text: string
      readonly kind: 'text' | 'thinking'
      /** Server's own clock for this piece, ms since the epoch, where it gives one. */
      readonly serverTime?: number
    }
  | {
      readonly type: 'end'
      readonly at: number
      /** `stop`: the model finished; `length`: it hit its limit; `cancelled`: for models that can be told to end well (an abort throws). */
      readonly reason: 'stop' | 'length' | 'cancelled'
      readonly usage: ServerUsage
    }

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
}
