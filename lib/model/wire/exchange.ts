/** One HTTP request whose response body is stamped where it arrives and can be cut off at any moment. */

import type { Dispatcher } from 'undici'
import { afterReads } from './after-reads.js'
import { Arrivals, type Arrival } from './arrivals.js'

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher
  /** Scheme, host and port. */
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly now: () => number
  /** Bytes that may wait for the consumer before the socket is no longer read. */
  readonly queueBytes?: number
}

/**
 * How far the exchange came; what is asked for when it failed.
 * `connecting`: the server was never reached. `waiting`: no response header yet. `body`: in the response. `complete`: at its end.
 */
export type Phase = 'connecting' | 'waiting' | 'body' | 'complete'

export interface Exchange {
  /** When it was begun: an open connection was looked for. */
  readonly askedAt: number
  /** When the request was written to an open connection; absent until then. */
  readonly sentAt: number | undefined
  readonly phase: Phase
  /** Absent until the response header is there. */
  readonly status: number | undefined
  /** How long the server asks us to wait before the next attempt, ms; absent when it does not say. */
  readonly retryAfterMs: number | undefined
  readonly error: Error | undefined
  /** When the body ended, on the run's clock. */
  readonly endedAt: number | undefined
  /** The next arrival, or `undefined` when none waits. */
  take(): Arrival | undefined
  /** Waits until something happened. One waiter at a time. */
  wait(): Promise<void>
  /** Ends a wait from outside. */
  wake(): void
  /**
   * Closes the socket, unless the response is complete: then the connection is kept for the next request. What arrived before
   * can still be taken.
   */
  close(): void
}

/** More than any answer: 4 MiB are some 20,000 Ollama chunks. */
export const QUEUE_BYTES = 4 * 1024 * 1024

/** Sends at once. Nothing of it waits for a consumer: stamps are taken in the socket's callbacks. */
export function exchange(options: ExchangeOptions): Exchange {
  const { dispatcher, now } = options
  let phase: Phase = 'connecting'
  let sentAt: number | undefined
  let status: number | undefined
  let retryAfterMs: number | undefined
  let error: Error | undefined
  let endedAt: number | undefined
  let closed = false
  let controller: Dispatcher.DispatchController | undefined
  let wake: (() => void) | undefined
  let waking = false
  const wakeNow = () => {
    waking = false
    wake?.()
  }
  const wakeLater = () => {
    if (waking) return
    waking = true
    afterReads(wakeNow)
  }
  const arrivals = new Arrivals(options.queueBytes ?? QUEUE_BYTES, () => {
    if (!closed) controller?.resume()
  })

  // The HTTP parser gives a piece per HTTP chunk, all pieces of one read of the socket in one turn: they arrived together.
  let read = 0
  let readAt = 0
  let reading = false
  const readIsOver = () => (reading = false)

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started
      phase = 'waiting'
      // undici calls this when it has a connection, and writes in the same turn.
      sentAt = now()
      if (closed) started.abort(cutOff())
      wakeLater()
    },
    onResponseStart(_controller, statusCode, headers) {
      if (statusCode < 200) return
      status = statusCode
      retryAfterMs = secondsOf(headers['retry-after'])
      phase = 'body'
      wakeLater()
    },
    onResponseData(current, bytes) {
      if (closed) return
      if (!reading) {
        reading = true
        read += 1
        readAt = now()
        queueMicrotask(readIsOver)
      }
      if (!arrivals.push({ at: readAt, read, bytes })) current.pause()
      wakeLater()
    },
    onResponseEnd() {
      endedAt = now()
      phase = 'complete'
      wakeLater()
    },
    onResponseError(_controller, cause) {
      error ??= cause
      wakeLater()
    },
  }

  const askedAt = now()
  try {
    dispatcher.dispatch(
      {
        origin: options.origin,
        path: options.path,
        method: 'POST',
        headers: options.headers,
        body: options.body,
        // No hidden limits: the server may be loading a model for minutes. The caller's own limits hold.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    )
  } catch (cause) {
    // A dispatcher that was closed throws instead of telling the handler.
    error = cause instanceof Error ? cause : new Error(String(cause))
  }

  return {
    askedAt,
    get sentAt() {
      return sentAt
    },
    get phase() {
      return phase
    },
    get status() {
      return status
    },
    get retryAfterMs() {
      return retryAfterMs
    },
    get error() {
      return error
    },
    get endedAt() {
      return endedAt
    },
    take: () => arrivals.take(),
    wait: () =>
      new Promise<void>((resolve) => {
        wake = () => {
          wake = undefined
          resolve()
        }
      }),
    wake: () => wake?.(),
    close() {
      if (closed) return
      closed = true
      if (phase !== 'complete' && !error) controller?.abort(cutOff())
    },
  }
}

/** `Retry-After` in seconds; its other form, a date, would need both clocks to agree. */
function secondsOf(header: string | string[] | undefined): number | undefined {
  const value = typeof header === 'string' && /^\d{1,6}(\.\d+)?$/.test(header.trim()) ? Number(header) : undefined
  return value === undefined ? undefined : value * 1000
}

function cutOff(): Error {
  return new Error('the request was cut off by its caller')
}
