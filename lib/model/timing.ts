/** What one run's token events say in time: an incremental fold, live at any moment, and the figures at its end. */

import type { ErrorCode } from '../stage/index.js'
import { measure, ratio, span, type Measurements, type Timeline } from './measurements.js'
import type { TokenEvent } from './model.js'
import { samples, seconds } from './samples.js'

/** The answer ended with an error; a TokenEvent has no word for that, because a model then throws. */
export interface FailedEvent {
  readonly type: 'failed'
  /** Monotonic milliseconds, on the clock of the token events. */
  readonly at: number
  readonly code: ErrorCode
}

/** Figures while a run goes on. Durations in seconds; what is not known yet is absent. */
export interface LiveFigures {
  readonly state: 'idle' | 'waiting' | 'streaming' | 'done' | 'failed'
  /** Since the request went out, while nothing came yet. */
  readonly waiting?: number
  /** Since the request went out, until now or until its end. */
  readonly elapsed?: number
  readonly ttft?: number
  readonly chunks: number
  /** UTF-16 code units of the answer, without the thinking. */
  readonly textLength: number
  readonly thinkingLength: number
  /** Per second over the latest two seconds, the first piece not counted; falls while nothing comes. Only while streaming. */
  readonly recentRate?: number
  /** (n - 1) / (last - first). Pieces, until the server has counted its tokens. */
  readonly overallRate?: number
  /** What the rates count. A chunk is not a token unless the server says so. */
  readonly counted: 'chunk' | 'token'
  /** The latest gaps between pieces, oldest first, at most {@link RECENT_GAPS}. */
  readonly gaps: readonly number[]
}

export interface Timing {
  observe(event: TokenEvent | FailedEvent): void
  /** `at` on the clock of the events. */
  now(at: number): LiveFigures
  /** May be asked for at any time; a run that has no `end` yet counts as failed. */
  measurements(): Measurements
  /** The gaps behind `itl`, for who joins several answers; absent where there are none. */
  itlSamples(): ItlSamples | undefined
}

export interface ItlSamples {
  readonly per: 'token' | 'chunk'
  /** At most 100,000. */
  readonly seconds: readonly number[]
}

export const RECENT_GAPS = 60
const WINDOW_MS = 2000
/** Stamps kept for the recent rate. */
const STAMPS_KEPT = 4096

