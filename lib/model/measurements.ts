/** The figures of one run, as pure functions of its stamps. Durations in seconds, rates per second; unknown is absent, never 0. */

import type { ErrorCode } from '../stage/index.js'
import { endState, type EndState } from './end-state.js'
import type { EndReason, ServerUsage, TokenEvent } from './model.js'
import { seconds, type Spread } from './samples.js'

export interface Measurements {
  /** `error`: the run failed, was cut, or is not over. */
  readonly status: 'ok' | 'error'
  readonly failure?: ErrorCode
  readonly reason?: EndReason
  /** How it ended, in one word; absent while it goes on. */
  readonly endState?: EndState

  /**
   * Request to the first piece that is not empty, text, thinking or tool call (as guidellm and aiperf; vLLM's bench counts the empty role
   * chunk). Request is when it was written to an open connection: the server's loading of the model is inside; connecting
   * (`connectDuration`) and earlier attempts (`retryWait`) are not.
   */
  readonly ttft?: number
  /** Request to the first piece of thinking. */
  readonly ttftThinking?: number
  /** Request to the first piece of the answer itself; differs from `ttft` for models that think. */
  readonly ttftText?: number
  /** Request to the server's last message (aiperf and vLLM stop at the last piece). Only for a run that came to its end. */
  readonly e2eLatency?: number
  /** Attempts that failed before this one; absent when there was none. */
  readonly retries?: number
  /** From the first attempt, its connecting too, to the request that counts. */
  readonly retryWait?: number
  /** Opening the connection: looking up the name, TCP, TLS. Absent where one was open already. In none of the other figures. */
  readonly connectDuration?: number

  /** Pieces that are not empty. Not tokens: a server may put several into one, or hold one back. */
  readonly chunks: number
  /** UTF-16 code units. */
  readonly textLength: number
  readonly thinkingLength: number
  /** Time between one token and the next, where the server tells them apart, else between chunks; the wait for the first is not among them. */
  readonly itl?: GapStatistics
  /** Time between one piece and the next, whatever it holds (aiperf's ICL). Its maximum is the longest time nothing was to be seen. */
  readonly chunkGaps?: Spread
  /** The same on the server's own clock, where it stamps its pieces: what differs happened on the way, or here. */
  readonly serverGaps?: Spread
  /** How much later than the quickest piece each one was read from the socket, by the server's stamps. */
  readonly readLag?: Spread
  /** From the socket's read to whoever reads the answer. */
  readonly deliveryLag?: Spread
  /** Pieces that came in the same read of the socket as the one before. Many of them say that something in between gathers chunks. */
  readonly coalesced?: number
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
  /** promptTokens / promptEvalDuration, as Ollama prints it: too high when part of the prompt came from its cache. */
  readonly promptEvalThroughput?: number
  /** promptTokens / ttft, all that can be seen from outside (aiperf's prefill throughput): loading, queueing and the network are inside. */
  readonly prefillThroughput?: number
  readonly draftTokens?: number
  readonly acceptedDraftTokens?: number
  /** total - load - prompt - eval: what the server spent waiting for a slot. Only when it gave all four. */
  readonly hiddenWait?: number
  /** Figures that were left out because they contradict our own clock, as sentences. */
  readonly doubts: readonly string[]
}

/** Seconds. `per: token` only where the server says how many tokens each piece holds; else a gap is one between chunks. */
export interface GapStatistics extends Spread {
  readonly per: 'token' | 'chunk'
}

/** What a run left behind; milliseconds. */
export interface Timeline {
  /** The first attempt, and the latest. */
  readonly asked?: number
  readonly sent?: number
  /** How long a connection was being opened before that. */
  readonly connecting?: number
  readonly retries: number
  readonly first?: number
  readonly firstText?: number
  readonly firstThinking?: number
  readonly last?: number
  readonly end?: Extract<TokenEvent, { type: 'end' }>
  readonly failure?: ErrorCode
  readonly chunks: number
  readonly thinkingChunks: number
  readonly textLength: number
  readonly thinkingLength: number
  readonly coalesced: number
  readonly gaps: Spread | undefined
  /** Where every piece said how many tokens it holds. */
  readonly tokenGaps?: Spread | undefined
  readonly firstTokens?: number
  readonly serverGaps: Spread | undefined
  readonly readLag: Spread | undefined
  readonly deliveryLag: Spread | undefined
}

export function measure(line: Timeline): Measurements {
  const { sent, first, last, end, chunks } = line
  const complete = end !== undefined && line.failure === undefined && end.reason !== 'cancelled'
  const { usage, doubts } = believable(end?.usage ?? {}, complete ? span(sent, end.at) : undefined)
  const { outputTokens, promptTokens, cachedPromptTokens, reasoningTokens, totalDuration, loadDuration, promptEvalDuration, evalDuration, draftTokens, acceptedDraftTokens } = usage
  const ttft = span(sent, first)
  const e2eLatency = complete ? span(sent, end.at) : undefined
  const decoding = span(first, last)
  const sentTokens = line.thinkingChunks > 0 ? outputTokens : minus(outputTokens, reasoningTokens ?? 0)
  // What came with the first piece took no time that can be seen: one token, unless the server says how many.
  const later = minus(sentTokens, line.firstTokens ?? 1)
  const fresh = cachedPromptTokens === undefined ? undefined : minus(promptTokens, cachedPromptTokens)

  return present({
    status: complete ? 'ok' : 'error',
    failure: line.failure,
    reason: end?.reason,
    endState: line.failure !== undefined ? endState(line.failure) : end && endState(end.reason),
    ttft,
    ttftThinking: span(sent, line.firstThinking),
    ttftText: span(sent, line.firstText),
    e2eLatency,
    retries: line.retries === 0 ? undefined : line.retries,
    retryWait: line.retries === 0 ? undefined : span(line.asked, sent),
    connectDuration: line.connecting === undefined ? undefined : seconds(line.connecting),
    chunks,
    textLength: line.textLength,
    thinkingLength: line.thinkingLength,
    itl: line.tokenGaps ? { ...line.tokenGaps, per: 'token' } : line.gaps && { ...line.gaps, per: 'chunk' },
    chunkGaps: line.gaps,
    serverGaps: line.serverGaps,
    readLag: line.readLag,
    deliveryLag: line.deliveryLag,
    coalesced: line.gaps && line.coalesced,
    chunkThroughput: ratio(chunks - 1, decoding),
    outputTokens,
    promptTokens,
    cachedPromptTokens,
    reasoningTokens,
    decodeThroughput: ratio(later, decoding),
    tpot: ratio(decoding, later),
    outputThroughput: ratio(outputTokens, e2eLatency),
    totalDuration,
    loadDuration,
    promptEvalDuration,
    evalDuration,
    evalThroughput: ratio(outputTokens, evalDuration),
    evalDecodeThroughput: ratio(minus(outputTokens, 1), evalDuration),
    promptThroughput: ratio(fresh, promptEvalDuration),
    promptEvalThroughput: ratio(promptTokens, promptEvalDuration),
    prefillThroughput: ratio(promptTokens, ttft),
    draftTokens,
    acceptedDraftTokens,
    hiddenWait: hiddenWait(usage),
    doubts,
  })
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
