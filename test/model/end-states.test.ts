/** Every way an answer can end, for both protocols, over a real socket: each has its own code, and the socket is gone. */

import { inspect } from 'node:util'
import t, { type Test } from 'tap'
import type { Model } from '../../lib/model/model.js'
import { ollama } from '../../lib/model/ollama/ollama.js'
import { openai } from '../../lib/model/openai/openai.js'
import { simServer, type SimServer, type SimServerOptions } from '../../lib/model/simulator/server.js'
import type { SimReply, SimStep } from '../../lib/model/simulator/script.js'
import type { Limits } from '../../lib/model/wire/reader.js'
import { ask, codeOf, gate, HELLO, messageOf, textOf } from './collect.js'

const never = () => new Promise<never>(() => undefined)
const text: SimStep = { type: 'text', text: 'so far' }
const KEY = 'sk-very-secret-0123'

interface Provider {
  readonly name: string
  make(url: string, model: string, limits?: Limits): Model
  readonly garbage: string
  /** Half of a message. */
  readonly half: string
}
const PROVIDERS: Provider[] = [
  { name: 'ollama', make: (url, model, limits) => ollama(model, { url, ...limits }), garbage: '<html>\n', half: '{"message":{"content":"lo' },
  {
    name: 'openai',
    make: (url, model, limits) => openai(model, { url: `${url}/v1`, apiKey: KEY, ...limits }),
    garbage: 'data: <html>\n\n',
    half: 'data: {"choices":[{"delta":{"cont',
  },
]

async function serve(t: Test, provider: Provider, reply: SimServerOptions['reply'], limits?: Limits, model = 'gemma3:latest') {
  const server = await simServer({ ...(reply ? { reply } : {}) })
  const made = provider.make(server.url, model, limits)
  t.teardown(async () => {
    await made.close?.()
    await server.close()
  })
  return { server, model: made }
}

/** Waits for the server to see the last connection go. */
async function gone(server: SimServer): Promise<number> {
  for (let turn = 0; turn < 1000 && server.connections.open > 0; turn += 1) await new Promise(setImmediate)
  return server.connections.open
}

