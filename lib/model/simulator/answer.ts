/** Plays the steps of one request on its response, and keeps what really happened. */

import type { ServerResponse } from 'node:http'
import type { SimClock } from './clock.js'
import type { Encoder, Said } from './encoder.js'
import type { SimStep, SimSteps } from './script.js'
import { sink } from './sink.js'
import type { SimWire } from './spec.js'
import type { SimWrite } from './truth.js'
import type { Wheel } from './wheel.js'

/** `complete`: all steps were played; `client-closed`: the client went away before; `died`: the server destroyed the socket itself. */
export type SimOutcome = 'complete' | 'client-closed' | 'died'

export interface Setting {
  readonly response: ServerResponse
  readonly encoder: Encoder
  readonly clock: SimClock
  readonly wheel: Wheel
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal
  /** False: the whole answer goes out as one body at its end. */
  readonly stream: boolean
  readonly wire?: SimWire
  readonly random: () => number
  wrote(write: SimWrite): void
}

/** `next`: the next step now; `later`: somebody calls `advance`; the others are ends. */
type Course = 'next' | 'later' | SimOutcome

/** Each answer is a state machine driven by the one wheel: a promise and a timer for each token would cost more than the writing. */
export function play(steps: SimSteps, setting: Setting): Promise<SimOutcome> {
  const { response, encoder, gone, clock, wheel } = setting
  const out = sink(response, { contentType: encoder.contentType, random: setting.random, ...(setting.wire ? { wire: setting.wire } : {}) })
  const whole: Said[] = []
  let held: Held[] = []
  /** Tokens of pieces that the encoder keeps for a later message. */
  let unsaid = 0
  let due: number | undefined
  let blocked = false
  let freedAt = -Infinity
  let over = false

  return new Promise((resolve, reject) => {
    const settle = (outcome: SimOutcome) => {
      if (over) return
      over = true
      gone.removeEventListener('abort', left)
      cancel()
      resolve(outcome)
    }
    const left = () => {
      settle('client-closed')
      // Not awaited: a generator takes `return` only after its own wait.
      const iterator = pull.iterator
      void Promise.resolve(iterator.return?.()).catch(() => undefined)
    }
    let cancel = () => {}
    const pull = puller(steps)

    const advance = () => {
      cancel = () => {}
      try {
        while (!over) {
          const result = pull.next()
          if (result instanceof Promise) {
            result.then((step) => handle(step) && advance(), fail)
            return
          }
          if (!handle(result)) return
        }
      } catch (error) {
        fail(error)
      }
    }
    const fail = (error: unknown) => {
      if (over) return
      over = true
      gone.removeEventListener('abort', left)
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    /** Says whether the next step may come now. */
    const handle = (result: IteratorResult<SimStep, unknown>): boolean => {
      if (over) return false
      const course = result.done ? 'complete' : one(result.value)
      if (course === 'next') return true
      if (course === 'later') return false
      if (course === 'complete') {
        out.end()
        settle('complete')
      } else settle(course)
      return false
    }
    const later = () => {
      if (blocked) freedAt = clock.now()
      blocked = false
      if (!over) advance()
    }

    /** Writes what was held and this, as one. */
    const write = (message: string | Uint8Array, tokens: number): Course => {
      const bytes = held.length === 0 ? message : Buffer.concat([...held.map((one) => Buffer.from(one.message)), Buffer.from(message)])
      if (bytes.length === 0) return 'next'
      const all = message.length === 0 ? held : [...held, { message, tokens }]
      held = []
      const dueAt = due
      // Also what came due while the socket was full.
      const wasBlocked = dueAt !== undefined && dueAt < freedAt
      const stamp = () => {
        const at = clock.now()
        for (const one of all) setting.wrote({ at, ...(dueAt === undefined ? {} : { due: dueAt }), bytes: Buffer.byteLength(one.message), tokens: one.tokens, blocked: wasBlocked })
      }
      if (out.write(bytes, stamp, later)) return 'next'
      blocked = setting.wire === undefined
      return 'later'
    }
    const say = (said: Said, hold = false): Course => {
      if (!setting.stream) {
        whole.push(said)
        return 'next'
      }
      const message = encoder.piece(said)
      unsaid += said.tokens.length
      if (message === '') return 'next'
      const tokens = unsaid
      unsaid = 0
      if (!hold) return write(message, tokens)
      held.push({ message, tokens })
      return 'next'
    }
    const one = (step: SimStep): Course => {
      switch (step.type) {
        case 'text':
        case 'thinking':
          return say({ kind: step.type, text: step.text, tokens: step.tokens ?? [step.text] }, step.hold)
        case 'tool':
          return say({ kind: 'tool', text: step.text, tokens: step.tokens ?? [step.text], call: step.call }, step.hold)
        case 'done': {
          const { reason = 'stop', usage = {}, text = '', without, open = false } = step
          const ending = { reason, usage, text, ...(without ? { without } : {}) }
          if (!setting.stream) {
            const body = JSON.stringify(encoder.whole(whole, ending))
            setting.wrote({ at: clock.now(), bytes: Buffer.byteLength(body), tokens: whole.reduce((sum, said) => sum + said.tokens.length, 0), blocked: false })
            json(response, 200, body, 'application/json')
            return 'complete'
          }
          due = undefined
          const course = write(encoder.done(ending), unsaid + (text === '' ? 0 : 1))
          unsaid = 0
          if (open) return course
          return ended(course)
        }
        case 'error':
          if (setting.stream) return ended(write(encoder.error(step.message, step.field), 0))
          json(response, 500, { error: step.message })
          return 'complete'
        case 'raw':
          due = step.bytes.length === 0 ? due : undefined
          return write(step.bytes, 0)
        case 'headers':
          if (!setting.stream) return 'next'
          if (step.byteMs === undefined) {
            out.head()
            return 'next'
          }
          out.slowHead(step.byteMs, (ms, then) => (cancel = wheel.at(clock.now() + ms, then)), advance)
          return 'later'
        case 'role':
          return setting.stream ? write(encoder.role(), 0) : 'next'
        case 'progress':
          return setting.stream && encoder.tellsProgress ? write(encoder.progress(step.processed, step.ms), 0) : 'next'
        case 'comment':
          return setting.stream ? write(encoder.comment(), 0) : 'next'
        case 'wait':
          return wait(step)
        case 'die':
          out.close()
          return 'died'
        case 'reset':
          out.reset()
          return 'died'
      }
    }
    /** The last message may have to wait for the socket; the end of the response queues behind it. */
    const ended = (course: Course): Course => (course === 'later' && setting.wire !== undefined ? finishLater() : 'complete')
    const finishLater = (): Course => {
      pull.stop()
      return 'later'
    }
    const wait = (step: SimStep & { readonly type: 'wait' }): Course => {
      if ('until' in step) {
        due = undefined
        step.until.then(advance, fail)
        return 'later'
      }
      const time = 'at' in step ? step.at : clock.now() + step.ms
      due = time
      if (time <= clock.now()) return 'next'
      cancel = wheel.at(time, advance)
      return 'later'
    }

    if (gone.aborted) {
      left()
      return
    }
    gone.addEventListener('abort', left, { once: true })
    advance()
  })
}

/** A whole answer; a string goes out as plain text, anything else as JSON. */
export function json(response: ServerResponse, status: number, body: unknown, type?: string, headers: Readonly<Record<string, string>> = {}): void {
  const text = typeof body === 'string'
  response.writeHead(status, { 'content-type': type ?? (text ? 'text/plain' : 'application/json'), ...headers })
  response.end(text ? body : JSON.stringify(body))
}

/** Aborted when the response is over before its end. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}

interface Held {
  readonly message: string | Uint8Array
  readonly tokens: number
}

/** Steps one by one, from either kind of iterable. */
function puller(steps: SimSteps) {
  const iterator = Symbol.iterator in steps ? steps[Symbol.iterator]() : steps[Symbol.asyncIterator]()
  let stopped = false
  return {
    iterator,
    next: (): IteratorResult<SimStep, unknown> | Promise<IteratorResult<SimStep, unknown>> => (stopped ? { done: true, value: undefined } : iterator.next()),
    stop: () => (stopped = true),
  }
}
