/** Plays the steps of one request on its response, and keeps what really happened. */

import type { ServerResponse } from 'node:http'
import type { SimClock } from './clock.js'
import type { Encoder } from './encoders.js'
import type { SimStep, SimSteps } from './script.js'

/** `complete`: all steps were played; `client-closed`: the client went away before; `died`: the server destroyed the socket itself. */
export type SimOutcome = 'complete' | 'client-closed' | 'died'

export interface SimWrite {
  /** When the bytes were handed to the socket, on the server's clock. */
  readonly at: number
  readonly bytes: number
}

export interface Setting {
  readonly response: ServerResponse
  readonly encoder: Encoder
  readonly clock: SimClock
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal
  /** False: the whole answer goes out as one body at its end. */
  readonly stream: boolean
  wrote(write: SimWrite): void
}

export async function play(steps: SimSteps, setting: Setting): Promise<SimOutcome> {
  const { response, encoder, gone, clock } = setting
  const whole = { text: '', thinking: '' }
  let flushed: Promise<void> = Promise.resolve()

  const begin = () => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': encoder.contentType })
  }
  const write = async (bytes: string | Uint8Array) => {
    begin()
    setting.wrote({ at: clock.now(), bytes: Buffer.byteLength(bytes) })
    let settle: () => void = () => undefined
    flushed = new Promise((resolve) => (settle = resolve))
    if (!response.write(bytes, () => settle())) await drained(response)
  }
  /** Says whether it was the last one. */
  const one = async (step: SimStep): Promise<boolean> => {
    switch (step.type) {
      case 'text':
      case 'thinking':
        whole[step.type] += step.text
        if (setting.stream) await write(encoder.piece(step.type, step.text))
        return false
      case 'done': {
        const { reason = 'stop', usage = {}, text = '' } = step
        if (setting.stream) await write(encoder.done(reason, usage, text))
        else json(response, 200, encoder.whole(whole.text + text, whole.thinking, reason, usage))
        return true
      }
      case 'error':
        if (setting.stream) await write(encoder.error(step.message))
        else json(response, 500, { error: step.message })
        return true
      case 'raw':
        await write(step.bytes)
        return false
      case 'headers':
        begin()
        response.flushHeaders()
        return false
      case 'wait':
        await ('ms' in step ? clock.sleep(step.ms, gone) : Promise.race([step.until, whenAborted(gone)]))
        return false
      case 'die':
        // What was written before is to arrive.
        await Promise.race([flushed, whenAborted(gone)])
        response.socket?.destroy()
        return true
    }
  }

  for await (const step of Symbol.iterator in steps ? steps : untilGone(steps, gone)) {
    if (gone.aborted) return 'client-closed'
    const last = await one(step)
    if (step.type === 'die') return 'died'
    if (last) break
  }
  if (gone.aborted) return 'client-closed'
  begin()
  response.end()
  return 'complete'
}

/** A whole JSON answer; a string goes out as plain text. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  const text = typeof body === 'string'
  response.writeHead(status, { 'content-type': text ? 'text/plain' : 'application/json' })
  response.end(text ? body : JSON.stringify(body))
}

/** A script that waits for something of its own must not outlive the client it waits for. */
async function* untilGone(steps: AsyncIterable<SimStep>, gone: AbortSignal): AsyncGenerator<SimStep> {
  const iterator = steps[Symbol.asyncIterator]()
  const left = whenAborted(gone)
  for (;;) {
    const result = await Promise.race([iterator.next(), left])
    if (!result) {
      // Not awaited: a generator takes `return` only after its own wait.
      iterator.return?.().catch(() => undefined)
      return
    }
    if (result.done) return
    yield result.value
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
