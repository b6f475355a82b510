/** What two agents at once come to, as pure functions of measured times. Seconds, rates per second; unknown is absent, never an estimate. */

import type { Measurements } from '../../model/measurements.js'
import { AGENTS, worked, type AgentAnswer, type AgentId } from './agent.js'
import type { Pass } from './pass.js'

export interface Rate {
  readonly value: number
  /** Pieces, where the server counts no tokens. */
  readonly unit: '{token}/s' | '{chunk}/s'
}

/** B against A, in one pass: B - A. */
export interface Delta {
  readonly ttft?: number
  readonly rate?: Rate
}

/** How much slower an agent is beside the other than alone: 0 not at all, 0.25 by a quarter; below 0 it was faster. */
export interface Contention {
  /** together / alone - 1 */
  readonly ttft?: number
  /** alone / together - 1 */
  readonly rate?: number
}

export interface Comparison {
  /** What the two took together, one way or the other. */
  readonly seconds?: number
  /** What they took one after the other, alone; measured. */
  readonly sequentialSeconds?: number
  /** sequentialSeconds / seconds, of a concurrent pass. */
  readonly speedup?: number
  /** speedup / 2: 1 when neither cost the other any time. */
  readonly efficiency?: number
  /** (A + B) / max(A, B), of the times that each took alone: what the speedup would be without contention. 2 only for equal work. */
  readonly idealSpeedup?: number
  readonly delta: Delta
  readonly contention: { readonly [Id in AgentId]?: Contention }
}

/** Without `alone`, or where an answer failed, what needs it is absent. */
export function compare(together: Pass, alone?: Pass): Comparison {
  const { A, B } = together.answers
  const complete = worked(A) && worked(B)
  const apart = alone && worked(alone.answers.A) && worked(alone.answers.B) ? { A: alone.answers.A, B: alone.answers.B } : undefined
  const seconds = complete && together.seconds > 0 ? together.seconds : undefined
  const sequentialSeconds = apart && alone && alone.seconds > 0 ? alone.seconds : undefined
  const speedup = together.mode === 'concurrent' ? ratio(sequentialSeconds, seconds) : undefined
  const contention: { [Id in AgentId]?: Contention } = {}
  for (const id of AGENTS) {
    const found = contentionOf(together.answers[id], alone?.answers[id])
    if (found && together.mode === 'concurrent') contention[id] = found
  }
  return present({
    seconds,
    sequentialSeconds,
    speedup,
    efficiency: speedup === undefined ? undefined : speedup / 2,
    idealSpeedup: speedup === undefined || !apart ? undefined : ratio(apart.A.seconds + apart.B.seconds, Math.max(apart.A.seconds, apart.B.seconds)),
    delta: complete ? deltaOf(A.measurements, B.measurements) : {},
    contention,
  })
}

/** Decoding alone, the wait for the first token left out: (n - 1) / (last - first). */
export function rateOf({ decodeThroughput, chunkThroughput, outputTokens }: Measurements): Rate | undefined {
  if (decodeThroughput !== undefined) return { value: decodeThroughput, unit: '{token}/s' }
  return chunkThroughput === undefined || outputTokens !== undefined ? undefined : { value: chunkThroughput, unit: '{chunk}/s' }
}

function deltaOf(a: Measurements, b: Measurements): Delta {
  const [rateA, rateB] = [rateOf(a), rateOf(b)]
  return present({
    ttft: a.ttft === undefined || b.ttft === undefined ? undefined : b.ttft - a.ttft,
    rate: rateA && rateB?.unit === rateA.unit ? { value: rateB.value - rateA.value, unit: rateA.unit } : undefined,
  })
}

function contentionOf(together: AgentAnswer | undefined, alone: AgentAnswer | undefined): Contention | undefined {
  if (!worked(together) || !worked(alone)) return undefined
  const [beside, apart] = [rateOf(together.measurements), rateOf(alone.measurements)]
  return present({
    ttft: lessOne(ratio(together.measurements.ttft, alone.measurements.ttft)),
    rate: beside && beside.unit === apart?.unit ? lessOne(ratio(apart.value, beside.value)) : undefined,
  })
}

function ratio(over: number | undefined, under: number | undefined): number | undefined {
  return over === undefined || under === undefined || under <= 0 ? undefined : over / under
}

function lessOne(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value - 1
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
}
