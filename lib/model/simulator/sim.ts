/** A model that is none: tokens after a seeded schedule, and faults where they are wanted. */

import { open } from 'node:fs/promises'
import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelOptions, ModelRequest, RunContext, TokenEvent } from '../model.js'
import { aborted } from '../wire/failure.js'
import { STALL_TIMEOUT_MS } from '../wire/reader.js'
import { realClock, type SimClock } from './clock.js'
import { schedule } from './schedule.js'
import { parseSpec, type SimSpec } from './spec.js'

export interface SimOptions extends SimSpec {
  /** Default `sim`. */
  readonly name?: string
  /** Shown as the model's; they change nothing. */
  readonly options?: ModelOptions
  /** After how long a stalled run gives up, ms; default 120,000, as for a real server. */
  readonly stallTimeoutMs?: number
  /** Default: real time. With one of the tests' a run takes no time. */
  readonly clock?: SimClock
}

const TEXT_LIMIT = 1024 * 1024

/**
 * A simulated model in this process. Its stamps are its schedule: the same description gives the same figures, to the microsecond,
 * however late timers fire or the consumer reads.
 *
 * @throws {ChimeraError} `USAGE` for a description that makes no sense. A run throws what its fault stands for: `MODEL_REFUSED`,
 *   `MODEL_TRUNCATED`, `MODEL_FAILED`, `MODEL_TIMEOUT`; `ABORTED`; `UNREADABLE` for the text's file.
 */
export function sim(description: string | SimOptions = {}): Model {
  const options: SimOptions = typeof description === 'string' ? { ...parseSpec(description), name: description } : description
  return {
    provider: 'sim',
    name: options.name ?? 'sim',
    options: options.options ?? {},
    generate: (request, context) => run(options, request, context),
  }
}

async function* run(options: SimOptions, request: ModelRequest, context: RunContext = {}): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal } = context
  const { clock = realClock, fault } = options
  const now = context.now ?? (() => clock.now())
  if (signal?.aborted) throw aborted(signal)
  const text = options.textFile === undefined ? {} : { text: await script(options.textFile) }
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
  for (const token of schedule({ ...options, ...text })) {
    if (fault && count >= fault.after) break
    await waitUntil(sentAt + token.dueMs)
    count += 1
    last = token.dueMs
    first ??= token.dueMs
    yield { type: 'token', at: sentAt + token.dueMs, text: token.text, kind: token.kind }
  }
  if (fault) await fail(fault.kind, count, () => waitUntil(sentAt + last + (options.stallTimeoutMs ?? STALL_TIMEOUT_MS)))
  yield {
    type: 'end',
    at: sentAt + last,
    reason: 'stop',
    usage: {
      promptTokens: request.messages.reduce((sum, message) => sum + (message.content.match(/\S+/g)?.length ?? 0), 0),
      outputTokens: count,
      totalDuration: last / 1000,
      ...(first === undefined ? {} : { promptEvalDuration: first / 1000, evalDuration: (last - first) / 1000 }),
    },
  }
}

async function fail(kind: NonNullable<SimOptions['fault']>['kind'], count: number, stalled: () => Promise<void>): Promise<never> {
  switch (kind) {
    case 'refuse':
      throw new ChimeraError('MODEL_REFUSED', 'the simulator refused the request, as it was told to: leave out fault=refuse')
    case 'cut':
      throw new ChimeraError('MODEL_TRUNCATED', `the simulator ended its stream after ${count} tokens, as it was told to: leave out fault=cut`)
    case 'error':
      throw new ChimeraError('MODEL_FAILED', `the simulator failed after ${count} tokens, as it was told to: leave out fault=error`)
    case 'stall':
      await stalled()
      throw new ChimeraError('MODEL_TIMEOUT', `the simulator stalled after ${count} tokens, as it was told to: leave out fault=stall`)
  }
}

async function script(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const buffer = Buffer.alloc(TEXT_LIMIT)
      const { bytesRead } = await handle.read(buffer, 0, TEXT_LIMIT, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new ChimeraError('UNREADABLE', `expected a file with the simulator's text, could not read "${file}": check its path`, { cause })
  }
}
