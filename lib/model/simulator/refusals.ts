/** Answers that are no stream: statuses, web pages, errors, as servers of each protocol give them. */

import { STATUS_CODES } from 'node:http'
import type { SimProtocol } from './encoder.js'
import type { SimFault } from './fault.js'
import type { SimRefusal } from './script.js'

const TYPES: Readonly<Record<number, string>> = { 400: 'invalid_request_error', 401: 'authentication_error', 403: 'permission_error', 404: 'not_found_error', 429: 'rate_limit_error' }
const WORDS: Readonly<Record<number, string>> = {
  400: 'the request is wrong, the simulator was told to say',
  401: 'the key is wrong, the simulator was told to say',
  403: 'the simulator refuses, as it was told to',
  404: 'there is no such model, the simulator was told to say',
  429: 'too many requests, the simulator was told to say',
  503: 'server busy, please try again. maximum pending requests exceeded',
}

/** The answer that a fault is by itself; `undefined` for one that happens to a stream. */
export function refusalOf(fault: SimFault, protocol: SimProtocol, retryMs?: number): SimRefusal | undefined {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault.status ?? 500, protocol, fault.body, retryMs)
    case 'busy':
      return statusAnswer(protocol === 'openai-chat' ? 429 : 503, protocol, undefined, retryMs)
    case 'refuse':
      return statusAnswer(403, protocol)
    case 'html':
      return { status: 200, body: page(200, 'Welcome'), headers: HTML }
    case 'error-body':
      return { status: 200, body: errorBody(500, 'the simulator failed, as it was told to', protocol) }
    default:
      return undefined
  }
}

export function busy(protocol: SimProtocol, retryMs?: number): SimRefusal {
  return statusAnswer(protocol === 'openai-chat' ? 429 : 503, protocol, undefined, retryMs)
}

export function unknownModel(protocol: SimProtocol, model: string): unknown {
  if (protocol !== 'openai-chat') return { error: `model '${model}' not found` }
  return { error: { message: `The model '${model}' does not exist`, type: 'invalid_request_error', param: null, code: 'model_not_found' } }
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }

function statusAnswer(status: number, protocol: SimProtocol, body?: 'html' | 'text' | 'empty', retryMs?: number): SimRefusal {
  const wait = retryMs ?? (status === 429 ? 1000 : undefined)
  // The header knows whole seconds only.
  const retry = wait === undefined || (status !== 429 && status !== 503) ? {} : { 'retry-after': String(Math.ceil(wait / 1000)) }
  switch (body) {
    case 'html':
      return { status, body: page(status, STATUS_CODES[status] ?? 'Error'), headers: { ...HTML, ...retry } }
    case 'text':
      return { status, body: STATUS_CODES[status] ?? 'Error', headers: retry }
    case 'empty':
      return { status, body: '', headers: retry }
    case undefined:
      return { status, body: errorBody(status, WORDS[status] ?? `the simulator failed with ${status}, as it was told to`, protocol), headers: retry }
  }
}

function errorBody(status: number, message: string, protocol: SimProtocol): unknown {
  if (protocol !== 'openai-chat') return { error: message }
  return { error: { message, type: TYPES[status] ?? 'server_error', param: null, code: status } }
}

function page(status: number, title: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><title>${status} ${title}</title></head>\n<body><h1>${title}</h1><p>This is no model server.</p></body>\n</html>\n`
}
