/** The figures of one run, as pure functions of its stamps. Durations in seconds, rates per second; unknown is absent, never 0. */

import type { ErrorCode } from '../stage/index.js'
import type { ServerUsage, TokenEvent } from './model.js'

export interface Measurements {
  /** `error`: the run failed, was cut, or is not over. */
  readonly status: 'ok' | 'error'
  readonly failure?: ErrorCode
  readonly reason?: 'stop' | 'length' | 'cancelled'

  /**
   * Request to the first piece that is not empty, text or thinking (as guidellm and aiperf; vLLM's bench counts the empty role
   * chunk). Connecting and the server's loading of the model are inside.
   */
  readonly ttft?: number
  /** Request to the first piece of the answer itself; differs from `ttft` for models that think. */
  readonly ttftText?: number
  /** Request to the server's last message (aiperf and vLLM stop at the last piece). Only for a run that came to its end. */
  readonly e2eLatency?: number

  /** Pieces that are not empty. Not tokens: a server may put several into one, or hold one back. */
  readonly chunks: number
  /** UTF-16 code units. */
  readonly textLength: number
  readonly thinkingLength: number
  /** Time between one piece and the next: per chunk, the first one's wait not among them. */
  readonly itl?: GapStatistics
  /** (chunks - 1) / (last - first): what can be said when the server counts no tokens. */
  readonly chunkThroughput?: number

  /** The server's counts. */
  readonly outputTokens?: number
  readonly promptTokens?: number
  readonly cachedPromptTokens?: number
  readonly reasoningTokens?: number
  /** (n - 1) / (last - first), n the server's count of the tokens that were sent (vLLM: 1 / TPOT). Thinking it kept to itself is left out. */
  readonly decodeThroughput?: number
  /** (last - first) / (n - 1), as vLLM's TPOT; guidellm's includes the wait for the first. */
  readonly tpot?: number
  /** outputTokens / e2eLatency: waiting, loading and reading the prompt are inside (guidellm's per-request tok/s). */
  readonly outputThroughput?: number

  /** The server's own durations. */
  readonly totalDuration?: number
  readonly loadDuration?: number
  readonly promptEvalDuration?: number
  readonly evalDuration?: number
  /** outputTokens / evalDuration, as `ollama run --verbose` prints it. */
  readonly evalThroughput?: number
  /** (outputTokens - 1) / evalDuration: llama.cpp's clock starts when the first token is sampled already, so this is the rate itself. */
  readonly evalDecodeThroughput?: number
  /**
   * (promptTokens - cachedPromptTokens) / promptEvalDuration. Only when the server says how much came from its cache: it counts those
   * tokens, but spends no time on them.
   */
  readonly promptThroughput?: number
  /** total - load - prompt - eval: what the server spent waiting for a slot. Only when it gave all four. */
  readonly hiddenWait?: number
  /** Figures that were left out because they contradict our own clock, as sentences. */
  readonly doubts: readonly string[]
}

/** Seconds. Percentiles interpolate between ranks, as numpy and so vLLM's bench do; over the first 100,000 gaps. */
export interface GapStatistics {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** How many were 0: pieces that came in one read of the socket. Many of them say that something in between gathers chunks. */
  readonly coalesced: number
}

/** What a run left behind; milliseconds. */
export interface Timeline {
  readonly sent?: number
  readonly first?: number
  readonly firstText?: number
  readonly last?: number
  readonly end?: Extract<TokenEvent, { type: 'end' }>
  readonly failure?: ErrorCode
  readonly chunks: number
  readonly thinkingChunks: number
  readonly textLength: number
  readonly thinkingLength: number
  readonly gaps: { readonly kept: readonly number[]; readonly count: number; readonly sum: number; readonly max: number; readonly zeros: number }
}

