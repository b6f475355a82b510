/** Runs one exchange in a server's dialect: the end states, the limits and the stamps are the same for every protocol. */

import type { Dispatcher } from 'undici'
import type { ChimeraError } from '../../stage/index.js'
import type { RunContext, TokenEvent } from '../model.js'
import type { Dialect, Reading } from './dialect.js'
import { exchange, type ExchangeOptions } from './exchange.js'
import { aborted, truncated } from './failure.js'
import { lines } from './lines.js'
import { patientReader, type ReaderOptions } from './reader.js'

export interface Conversation extends ReaderOptions {
  readonly request: Omit<ExchangeOptions, 'now' | 'dispatcher'>
  /** Waited for before the request is stamped as sent. */
  readonly dispatcher: () => Promise<Dispatcher>
  readonly dialect: Dialect
  /** The error for a response other than 200. */
  refusal(status: number, body: string): ChimeraError | Promise<ChimeraError>
}

/**
 * Streams one answer as the {@link Model} contract has it. However it ends - to its end, by an error, by `break` - the socket
 * is closed, or free for the next request when the response was complete.
 *
 * An aborted signal closes the socket at once; pieces that had arrived by then are still given, then `ABORTED` is thrown.
 */
export async function* converse(conversation: Conversation, context: RunContext = {}): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal, now = () => performance.now() } = context
  const { dialect } = conversation
  const dispatcher = await conversation.dispatcher()
  if (signal?.aborted) throw aborted(signal)
  const link = exchange({ ...conversation.request, dispatcher, now })
  const reader = patientReader(link, conversation, signal)
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
        yield* events(reading, arrival.at)
        if (reading.end) {
          await reader.drain()
          return
        }
      }
    }
    const last = dialect.finish(split.rest())
    if (last) yield* events(last, link.endedAt ?? now())
    if (!last?.end) throw truncated(conversation.server)
  } finally {
    reader.close()
  }
}

function* events(reading: Reading, at: number): Generator<TokenEvent> {
  const clock = reading.serverTime === undefined ? {} : { serverTime: reading.serverTime }
  for (const piece of reading.pieces) yield { type: 'token', at, text: piece.text, kind: piece.kind, ...clock }
  if (reading.end) yield { type: 'end', at, ...reading.end }
}
