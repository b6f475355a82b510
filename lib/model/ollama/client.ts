/** Managing models on an Ollama server with the `ollama` package, over the same connections as the generation. */

import type { ChatRequest, Fetch, ListResponse, ShowResponse } from 'ollama'
import type { Dispatcher } from 'undici'
import { ChimeraError } from '../../stage/index.js'
import { aborted, timedOut, unreachable } from '../wire/failure.js'
import type { ServerPlace } from '../wire/place.js'
import { isObject, quoted } from '../wire/text.js'
import { refusal } from './refusal.js'

export interface ClientOptions {
  readonly place: ServerPlace
  readonly server: string
  readonly cure: string
  readonly dispatcher: () => Promise<Dispatcher>
}

export interface ListedModel {
  readonly name: string
  /** On disk. */
  readonly bytes?: number
  readonly parameterSize?: string
  readonly quantization?: string
}

export interface ModelDetails {
  readonly family?: string
  readonly parameterSize?: string
  readonly quantization?: string
  readonly capabilities: readonly string[]
}

export interface Client {
  list(signal?: AbortSignal): Promise<readonly ListedModel[]>
  show(model: string, signal?: AbortSignal): Promise<ModelDetails>
  /** Loads a model: a chat without messages. */
  load(request: ChatRequest, timeoutMs: number, signal?: AbortSignal): Promise<void>
}

/** For what the server answers from memory, ms. */
const LOOKUP_TIMEOUT_MS = 10_000

/**
 * The package gives the requests and their types. Its transport is replaced for three reasons: its `fetch` takes no signal for
 * these calls, waits at most 300 s for a model to load, and prints to stdout when an error is no JSON.
 */
export function client(options: ClientOptions): Client {
  const { place, server, cure } = options

  const call = async <Result>(model: string, timeoutMs: number, signal: AbortSignal | undefined, ask: (ollama: Package) => Promise<Result>) => {
    const [{ Ollama }, { fetch }, dispatcher] = await Promise.all([import('ollama'), import('undici'), options.dispatcher()])
    const limit = AbortSignal.timeout(timeoutMs)
    const either = signal ? AbortSignal.any([signal, limit]) : limit
    const send = async (url: string, init: object): Promise<unknown> => {
      const response = await fetch(url, { ...init, dispatcher, signal: either })
      if (!response.ok) throw refusal(server, model, response.status, await response.text())
      return response
    }
    const ollama = new Ollama({
      host: place.origin + place.basePath,
      ...(place.authorization ? { headers: { authorization: place.authorization } } : {}),
      // The same WHATWG types, declared once by undici and once by Node.
      fetch: send as unknown as Fetch,
    })
    try {
      return await ask(ollama)
    } catch (error) {
      if (error instanceof ChimeraError) throw error
      if (signal?.aborted) throw aborted(signal)
      if (limit.aborted) throw timedOut(server, false, timeoutMs)
      throw failed(error)
    }
  }
  const failed = (error: unknown): ChimeraError => {
    // `fetch` wraps what the network said in a TypeError.
    if (error instanceof TypeError && error.cause instanceof Error) return unreachable(server, cure, error.cause)
    const found = error instanceof Error ? quoted(error.message) : 'something else'
    return new ChimeraError('MODEL_FAILED', `expected JSON from ${server}, found ${found}: is that an Ollama server?`, { cause: error })
  }

  return {
    async list(signal) {
      const response = await call('', LOOKUP_TIMEOUT_MS, signal, (ollama) => ollama.list())
      return listed(response)
    },
    async show(model, signal) {
      const response = await call(model, LOOKUP_TIMEOUT_MS, signal, (ollama) => ollama.show({ model }))
      return shown(response)
    },
    async load(request, timeoutMs, signal) {
      await call(request.model, timeoutMs, signal, (ollama) => ollama.chat({ ...request, messages: [], stream: false }))
    },
  }
}

type Package = InstanceType<(typeof import('ollama'))['Ollama']>

/** The package types what it gets without looking at it. */
function listed(response: { readonly [Key in keyof ListResponse]?: unknown }): ListedModel[] {
  const models: readonly unknown[] = Array.isArray(response.models) ? response.models : []
  return models.filter(isObject).flatMap((model) => {
    const { name, size, details } = model
    if (typeof name !== 'string') return []
    return [{ name: quoted(name), ...(typeof size === 'number' ? { bytes: size } : {}), ...described(details) }]
  })
}

function shown(response: { readonly [Key in keyof ShowResponse]?: unknown }): ModelDetails {
  const { details, capabilities } = response
  const family = isObject(details) ? details['family'] : undefined
  const known: readonly unknown[] = Array.isArray(capabilities) ? capabilities : []
  return {
    ...(typeof family === 'string' ? { family: quoted(family) } : {}),
    ...described(details),
    capabilities: known.filter((one) => typeof one === 'string').map((one) => quoted(one)),
  }
}

function described(details: unknown): Pick<ModelDetails, 'parameterSize' | 'quantization'> {
  if (!isObject(details)) return {}
  const { parameter_size: size, quantization_level: level } = details
  return {
    ...(typeof size === 'string' ? { parameterSize: quoted(size) } : {}),
    ...(typeof level === 'string' ? { quantization: quoted(level) } : {}),
  }
}
