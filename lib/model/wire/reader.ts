/** Reads an exchange within its limits, and turns what can go wrong into errors. */

import { ChimeraError } from '../../stage/index.js'
import type { Arrival } from './arrivals.js'
import type { Exchange } from './exchange.js'
import { aborted, closedEarly, timedOut, truncated, unreachable } from './failure.js'
import { lines } from './lines.js'

export interface Limits {
  /** From sending until the first piece of the answer, ms; covers loading the model and reading the prompt. Default 600,000. */
  readonly firstTokenTimeoutMs?: number
  /** From one chunk of the answer to the next, ms. Default 120,000. */
  readonly stallTimeoutMs?: number
}

/** Picks the limits out of a provider's options. */
export function limits(options: Limits & Retries): Limits & Retries {
  const { firstTokenTimeoutMs, stallTimeoutMs, retries, retryWaitMs } = options
  return {
    ...(retries === undefined ? {} : { retries }),
    ...(retryWaitMs === undefined ? {} : { retryWaitMs }),
    ...(firstTokenTimeoutMs === undefined ? {} : { firstTokenTimeoutMs }),
    ...(stallTimeoutMs === undefined ? {} : { stallTimeoutMs }),
  }
}

/** How often, and after what, a request is sent again. */
export interface Retries {
  /** How many times a request is sent again that failed before the first piece of its answer; default 0. Each is told as an event. */
  readonly retries?: number
  /** Before the second attempt, ms; doubled before each further one, at most a minute. A server that says when to come back is believed. Default 500. */
  readonly retryWaitMs?: number
}

export interface ReaderOptions extends Limits {
  /** For messages: `Ollama at http://127.0.0.1:11434`. */
  readonly server: string
  /** What to do when nobody answers there, as the end of a sentence. */
  readonly cure: string
}

export interface Reader {
  /** When the request was written, as soon as there is a connection. */
  sent(): Promise<number>
  /** The HTTP status, as soon as it is there. */
  status(): Promise<number>
  /** What has arrived already, without waiting. */
  take(): Arrival | undefined
  /** The body is at its end. Throws what went wrong. For when nothing is to be taken. */
  over(): boolean
  /** Waits until something happened. */
  more(): Promise<void>
  /** The body of an error, or as much of it as came. */
  body(): Promise<string>
  /** The server said something: the stall limit begins anew, and the first-token limit is over when it was a piece. */
  heard(piece: boolean): void
  /** Lets a complete answer end its HTTP response, so that the connection can be used again. */
  drain(): Promise<void>
  close(): void
}

export const FIRST_TOKEN_TIMEOUT_MS = 600_000
export const STALL_TIMEOUT_MS = 120_000
/** The end of the response comes with the last message, or hardly later; a server that keeps it open is cut off, ms. */
const DRAIN_TIMEOUT_MS = 250
/** Longest body of an error that is read, in UTF-16 code units. */
const ERROR_BODY_LIMIT = 64 * 1024

/** An aborted signal closes the socket at once; what had arrived by then is still read, then `ABORTED` is thrown. */
export function patientReader(link: Exchange, options: ReaderOptions, signal: AbortSignal | undefined): Reader {
  const { server, cure, firstTokenTimeoutMs = FIRST_TOKEN_TIMEOUT_MS, stallTimeoutMs = STALL_TIMEOUT_MS } = options
  // Limits run on the real clock: the run's own may be a test's, and a limit that never comes is none.
  let since = performance.now()
  let begun = false
  let cut = false
  const onAbort = () => {
    cut = true
    link.close()
    link.wake()
  }
  signal?.addEventListener('abort', onAbort, { once: true })

  const limit = () => (begun ? stallTimeoutMs : firstTokenTimeoutMs)
  const left = () => since + limit() - performance.now()
  // One timer for the whole answer, set anew only when it fires: a timer for each wait would be one for each token.
  let timer: NodeJS.Timeout | undefined
  const watch = () => {
    timer = setTimeout(() => {
      timer = undefined
      if (left() > 0) watch()
      else link.wake()
    }, left())
  }
  let polled = false
  // Not async: this runs for each token, and a promise around a promise costs as much as reading the token.
  const more = (): Promise<void> => {
    if (left() <= 0) {
      if (polled) throw timedOut(server, begun, limit())
      // Timers fire before sockets are read: after a program was busy, what came in time may still be unread.
      polled = true
      return new Promise(setImmediate)
    }
    polled = false
    if (!timer) watch()
    return link.wait()
  }
  const check = () => {
    if (cut) throw aborted(signal)
    if (!link.error) return
    if (link.phase === 'connecting') throw unreachable(server, cure, link.error)
    throw link.phase === 'waiting' ? closedEarly(server, link.error) : truncated(server, link.error)
  }
  const over = (): boolean => {
    check()
    return link.phase === 'complete'
  }

  const until = async <Known>(known: () => Known | undefined): Promise<Known> => {
    for (;;) {
      const value = known()
      if (value !== undefined) return value
      check()
      await more()
    }
  }

  return {
    sent: () => until(() => link.sentAt),
    status: () => until(() => link.status),
    take: () => link.take(),
    over,
    more,
    async body() {
      const split = lines()
      let text = ''
      try {
        while (text.length < ERROR_BODY_LIMIT) {
          const arrival = link.take()
          if (arrival) for (const line of split.push(arrival.bytes)) text += `${line}\n`
          else if (over()) break
          else await more()
        }
      } catch (error) {
        if (error instanceof ChimeraError && error.code === 'ABORTED') throw error
      }
      return text + split.rest()
    },
    heard(piece) {
      if (!begun && !piece) return
      since = performance.now()
      if (begun) return
      begun = true
      // The stall limit may be the shorter one.
      clearTimeout(timer)
      timer = undefined
    },
    async drain() {
      const patience = { over: false }
      const stop = setTimeout(() => {
        patience.over = true
        link.wake()
      }, DRAIN_TIMEOUT_MS)
      try {
        while (link.phase !== 'complete' && !link.error && !cut) {
          if (patience.over) return
          while (link.take());
          await link.wait()
        }
      } finally {
        clearTimeout(stop)
      }
      // undici takes a socket back one turn after its response; a request sent before that would open another.
      await new Promise(setImmediate)
    },
    close() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      link.close()
    },
  }
}
