/** A model that is none: tokens after a seeded schedule, and faults where they are wanted. */

import { ChimeraError, type ErrorCode } from '../../stage/index.js'
import type { Model, ModelOptions, ModelRequest, RunContext, TokenEvent } from '../model.js'
import { aborted } from '../wire/failure.js'
import { FIRST_TOKEN_TIMEOUT_MS, STALL_TIMEOUT_MS } from '../wire/reader.js'
import { realClock, type SimClock } from './clock.js'
import { faultFor, faultText, type SimFault } from './fault.js'
import { DEFAULTS, pieces, tokenCount } from './schedule.js'
import { parseSpec, type SimSpec } from './spec.js'
import { promptMs } from './steps.js'
import { textOf } from './text-file.js'

export interface SimOptions extends SimSpec {
  /** Default `sim`. */
  readonly name?: string
  /** Shown as the model's; they change nothing. */
  readonly options?: ModelOptions
  /** After how long a stalled run gives up, ms; default 120,000, as for a real server. */
  readonly stallTimeoutMs?: number
  /** The same for a run that stalls before its first token, ms; default 600,000. */
  readonly firstTokenTimeoutMs?: number
  /** Default: real time. With one of the tests' a run takes no time. */
  readonly clock?: SimClock
}

/**
 * A simulated model in this process. Its stamps are its schedule: the same description gives the same figures, to the microsecond,
 * however late timers fire or the consumer reads. What belongs to a server only (`dialect`, `wire`, `coalesce`, `slots`, `ping`) changes
 * nothing here.
 *
 * @throws {ChimeraError} `USAGE` for a description that makes no sense. A run throws what its fault stands for: `MODEL_REFUSED`,
 *   `MODEL_BUSY`, `MODEL_INVALID`, `MODEL_UNKNOWN`, `MODEL_TRUNCATED`, `MODEL_FAILED`, `MODEL_TIMEOUT`, `MODEL_STALLED`; `ABORTED`; `UNREADABLE` for the text's file.
 */
export function sim(description: string | SimOptions = {}): Model {
  const options: SimOptions = typeof description === 'string' ? { ...parseSpec(description), name: description } : description
  let runs = 0
  return {
    provider: 'sim',
    name: options.name ?? 'sim',
    options: options.options ?? {},
    generate: (request, context) => run(options, runs++, request, context),
  }
}

async function* run(options: SimOptions, index: number, request: ModelRequest, context: RunContext = {}): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal } = context
  const { clock = realClock } = options
  const now = context.now ?? (() => clock.now())
  if (signal?.aborted) throw aborted(signal)
  const spec = { ...options, ...(await textOf(options.textFile)) }
  const fault = faultFor(spec.fault, index, spec.seed ?? DEFAULTS.seed, tokenCount(spec))
  const words = request.messages.reduce((sum, message) => sum + (message.content.match(/\S+/g)?.length ?? 0), 0)
  const { promptTokens = words, cachedTokens } = spec
  // Every run is the first one as far as loading goes, so that the same description gives the same figures.
  const loadMs = spec.loadMs ?? 0
  const beforeMs = loadMs + (spec.waitMs ?? 0)
  const readMs = promptMs(spec, { promptTokens, cachedTokens })
  const sentAt = now()
  const waitUntil = async (at: number) => {
    const ms = at - now()
    if (ms > 0) await clock.sleep(ms, signal)
    if (signal?.aborted) throw aborted(signal)
  }

  yield { type: 'sent', at: sentAt }
  let first: number | undefined
  let last = 0
  let count = 0
  const ends = fault && ENDS[fault.kind]
  // What is missing at the end is missed at the end.
  const breakAt = fault?.kind === 'no-done' ? Infinity : (fault?.after ?? Infinity)
  for (const { kind, text, tokens, dueMs } of pieces({ ...spec, ttftMs: beforeMs + readMs }, breakAt)) {
    if (ends && count >= breakAt) break
    await waitUntil(sentAt + dueMs)
    count += tokens.length
    last = dueMs
    first ??= dueMs
    yield { type: 'token', at: sentAt + dueMs, text, kind, tokens: tokens.length }
  }
  if (ends) {
    if (fault.kind === 'stall') await waitUntil(sentAt + last + (count === 0 ? (options.firstTokenTimeoutMs ?? FIRST_TOKEN_TIMEOUT_MS) : (options.stallTimeoutMs ?? STALL_TIMEOUT_MS)))
    throw failure(fault, count)
  }
  yield {
    type: 'end',
    at: sentAt + last,
    reason: spec.finish ?? 'stop',
    usage: {
      promptTokens,
      ...(cachedTokens === undefined ? {} : { cachedPromptTokens: cachedTokens }),
      outputTokens: count,
      totalDuration: last / 1000,
      ...(loadMs === 0 ? {} : { loadDuration: loadMs / 1000 }),
      ...(first === undefined ? {} : { promptEvalDuration: readMs / 1000, evalDuration: (last - first) / 1000 }),
    },
  }
}

/** The faults that end a run; the others are a matter of bytes, which a model in this process has none of. */
const ENDS: Partial<Record<SimFault['kind'], ErrorCode>> = {
  status: 'MODEL_FAILED',
  busy: 'MODEL_BUSY',
  refuse: 'MODEL_REFUSED',
  html: 'MODEL_INVALID',
  'error-body': 'MODEL_FAILED',
  cut: 'MODEL_TRUNCATED',
  close: 'MODEL_TRUNCATED',
  reset: 'MODEL_TRUNCATED',
  error: 'MODEL_FAILED',
  'error-field': 'MODEL_FAILED',
  stall: 'MODEL_STALLED',
  garbage: 'MODEL_INVALID',
  'no-done': 'MODEL_TRUNCATED',
}

function failure(fault: SimFault, count: number): ChimeraError {
  const silent = fault.kind === 'stall' && count === 0
  const code = fault.kind === 'status' ? statusCode(fault.status ?? 500) : silent ? 'MODEL_TIMEOUT' : (ENDS[fault.kind] ?? 'MODEL_FAILED')
  const text = faultText(fault)
  return new ChimeraError(code, `the simulator ended after ${count} tokens with ${text}, as it was told to: leave out fault=${text}`)
}

function statusCode(status: number): ErrorCode {
  if (status === 404) return 'MODEL_UNKNOWN'
  if (status === 429 || status === 503) return 'MODEL_BUSY'
  if (status === 401 || status === 403) return 'MODEL_REFUSED'
  return status < 500 ? 'MODEL_INVALID' : 'MODEL_FAILED'
}
