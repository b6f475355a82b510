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
  /** Waited for before anything is stamped. */
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
  // One generator for all attempts: each further one on the way of a token would cost as much as reading it.
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) throw aborted(signal)
    const link = exchange({ ...conversation.request, dispatcher, now })
    const reader = patientReader(link, conversation, signal)
    const dialect = conversation.dialect()
    const split = lines()
    let begun = false
    let waitMs: number
    try {
      const which = attempt === 1 ? {} : { attempt }
      if (link.sentAt === undefined) yield { type: 'connecting', at: link.askedAt, ...which }
      yield { type: 'sent', at: await reader.sent(), ...which }
      const status = await reader.status()
      if (status !== 200) throw await conversation.refusal(status, await reader.body())
      for (;;) {
        let arrival = reader.take()
        while (!arrival && !reader.over()) {
          await reader.more()
          arrival = reader.take()
        }
        if (!arrival) break
        for (const line of split.push(arrival.bytes)) {
          const reading = dialect.line(line)
          if (!reading) continue
          begun ||= reading.pieces.length > 0
          reader.heard(reading.pieces.length > 0)
          for (const event of events(reading, arrival.at, arrival.read)) yield delivered(event, now)
          if (reading.end) {
            await reader.drain()
            return
          }
        }
      }
      const last = dialect.finish(split.rest())
      if (last) for (const event of events(last, link.endedAt ?? now(), undefined)) yield delivered(event, now)
      if (!last?.end) throw truncated(conversation.server)
      return
    } catch (error) {
      if (begun || attempt > retries || !(error instanceof ChimeraError) || !isPassing(error, link)) throw error
      waitMs = Math.min(link.retryAfterMs ?? retryWaitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS)
      yield { type: 'retry', at: now(), code: error.code, attempt, waitMs }
    } finally {
      reader.close()
    }
    await pause(waitMs, signal)
  }
}

const RETRY_WAIT_MS = 500
/** Longer than that a server that is busy is to be asked again by a person. */
const LONGEST_WAIT_MS = 60_000

/** What may be over at the next attempt: no room, nobody there, a connection that broke before any answer. */
function isPassing(error: ChimeraError, link: Exchange): boolean {
  return error.code === 'MODEL_BUSY' || error.code === 'MODEL_UNREACHABLE' || (link.error !== undefined && link.status === undefined)
}

/** Written out, because this runs for each token and copying with a spread costs several times as much. */
function events({ serverTime, tokens, pieces, progress, end }: Reading, at: number, read: number | undefined): TokenEvent[] {
  const found: TokenEvent[] = []
  if (progress) found.push({ type: 'progress', at, ...progress })
  for (const { text, kind } of pieces) {
    const event: { -readonly [Key in keyof Piece]: Piece[Key] } = { type: 'token', at, text, kind }
    if (serverTime !== undefined) event.serverTime = serverTime
    if (read !== undefined) event.read = read
    // A line's tokens are one number; its first piece bears them.
    if (tokens !== undefined) event.tokens = found.length === 0 || found[0]?.type === 'progress' ? tokens : 0
    found.push(event)
  }
  // Tokens whose text the server still holds back.
  if (pieces.length === 0 && tokens !== undefined && tokens > 0) found.push({ type: 'token', at, text: '', kind: 'text', tokens, ...(serverTime === undefined ? {} : { serverTime }), ...(read === undefined ? {} : { read }) })
  if (end) found.push({ type: 'end', at, reason: end.reason, usage: end.usage })
  return found
}

type Piece = Extract<TokenEvent, { type: 'token' }>

/** Stamped when it is asked for. The event is ours until then. */
function delivered(event: TokenEvent, now: () => number): TokenEvent {
  if (event.type === 'token') (event as { deliveredAt?: number }).deliveredAt = now()
  return event
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
