/** One line of a trace: an event of an answer as JSON, stamps relative to its first request. */

import type { ErrorCode } from '../../stage/index.js'
import type { FailedEvent } from '../timing.js'
import type { ModelOptions, TokenEvent } from '../model.js'

/** Opens an answer: what was asked, of whom. `version` is the format's. */
export interface TraceHeader {
  readonly type: 'run'
  readonly run: number
  readonly version: 1
  readonly model: string
  readonly provider?: string
  readonly stage: string
  readonly stream?: string
  readonly options?: ModelOptions
  /** ISO 8601, when the request went out, by the wall clock. */
  readonly time?: string
}

/** An event with the number of its run; `at` and `deliveredAt` in ms since the first event of the run. */
export type TraceEvent = (TokenEvent | FailedEvent) & { readonly run: number }

export type TraceLine = TraceHeader | TraceEvent

/** Nanoseconds are as far as a clock goes. */
export function formatTraceEvent(event: TokenEvent | FailedEvent, run: number, origin: number): string {
  const relative = (at: number) => Math.round((at - origin) * 1e6) / 1e6
  const moved = event.type === 'token' && event.deliveredAt !== undefined ? { deliveredAt: relative(event.deliveredAt) } : {}
  return `${JSON.stringify({ run, ...event, at: relative(event.at), ...moved })}\n`
}

/** `undefined` for what is no line of a trace: nothing is believed about a file. */
export function parseTraceLine(text: string): TraceLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const line = value as Readonly<Record<string, unknown>>
  if (!isCount(line['run'])) return undefined
  if (line['type'] === 'run') return isHeader(line) ? (line as unknown as TraceHeader) : undefined
  if (typeof line['at'] !== 'number' || !Number.isFinite(line['at'])) return undefined
  return SHAPES.get(line['type'])?.(line) ? (line as unknown as TraceEvent) : undefined
}

const KINDS: readonly unknown[] = ['text', 'thinking', 'tool']
const REASONS: readonly unknown[] = ['stop', 'length', 'cancelled']
/** A code that is not of a model ends no answer. */
const CODES = new Set<unknown>([
  'MODEL_UNREACHABLE',
  'MODEL_UNKNOWN',
  'MODEL_REFUSED',
  'MODEL_BUSY',
  'MODEL_INVALID',
  'MODEL_FAILED',
  'MODEL_TRUNCATED',
  'MODEL_TIMEOUT',
  'MODEL_STALLED',
  'ABORTED',
] satisfies ErrorCode[])

type Line = Readonly<Record<string, unknown>>

const SHAPES = new Map<unknown, (line: Line) => boolean>([
  ['connecting', ({ attempt }) => attempt === undefined || isCount(attempt)],
  ['sent', ({ attempt }) => attempt === undefined || isCount(attempt)],
  ['retry', ({ attempt, waitMs, code }) => isCount(attempt) && isNumber(waitMs) && CODES.has(code)],
  ['progress', ({ processed, total, cached }) => isCount(processed) && isCount(total) && isMaybe(cached)],
  [
    'token',
    ({ text, kind, serverTime, deliveredAt, tokens, read }) =>
      typeof text === 'string' && KINDS.includes(kind) && isMaybe(serverTime) && isMaybe(deliveredAt) && isMaybe(tokens) && isMaybe(read),
  ],
  ['end', ({ reason, usage }) => REASONS.includes(reason) && isUsage(usage)],
  ['failed', ({ code }) => CODES.has(code)],
])

function isHeader({ version, model, stage, provider, stream, time, options }: Line): boolean {
  const texts = [provider, stream, time].every((text) => text === undefined || typeof text === 'string')
  return version === 1 && typeof model === 'string' && typeof stage === 'string' && texts && (options === undefined || isOptions(options))
}

function isOptions(options: unknown): boolean {
  return isObject(options) && Object.values(options).every((value) => ['string', 'number', 'boolean'].includes(typeof value))
}

function isUsage(usage: unknown): boolean {
  return isObject(usage) && Object.values(usage).every((value) => isNumber(value) && (value as number) >= 0)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isMaybe(value: unknown): boolean {
  return value === undefined || isNumber(value)
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}
