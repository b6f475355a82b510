/** The stream of an OpenAI-compatible `/chat/completions`: vLLM, SGLang, llama-server, LM Studio, Ollama's `/v1`, OpenAI. */

import { ChimeraError } from '../../stage/index.js'
import type { ServerUsage } from '../model.js'
import type { Dialect, Piece, Reading } from '../wire/dialect.js'
import { errorOf, errorText, isObject, quoted } from '../wire/text.js'
import { sseReader, type SseEvent } from './sse.js'

/**
 * The answer is complete when a `finish_reason` or `[DONE]` came; its usage stands behind the `finish_reason`, so `end` waits for
 * `[DONE]` or the end of the body. A body that ends with neither was cut. `server` is named in messages, `secret` kept out.
 */
export function chatDialect(server: string, secret?: string): Dialect {
  const sse = sseReader()
  let reason: 'stop' | 'length' | undefined
  let usage: ServerUsage = {}
  let ended = false

  const end = (): Reading => {
    ended = true
    return { pieces: [], end: { reason: reason ?? 'stop', usage } }
  }
  // Tokens so far, of servers that count them on every chunk. Most count once, at the end: that says nothing of a single chunk.
  let counted = 0
  let exact = true

  const read = (event: SseEvent | undefined): Reading | undefined => {
    if (!event || ended) return undefined
    if (event.data === '[DONE]') return end()
    const value = parse(event, server, secret)
    const choice: unknown = Array.isArray(value['choices']) ? value['choices'][0] : undefined
    if (isObject(value['usage'])) usage = { ...usage, ...usageOf(value['usage']) }
    if (isObject(value['timings'])) usage = { ...usage, ...timingsOf(value['timings']) }
    const progress = progressOf(value['prompt_progress'])
    if (!isObject(choice)) return progress ? { pieces: [], progress } : { pieces: [] }
    const finish = choice['finish_reason']
    if (finish === 'content_filter') {
      throw new ChimeraError('MODEL_REFUSED', `${server} cut the answer off with its content filter: what came is kept, change the prompt`)
    }
    if (typeof finish === 'string') reason = finish === 'length' ? 'length' : 'stop'
    const pieces = piecesOf(choice['delta'])
    const tokens = exact ? tokensOf(value, choice, counted) : undefined
    if (tokens !== undefined) counted += tokens
    else if (pieces.length > 0) exact = false
    // Written out, because this runs for each token.
    const found: { -readonly [Key in keyof Reading]: Reading[Key] } = { pieces }
    if (tokens !== undefined) found.tokens = tokens
    if (progress) found.progress = progress
    return found
  }
  let events = false
  return {
    line(text) {
      // What is no stream at all shows in its first line: a web page, or one JSON document, perhaps with an error.
      if (!events && text.trim() !== '') {
        if (/^\s*[<{[]/.test(text)) throw noStream(text, server, secret)
        events = true
      }
      return read(sse.line(text))
    },
    finish(rest) {
      let last: Reading | undefined
      if (!events && /^\s*[<{[]/.test(rest)) throw noStream(rest, server, secret)
      try {
        last = read(sse.finish(rest))
      } catch (error) {
        // An event cut in two tells only that the stream was.
        if (!(error instanceof ChimeraError && error.cause instanceof SyntaxError)) throw error
      }
      return ended || reason === undefined ? last : { ...end(), pieces: last?.pieces ?? [] }
    },
  }
}

function parse(event: SseEvent, server: string, secret?: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(event.data)
  } catch (cause) {
    if (event.event !== 'error') throw garbage(server, event.data, secret, cause)
    value = { error: event.data }
  }
  const error = errorOf(value) ?? (event.event === 'error' ? errorOf({ error: value }) : undefined)
  if (error !== undefined) {
    throw new ChimeraError('MODEL_FAILED', `${server} stopped with an error: ${quoted(error, secret)}; look into its log`)
  }
  if (!isObject(value)) throw garbage(server, event.data, secret)
  return value
}

/** `content: ""` beside a role, and `null`, are no pieces: vLLM may send the role long before the first token. */
function piecesOf(delta: unknown): Piece[] {
  if (!isObject(delta)) return []
  const pieces: Piece[] = []
  const thinking = delta['reasoning_content'] ?? delta['reasoning']
  if (typeof thinking === 'string' && thinking !== '') pieces.push({ kind: 'thinking', text: thinking })
  const { content, tool_calls: calls } = delta
  if (typeof content === 'string' && content !== '') pieces.push({ kind: 'text', text: content })
  if (Array.isArray(calls)) {
    for (const call of calls as readonly unknown[]) {
      const called = isObject(call) ? call['function'] : undefined
      if (!isObject(called)) continue
      // The first delta of a call bears its name, and often no arguments yet.
      const text = typeof called['arguments'] === 'string' && called['arguments'] !== '' ? called['arguments'] : called['name']
      if (typeof text === 'string' && text !== '') pieces.push({ kind: 'tool', text })
    }
  }
  return pieces
}

/**
 * What a chunk says of its own tokens: `token_ids` (vLLM), its logprobs, or how far a running count went on since the last chunk: `usage`
 * (vLLM and SGLang, when asked for), `timings.predicted_n` (llama-server, when asked for).
 */
function tokensOf(value: Readonly<Record<string, unknown>>, choice: Readonly<Record<string, unknown>>, before: number): number | undefined {
  const { token_ids: ids, logprobs } = choice
  if (Array.isArray(ids)) return ids.length
  if (isObject(logprobs) && Array.isArray(logprobs['content'])) return logprobs['content'].length
  const { usage, timings } = value
  const total = isObject(usage) ? usage['completion_tokens'] : isObject(timings) && isObject(choice['delta']) ? timings['predicted_n'] : undefined
  return isCount(total) && total >= before ? total - before : undefined
}

/** llama-server, when asked with `return_progress`: `processed` has the cached tokens inside. */
function progressOf(progress: unknown): Reading['progress'] {
  if (!isObject(progress)) return undefined
  const { total, processed, cache } = progress
  if (!isCount(total) || !isCount(processed)) return undefined
  return { processed, total, ...(isCount(cache) ? { cached: cache } : {}) }
}

function usageOf(usage: Readonly<Record<string, unknown>>): ServerUsage {
  const details = usage['prompt_tokens_details']
  const output = usage['completion_tokens_details']
  return {
    ...figure('promptTokens', usage['prompt_tokens']),
    ...figure('cachedPromptTokens', isObject(details) ? details['cached_tokens'] : undefined),
    ...figure('outputTokens', usage['completion_tokens']),
    ...figure('reasoningTokens', isObject(output) ? output['reasoning_tokens'] : undefined),
  }
}

/** llama-server's own: milliseconds; `prompt_n` counts only what the cache did not hold. */
function timingsOf(timings: Readonly<Record<string, unknown>>): ServerUsage {
  const { cache_n: cached, prompt_n: prompt } = timings
  const known = isCount(cached) && isCount(prompt)
  return {
    ...(known ? { promptTokens: cached + prompt, cachedPromptTokens: cached } : {}),
    ...figure('outputTokens', timings['predicted_n']),
    ...figure('promptEvalDuration', timings['prompt_ms'], 1000),
    ...figure('evalDuration', timings['predicted_ms'], 1000),
    ...figure('draftTokens', timings['draft_n']),
    ...figure('acceptedDraftTokens', timings['draft_n_accepted']),
  }
}

function figure(key: keyof ServerUsage, value: unknown, per = 1): ServerUsage {
  return isCount(value) ? { [key]: value / per } : {}
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function noStream(text: string, server: string, secret?: string): ChimeraError {
  const error = errorText(text)
  if (/^\s*[{[]/.test(text) && error !== undefined && error !== text) {
    return new ChimeraError('MODEL_FAILED', `${server} answered with an error: ${quoted(error, secret)}; look into its log`)
  }
  return garbage(server, text, secret)
}

function garbage(server: string, text: string, secret?: string, cause?: unknown): ChimeraError {
  return new ChimeraError('MODEL_INVALID', `expected events with JSON from ${server}, found "${quoted(text, secret)}": is that an OpenAI-compatible server?`, { cause })
}
