/** Runs one exchange in a server's dialect: the end states, the limits and the stamps are the same for every protocol. */

import type { Dispatcher } from 'undici'
import { ChimeraError } from '../../stage/index.js'
import type { RunContext, TokenEvent } from '../model.js'
import type { Dialect, Reading } from './dialect.js'
import { exchange, type Exchange, type ExchangeOptions } from './exchange.js'
import { aborted, truncated } from './failure.js'
import { lines } from './lines.js'
import { patientReader, type ReaderOptions, type Retries } from './reader.js'

export interface Conversation extends ReaderOptions, Retries {
  readonly request: Omit<ExchangeOptions, 'now' | 'dispatcher'>
  /** Waited for before the request is stamped as sent. */
  readonly dispatcher: () => Promise<Dispatcher>
  /** A new one for each attempt. */
  dialect(): Dialect
  /** The error for a response other than 200. */
  refusal(status: number, body: string): ChimeraError | Promise<ChimeraError>
}

/**
 * Streams one answer as the {@link Model} contract has it. However it ends - to its end, by an error, by `break` - the socket
 * is closed, or free for the next request when the response was complete.
 *
 * An attempt that failed before its first piece is made again where `retries` allow it; what is measured counts from the latest
 * `sent`, and every failed attempt is told as `retry`.
 *
 * An aborted signal closes the socket at once; pieces that had arrived by then are still given, then `ABORTED` is thrown.
 */
export async function* converse(conversation: Conversation, context: RunContext = {}): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal, now = () => performance.now() } = context
  const { retries = 0, retryWaitMs = RETRY_WAIT_MS } = conversation
  const dispatcher = await conversation.dispatcher()
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) throw aborted(signal)
    const link = exchange({ ...conversation.request, dispatcher, now })
    let begun = false
    try {
      for await (const event of answer(link, conversation, signal, now)) {
        if (event.type === 'token') begun = true
        yield event.type === 'sent' && attempt > 1 ? { ...event, attempt } : event
      }
      return
    } catch (error) {
      if (begun || attempt > retries || !(error instanceof ChimeraError) || !isPassing(error, link)) throw error
      const waitMs = Math.min(link.retryAfterMs ?? retryWaitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS)
      yield { type: 'retry', at: now(), code: error.code, attempt, waitMs }
      await pause(waitMs, signal)
    }
  }
}

const RETRY_WAIT_MS = 500
/** Longer than that a server that is busy is to be asked again by a person. */
const LONGEST_WAIT_MS = 60_000

/** What may be over at the next attempt: no room, nobody there, a connection that broke before any answer. */
function isPassing(error: ChimeraError, link: Exchange): boolean {
  return error.code === 'MODEL_BUSY' || error.code === 'MODEL_UNREACHABLE' || (link.error !== undefined && link.status === undefined)
}

async function* answer(link: Exchange, conversation: Conversation, signal: AbortSignal | undefined, now: () => number): AsyncGenerator<TokenEvent, void, undefined> {
  const reader = patientReader(link, conversation, signal)
  const dialect = conversation.dialect()
  const split = lines()
  try {
    yield { type: 'sent', at: link.sentAt }
    const status = await reader.status()
    if (status !== 200) throw await conversation.refusal(status, await reader.body())
    for (;;) {
      const arrival = await reader.next()
      if (!arrival) break
      for (const line of split.push(arrival.bytes)) {
        const reading = dialect.line(line)
        if (!reading) continue
        reader.heard(reading.pieces.length > 0)
        yield* events(reading, arrival, now)
        if (reading.end) {
          await reader.drain()
          return
        }
      }
    }
    const last = dialect.finish(split.rest())
    if (last) yield* events(last, { at: link.endedAt ?? now() }, now)
    if (!last?.end) throw truncated(conversation.server)
  } finally {
    reader.close()
  }
}

function* events(reading: Reading, { at, read }: { readonly at: number; readonly read?: number }, now: () => number): Generator<TokenEvent> {
  const { serverTime, tokens, pieces, progress, end } = reading
  if (progress) yield { type: 'progress', at, ...progress }
  const shared = { ...(serverTime === undefined ? {} : { serverTime }), ...(read === undefined ? {} : { read }) }
  for (const [index, piece] of pieces.entries()) {
    // A line's tokens are one number; its first piece bears them.
    const counted = tokens === undefined ? {} : { tokens: index === 0 ? tokens : 0 }
    yield { type: 'token', at, text: piece.text, kind: piece.kind, ...shared, ...counted, deliveredAt: now() }
  }
  // Tokens whose text the server still holds back.
  if (pieces.length === 0 && tokens !== undefined && tokens > 0) yield { type: 'token', at, text: '', kind: 'text', ...shared, tokens, deliveredAt: now() }
  if (end) yield { type: 'end', at, ...end }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(aborted(signal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
