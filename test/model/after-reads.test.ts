/** Stamps of several streams that are ready in one turn: none waits for what is made of another's bytes. */

import t from 'tap'
import type { Dispatcher } from 'undici'
import type { TokenEvent } from '../../lib/model/model.js'
import { openai } from '../../lib/model/openai/openai.js'
import { HELLO } from './collect.js'

const CHUNK = Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"word"}}]}\n\n')
const CONTROLLER = { aborted: false, paused: false, reason: null, abort: () => undefined, pause: () => undefined, resume: () => undefined } as Dispatcher.DispatchController

/** Sockets whose reads the test makes itself. */
function sockets() {
  const handlers: Dispatcher.DispatchHandler[] = []
  const dispatcher = {
    dispatch(_options: unknown, handler: Dispatcher.DispatchHandler) {
      handlers.push(handler)
      handler.onRequestStart?.(CONTROLLER, undefined)
      return true
    },
  } as unknown as Dispatcher
  return { dispatcher, handlers }
}

t.test('sockets that are ready together are all stamped before any of their bytes is looked into', async (t) => {
  const { dispatcher, handlers } = sockets()
  let time = 0
  const now = () => time
  const told: (readonly [stream: number, event: TokenEvent])[] = []
  const consume = async (stream: number) => {
    for await (const event of openai('m', { url: 'http://sim/v1', dispatcher }).generate(HELLO, { now })) {
      if (event.type !== 'token') continue
      told.push([stream, event])
      // What is made of a token takes its time.
      time += 10
      if (told.length === 6) break
    }
  }
  const streams = [0, 1, 2]
  const all = streams.map(consume)
  await new Promise(setImmediate)
  for (const handler of handlers) handler.onResponseStart?.(CONTROLLER, 200, {}, 'OK')
  for (const turn of [1, 2]) {
    await new Promise(setImmediate)
    time = 1000 * turn
    for (const handler of handlers) {
      time += 1
      handler.onResponseData?.(CONTROLLER, CHUNK)
      // Node runs everything that waits before it reads the next socket.
      for (let tick = 0; tick < 50; tick += 1) await Promise.resolve()
    }
    await new Promise(setImmediate)
  }
  t.strictSame(
    told.map(([stream, event]) => [stream, event.at]),
    [[0, 1001], [1, 1002], [2, 1003], [0, 2001], [1, 2002], [2, 2003]],
    'not 10 ms apart: nobody had worked on a token yet',
  )
  for (const handler of handlers) handler.onResponseEnd?.(CONTROLLER, {})
  await Promise.allSettled(all)
})
