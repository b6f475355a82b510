/** Reads what a client asked the simulated server for. */

import type { IncomingMessage } from 'node:http'
import { isObject } from '../wire/text.js'
import type { SimProtocol } from './encoders.js'

const BODY_LIMIT = 16 * 1024 * 1024

/** All that is said in a request, as one text. */
export function promptOf(body: Readonly<Record<string, unknown>>): string {
  if (typeof body['prompt'] === 'string') return body['prompt']
  const messages: readonly unknown[] = Array.isArray(body['messages']) ? body['messages'] : []
  return messages.map((message) => (isObject(message) && typeof message['content'] === 'string' ? message['content'] : '')).join(' ')
}

/** Nothing is asked: the model is only to be loaded, or unloaded. */
export function isEmpty(body: Readonly<Record<string, unknown>>): boolean {
  const { messages, prompt } = body
  return (messages === undefined || (Array.isArray(messages) && messages.length === 0)) && (prompt === undefined || prompt === '')
}

/** A name without a tag means `latest`. */
export function has(models: readonly string[], name: string): boolean {
  return models.includes(name) || models.includes(`${name}:latest`)
}

export function unknownModel(protocol: SimProtocol, model: string): unknown {
  if (protocol !== 'openai-chat') return { error: `model '${model}' not found` }
  return { error: { message: `The model '${model}' does not exist`, type: 'invalid_request_error', param: null, code: 'model_not_found' } }
}

/** The JSON object of a request; `undefined` when it is none, or too large. */
export async function bodyOf(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
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
