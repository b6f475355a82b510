/** One answer of a model as it comes: a pure fold over token events. */

import { endState, type EndState } from '../model/end-state.js'
import type { ModelEvent } from '../model/generation.js'
import type { PieceKind, TokenEvent } from '../model/model.js'
import type { FailedEvent } from '../model/timing.js'
import { add, meter, type Meter } from './meter.js'

/** What tells an answer from others. */
export interface StreamKey {
  readonly stage: string
  readonly model: string
  /** Which of several at once; absent where the stage has one. */
  readonly stream?: string | undefined
}

export interface ModelStream extends StreamKey {
  readonly stream: string | undefined
  /** Row of the screen, counted from the first answer; absent when another took it. */
  readonly place: number | undefined
  readonly state: 'waiting' | 'reading' | 'retrying' | 'streaming' | 'ended'
  /** When the console heard that the request went out (ms of the console's clock). */
  readonly waitingSince: number
  /** `sent`, first and last piece: ms of the clock of the token events. */
  readonly sentAt: number | undefined
  readonly firstAt: number | undefined
  readonly lastAt: number | undefined
  /** How much of the prompt the server has read, 0 to 1; only while it does. */
  readonly progress: number | undefined
  /** The attempt to come, and when (console's clock). */
  readonly retry: { readonly attempt: number; readonly at: number } | undefined
  /** What the latest piece was. */
  readonly kind: PieceKind | undefined
  /** Pieces since the first one, on the console's clock; absent before it. */
  readonly pieces: Meter | undefined
  /** The tokens in them, as long as the server says of every piece how many it holds. */
  readonly tokens: Meter | undefined
  /** How many of those came with the first piece. */
  readonly firstTokens: number
  /** The latest gaps between pieces, ms, oldest first. */
  readonly gaps: readonly number[]
  /** `interrupted`: its phase was over before the answer was. */
  readonly end: StreamEnd | undefined
  /** Console's clock. */
  readonly endedAt: number | undefined
  /** Tokens, as the server counts them; pieces are not tokens. */
  readonly outputTokens: number | undefined
}

export type StreamEnd = EndState | 'interrupted'

export const GAP_LIMIT = 24
/** A pause is a stall when it is longer than this (ms) and than so many of the stream's usual gaps. */
export const STALL_MS = 1000
export const STALL_GAPS = 3

/** `sentAt` is unknown for one whose begin nobody told of. */
export function modelStream({ stage, model, stream }: StreamKey, sentAt: number | undefined, at: number, place: number | undefined): ModelStream {
  return {
    stage,
    model,
    stream,
    place,
    state: 'waiting',
    waitingSince: at,
    sentAt,
    firstAt: undefined,
    lastAt: undefined,
    progress: undefined,
    retry: undefined,
    kind: undefined,
    pieces: undefined,
    tokens: undefined,
    firstTokens: 1,
    gaps: [],
    end: undefined,
    endedAt: undefined,
    outputTokens: undefined,
  }
}

/** An empty piece is not a token: some servers open with one, and it would make the time to first token too short. */
export function advanceStream(before: ModelStream, event: ModelEvent['event'], at: number): ModelStream {
  if (before.state === 'ended') return before
  switch (event.type) {
    case 'connecting':
      return modelStream(before, undefined, at, before.place)
    case 'sent':
      return modelStream(before, event.at, at, before.place)
    case 'token':
      return event.text === '' ? before : withPiece(before, event, at)
    case 'retry':
      return { ...before, state: 'retrying', retry: { attempt: event.attempt + 1, at: at + event.waitMs } }
    case 'progress':
      if (before.pieces || !(event.total > 0)) return before
      return { ...before, state: 'reading', progress: Math.min(1, Math.max(0, event.processed / event.total)) }
    case 'end':
    case 'failed':
      return ended(before, event, at)
  }
}

/** Its phase is over, so it will not go on. */
export function interrupted(before: ModelStream, at: number): ModelStream {
  return { ...before, state: 'ended', end: 'interrupted', endedAt: at }
}

/** The row it stood in belongs to another. */
export function displaced(before: ModelStream): ModelStream {
  return { ...before, place: undefined }
}

function ended(before: ModelStream, event: Extract<TokenEvent, { type: 'end' }> | FailedEvent, at: number): ModelStream {
  const end = endState(event.type === 'failed' ? event.code : event.reason)
  const outputTokens = event.type === 'failed' ? before.tokens?.total : (event.usage.outputTokens ?? before.tokens?.total)
  return { ...before, state: 'ended', end, endedAt: at, outputTokens }
}

/** Written out, because this runs for each token and copying with a spread costs ten times as much. */
function withPiece(before: ModelStream, event: Extract<TokenEvent, { type: 'token' }>, at: number): ModelStream {
  const { lastAt, pieces, tokens } = before
  return {
    stage: before.stage,
    model: before.model,
    stream: before.stream,
    place: before.place,
    state: 'streaming',
    waitingSince: before.waitingSince,
    sentAt: before.sentAt,
    firstAt: before.firstAt ?? event.at,
    lastAt: event.at,
    progress: undefined,
    retry: undefined,
    kind: event.kind,
    pieces: pieces ? add(pieces, 1, at) : meter(at, 1),
    tokens: event.tokens === undefined ? undefined : pieces ? tokens && add(tokens, event.tokens, at) : meter(at, event.tokens),
    firstTokens: pieces ? before.firstTokens : (event.tokens ?? 1),
    gaps: lastAt === undefined ? before.gaps : withGap(before.gaps, event.at - lastAt),
    end: undefined,
    endedAt: undefined,
    outputTokens: undefined,
  }
}

function withGap(gaps: readonly number[], gap: number): readonly number[] {
  const next = gaps.length < GAP_LIMIT ? gaps.slice() : gaps.slice(1)
  next.push(gap)
  return next
}

/** Seconds from the request to the first piece that is not empty, thinking included. */
export function ttft({ sentAt, firstAt }: ModelStream): number | undefined {
  return firstAt === undefined || sentAt === undefined ? undefined : (firstAt - sentAt) / 1000
}

/** What came so far, and whether that is tokens or only pieces. */
export function amountOf({ outputTokens, tokens, pieces }: ModelStream): { readonly count: number; readonly unit: 'token' | 'chunk' } {
  const exact = outputTokens ?? tokens?.total
  return exact === undefined ? { count: pieces?.total ?? 0, unit: 'chunk' } : { count: exact, unit: 'token' }
}

/**
 * Tokens (pieces, while nobody has counted) per second of the whole answer, without the wait for the first:
 * (n - 1) / (last - first). `undefined` with fewer than two pieces.
 */
export function overallRate(stream: ModelStream): number | undefined {
  const { pieces, firstAt, lastAt, firstTokens } = stream
  if (!pieces || pieces.total < 2 || firstAt === undefined || lastAt === undefined || lastAt <= firstAt) return undefined
  const later = amountOf(stream).count - firstTokens
  return later > 0 ? (later / (lastAt - firstAt)) * 1000 : undefined
}

/**
 * Seconds since the latest piece, when that is a stall: longer than a second and than three of its usual gaps (the median; pieces that
 * came together have no gap of their own).
 */
export function stalledFor({ state, pieces, gaps }: ModelStream, now: number): number | undefined {
  if (state !== 'streaming' || !pieces) return undefined
  const pause = now - pieces.lastAt
  if (pause <= STALL_MS) return undefined
  const sorted = gaps.filter((gap) => gap > 0).sort((a, b) => a - b)
  const usual = sorted[sorted.length >> 1] ?? 0
  return pause > STALL_GAPS * usual ? pause / 1000 : undefined
}
