/** A model server for tests and for trying things out: Ollama's and OpenAI's protocols on a real socket, no model behind. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ChimeraError } from '../../stage/index.js'
import { goneSignal, json, type SimOutcome } from './answer.js'
import { answering } from './answering.js'
import { realClock, type SimClock } from './clock.js'
import type { SimProtocol } from './encoder.js'
import { unknownModel } from './refusals.js'
import { bodyOf, has, isEmpty } from './request.js'
import { loads } from './room.js'
import type { SimReply } from './script.js'
import { parseSpec, type SimSpec } from './spec.js'
import { lateness, type Lateness, type SimTruth, type SimWrite } from './truth.js'
import { wheel } from './wheel.js'

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
  /** From the request's `x-request-id`, or `sim-id=NAME` in its prompt, else its number, from 1. */
  readonly id: string
  /** When its body had come, on the server's clock, ms. */
  readonly at: number
  /** The messages written so far, at most 100,000 of them. */
  readonly writes: readonly SimWrite[]
  /** The fault that was meant for it, as a description has it. */
  readonly fault?: string
  /** Settles when the response is over, however it ended. */
  readonly outcome: Promise<SimOutcome>
  /** When that was, on the server's clock, ms; absent until then. */
  readonly endedAt?: number | undefined
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
  /** The schedule and the faults of the default answer, also as one line. */
  readonly spec?: SimSpec | string
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default: any free one. */
  readonly port?: number
  readonly clock?: SimClock
  /** Wall clock, ms since the epoch, for `created_at`; default the machine's, with its microseconds. */
  readonly date?: () => number
  /** How many of the latest requests are kept in `requests`; default 1000. */
  readonly keep?: number
  /** Told the truth while it happens. */
  readonly onTruth?: (truth: SimTruth) => void
}

export interface SimServer {
  readonly url: string
  /** The latest requests for an answer, oldest first. */
  readonly requests: readonly SimRecord[]
  /** The latest requests that only load or unload a model, oldest first. */
  readonly loads: readonly SimLoad[]
  /** Connections that are open now, and how many there were. */
  readonly connections: { readonly open: number; readonly total: number }
  /** How late the server itself was with the requests that are kept; `undefined` when nothing had a time. */
  lateness(): Lateness | undefined
  /** Closes everything at once, running answers too. */
  close(): Promise<void>
}

/**
 * Starts one. Paths: `/api/chat`, `/api/generate`, `/api/tags`, `/api/ps`, `/api/show`, `/api/version`, `/v1/chat/completions`,
 * `/v1/models`, `/health`.
 *
 * @throws {ChimeraError} `USAGE` for a description that makes no sense or an address that cannot be listened on, `UNREADABLE` for its text.
 */
export async function simServer(options: SimServerOptions = {}): Promise<SimServer> {
  const { models = ['gemma3:latest', 'llama3.2:1b'], clock = realClock, date = wallClock, keep = 1000 } = options
  const spec = typeof options.spec === 'string' ? parseSpec(options.spec) : (options.spec ?? {})
  const turns = wheel(clock)
  const memory = loads(spec, clock, turns)
  const loaded: SimLoad[] = []
  const connections = { open: 0, total: 0 }
  const answers = await answering({ ...options, spec, clock, date, keep, wheel: turns, loads: memory })

  const load = async (model: string, body: Readonly<Record<string, unknown>>, response: ServerResponse) => {
    const verb = body['keep_alive'] === 0 ? 'unload' : 'load'
    if (loaded.push({ verb, model, body }) > keep) loaded.shift()
    if (verb === 'unload') memory.unload(model)
    else await memory.load(model, goneSignal(response))
    json(response, 200, { model, created_at: new Date(date()).toISOString(), message: { role: 'assistant', content: '' }, done: true, done_reason: verb })
  }
  const ask = async (protocol: SimProtocol, body: Readonly<Record<string, unknown>>, incoming: IncomingMessage, response: ServerResponse) => {
    const model = typeof body['model'] === 'string' ? body['model'] : ''
    if (!has(models, model)) json(response, 404, unknownModel(protocol, model))
    else if (protocol !== 'openai-chat' && isEmpty(body)) await load(model, body, response)
    else await answers.answer(protocol, model, body, incoming, response)
  }
  const route = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(incoming.url ?? '/', 'http://sim').pathname
    const protocol = PROTOCOLS.get(path)
    if (path === '/api/version') json(response, 200, { version: '0.0.0-sim' })
    else if (path === '/health') json(response, 200, { status: 'ok' })
    else if (path === '/api/tags') json(response, 200, { models: models.map((name) => ({ name, model: name, size: 1_000_000, details: DETAILS })) })
    else if (path === '/api/ps') json(response, 200, { models: memory.loaded().map((name) => ({ name, model: name, size: 1_000_000, size_vram: 0, details: DETAILS })) })
    else if (path === '/v1/models') json(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) })
    else if (protocol === undefined && path !== '/api/show') json(response, 404, '404 page not found')
    else {
      const body = await bodyOf(incoming)
      if (!body) json(response, 400, { error: 'expected a JSON object' })
      else if (protocol) await ask(protocol, body, incoming, response)
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
  // A client may come back whenever it likes: closing an idle connection just as it does would look like a fault that nobody asked for.
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => {
    connections.open += 1
    connections.total += 1
    socket.setNoDelay(true)
    socket.once('close', () => (connections.open -= 1))
  })
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const { address, family, port } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  answers.opened(url)
  return {
    url,
    requests: answers.requests,
    loads: loaded,
    connections,
    lateness: () => lateness(answers.requests.flatMap((request) => request.late())),
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

/** Connections that may wait to be taken: with Node's 511, a thousand at once lose some and try again a second later. */
const BACKLOG = 4096

/** `Date.now` has whole milliseconds only. */
function wallClock(): number {
  return performance.timeOrigin + performance.now()
}

function unheard(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const found = { EADDRINUSE: `port ${port} is taken: choose another, or 0 for any free one`, EACCES: `port ${port} is not permitted: choose one above 1023`, EADDRNOTAVAIL: `${host} is not this machine: choose 127.0.0.1, or 0.0.0.0 for everybody` }
  const known = error.code !== undefined && Object.hasOwn(found, error.code) ? found[error.code as keyof typeof found] : undefined
  return known === undefined ? error : new ChimeraError('USAGE', `expected to listen on ${host}, but ${known}`, { cause: error })
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unheard(error, host, port)))
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}
