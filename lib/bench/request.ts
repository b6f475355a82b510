/** One request of a run: sent, watched to its end, and judged. */

import { endState, generation, timing, type EndState, type ItlSamples, type Measurements, type Model, type ModelEvent, type ModelOptions, type ModelRequest, type TokenEvent } from '../model/index.js'
import type { Watch } from '../stage/index.js'
import { contradiction, type CacheWish } from './cache.js'
import type { Clock } from './load.js'
import { meets, type Slo } from './slo.js'

export interface RequestContext {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** When it was due, on the clock; absent in a closed loop, where a request is due when it is sent. */
  readonly dueAt?: number
  readonly cache: CacheWish
  readonly slo?: Slo
  /** Tells it from others that run at once. */
  readonly stream?: string
  readonly onEvent?: Watch<ModelEvent>
}

export interface RequestOutcome {
  readonly measurements: Measurements
  readonly endState: EndState
  /** The gaps of an answer that ended well. Not kept with the run: there may be many. */
  readonly gaps?: ItlSamples
  /** What the server was asked for, beyond the settings of its cell. */
  readonly options: ModelOptions
  /** When it was over, on the clock. */
  readonly endedAt: number
  /** From when it was due; seconds, absent in a closed loop. */
  readonly queue?: QueueFigures
  /** Whether it ended well within every limit; absent without limits. */
  readonly good?: boolean
  /** The server's counts say that the cache was not as wished. */
  readonly contradiction?: string
  /** Why it failed, for people. */
  readonly message?: string
}

/** No coordinated omission: a user waits from the moment the request was due, not from the moment it could be sent. */
export interface QueueFigures {
  /** Due to sent. */
  readonly queueDuration: number
  /** Due to the first piece. */
  readonly ttft?: number
  /** Due to the server's last message. */
  readonly e2eLatency?: number
}

/** Never throws: a request that fails is an outcome. */
export async function measureRequest(model: Model, request: ModelRequest, context: RequestContext): Promise<RequestOutcome> {
  const { clock, signal, dueAt, slo, stream, onEvent } = context
  const calledAt = clock.now()
  const figures = timing()
  let firstSentAt: number | undefined
  let sentAt: number | undefined
  let reason: Extract<TokenEvent, { type: 'end' }> | undefined
  let failure: unknown
  try {
    for await (const event of generation(model, request, { stage: 'bench', timing: figures, signal, now: () => clock.now(), ...(stream !== undefined && { stream }), ...(onEvent && { onEvent }) })) {
      if (event.type === 'sent') {
        firstSentAt ??= event.at
        sentAt = event.at
      }
      if (event.type === 'end') reason = event
    }
  } catch (error) {
    failure = error
  }
  const measurements = figures.measurements()
  const state = measurements.endState ?? endState(reason?.reason ?? 'MODEL_FAILED')
  const ok = measurements.status === 'ok'
  const gaps = ok ? figures.itlSamples() : undefined
  const queue = dueAt === undefined ? undefined : queueFigures(measurements, dueAt, firstSentAt ?? calledAt, sentAt ?? calledAt)
  const doubt = contradiction(context.cache, measurements)
  const taken = {
    ttft: queue ? queue.ttft : measurements.ttft,
    // With one token there is no time between tokens to be too long.
    tpot: measurements.tpot ?? ((measurements.outputTokens ?? Infinity) <= 1 ? 0 : undefined),
    e2e: queue ? queue.e2eLatency : measurements.e2eLatency,
  }
  return {
    measurements,
    endState: state,
    ...(gaps && { gaps }),
    options: request.options ?? {},
    endedAt: reason?.at ?? clock.now(),
    ...(queue && { queue }),
    ...(slo && { good: ok && meets(slo, taken) }),
    ...(doubt !== undefined && { contradiction: doubt }),
    ...(failure instanceof Error && { message: failure.message }),
  }
}

/** `ttft` counts from the latest attempt; what connecting and earlier ones cost lies before it, and the user waited for that, too. */
function queueFigures(m: Measurements, dueAt: number, firstSentAt: number, sentAt: number): QueueFigures {
  const before = (sentAt - dueAt) / 1000
  return {
    queueDuration: Math.max(0, (firstSentAt - dueAt) / 1000),
    ...(m.ttft === undefined ? {} : { ttft: before + m.ttft }),
    ...(m.e2eLatency === undefined ? {} : { e2eLatency: before + m.e2eLatency }),
  }
}