for (const provider of PROVIDERS) {
  const cases: { name: string; reply: () => SimReply; code: string; kept?: string; says: string | RegExp; limits?: Limits }[] = [
    { name: 'an error inside the 200', reply: () => [text, { type: 'error', message: 'boom \u001b[31mred' }], code: 'MODEL_FAILED', kept: 'so far', says: /boom red/ },
    { name: 'an error as the first thing', reply: () => [{ type: 'error', message: 'out of memory' }], code: 'MODEL_FAILED', says: 'out of memory' },
    { name: 'the end of the stream without its last message', reply: () => [text], code: 'MODEL_TRUNCATED', kept: 'so far', says: 'without its last message' },
    { name: 'half a message, then the end', reply: () => [text, { type: 'raw', bytes: provider.half }], code: 'MODEL_TRUNCATED', kept: 'so far', says: 'what came is kept' },
    { name: 'the socket dies in the middle', reply: () => [text, { type: 'raw', bytes: provider.half }, { type: 'die' }], code: 'MODEL_TRUNCATED', kept: 'so far', says: 'connection broke' },
    { name: 'the socket dies before the answer', reply: () => [{ type: 'die' }], code: 'MODEL_FAILED', says: 'without an answer' },
    { name: 'an empty answer', reply: () => [{ type: 'headers' }], code: 'MODEL_TRUNCATED', says: 'without its last message' },
    { name: 'garbage', reply: () => [text, { type: 'raw', bytes: provider.garbage }, { type: 'done' }], code: 'MODEL_INVALID', kept: 'so far', says: '<html>' },
    { name: '400', reply: () => ({ status: 400, body: { error: `does not support thinking ${KEY}` } }), code: 'MODEL_INVALID', says: 'does not support thinking' },
    { name: '401', reply: () => ({ status: 401, body: { error: { message: `wrong key ${KEY}` } } }), code: 'MODEL_REFUSED', says: 'wrong key' },
    { name: '503', reply: () => ({ status: 503, body: { error: 'server busy' } }), code: 'MODEL_BUSY', says: 'busy' },
    { name: '500', reply: () => ({ status: 500, body: { error: 'no memory left' } }), code: 'MODEL_FAILED', says: 'no memory left' },
    { name: '502 in plain text', reply: () => ({ status: 502, body: 'bad gateway' }), code: 'MODEL_FAILED', says: 'bad gateway' },
    {
      name: 'no first token',
      reply: () => [{ type: 'wait', until: never() }],
      code: 'MODEL_TIMEOUT',
      says: 'no first token within 0.03 s',
      limits: { firstTokenTimeoutMs: 30 },
    },
    {
      name: 'a header, but no first token',
      reply: () => [{ type: 'headers' }, { type: 'wait', until: never() }],
      code: 'MODEL_TIMEOUT',
      says: 'first-token timeout',
      limits: { firstTokenTimeoutMs: 30 },
    },
    {
      name: 'a stall in the middle',
      reply: () => [text, { type: 'wait', until: never() }],
      code: 'MODEL_STALLED',
      kept: 'so far',
      says: 'stall timeout',
      limits: { stallTimeoutMs: 30 },
    },
  ]

  t.test(provider.name, async (t) => {
    for (const { name, reply, code, kept = '', says, limits } of cases) {
      t.test(name, async (t) => {
        const { server, model } = await serve(t, provider, reply, limits)
        const { events, error } = await ask(model)
        t.equal(codeOf(error), code)
        t.match(messageOf(error), says)
        t.equal(textOf(events), kept, 'what came before is kept')
        t.equal(events.filter((event) => event.type === 'end').length, 0)
        if (provider.name === 'openai') t.notMatch(inspect(error, { depth: 10 }), KEY, 'the key is not shown')
        t.notMatch(messageOf(error), /[\u0000-\u001f]/)
        await model.close?.()
        t.equal(await gone(server), 0, 'no socket is left')
      })
    }

    t.test('stop and length', async (t) => {
      for (const reason of ['stop', 'length'] as const) {
        const { model } = await serve(t, provider, () => [text, { type: 'done', reason }])
        const { events, error } = await ask(model)
        t.equal(error, undefined)
        t.match(events.at(-1), { type: 'end', reason })
      }
    })

    t.test('nobody there', async (t) => {
      const server = await simServer()
      await server.close()
      const { events, error } = await ask(provider.make(server.url, 'gemma3'))
      t.strictSame(events.map((event) => event.type), ['connecting'], 'it was never sent')
      t.equal(codeOf(error), 'MODEL_UNREACHABLE')
      t.match(messageOf(error), 'ECONNREFUSED')
      t.match(messageOf(error), provider.name === 'ollama' ? /ollama serve.*OLLAMA_HOST/ : /OPENAI_BASE_URL/)
    })

    t.test('break closes the socket, and the server sees it', async (t) => {
      const { server, model } = await serve(t, provider, async function* (): AsyncGenerator<SimStep> {
        yield text
        await never()
      })
      for await (const event of model.generate(HELLO)) if (event.type === 'token') break
      t.equal(await server.requests[0]?.outcome, 'client-closed')
      t.equal(await gone(server), 0)
    })

    t.test('break before anything came closes it too', async (t) => {
      const asked = gate()
      const { server, model } = await serve(t, provider, () => {
        asked.open()
        return [{ type: 'wait', until: never() }]
      })
      const generation = model.generate(HELLO)
      await generation.next()
      await asked.opened
      await generation.return()
      t.equal(await server.requests[0]?.outcome, 'client-closed')
      t.equal(await gone(server), 0)
    })

    t.test('an abort closes the socket; what had arrived is still given', async (t) => {
      const stop = new AbortController()
      const { server, model } = await serve(t, provider, async function* (): AsyncGenerator<SimStep> {
        yield text
        yield { type: 'text', text: ' and more' }
        await never()
      })
      const generation = model.generate(HELLO, { signal: stop.signal })
      let came = ''
      let error: unknown
      try {
        for await (const event of generation) {
          if (event.type !== 'token') continue
          came += event.text
          if (came === 'so far and more') stop.abort(new Error('enough'))
        }
      } catch (thrown) {
        error = thrown
      }
      t.equal(came, 'so far and more')
      t.equal(codeOf(error), 'ABORTED')
      t.match((error as Error).cause, { message: 'enough' })
      t.equal(await server.requests[0]?.outcome, 'client-closed')
      t.equal(await gone(server), 0)
    })

    t.test('an abort while waiting ends the wait', async (t) => {
      const stop = new AbortController()
      const { server, model } = await serve(t, provider, () => {
        setImmediate(() => stop.abort())
        return [{ type: 'wait', until: never() }]
      })
      t.equal(codeOf((await ask(model, { signal: stop.signal })).error), 'ABORTED')
      t.equal(await gone(server), 0)
    })

    t.test('a signal that is aborted already sends nothing', async (t) => {
      const { server, model } = await serve(t, provider, () => [text])
      const { events, error } = await ask(model, { signal: AbortSignal.abort() })
      t.strictSame(events, [])
      t.equal(codeOf(error), 'ABORTED')
      t.equal(server.connections.total, 0)
    })

    t.test('an empty name is wrong use', async (t) => {
      t.throws(() => provider.make('http://127.0.0.1:1', ' '), { code: 'USAGE' })
      t.throws(() => provider.make('http://127.0.0.1:1', 'a b'), { code: 'USAGE' })
    })
  })
}

