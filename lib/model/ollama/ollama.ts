/** A model served by Ollama: generation over undici, management with the `ollama` package. */

import type { ChatRequest } from 'ollama'
import type { Dispatcher } from 'undici'
import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelOptions, ModelRequest, RunContext } from '../model.js'
import { modelName } from '../model-name.js'
import { connection } from '../wire/connection.js'
import { converse } from '../wire/conversation.js'
import { FIRST_TOKEN_TIMEOUT_MS, limits, type Limits, type Retries } from '../wire/reader.js'
import { chatDialect } from './chat-chunk.js'
import { client, type ListedModel, type ModelDetails } from './client.js'
import { ollamaHost } from './host.js'
import { refusal } from './refusal.js'

export interface OllamaOptions extends Limits, Retries {
  /** Where the server is; default `OLLAMA_HOST`, then `http://127.0.0.1:11434`. */
  readonly url?: string
  /**
   * Sent as the server's `options`; what is asked with a request wins. `think`, `format` (`json`, or a JSON Schema), `keep_alive`,
   * `logprobs` (one entry a token: exact gaps) and the like are fields of the request itself and are put there. `api` is ours:
   * `chat` (the default) or `generate`, which takes one prompt and no roles.
   */
  readonly options?: ModelOptions
  /** How long the model stays loaded afterwards, as Ollama spells it: `5m`, `-1` for ever; a number is seconds. */
  readonly keepAlive?: string | number
  /** Default 10,000. */
  readonly connectTimeoutMs?: number
  /** Connections of your own, with your own limits for `preload`; the model then opens and closes none. */
  readonly dispatcher?: Dispatcher
  /** Where `OLLAMA_HOST` is looked up; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv
}

export interface OllamaModel extends Model {
  readonly provider: 'ollama'
  /** Without credentials. */
  readonly url: string
  preload(context?: RunContext): Promise<void>
  unload(context?: RunContext): Promise<void>
  close(): Promise<void>
  /** The models on the server. */
  list(context?: RunContext): Promise<readonly ListedModel[]>
  /** What the server knows of this model. */
  show(context?: RunContext): Promise<ModelDetails>
}

/** Fields of the request, not of its `options` (Ollama's api.ChatRequest and api.GenerateRequest). */
const REQUEST_FIELDS = new Set(['think', 'format', 'keep_alive', 'logprobs', 'top_logprobs', 'truncate', 'shift', 'raw', 'template', 'suffix'])
/** How long an error about an unknown model may wait for the names of the known ones, ms. */
const NAMES_TIMEOUT_MS = 2000
/** For a model to be let go of, ms. */
const LOAD_TIMEOUT_MS = 30_000

/**
 * A model on an Ollama server, over `/api/chat` or `/api/generate`. Nothing is connected before the first call.
 *
 * Generation does not use the `ollama` package: there a `break` leaves the server generating, a line that is no JSON is dropped,
 * and stamps are taken behind the consumer.
 *
 * @throws {ChimeraError} `USAGE` for an empty name or an address that is none. Calls throw `MODEL_UNREACHABLE`, `MODEL_UNKNOWN`
 *   (404), `MODEL_BUSY` (429, 503), `MODEL_INVALID` (400, garbage), `MODEL_REFUSED` (401), `MODEL_FAILED` (500, an error inside the
 *   stream), `MODEL_TRUNCATED` (no last message), `MODEL_TIMEOUT`, `MODEL_STALLED`, `ABORTED`.
 */
