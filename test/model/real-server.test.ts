/**
 * The providers against a real server, where one is named: `CHIMERA_TEST_OLLAMA` and `CHIMERA_TEST_OPENAI` are its URL, with the model
 * behind a `#` (`http://127.0.0.1:11434#gemma3:270m`). Without them nothing runs here.
 */

import t, { type Test } from 'tap'
import { timing } from '../../lib/model/timing.js'
import type { Model, ModelOptions } from '../../lib/model/model.js'
import { generation } from '../../lib/model/generation.js'
import { ollama } from '../../lib/model/ollama/ollama.js'
import { openai } from '../../lib/model/openai/openai.js'
import { ask, codeOf, collect, messageOf, textOf } from './collect.js'

type Make = (url: string, name: string, options: ModelOptions) => Model

const COUNT = { messages: [{ role: 'user', content: 'Count from one to twenty in words, separated by commas.' }] } as const

for (const [variable, make, limit] of [
  ['CHIMERA_TEST_OLLAMA', (url, name, options) => ollama(name, { url, options }), (tokens) => ({ num_predict: tokens })],
  ['CHIMERA_TEST_OPENAI', (url, name, options) => openai(name, { url, options }), (tokens) => ({ max_tokens: tokens })],
] as [string, Make, (tokens: number) => ModelOptions][]) {
  const [url = '', name = ''] = (process.env[variable] ?? '').split('#')
  const skip = url === '' || name === '' ? `${variable} names no server and model` : false

  t.test(`${variable}: an answer, measured`, { skip }, async (t) => {
    const model = opened(t, make(url, name, limit(64)))
    const run = timing()
    const { events, error } = await collect(generation(model, COUNT, { stage: 'test', timing: run }))
    t.equal(error, undefined, messageOf(error))
    const m = run.measurements()
    t.ok(textOf(events).length + m.thinkingLength > 0, 'something was said')
    t.equal(m.status, 'ok')
    t.match(m.endState, /^(stop|length)$/)
    t.ok((m.ttft ?? 0) > 0 && (m.e2eLatency ?? 0) >= (m.ttft ?? 0), `ttft ${m.ttft}, end ${m.e2eLatency}`)
    t.ok(m.outputTokens === undefined || m.outputTokens >= 1)
    t.ok(m.hiddenWait === undefined || m.hiddenWait <= (m.e2eLatency ?? 0))
    t.strictSame(m.doubts, [])
    const stamps = events.flatMap((event) => (event.type === 'token' ? [event.at] : []))
    t.ok(stamps.every((at, index) => index === 0 || at >= (stamps[index - 1] ?? 0)), 'stamps do not go back')
  })

  t.test(`${variable}: a limit of tokens is told`, { skip }, async (t) => {
    const { events, error } = await collect(opened(t, make(url, name, limit(3))).generate(COUNT))
    t.equal(error, undefined, messageOf(error))
    t.match(events.at(-1), { type: 'end', reason: 'length' })
  })

  t.test(`${variable}: leaving early frees the server for the next answer`, { skip }, async (t) => {
    const model = opened(t, make(url, name, limit(2000)))
    for await (const event of model.generate(COUNT)) if (event.type === 'token') break
    const { error } = await collect(make(url, name, limit(3)).generate(COUNT))
    t.equal(error, undefined, messageOf(error))
  })

  t.test(`${variable}: an abort keeps what came`, { skip }, async (t) => {
    const ending = new AbortController()
    const events = []
    try {
      for await (const event of opened(t, make(url, name, limit(2000))).generate(COUNT, { signal: ending.signal })) {
        events.push(event)
        if (event.type === 'token') ending.abort()
      }
      t.fail('it went on')
    } catch (error) {
      t.equal(codeOf(error), 'ABORTED')
    }
    t.ok(events.some((event) => event.type === 'token'))
  })

  t.test(`${variable}: a model that is not there`, { skip }, async (t) => {
    const { error } = await ask(opened(t, make(url, 'no-such-model-here', {})))
    // Some servers answer with the one model they have, whatever is asked for.
    if (error !== undefined) t.match(codeOf(error), /^MODEL_(UNKNOWN|INVALID)$/, messageOf(error))
    else t.pass('it has one model for all names')
  })
}

function opened(t: Test, model: Model): Model {
  t.teardown(() => model.close?.())
  return model
}
