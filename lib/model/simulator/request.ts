/** Reads what a client asked the simulated server for. */

import type { IncomingMessage } from 'node:http'
import { isObject } from '../wire/text.js'
import type { SimProtocol, Wishes } from './encoder.js'

const BODY_LIMIT = 16 * 1024 * 1024

type Body = Readonly<Record<string, unknown>>

/** All that is said in a request, as one text. */
export function promptOf(body: Body): string {
  if (typeof body['prompt'] === 'string') return body['prompt']
  const messages: readonly unknown[] = Array.isArray(body['messages']) ? body['messages'] : []
  return messages.map((message) => (isObject(message) ? contentOf(message['content']) : '')).join(' ')
}

/** Nothing is asked: the model is only to be loaded, or unloaded. */
export function isEmpty(body: Body): boolean {
  const { messages, prompt } = body
  return (messages === undefined || (Array.isArray(messages) && messages.length === 0)) && (prompt === undefined || prompt === '')
}

/** A name without a tag means `latest`. */
export function has(models: readonly string[], name: string): boolean {
  return models.includes(name) || models.includes(`${name}:latest`)
}

export function wishesOf(body: Body): Wishes {
  const stream = isObject(body['stream_options']) ? body['stream_options'] : {}
  return {
    includeUsage: stream['include_usage'] === true || stream['continuous_usage_stats'] === true,
    continuousUsage: stream['continuous_usage_stats'] === true,
    tokenIds: body['return_token_ids'] === true,
    timingsPerToken: body['timings_per_token'] === true,
    progress: body['return_progress'] === true,
    logprobs: body['logprobs'] === true,
  }
}

/** The most tokens that are wanted; a number below 0 is Ollama's for no limit. */
export function limitOf(body: Body): number | undefined {
  const options = isObject(body['options']) ? body['options'] : {}
  const limit = body['max_completion_tokens'] ?? body['max_tokens'] ?? options['num_predict']
  return typeof limit === 'number' && limit >= 0 ? limit : undefined
}

/**
 * By what the truth calls a request: its `x-request-id`, or `sim-id=NAME` anywhere in its prompt, for clients that send no headers of
 * their own; otherwise its number, from 1.
 */
export function idOf(incoming: IncomingMessage, prompt: string, number: number): string {
  const header = incoming.headers['x-request-id']
  const [, told] = (typeof header === 'string' ? /^([\w.-]{1,64})$/ : /\bsim-id=([\w.-]{1,64})/).exec(typeof header === 'string' ? header : prompt) ?? []
  return told ?? String(number)
}

/** The JSON object of a request; `undefined` when it is none, or too large. */
export async function bodyOf(incoming: IncomingMessage): Promise<Body | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) return undefined
    chunks.push(chunk)
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether the request wants no thinking; `undefined` when it leaves that open. */
export function thinks(protocol: SimProtocol, body: Body): boolean | undefined {
  const { think } = body
  if (protocol === 'openai-chat' || think === undefined) return undefined
  return think !== false
}

/** Text, or the text parts of a message that has several. */
function contentOf(content: unknown): string {
  if (typeof content === 'string') return content
  const parts: readonly unknown[] = Array.isArray(content) ? content : []
  return parts.map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join(' ')
}
