/** What became of the answers of one model in one stage, in sums: they stay small however many answers there are. */

import { amountOf, overallRate, ttft, type ModelStream, type StreamEnd } from './model-stream.js'
import { count } from './quantity.js'

export interface EndTally {
  readonly stage: string
  readonly model: string
  /** When the latest of its answers began (ms of the console's clock). */
  readonly beganAt: number
  /** Answers that are over, by how they ended. */
  readonly ends: { readonly [End in StreamEnd]?: number }
  /** Seconds; of the answers that have one. */
  readonly ttft: Mean
  /** Per second, each answer by itself; those that were counted in tokens, and those of which only pieces are known. */
  readonly rate: { readonly token: Mean; readonly chunk: Mean }
  /** The sums of what came, likewise. */
  readonly amount: { readonly token: number; readonly chunk: number }
}

export interface Mean {
  readonly count: number
  readonly sum: number
}

const NONE: Mean = { count: 0, sum: 0 }

export function endTally(stage: string, model: string, beganAt: number): EndTally {
  return { stage, model, beganAt, ends: {}, ttft: NONE, rate: { token: NONE, chunk: NONE }, amount: { token: 0, chunk: 0 } }
}

/** `stream` is over. */
export function tallied(before: EndTally, stream: ModelStream): EndTally {
  const end = stream.end ?? 'interrupted'
  const amount = amountOf(stream)
  const { unit } = amount
  return {
    ...before,
    ends: { ...before.ends, [end]: (before.ends[end] ?? 0) + 1 },
    ttft: meanWith(before.ttft, ttft(stream)),
    rate: { ...before.rate, [unit]: meanWith(before.rate[unit], overallRate(stream)) },
    amount: { ...before.amount, [unit]: before.amount[unit] + amount.count },
  }
}

export function meanOf(mean: Mean): number | undefined {
  return mean.count === 0 ? undefined : mean.sum / mean.count
}

export function meanOfAll(means: readonly Mean[]): number | undefined {
  return meanOf(means.reduce((all, one) => ({ count: all.count + one.count, sum: all.sum + one.sum }), NONE))
}

export interface EndCounts {
  /** By themselves or at their limit. */
  readonly done: number
  /** By us. */
  readonly cancelled: number
  /** Not ended when their stage was over. */
  readonly unfinished: number
  readonly failed: number
  /** Of what: `2 truncated, 1 busy`. */
  readonly causes: string
}

export function endCounts(tallies: readonly EndTally[]): EndCounts {
  const counts = { done: 0, cancelled: 0, unfinished: 0, failed: 0 }
  const causes = new Map<string, number>()
  for (const { ends } of tallies) {
    for (const [end, number] of Object.entries(ends)) {
      if (end === 'stop' || end === 'length') counts.done += number
      else if (end === 'cancelled') counts.cancelled += number
      else if (end === 'interrupted') counts.unfinished += number
      else {
        counts.failed += number
        causes.set(end, (causes.get(end) ?? 0) + number)
      }
    }
  }
  return { ...counts, causes: [...causes].map(([cause, number]) => `${count(number)} ${cause}`).join(', ') }
}

function meanWith(before: Mean, value: number | undefined): Mean {
  return value === undefined ? before : { count: before.count + 1, sum: before.sum + value }
}
