/** One answer of a model as it comes: a pure fold over token events. */

import type { PieceKind, TokenEvent } from '../model/model.js'
import type { FailedEvent } from '../model/timing.js'
import { add, meter, type Meter } from './meter.js'

export interface ModelStream {
  readonly stage: string
  readonly model: string
  readonly state: 'waiting' | 'streaming' | 'ended'
  /** When the console heard that the request went out (ms of the console's clock). */
  readonly waitingSince: number
  /** `sent`, first and last piece: ms of the clock of the token events. */
  readonly sentAt: number
  readonly firstAt: number | undefined
  readonly lastAt: number | undefined
  /** What the latest piece was. */
  readonly kind: PieceKind | undefined
  /** Pieces since the first one, on the console's clock; absent before it. */
  readonly pieces: Meter | undefined
  /** The latest gaps between pieces, ms, oldest first. */
  readonly gaps: readonly number[]
  /** `interrupted`: its phase was over before the answer was. */
  readonly end: 'stop' | 'length' | 'cancelled' | 'failed' | 'interrupted' | undefined
  /** Tokens, as the server counts them; pieces are not tokens. */
  readonly outputTokens: number | undefined
}

export const GAP_LIMIT = 24

export function modelStream(stage: string, model: string, sentAt: number, at: number): ModelStream {
  return {
    stage,
    model,
    state: 'waiting',
    waitingSince: at,
    sentAt,
    firstAt: undefined,
    lastAt: undefined,
    kind: undefined,
    pieces: undefined,
    gaps: [],
    end: undefined,
    outputTokens: undefined,
  }
}

/** An empty piece is not a token: some servers open with one, and it would make the time to first token too short. */
export function advanceStream(before: ModelStream, event: TokenEvent | FailedEvent, at: number): ModelStream {
  switch (event.type) {
    case 'sent':
      return modelStream(before.stage, before.model, event.at, at)
    case 'token':
      if (event.text === '' || before.state === 'ended') return before
      return withPiece(before, event.at, event.kind, at)
    case 'retry':
    case 'progress':
      return before
    case 'end':
      return { ...before, state: 'ended', end: event.reason, outputTokens: event.usage.outputTokens }
    case 'failed':
      return { ...before, state: 'ended', end: 'failed' }
  }
}

/** Written out, because this runs for each token and copying with a spread costs ten times as much. */
function withPiece(before: ModelStream, eventAt: number, kind: PieceKind, at: number): ModelStream {
  const { lastAt, pieces, gaps } = before
  return {
    stage: before.stage,
    model: before.model,
    state: 'streaming',
    waitingSince: before.waitingSince,
    sentAt: before.sentAt,
    firstAt: before.firstAt ?? eventAt,
    lastAt: eventAt,
    kind,
    pieces: pieces ? add(pieces, 1, at) : meter(at, 1),
    gaps: lastAt === undefined ? gaps : [...gaps.slice(-(GAP_LIMIT - 1)), eventAt - lastAt],
    end: undefined,
    outputTokens: undefined,
  }
}

/** Seconds from the request to the first piece that is not empty, thinking included. */
export function ttft(stream: ModelStream): number | undefined {
  return stream.firstAt === undefined ? undefined : (stream.firstAt - stream.sentAt) / 1000
}

/**
 * Tokens (pieces, while the server has not counted) per second of the whole answer, without the wait for the first:
 * (n - 1) / (last - first). `undefined` with fewer than two pieces.
 */
export function overallRate(stream: ModelStream): number | undefined {
  const { pieces, firstAt, lastAt } = stream
  if (!pieces || pieces.total < 2 || firstAt === undefined || lastAt === undefined || lastAt <= firstAt) return undefined
  return (((stream.outputTokens ?? pieces.total) - 1) / (lastAt - firstAt)) * 1000
}
