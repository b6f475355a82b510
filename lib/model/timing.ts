/** What one run's token events say in time: an incremental fold, live at any moment, and the figures at its end. */

import type { ErrorCode } from '../stage/index.js'
import { measure, ratio, seconds, span, type Measurements, type Timeline } from './measurements.js'
import type { TokenEvent } from './model.js'

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
}

export const RECENT_GAPS = 60
const WINDOW_MS = 2000
/** Gaps kept for percentiles; mean and maximum count all of them. A run has hundreds, seldom thousands. */
const GAPS_KEPT = 100_000
/** Stamps kept for the recent rate. */
const STAMPS_KEPT = 4096

/** State of one run. Feed it the events in order; empty pieces are no tokens and are passed over. */
export function timing(): Timing {
  let sent: number | undefined
  let first: number | undefined
  let firstText: number | undefined
  let last: number | undefined
  let end: Extract<TokenEvent, { type: 'end' }> | undefined
  let failed: FailedEvent | undefined
  let chunks = 0
  let thinkingChunks = 0
  let textLength = 0
  let thinkingLength = 0
  const gaps = { kept: [] as number[], count: 0, sum: 0, max: 0, zeros: 0 }
  const recentGaps = latest(RECENT_GAPS)
  let stamps: number[] = []

  const piece = (event: Extract<TokenEvent, { type: 'token' }>) => {
    if (event.text === '') return
    chunks += 1
    if (event.kind === 'text') {
      textLength += event.text.length
      firstText ??= event.at
    } else {
      thinkingLength += event.text.length
      thinkingChunks += 1
    }
    if (last !== undefined) {
      const gap = event.at - last
      gaps.count += 1
      gaps.sum += gap
      gaps.max = Math.max(gaps.max, gap)
      if (gap === 0) gaps.zeros += 1
      if (gaps.kept.length < GAPS_KEPT) gaps.kept.push(gap)
      recentGaps.push(gap)
    }
    first ??= event.at
    last = event.at
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
    ...known('sent', sent),
    ...known('first', first),
    ...known('firstText', firstText),
    ...known('last', last),
    ...(end ? { end } : {}),
    ...(failed ? { failure: failed.code } : {}),
    chunks,
    thinkingChunks,
    textLength,
    thinkingLength,
    gaps,
  })

  return {
    observe(event) {
      switch (event.type) {
        case 'sent':
          sent ??= event.at
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
      // The full figures sort all gaps: too dear for each frame of a display, and tokens are not counted before the end anyway.
      const tokenRate = end && measure(timeline()).decodeThroughput
      return {
        state: failed ? 'failed' : end ? 'done' : first !== undefined ? 'streaming' : sent === undefined ? 'idle' : 'waiting',
        ...(sent === undefined || first !== undefined || over !== undefined ? {} : { waiting: seconds(at - sent) }),
        ...(sent === undefined ? {} : { elapsed: seconds(until - sent) }),
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