export function measure(line: Timeline): Measurements {
  const { sent, first, last, end, chunks } = line
  const complete = end !== undefined && line.failure === undefined && end.reason !== 'cancelled'
  const { usage, doubts } = believable(end?.usage ?? {}, complete ? span(sent, end.at) : undefined)
  const { outputTokens, promptTokens, cachedPromptTokens, reasoningTokens, totalDuration, loadDuration, promptEvalDuration, evalDuration } = usage
  const ttft = span(sent, first)
  const e2eLatency = complete ? span(sent, end.at) : undefined
  const decoding = span(first, last)
  const sentTokens = line.thinkingChunks > 0 ? outputTokens : minus(outputTokens, reasoningTokens ?? 0)
  const fresh = cachedPromptTokens === undefined ? undefined : minus(promptTokens, cachedPromptTokens)

  return present({
    status: complete ? 'ok' : 'error',
    failure: line.failure,
    reason: end?.reason,
    ttft,
    ttftText: span(sent, line.firstText),
    e2eLatency,
    chunks,
    textLength: line.textLength,
    thinkingLength: line.thinkingLength,
    itl: gapStatistics(line.gaps),
    chunkThroughput: ratio(chunks - 1, decoding),
    outputTokens,
    promptTokens,
    cachedPromptTokens,
    reasoningTokens,
    decodeThroughput: ratio(minus(sentTokens, 1), decoding),
    tpot: ratio(decoding, minus(sentTokens, 1)),
    outputThroughput: ratio(outputTokens, e2eLatency),
    totalDuration,
    loadDuration,
    promptEvalDuration,
    evalDuration,
    evalThroughput: ratio(outputTokens, evalDuration),
    evalDecodeThroughput: ratio(minus(outputTokens, 1), evalDuration),
    promptThroughput: ratio(fresh, promptEvalDuration),
    hiddenWait: hiddenWait(usage),
    doubts,
  })
}

/** Milliseconds to seconds, without the noise below a nanosecond. */
export function seconds(ms: number): number {
  return Math.round(ms * 1e6) / 1e9
}

/**
 * A server's durations lie within our own: it starts later and ends earlier. One that gives milliseconds as nanoseconds, or the
 * other way round, is a million off; such figures are worse than none.
 */
function believable(usage: ServerUsage, e2e: number | undefined): { usage: ServerUsage; doubts: readonly string[] } {
  if (e2e === undefined) return { usage, doubts: [] }
  const { totalDuration, loadDuration, promptEvalDuration, evalDuration, ...counts } = usage
  const longest = Math.max(totalDuration ?? 0, loadDuration ?? 0, promptEvalDuration ?? 0, evalDuration ?? 0)
  const tooLong = longest > 2 * e2e + 1
  const tooShort = totalDuration !== undefined && e2e > 0.1 && totalDuration < e2e / 1000
  if (!tooLong && !tooShort) return { usage, doubts: [] }
  const doubt = `the server speaks of ${tooLong ? longest : (totalDuration ?? 0)} s, but the whole run took ${e2e} s here: its durations are left out, are their units right?`
  return { usage: counts, doubts: [doubt] }
}

function hiddenWait({ totalDuration, loadDuration, promptEvalDuration, evalDuration }: ServerUsage): number | undefined {
  if (totalDuration === undefined || loadDuration === undefined || promptEvalDuration === undefined || evalDuration === undefined) return undefined
  const wait = totalDuration - loadDuration - promptEvalDuration - evalDuration
  return wait < 0 ? undefined : seconds(wait * 1000)
}

function gapStatistics({ kept, count, sum, max, zeros }: Timeline['gaps']): GapStatistics | undefined {
  if (count === 0) return undefined
  const sorted = Float64Array.from(kept).sort()
  return {
    count,
    mean: seconds(sum / count),
    p50: seconds(quantile(sorted, 0.5)),
    p99: seconds(quantile(sorted, 0.99)),
    max: seconds(max),
    coalesced: zeros,
  }
}

/** Linear interpolation between the two nearest ranks (Hyndman and Fan's type 7). */
function quantile(sorted: Float64Array, part: number): number {
  const rank = (sorted.length - 1) * part
  const low = sorted[Math.floor(rank)] ?? 0
  const high = sorted[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}

/** Seconds between two stamps. */
export function span(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : seconds(to - from)
}

function minus(value: number | undefined, less: number): number | undefined {
  return value === undefined ? undefined : value - less
}

/** Absent unless both are known and make sense as a rate. */
export function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined || above <= 0 || below <= 0 ? undefined : above / below
}

/** Leaves out what is `undefined`, so that an absent figure has no key either. */
function present(figures: { readonly [Key in keyof Measurements]-?: Measurements[Key] | undefined }): Measurements {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as unknown as Measurements
}