/** State of one run. Feed it the events in order; empty pieces are no pieces, only the tokens they stand for are counted. */
export function timing(): Timing {
  let asked: number | undefined
  let sent: number | undefined
  let connecting: number | undefined
  let connected: number | undefined
  let retries = 0
  let first: number | undefined
  let firstText: number | undefined
  let firstThinking: number | undefined
  let last: number | undefined
  let lastRead: number | undefined
  let end: Extract<TokenEvent, { type: 'end' }> | undefined
  let failed: FailedEvent | undefined
  let chunks = 0
  let thinkingChunks = 0
  let textLength = 0
  let thinkingLength = 0
  let coalesced = 0
  const gaps = samples()
  const deliveryLag = samples()
  const recentGaps = latest(RECENT_GAPS)
  let stamps: number[] = []
  const exact = exactTokens()
  const server = serverClock()

  const piece = (event: TokenPiece) => {
    exact.observe(event)
    if (event.text === '') return
    chunks += 1
    if (event.kind === 'thinking') {
      thinkingLength += event.text.length
      thinkingChunks += 1
      firstThinking ??= event.at
    } else {
      // A call of a tool is part of the answer, but no text.
      if (event.kind === 'text') textLength += event.text.length
      firstText ??= event.at
    }
    if (last !== undefined) {
      const gap = event.at - last
      gaps.add(gap)
      if (event.read === undefined ? gap === 0 : event.read === lastRead) coalesced += 1
      recentGaps.push(gap)
    }
    if (event.deliveredAt !== undefined) deliveryLag.add(event.deliveredAt - event.at)
    server.observe(event)
    first ??= event.at
    last = event.at
    lastRead = event.read
    stamps.push(event.at)
    if (stamps.length >= 2 * STAMPS_KEPT) stamps = stamps.slice(-STAMPS_KEPT)
  }

  const recentRate = (at: number): number | undefined => {
    if (first === undefined || end || failed) return undefined
    const from = Math.max(at - WINDOW_MS, stamps[0] ?? first)
    if (at <= from) return undefined
    let count = 0
    for (let index = stamps.length - 1; index >= 0 && (stamps[index] ?? 0) > from; index -= 1) count += 1
    return (count / (at - from)) * 1000
  }
  const timeline = (): Timeline => ({
    ...known('asked', asked),
    ...known('sent', sent),
    ...known('connecting', connected),
    ...known('first', first),
    ...known('firstText', firstText),
    ...known('firstThinking', firstThinking),
    ...known('last', last),
    ...(end ? { end } : {}),
    ...(failed ? { failure: failed.code } : {}),
    retries,
    chunks,
    thinkingChunks,
    textLength,
    thinkingLength,
    coalesced,
    gaps: gaps.spread(),
    ...exact.counted(),
    serverGaps: server.gaps.spread(),
    readLag: server.lag(),
    deliveryLag: deliveryLag.spread(),
  })

  return {
    observe(event) {
      switch (event.type) {
        case 'connecting':
          asked ??= event.at
          connecting = event.at
          break
        case 'sent':
          asked ??= event.at
          sent = event.at
          connected = connecting === undefined ? undefined : event.at - connecting
          connecting = undefined
          break
        case 'retry':
          retries += 1
          break
        case 'progress':
          break
        case 'token':
          piece(event)
          break
        case 'end':
          end = event
          break
        case 'failed':
          failed ??= event
          break
      }
    },
    now(at) {
      const over = end?.at ?? failed?.at
      const until = over ?? at
      const begun = sent ?? asked
      // The full figures sort all gaps: too dear for each frame of a display, and tokens are not counted before the end anyway.
      const tokenRate = end && measure(timeline()).decodeThroughput
      return {
        state: failed ? 'failed' : end ? 'done' : first !== undefined ? 'streaming' : asked === undefined ? 'idle' : 'waiting',
        ...(begun === undefined || first !== undefined || over !== undefined ? {} : { waiting: seconds(at - begun) }),
        ...(begun === undefined ? {} : { elapsed: seconds(until - begun) }),
        ...known('ttft', span(sent, first)),
        chunks,
        textLength,
        thinkingLength,
        ...known('recentRate', recentRate(at)),
        ...known('overallRate', tokenRate ?? ratio(chunks - 1, span(first, last))),
        counted: tokenRate === undefined ? 'chunk' : 'token',
        gaps: recentGaps.list().map(seconds),
      }
    },
    measurements: () => measure(timeline()),
    itlSamples() {
      const tokens = exact.gaps()
      if (tokens) return { per: 'token', seconds: tokens }
      return gaps.count === 0 ? undefined : { per: 'chunk', seconds: gaps.values() }
    },
  }
}

type TokenPiece = Extract<TokenEvent, { type: 'token' }>

/**
 * Gaps between tokens, as long as the server says of every piece how many it holds. A piece of k tokens after a gap counts as k gaps
 * of a k-th (SGLang's way; inference-perf gives zeros): when each of them was made nobody can see.
 */
function exactTokens(): { observe(event: TokenPiece): void; counted(): Pick<Timeline, 'tokenGaps' | 'firstTokens'>; gaps(): readonly number[] | undefined } {
  const gaps = samples()
  let firstTokens = 0
  let last: number | undefined
  let exact = true
  return {
    observe({ tokens, text, at }) {
      if (tokens === undefined) {
        if (text !== '') exact = false
        return
      }
      if (tokens === 0) return
      if (last === undefined) firstTokens = tokens
      else gaps.add((at - last) / tokens, tokens)
      last = at
    },
    counted: () => (exact && last !== undefined ? { tokenGaps: gaps.spread(), firstTokens } : {}),
    gaps: () => (exact && last !== undefined && gaps.count > 0 ? gaps.values() : undefined),
  }
}

/** The server's own stamps: its gaps, and how much later than the quickest piece each one was read here. */
function serverClock() {
  const gaps = samples()
  const offsets: number[] = []
  let least = Infinity
  let last: number | undefined
  return {
    gaps,
    observe({ serverTime, at }: TokenPiece) {
      if (serverTime === undefined) return
      if (last !== undefined) gaps.add(Math.max(0, serverTime - last))
      last = serverTime
      least = Math.min(least, at - serverTime)
      if (offsets.length < STAMPS_KEPT) offsets.push(at - serverTime)
    },
    lag() {
      const lag = samples()
      for (const offset of offsets) lag.add(Math.max(0, offset - least))
      return lag.spread()
    },
  }
}

/** The latest few numbers. */
function latest(count: number): { push(value: number): void; list(): readonly number[] } {
  let values: number[] = []
  return {
    push(value) {
      values.push(value)
      if (values.length >= 2 * count) values = values.slice(-count)
    },
    list: () => values.slice(-count),
  }
}

function known<Key extends string>(key: Key, value: number | undefined): { readonly [K in Key]?: number } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: number }
}