t.test('an unknown model: what is there, and how to get it', async (t) => {
  const [provider] = PROVIDERS
  if (!provider) throw new Error('no provider')
  const { model } = await serve(t, provider, undefined, {}, 'mistral')
  for (const run of [async () => (await ask(model)).error, async () => model.preload?.().catch((error: unknown) => error)]) {
    const error = await run()
    t.equal(codeOf(error), 'MODEL_UNKNOWN')
    t.match(messageOf(error), 'gemma3:latest, llama3.2:1b')
    t.match(messageOf(error), 'ollama pull mistral')
  }
})

t.test('an unknown model of an OpenAI-compatible server', async (t) => {
  const provider = PROVIDERS[1]
  if (!provider) throw new Error('no provider')
  const { server, model } = await serve(t, provider, undefined, {}, 'mistral')
  const { error } = await ask(model)
  t.equal(codeOf(error), 'MODEL_UNKNOWN')
  t.match(messageOf(error), `${server.url}/v1/models`)
})

t.test('a server that is not Ollama is told apart from an unknown model', async (t) => {
  const server = await simServer()
  const model = ollama('gemma3', { url: `${server.url}/elsewhere` })
  t.teardown(async () => {
    await model.close()
    await server.close()
  })
  const { error } = await ask(model)
  t.equal(codeOf(error), 'MODEL_INVALID')
  t.match(messageOf(error), 'is that an Ollama server')
  t.equal(codeOf(await model.list().catch((thrown: unknown) => thrown)), 'MODEL_INVALID')
})

t.test('preload and list: nobody there, an abort', async (t) => {
  const closed = await simServer()
  await closed.close()
  const lost = ollama('gemma3', { url: closed.url })
  t.equal(codeOf(await lost.preload().catch((error: unknown) => error)), 'MODEL_UNREACHABLE')
  t.equal(codeOf(await lost.list().catch((error: unknown) => error)), 'MODEL_UNREACHABLE')
  t.equal(codeOf(await lost.preload({ signal: AbortSignal.abort() }).catch((error: unknown) => error)), 'ABORTED')
})

t.test('the key is nowhere on the model', async (t) => {
  const model = openai('gpt', { env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: 'http://ann:pw-secret@127.0.0.1:9' } })
  t.equal(model.url, 'http://127.0.0.1:9/v1')
  t.notMatch(inspect(model, { depth: 10, showHidden: true }), new RegExp(`${KEY}|pw-secret`))
  t.notMatch(JSON.stringify(model), new RegExp(`${KEY}|pw-secret`))
  t.throws(() => openai('gpt', { url: 'http://ann:pw-secret@:::' }), { code: 'USAGE', message: /^((?!pw-secret).)*$/ })
})
