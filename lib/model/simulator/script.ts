/** What the simulated server is told to do with a request, step by step. */

import type { ServerUsage } from '../model.js'
import type { Omission } from './encoder.js'
import type { CallPart } from './schedule.js'

export type SimStep =
  /** A piece of the answer, in the protocol's own wrapping. The response header goes out with the first step that writes. */
  | {
      readonly type: 'text' | 'thinking'
      readonly text: string
      /** The texts of its tokens, where it is not one. */
      readonly tokens?: readonly string[]
      /** It waits for the next message that is not held, and is written together with it. */
      readonly hold?: boolean
    }
  /** A piece of a tool call's arguments. Ollama tells a call only when its last piece is there. */
  | { readonly type: 'tool'; readonly text: string; readonly call: CallPart; readonly tokens?: readonly string[]; readonly hold?: boolean }
  /** The protocol's last message, with usage where it has any. `open`: the response is not ended by it. */
  | {
      readonly type: 'done'
      readonly reason?: 'stop' | 'length'
      readonly usage?: ServerUsage
      readonly text?: string
      readonly without?: Omission
      readonly open?: boolean
    }
  /** These very bytes, as one HTTP chunk. */
  | { readonly type: 'raw'; readonly bytes: string | Uint8Array }
  /** An error inside the stream, as the protocol says it; `field`: in the field `error:` of server-sent events. */
  | { readonly type: 'error'; readonly message: string; readonly field?: boolean }
  /** Waits for time, until a time of the server's clock, or for a promise; ends at once when the client is gone. */
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'wait'; readonly at: number }
  | { readonly type: 'wait'; readonly until: Promise<unknown> }
  /** Sends the response header now; with `byteMs` byte by byte. */
  | { readonly type: 'headers'; readonly byteMs?: number }
  /** The role as a message of its own, where the dialect has one before the first token. */
  | { readonly type: 'role' }
  /** How much of the prompt is read, where the dialect says that and was asked to. */
  | { readonly type: 'progress'; readonly processed: number; readonly ms: number }
  /** A comment between the messages, where the protocol has any. */
  | { readonly type: 'comment' }
  /** Destroys the socket. */
  | { readonly type: 'die' }
  /** Resets the connection. */
  | { readonly type: 'reset' }

/** Steps that end without `done` end the response without the protocol's last message. */
export type SimSteps = Iterable<SimStep> | AsyncIterable<SimStep>

/** An answer that is no stream: status and body. */
export interface SimRefusal {
  readonly status: number
  /** A string is sent as plain text, anything else as JSON. */
  readonly body: unknown
  /** More headers, or other ones. */
  readonly headers?: Readonly<Record<string, string>>
}

export type SimReply = SimSteps | SimRefusal

export function isRefusal(reply: SimReply): reply is SimRefusal {
  return 'status' in reply
}