export function ollama(name: string, options: OllamaOptions = {}): OllamaModel {
  const model = modelName(name, 'gemma3:latest')
  const place = options.url === undefined ? ollamaHost((options.env ?? process.env)['OLLAMA_HOST']) : ollamaHost(options.url, 'the URL')
  const url = place.origin + place.basePath
  const server = `Ollama at ${url}`
  const cure = 'start it with "ollama serve", or say where it is with OLLAMA_HOST or --url'
  const settings = options.options ?? {}
  const link = connection(options.dispatcher, options.connectTimeoutMs)
  const manager = client({ place, server, cure, dispatcher: () => link.dispatcher() })
  const headers = {
    'content-type': 'application/json',
    accept: 'application/x-ndjson',
    ...(place.authorization ? { authorization: place.authorization } : {}),
  }

  const base = (more: ModelOptions = {}): Base => {
    const { api, fields, rest } = sorted({ ...settings, ...more })
    return {
      api,
      common: {
        model,
        ...(options.keepAlive === undefined ? {} : { keep_alive: options.keepAlive }),
        ...fields,
        ...(Object.keys(rest).length > 0 ? { options: rest } : {}),
      },
    }
  }
  base()
  const refused = async (status: number, body: string, path?: string): Promise<ChimeraError> => {
    if (status !== 404) return refusal(server, model, status, body)
    const names = await manager.list(AbortSignal.timeout(NAMES_TIMEOUT_MS)).catch(() => undefined)
    return refusal(server, model, status, body, names?.map((one) => one.name), path)
  }

  return {
    provider: 'ollama',
    name: model,
    options: settings,
    url,
    generate(request: ModelRequest, context?: RunContext) {
      const { api, common } = base(request.options)
      const path = `${place.basePath}/api/${api}`
      const format = request.format === undefined ? {} : { format: request.format }
      const body = { ...common, ...format, ...(api === 'chat' ? { messages: request.messages } : prompt(request)), stream: true }
      return converse(
        {
          ...limits(options),
          server,
          cure,
          dispatcher: () => link.dispatcher(),
          request: { origin: place.origin, path, headers, body: JSON.stringify(body) },
          dialect: () => chatDialect(server),
          refusal: (status, text) => refused(status, text, `/api/${api}`),
        },
        context,
      )
    },
    async preload(context) {
      try {
        await manager.load(base().common, options.firstTokenTimeoutMs ?? FIRST_TOKEN_TIMEOUT_MS, context?.signal)
      } catch (error) {
        if (!(error instanceof ChimeraError) || error.code !== 'MODEL_UNKNOWN') throw error
        throw await refused(404, JSON.stringify({ error: error.message }))
      }
    },
    unload: (context) => manager.load({ model, keep_alive: 0 }, LOAD_TIMEOUT_MS, context?.signal),
    list: (context) => manager.list(context?.signal),
    show: (context) => manager.show(model, context?.signal),
    close: () => link.close(),
  }
}

interface Base {
  readonly api: 'chat' | 'generate'
  readonly common: Omit<ChatRequest, 'messages'>
}

function sorted(options: ModelOptions): { api: Base['api']; fields: Partial<ChatRequest>; rest: ModelOptions } {
  const { api = 'chat', ...others } = options
  if (api !== 'chat' && api !== 'generate') {
    throw new ChimeraError('USAGE', `expected the option api to be chat or generate, found "${String(api)}"`)
  }
  const entries = Object.entries(others)
  return {
    api,
    fields: Object.fromEntries(entries.filter(([key]) => REQUEST_FIELDS.has(key)).map(([key, value]) => [key, key === 'format' ? schema(value) : value])),
    rest: Object.fromEntries(entries.filter(([key]) => !REQUEST_FIELDS.has(key))),
  }
}

/** `json`, or a JSON Schema as text. */
function schema(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trim().startsWith('{')) return value
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new ChimeraError('USAGE', `expected the option format to be json or a JSON Schema, found text that is no JSON: ${value.slice(0, 60)}`, { cause })
  }
}

/** One prompt has no roles: what the system says stays apart, the rest follows in its order. */
function prompt({ messages }: ModelRequest): { readonly prompt: string; readonly system?: string } {
  const said = (system: boolean) =>
    messages
      .filter((message) => (message.role === 'system') === system)
      .map((message) => message.content)
      .join('\n\n')
  const system = said(true)
  return { prompt: said(false), ...(system === '' ? {} : { system }) }
}
