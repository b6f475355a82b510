/** What the server really did and when: what a client's figures can be held against. */

import type { SimProtocol } from './encoder.js'

/** One message of the answer. All times are on the server's clock, ms. */
export interface SimWrite {
  /** When its last byte was handed to the socket. */
  readonly at: number
  /** When the schedule wanted it there; absent for what has no time of its own (a script's steps, what stands behind the last token). */
  readonly due?: number
  readonly bytes: number
  /** How many of the answer's tokens are in it, thinking and tool calls included. */
  readonly tokens: number
  /** The client read too slowly, so it was written late. */
  readonly blocked: boolean
}

/** How late the server itself was, ms: what no client is to be blamed for. */
export interface Lateness {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Ground truth as it happens. Times are on the machine's monotonic clock, ms, which every process on it shares. */
export type SimTruth =
  /** `wall` + (a later time − `at`) is the wall clock then, ms since the epoch. */
  | { readonly type: 'server'; readonly at: number; readonly wall: number; readonly url: string; readonly pid: number }
  | { readonly type: 'request'; readonly id: string; readonly at: number; readonly protocol: SimProtocol; readonly model: string; readonly stream: boolean; readonly fault?: string }
  | ({ readonly type: 'chunk'; readonly id: string } & SimWrite)
  | {
      readonly type: 'end'
      readonly id: string
      readonly at: number
      readonly outcome: string
      readonly status: number
      readonly chunks: number
      readonly tokens: number
      readonly lateness?: Lateness
    }

const WRITES_KEPT = 100_000

/** The writes of one answer: columns of numbers, because a thousand streams make many of them. */
export interface Stamps {
  add(write: SimWrite): void
  /** At most 100,000 of them. */
  list(): SimWrite[]
  /** Of those with a time of their own that no slow client held up. */
  late(): number[]
  readonly count: number
  readonly tokens: number
}

export function stamps(): Stamps {
  const at: number[] = []
  const due: number[] = []
  const bytes: number[] = []
  const held: number[] = []
  const blocked: boolean[] = []
  let count = 0
  let tokens = 0
  return {
    add(write) {
      count += 1
      tokens += write.tokens
      if (at.length >= WRITES_KEPT) return
      at.push(write.at)
      due.push(write.due ?? NaN)
      bytes.push(write.bytes)
      held.push(write.tokens)
      blocked.push(write.blocked)
    },
    list: () =>
      at.map((time, index) => {
        const wanted = due[index] ?? NaN
        return { at: time, ...(Number.isNaN(wanted) ? {} : { due: wanted }), bytes: bytes[index] ?? 0, tokens: held[index] ?? 0, blocked: blocked[index] ?? false }
      }),
    late: () => at.map((time, index) => (blocked[index] ? NaN : time - (due[index] ?? NaN))).filter((late) => !Number.isNaN(late)),
    get count() {
      return count
    },
    get tokens() {
      return tokens
    },
  }
}

/** Percentiles by nearest rank; `undefined` when nothing was due. */
export function lateness(late: readonly number[]): Lateness | undefined {
  if (late.length === 0) return undefined
  const sorted = Float64Array.from(late).sort()
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
  return { count: sorted.length, mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length, p50: rank(0.5), p99: rank(0.99), max: rank(1) }
}
