/** A model behind an OpenAI-compatible server, streamed over undici. */

import type { Dispatcher } from 'undici'
import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelOptions, ModelRequest, RunContext } from '../model.js'
import { modelName } from '../model-name.js'
import { serverPlace, type ServerPlace } from '../wire/place.js'
import { connection } from '../wire/connection.js'
import { converse } from '../wire/conversation.js'
import { limits, type Limits, type Retries } from '../wire/reader.js'
import { errorText, quoted } from '../wire/text.js'
import { chatDialect } from './chat-event.js'

export interface OpenaiOptions extends Limits, Retries {
  /** Up to and with `/v1`, which is added when there is no path; default `OPENAI_BASE_URL`, then `https://api.openai.com/v1`. */
  readonly url?: string
  /** Default `OPENAI_API_KEY`. Never shown, not even when the server repeats it. */
  readonly apiKey?: string
  /**
   * Put into the request as they are (`temperature`, `max_tokens`); what is asked with a request wins. `continuous_usage_stats` goes
   * into its `stream_options`. Tokens are counted exactly per chunk with `continuous_usage_stats` (vLLM, SGLang),
   * `return_token_ids` (vLLM), `timings_per_token` (llama-server) or `logprobs`.
   */
  readonly options?: ModelOptions
  /** Default 10,000. */
  readonly connectTimeoutMs?: number
  /** Connections of your own; the model then opens and closes none. */
  readonly dispatcher?: Dispatcher
  /** Where the two variables are looked up; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv
}

export interface OpenaiModel extends Model {
  readonly provider: 'openai'
  /** Without credentials. */
  readonly url: string
  close(): Promise<void>
}

/**
 * A chat model on an OpenAI-compatible server. Usage is asked for (`stream_options.include_usage`); `reasoning` and
 * `reasoning_content` are given as thinking.
 *
 * @throws {ChimeraError} `USAGE` for an empty name or a URL that is none. Calls throw `MODEL_UNREACHABLE`, `MODEL_UNKNOWN` (404),
 *   `MODEL_REFUSED` (key), `MODEL_BUSY`, `MODEL_INVALID` (options), `MODEL_FAILED`, `MODEL_TRUNCATED`, `MODEL_TIMEOUT`, `MODEL_STALLED`, `ABORTED`.
 */
export function openai(name: string, options: OpenaiOptions = {}): OpenaiModel {
  const env = options.env ?? process.env
  const model = modelName(name, 'openai:gpt-4o-mini')
  const place = baseUrl(options.url ?? env['OPENAI_BASE_URL'])
  const apiKey = (options.apiKey ?? env['OPENAI_API_KEY'])?.trim()
  const url = place.origin + place.basePath
  const server = `the server at ${url}`
  const settings = options.options ?? {}
  const link = connection(options.dispatcher, options.connectTimeoutMs)
  const authorization = apiKey ? `Bearer ${apiKey}` : place.authorization
  const headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream',
    ...(authorization ? { authorization } : {}),
  }

  return {
    provider: 'openai',
    name: model,
    options: settings,
    url,
    generate(request: ModelRequest, context?: RunContext) {
      const { continuous_usage_stats: continuous, ...chosen } = { ...settings, ...request.options }
      const body = {
        ...chosen,
        ...(request.format === undefined ? {} : { response_format: responseFormat(request.format) }),
        model,
        messages: request.messages,
        stream: true,
        stream_options: { include_usage: true, ...(continuous === undefined ? {} : { continuous_usage_stats: continuous }) },
      }
      return converse(
        {
          ...limits(options),
          server,
          cure: 'start it, or say where it is with OPENAI_BASE_URL or --url',
          dispatcher: () => link.dispatcher(),
          request: { origin: place.origin, path: `${place.basePath}/chat/completions`, headers, body: JSON.stringify(body) },
          dialect: () => chatDialect(server, apiKey),
          refusal: (status, text) => refusal(server, model, status, text, apiKey),
        },
        context,
      )
    },
    close: () => link.close(),
  }
}

function responseFormat(format: NonNullable<ModelRequest['format']>): unknown {
  return format === 'json' ? { type: 'json_object' } : { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: format } }
}

function baseUrl(value: string | undefined): ServerPlace {
  const text = (value ?? '').trim() || 'https://api.openai.com/v1'
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `http://${text}`)
    if (url.pathname === '/') url.pathname = '/v1'
    return serverPlace(url)
  } catch (cause) {
    const shown = quoted(text.replace(/\/\/[^@/]*@/, '//***@'))
    throw new ChimeraError('USAGE', `expected OPENAI_BASE_URL to be a URL such as http://127.0.0.1:8000/v1, found "${shown}"`, { cause })
  }
}

function refusal(server: string, model: string, status: number, body: string, secret?: string): ChimeraError {
  const said = errorText(body)
  const words = said === undefined ? `status ${status}` : `status ${status}, "${quoted(said, secret)}"`
  if (status === 401 || status === 403) {
    return new ChimeraError('MODEL_REFUSED', `${server} does not let us in (${words}): set OPENAI_API_KEY to a key for this server`)
  }
  if (status === 404) {
    return new ChimeraError('MODEL_UNKNOWN', `${server} does not know "${model}" (${words}): check the name against ${server}/models, and that the URL ends with /v1`)
  }
  if (status === 429 || status === 503) return new ChimeraError('MODEL_BUSY', `${server} is busy (${words}): try again later`)
  if (status < 500) return new ChimeraError('MODEL_INVALID', `${server} refused the request for "${model}" (${words}): check the model's options`)
  return new ChimeraError('MODEL_FAILED', `${server} failed (${words}): look into its log`)
}
