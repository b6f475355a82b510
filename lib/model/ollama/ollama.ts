/** A model served by Ollama: generation over undici, management with the `ollama` package. */

import type { ChatRequest } from 'ollama'
import type { Dispatcher } from 'undici'
import { ChimeraError } from '../../stage/index.js'
import type { Model, ModelOptions, ModelRequest, RunContext } from '../model.js'
import { modelName } from '../model-name.js'
import { connection } from '../wire/connection.js'
import { converse } from '../wire/conversation.js'
import { FIRST_TOKEN_TIMEOUT_MS, limits, type Limits } from '../wire/reader.js'
import { chatDialect } from './chat-chunk.js'
import { client, type ListedModel, type ModelDetails } from './client.js'
import { ollamaHost } from './host.js'
import { refusal } from './refusal.js'

export interface OllamaOptions extends Limits {
  /** Where the server is; default `OLLAMA_HOST`, then `http://127.0.0.1:11434`. */
  readonly url?: string
  /**
   * Sent as the server's `options`; what is asked with a request wins. `think`, `format` and `keep_alive` are fields of the
   * request itself and are put there.
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
  close(): Promise<void>
  /** The models on the server. */
  list(context?: RunContext): Promise<readonly ListedModel[]>
  /** What the server knows of this model. */
  show(context?: RunContext): Promise<ModelDetails>
}

/** Fields of the request, not of its `options`. */
const REQUEST_FIELDS = ['think', 'format', 'keep_alive'] as const
/** How long an error about an unknown model may wait for the names of the known ones, ms. */
const NAMES_TIMEOUT_MS = 2000

/**
 * A chat model on an Ollama server. Nothing is connected before the first call.
 *
 * Generation does not use the `ollama` package: there a `break` leaves the server generating, a line that is no JSON is dropped,
 * and stamps are taken behind the consumer.
 *
 * @throws {ChimeraError} `USAGE` for an empty name or an address that is none. Calls throw `MODEL_UNREACHABLE`, `MODEL_UNKNOWN`
 *   (404), `MODEL_REFUSED` (400, busy), `MODEL_FAILED` (500, an error inside the stream, garbage), `MODEL_TRUNCATED` (no last
 *   message), `MODEL_TIMEOUT`, `ABORTED`.
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

  const base = (more: ModelOptions = {}): Omit<ChatRequest, 'messages'> => {
    const { fields, rest } = sorted({ ...settings, ...more })
    return {
      model,
      ...(options.keepAlive === undefined ? {} : { keep_alive: options.keepAlive }),
      ...fields,
      ...(Object.keys(rest).length > 0 ? { options: rest } : {}),
    }
  }
  const refused = async (status: number, body: string): Promise<ChimeraError> => {
    if (status !== 404) return refusal(server, model, status, body)
    const names = await manager.list(AbortSignal.timeout(NAMES_TIMEOUT_MS)).catch(() => undefined)
    return refusal(server, model, status, body, names?.map((one) => one.name))
  }

  return {
    provider: 'ollama',
    name: model,
    options: settings,
    url,
    generate(request: ModelRequest, context?: RunContext) {
      const body = { ...base(request.options), messages: [...request.messages], stream: true } satisfies ChatRequest
      return converse(
        {
          ...limits(options),
          server,
          cure,
          dispatcher: () => link.dispatcher(),
          request: { origin: place.origin, path: `${place.basePath}/api/chat`, headers, body: JSON.stringify(body) },
          dialect: chatDialect(server),
          refusal: refused,
        },
        context,
      )
    },
    async preload(context) {
      try {
        await manager.load(base(), options.firstTokenTimeoutMs ?? FIRST_TOKEN_TIMEOUT_MS, context?.signal)
      } catch (error) {
        if (!(error instanceof ChimeraError) || error.code !== 'MODEL_UNKNOWN') throw error
        throw await refused(404, JSON.stringify({ error: error.message }))
      }
    },
    list: (context) => manager.list(context?.signal),
    show: (context) => manager.show(model, context?.signal),
    close: () => link.close(),
  }
}

function sorted(options: ModelOptions): { fields: Partial<ChatRequest>; rest: ModelOptions } {
  const isField = ([key]: [string, unknown]) => (REQUEST_FIELDS as readonly string[]).includes(key)
  const entries = Object.entries(options)
  return {
    fields: Object.fromEntries(entries.filter(isField)),
    rest: Object.fromEntries(entries.filter((entry) => !isField(entry))),
  }
}
