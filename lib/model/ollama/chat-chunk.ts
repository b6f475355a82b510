/** Ollama's `/api/chat` and `/api/generate` streams: one JSON object a line. */

import type { ChatResponse, GenerateResponse } from 'ollama'
import { ChimeraError } from '../../stage/index.js'
import type { ServerUsage } from '../model.js'
import type { Dialect, Piece, Reading } from '../wire/dialect.js'
import { errorOf, isObject, quoted } from '../wire/text.js'

/** The keys of the package's types, but nothing is believed about their values. `prompt_eval_cached_count` is of later servers. */
type Wire = { readonly [Key in keyof ChatResponse | keyof GenerateResponse]?: unknown } & { readonly prompt_eval_cached_count?: unknown }

const NANOSECONDS = 1e9

/** `server` is named in messages. The two streams differ only in where the text stands. */
export function chatDialect(server: string): Dialect {
  const instant = instants()
  const read = (text: string): Reading | undefined => {
    if (text.trim() === '') return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (cause) {
      throw garbage(server, text, cause)
    }
    const error = errorOf(value)
    if (error !== undefined) {
      throw new ChimeraError('MODEL_FAILED', `${server} stopped with an error: ${quoted(error)}; look into its log`)
    }
    if (!isObject(value) || (value['message'] === undefined && value['response'] === undefined && value['done'] !== true)) throw garbage(server, text)
    return reading(value, instant)
  }
  return {
    line: read,
    finish(rest) {
      try {
        return read(rest)
      } catch (error) {
        // A last line that is cut in two tells only that the stream was; an error that the server managed to say tells more.
        if (error instanceof ChimeraError && error.cause instanceof SyntaxError) return undefined
        throw error
      }
    },
  }
}

function reading(wire: Wire, instant: (value: unknown) => number | undefined): Reading {
  const said: { readonly [Key in keyof Wire | 'content']?: unknown } = isObject(wire.message) ? wire.message : wire
  const pieces: Piece[] = []
  const { thinking } = said
  const content = said.content ?? wire.response
  if (typeof thinking === 'string' && thinking !== '') pieces.push({ kind: 'thinking', text: thinking })
  if (typeof content === 'string' && content !== '') pieces.push({ kind: 'text', text: content })
  const calls = (said as { readonly tool_calls?: unknown }).tool_calls
  if (calls !== undefined) pieces.push(...toolCalls(calls))
  const serverTime = instant(wire.created_at)
  const tokens = Array.isArray(wire.logprobs) ? wire.logprobs.length : undefined
  // Written out, because this runs for each token.
  const found: { -readonly [Key in keyof Reading]: Reading[Key] } = { pieces }
  if (serverTime !== undefined) found.serverTime = serverTime
  // One entry for each token, also while a parser still holds their text back.
  if (tokens !== undefined) found.tokens = tokens
  if (wire.done === true) found.end = { reason: wire.done_reason === 'length' ? 'length' : 'stop', usage: usage(wire) }
  return found
}

/** Each call comes whole, as the name of a function and an object of arguments. */
function toolCalls(calls: unknown): Piece[] {
  if (!Array.isArray(calls)) return []
  return (calls as readonly unknown[]).flatMap((call) => {
    const called = isObject(call) ? call['function'] : undefined
    return isObject(called) ? [{ kind: 'tool', text: JSON.stringify(called['arguments'] ?? {}) } as const] : []
  })
}

/** Ollama leaves a figure out when it is 0 or unknown, so absent stays absent. */
function usage(wire: Wire): ServerUsage {
  return {
    ...figure('promptTokens', wire.prompt_eval_count),
    ...figure('cachedPromptTokens', wire.prompt_eval_cached_count),
    ...figure('outputTokens', wire.eval_count),
    ...figure('totalDuration', wire.total_duration, NANOSECONDS),
    ...figure('loadDuration', wire.load_duration, NANOSECONDS),
    ...figure('promptEvalDuration', wire.prompt_eval_duration, NANOSECONDS),
    ...figure('evalDuration', wire.eval_duration, NANOSECONDS),
  }
}

function figure(key: keyof ServerUsage, value: unknown, per = 1): ServerUsage {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? { [key]: value / per } : {}
}

/**
 * RFC 3339 with up to nine decimals -> ms since the epoch; `Date.parse` would drop what is below a millisecond. All but a few chunks
 * lie in the second of the one before, which is looked up once: it is read for each token.
 */
function instants(): (value: unknown) => number | undefined {
  let known = ''
  let knownMs = 0
  return (value) => {
    if (typeof value !== 'string') return undefined
    const [, whole, fraction, zone] = INSTANT.exec(value) ?? []
    if (whole === undefined || zone === undefined) return undefined
    const second = whole + zone
    if (second !== known) {
      const ms = Date.parse(second)
      if (Number.isNaN(ms)) return undefined
      known = second
      knownMs = ms
    }
    return knownMs + (fraction === undefined ? 0 : Number(fraction) * 1000)
  }
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/

function garbage(server: string, text: string, cause?: unknown): ChimeraError {
  return new ChimeraError(
    'MODEL_INVALID',
    `expected lines of JSON with a message from ${server}, found "${quoted(text)}": is that an Ollama server, and nothing in between that changes its answers?`,
    { cause },
  )
}
