/** A model that says again what a trace holds, with the stamps it holds. */

import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelOptions, RunContext, TokenEvent } from '../model.js'
import { realClock, type SimClock } from '../simulator/clock.js'
import { aborted } from '../wire/failure.js'
import { readTrace, type TracedRun } from './read-trace.js'

export interface ReplayOptions {
  /** How many times faster than it was; figures stay those of the trace. `max` does not wait at all. Default 1. */
  readonly speed?: number | 'max'
  /** Default: real time. */
  readonly clock?: SimClock
}

/** Answers that are kept in memory for a replay. */
const RUNS_LIMIT = 1000

/**
 * Each call gives the next answer of the trace, in the order in which they began, whatever is asked. Stamps are the trace's, counted
 * from the call, so that the figures are the same however fast it is replayed. An answer that failed fails again, with its code.
 *
 * @throws {ChimeraError} `NOT_FOUND`, `UNREADABLE` when the first answer is asked for; `MODEL_INVALID` when there are no more.
 */
export function replay(file: string, options: ReplayOptions = {}): Model {
  const { speed = 1, clock = realClock } = options
  if (speed !== 'max' && !(speed > 0)) throw new ChimeraError('USAGE', `expected a speed above 0, or max, found ${String(speed)}`)
  let runs: Promise<readonly TracedRun[]> | undefined
  let next = 0
  return {
    provider: 'trace',
    name: `trace:${file}`,
    options: speed === 1 ? {} : ({ speed } satisfies ModelOptions),
    async *generate(_request, context = {}) {
      const { signal } = context
      if (signal?.aborted) throw aborted(signal)
      const held = await (runs ??= load(file))
      const run = held[next]
      if (!run) throw new ChimeraError('MODEL_INVALID', `expected another answer in ${file}, found only ${held.length}: replay it with the command that wrote it`)
      next += 1
      yield* again(run, { speed, clock, context })
    },
  }
}

async function* again({ events }: TracedRun, { speed, clock, context }: { speed: number | 'max'; clock: SimClock; context: RunContext }): AsyncGenerator<TokenEvent, void, undefined> {
  const { signal } = context
  const now = context.now ?? (() => clock.now())
  const origin = now()
  for (const event of events) {
    const due = speed === 'max' ? 0 : event.at / speed
    const ms = origin + due - now()
    if (speed !== 'max' && ms > 0) await clock.sleep(ms, signal)
    if (signal?.aborted) throw aborted(signal)
    const at = origin + event.at
    if (event.type === 'failed') throw new ChimeraError(event.code, `the answer in the trace ended like this (${event.code}): what came before it is kept`)
    yield event.type === 'token' && event.deliveredAt !== undefined ? { ...event, at, deliveredAt: origin + event.deliveredAt } : { ...event, at }
  }
}

async function load(file: string): Promise<readonly TracedRun[]> {
  const runs: TracedRun[] = []
  for await (const run of readTrace(file)) {
    if (runs.push(run) > RUNS_LIMIT) throw new ChimeraError('UNREADABLE', `expected at most ${RUNS_LIMIT} answers to replay, found more in ${file}`)
  }
  return runs.sort((a, b) => a.header.run - b.header.run)
}
