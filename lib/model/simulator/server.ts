/** A model server for tests and for trying things out: Ollama's and OpenAI's protocols on a real socket, no model behind. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isObject } from '../wire/text.js'
import { json, play, type SimOutcome, type SimWrite } from './answer.js'
import { realClock, type SimClock } from './clock.js'
import { encoder, type SimProtocol } from './encoders.js'
import { bodyOf, has, isEmpty, promptOf, unknownModel } from './request.js'
import { isRefusal, stepsOf, type SimReply } from './script.js'
import type { SimSpec } from './spec.js'

export interface SimRequest {
  readonly protocol: SimProtocol
  readonly model: string
  readonly stream: boolean
  readonly body: Readonly<Record<string, unknown>>
  /** The HTTP headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Aborted when the client went away. */
  readonly gone: AbortSignal
}

/** What happened to one request: the truth that a client's figures can be held against. */
export interface SimRecord extends SimRequest {
  /** When its body had come, on the server's clock. */
  readonly at: number
  /** The writes so far, at most 100,000 of them. */
  readonly writes: readonly SimWrite[]
  /** Settles when the response is over, however it ended. */
  readonly outcome: Promise<SimOutcome>
}

export interface SimLoad {
  readonly verb: 'load' | 'unload'
  readonly model: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface SimServerOptions {
  /** The models it has; others are a 404. Default `gemma3:latest` and `llama3.2:1b`. */
  readonly models?: readonly string[]
  /** How it answers; default after `spec`. */
  readonly reply?: (request: SimRequest) => SimReply | Promise<SimReply>
  /** The schedule of the default answer. */
  readonly spec?: SimSpec
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default: any free one. */
  readonly port?: number
  readonly clock?: SimClock
  /** Wall clock, ms since the epoch, for `created_at`; default `Date.now`. */
  readonly date?: () => number
  /** How many of the latest requests are kept in `requests`; default 1000. */
  readonly keep?: number
}

export interface SimServer {
  readonly url: string
  /** The latest requests for an answer, oldest first. */
  readonly requests: readonly SimRecord[]
  /** The latest requests that only load or unload a model, oldest first. */
  readonly loads: readonly SimLoad[]
  /** Connections that are open now, and how many there were. */
  readonly connections: { readonly open: number; readonly total: number }
  /** Closes everything at once, running answers too. */
  close(): Promise<void>
}

const WRITES_KEPT = 100_000

/** Starts one. Paths: `/api/chat`, `/api/generate`, `/api/tags`, `/api/show`, `/api/version`, `/v1/chat/completions`, `/v1/models`. */
export async function simServer(options: SimServerOptions = {}): Promise<SimServer> {
  const { models = ['gemma3:latest', 'llama3.2:1b'], clock = realClock, date = Date.now, keep = 1000 } = options
  const requests: SimRecord[] = []
  const loads: SimLoad[] = []
  const connections = { open: 0, total: 0 }

  const answer = async (protocol: SimProtocol, body: Readonly<Record<string, unknown>>, incoming: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) gone.abort()
    })
    const model = typeof body['model'] === 'string' ? body['model'] : ''
    // Ollama streams unless told otherwise, OpenAI only when asked.
    const stream = protocol === 'openai-chat' ? body['stream'] === true : body['stream'] !== false
    const request: SimRequest = { protocol, model, stream, body, headers: incoming.headers, gone: gone.signal }
    if (!has(models, model)) {
      json(response, 404, unknownModel(protocol, model))
      return
    }
    if (protocol !== 'openai-chat' && isEmpty(body)) {
      const verb = body['keep_alive'] === 0 ? 'unload' : 'load'
      if (loads.push({ verb, model, body }) > keep) loads.shift()
      json(response, 200, { model, created_at: new Date(date()).toISOString(), message: { role: 'assistant', content: '' }, done: true, done_reason: verb })
      return
    }

    const at = clock.now()
    const writes: SimWrite[] = []
    let settle: (outcome: SimOutcome) => void = () => undefined
    const outcome = new Promise<SimOutcome>((resolve) => (settle = resolve))
    if (requests.push({ ...request, at, writes, outcome }) > keep) requests.shift()
    const reply = await (options.reply?.(request) ?? defaultReply(options.spec ?? {}, clock, at, body))
    if (isRefusal(reply)) {
      json(response, reply.status, reply.body)
      settle('complete')
      return
    }
    const usage = body['stream_options']
    const words = encoder(protocol, { model, date, includeUsage: isObject(usage) && usage['include_usage'] === true })
    const wrote = (write: SimWrite) => {
      if (writes.length < WRITES_KEPT) writes.push(write)
    }
    const played = await play(reply, { response, encoder: words, clock, gone: gone.signal, stream, wrote })
    if (played !== 'complete' || response.writableFinished) settle(played)
    else response.once('close', () => settle(response.writableFinished ? 'complete' : 'client-closed'))
  }

  const route = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(incoming.url ?? '/', 'http://sim').pathname
    const protocol = PROTOCOLS.get(path)
    if (path === '/api/version') json(response, 200, { version: '0.0.0-sim' })
    else if (path === '/api/tags') json(response, 200, { models: models.map((name) => ({ name, model: name, size: 1_000_000, details: DETAILS })) })
    else if (path === '/v1/models') json(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) })
    else if (protocol === undefined && path !== '/api/show') json(response, 404, '404 page not found')
    else {
      const body = await bodyOf(incoming)
      if (!body) json(response, 400, { error: 'expected a JSON object' })
      else if (protocol) await answer(protocol, body, incoming, response)
      else if (has(models, String(body['model']))) json(response, 200, { details: DETAILS, capabilities: ['completion'] })
      else json(response, 404, unknownModel('ollama-chat', String(body['model'])))
    }
  }

  const server = createServer((incoming, response) => {
    route(incoming, response).catch((error: unknown) => {
      // A reply function that throws is the script's mistake: the client sees a server that failed.
      if (response.headersSent) response.destroy()
      else json(response, 500, { error: error instanceof Error ? error.message : String(error) })
    })
  })
  server.on('connection', (socket) => {
    connections.open += 1
    connections.total += 1
    socket.setNoDelay(true)
    socket.once('close', () => (connections.open -= 1))
  })
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const { address, family, port } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    requests,
    loads,
    connections,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

const PROTOCOLS = new Map<string, SimProtocol>([
  ['/api/chat', 'ollama-chat'],
  ['/api/generate', 'ollama-generate'],
  ['/v1/chat/completions', 'openai-chat'],
])
const DETAILS = { format: 'gguf', family: 'sim', families: ['sim'], parameter_size: '1M', quantization_level: 'Q4_0' }

function defaultReply(spec: SimSpec, clock: SimClock, at: number, body: Readonly<Record<string, unknown>>): SimReply {
  if (spec.fault?.kind === 'refuse') return { status: 503, body: { error: 'server busy, please try again. maximum pending requests exceeded' } }
  return stepsOf(spec, clock, at, promptOf(body))
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
