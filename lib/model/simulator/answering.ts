/** Answers requests one by one, after a description or a script, and keeps the truth about each. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { goneSignal, json, play, type SimOutcome } from './answer.js'
import { machineOffset, realClock, type SimClock } from './clock.js'
import { encoder, type Encoder, type SimProtocol } from './encoder.js'
import { faultFor, faultText } from './fault.js'
import { drawAt, generator } from './random.js'
import { busy, refusalOf } from './refusals.js'
import { idOf, limitOf, promptOf, thinks, wishesOf } from './request.js'
import { promptCache, slots, type Loads } from './room.js'
import { DEFAULTS, tokenCount } from './schedule.js'
import { isRefusal, type SimReply } from './script.js'
import type { SimRecord, SimRequest } from './server.js'
import type { SimSpec } from './spec.js'
import { stepsOf } from './steps.js'
import { textOf } from './text-file.js'
import { lateness, stamps, type SimTruth } from './truth.js'
import type { Wheel } from './wheel.js'

export interface AnsweringOptions {
  readonly reply?: (request: SimRequest) => SimReply | Promise<SimReply>
  readonly spec: SimSpec
  readonly clock: SimClock
  readonly date: () => number
  readonly keep: number
  readonly wheel: Wheel
  readonly loads: Loads
  readonly onTruth?: (truth: SimTruth) => void
}

export interface KeptRecord extends SimRecord {
  /** How late each message was, ms. */
  late(): number[]
}

export interface Answering {
  readonly requests: readonly KeptRecord[]
  opened(url: string): void
  answer(protocol: SimProtocol, model: string, body: SimRequest['body'], incoming: IncomingMessage, response: ServerResponse): Promise<void>
}

export async function answering(options: AnsweringOptions): Promise<Answering> {
  const { clock, wheel, date, onTruth } = options
  const spec: SimSpec = { ...options.spec, ...(await textOf(options.spec.textFile)) }
  const seed = spec.seed ?? DEFAULTS.seed
  const places = slots(spec)
  const cache = promptCache(spec)
  const offset = clock === realClock ? machineOffset() : 0
  const requests: KeptRecord[] = []
  let number = 0

  /** The default answer: waits for the model and for room, then follows the description. */
  const described = async (request: SimRequest, words: Words, at: number, index: number, release: (free: () => void) => void): Promise<SimReply> => {
    const { body, protocol, gone } = request
    const tokens = tokenCount(spec)
    const fault = faultFor(spec.fault, index, seed, tokens)
    const refusal = fault && refusalOf(fault, protocol, spec.retryMs)
    if (refusal) return refusal
    const loadMs = await options.loads.load(request.model, gone)
    const free = await places.take(gone)
    if (!free) return busy(protocol, spec.retryMs)
    release(free)
    const limit = limitOf(body)
    const { promptTokens, cachedTokens } = words
    const own = thinks(protocol, body) === false ? { ...spec, thinking: 0 } : spec
    const ready = spec.slots === undefined ? at + loadMs : Math.max(clock.now(), at + loadMs)
    return stepsOf(own, {
      arrivedAt: at,
      beginsAt: ready + (spec.waitMs ?? 0),
      loadMs,
      promptTokens,
      cachedTokens,
      ...(limit === undefined ? {} : { limit }),
      fault,
      early: words.encoder.early,
      roleAhead: words.encoder.roleAhead,
      tellsProgress: words.encoder.tellsProgress,
    })
  }

  return {
    requests,
    opened: (url) => onTruth?.({ type: 'server', at: clock.now() + offset, wall: date(), url, pid: process.pid }),
    async answer(protocol, model, body, incoming, response) {
      const gone = goneSignal(response)
      // Ollama streams unless told otherwise, OpenAI only when asked.
      const stream = protocol === 'openai-chat' ? body['stream'] === true : body['stream'] !== false
      const request: SimRequest = { protocol, model, stream, body, headers: incoming.headers, gone }
      const at = clock.now()
      const index = number
      number += 1
      const prompt = promptOf(body)
      const id = idOf(incoming, prompt, number)
      const fault = options.reply ? undefined : faultFor(spec.fault, index, seed, tokenCount(spec))
      const named = fault ? { fault: faultText(fault) } : {}

      const kept = stamps()
      let settle: (outcome: SimOutcome) => void = () => undefined
      const outcome = new Promise<SimOutcome>((resolve) => (settle = resolve))
      let endedAt: number | undefined
      const record: KeptRecord = {
        ...request,
        id,
        at,
        ...named,
        outcome,
        late: () => kept.late(),
        get writes() {
          return kept.list()
        },
        get endedAt() {
          return endedAt
        },
      }
      if (requests.push(record) > options.keep) requests.shift()
      onTruth?.({ type: 'request', id, at: at + offset, protocol, model, stream, ...named })
      const end = (how: SimOutcome) => {
        endedAt = clock.now()
        const late = onTruth && lateness(kept.late())
        onTruth?.({ type: 'end', id, at: endedAt + offset, outcome: how, status: response.statusCode, chunks: kept.count, tokens: kept.tokens, ...(late ? { lateness: late } : {}) })
        settle(how)
      }
      let free = () => {}
      try {
        const words = wordsOf(protocol, model, id, body, prompt)
        const reply = await (options.reply?.(request) ?? described(request, words, at, index, (release) => (free = release)))
        if (isRefusal(reply)) {
          if (!gone.aborted) json(response, reply.status, reply.body, undefined, reply.headers)
          end(gone.aborted ? 'client-closed' : 'complete')
          return
        }
        const played = await play(reply, {
          response,
          encoder: words.encoder,
          clock,
          wheel,
          gone,
          stream,
          random: generator(Math.floor(drawAt(seed, index) * 0xffff_ffff)),
          ...(spec.wire ? { wire: spec.wire } : {}),
          wrote(write) {
            kept.add(write)
            onTruth?.({ type: 'chunk', id, ...write, at: write.at + offset, ...(write.due === undefined ? {} : { due: write.due + offset }) })
          },
        })
        if (played !== 'complete' || response.writableFinished) end(played)
        else response.once('close', () => end(response.writableFinished ? 'complete' : 'client-closed'))
      } finally {
        free()
      }
    },
  }

  function wordsOf(protocol: SimProtocol, model: string, id: string, body: SimRequest['body'], prompt: string): Words {
    const promptTokens = spec.promptTokens ?? prompt.match(/\S+/g)?.length ?? 0
    const cachedTokens = cache.cached(prompt, promptTokens)
    const most = typeof spec.chunk === 'number' ? spec.chunk : (spec.chunk?.[1] ?? 1)
    const made = encoder(protocol, { id, model, date, dialect: spec.dialect ?? 'openai', wishes: wishesOf(body), promptTokens, cachedTokens, draft: most - 1 })
    return { encoder: made, promptTokens, cachedTokens }
  }
}

interface Words {
  readonly encoder: Encoder
  readonly promptTokens: number
  readonly cachedTokens: number | undefined
}
