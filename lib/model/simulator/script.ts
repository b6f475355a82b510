/** What the simulated server is told to do with a request, step by step. */

import type { ServerUsage } from '../model.js'
import type { SimClock } from './clock.js'
import { schedule } from './schedule.js'
import type { SimSpec } from './spec.js'

export type SimStep =
  /** A piece of the answer, in the protocol's own wrapping. The response header goes out with the first step that writes. */
  | { readonly type: 'text' | 'thinking'; readonly text: string }
  /** The protocol's last message, with usage where it has any. */
  | { readonly type: 'done'; readonly reason?: 'stop' | 'length'; readonly usage?: ServerUsage; readonly text?: string }
  /** These very bytes, as one HTTP chunk. */
  | { readonly type: 'raw'; readonly bytes: string | Uint8Array }
  /** An error inside the stream, as the protocol says it. */
  | { readonly type: 'error'; readonly message: string }
  /** Waits for time or for a promise; ends at once when the client is gone. */
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'wait'; readonly until: Promise<unknown> }
  /** Sends the response header now. */
  | { readonly type: 'headers' }
  /** Destroys the socket. */
  | { readonly type: 'die' }

/** Steps that end without `done` end the response without the protocol's last message. */
export type SimSteps = Iterable<SimStep> | AsyncIterable<SimStep>

/** A refusal before the stream: status and JSON body. */
export interface SimRefusal {
  readonly status: number
  /** A string is sent as plain text. */
  readonly body: unknown
}

export type SimReply = SimSteps | SimRefusal

export function isRefusal(reply: SimReply): reply is SimRefusal {
  return 'status' in reply
}

/** The steps of a description, on the server's clock. `startedAt` is when the request came. */
export function* stepsOf(spec: SimSpec, clock: SimClock, startedAt: number, prompt: string): Generator<SimStep> {
  const { fault } = spec
  const words = prompt.match(/\S+/g)?.length ?? 0
  let count = 0
  let first: number | undefined
  let last = 0
  for (const token of schedule(spec)) {
    if (fault && count >= fault.after) break
    const ms = startedAt + token.dueMs - clock.now()
    if (ms > 0) yield { type: 'wait', ms }
    yield { type: token.kind, text: token.text }
    count += 1
    first ??= token.dueMs
    last = token.dueMs
  }
  switch (fault?.kind) {
    case 'cut':
    case 'refuse':
      return
    case 'error':
      yield { type: 'error', message: 'the simulator failed, as it was told to' }
      return
    case 'stall':
      yield { type: 'wait', until: new Promise(() => undefined) }
      return
    case undefined:
      yield {
        type: 'done',
        usage: {
          ...(words === 0 ? {} : { promptTokens: words }),
          ...(count === 0 ? {} : { outputTokens: count }),
          totalDuration: last / 1000,
          ...(first === undefined ? {} : { promptEvalDuration: first / 1000, evalDuration: (last - first) / 1000 }),
        },
      }
  }
}
