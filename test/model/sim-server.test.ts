/** The simulated server, asked with plain HTTP: it must be right without our own clients. */

import t, { type Test } from 'tap'
import { simServer, type SimServerOptions } from '../../lib/model/simulator/server.js'

async function serve(t: Test, options: SimServerOptions = {}) {
  const server = await simServer({ date: () => 1_763_199_000_000, ...options })
  t.teardown(() => server.close())
  const post = (path: string, body: unknown) =>
    fetch(server.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { server, post }
}

const FAST = { tokens: 3, ttftMs: 0, rate: 1e9 }
const ASK = { model: 'gemma3', messages: [{ role: 'user', content: 'hi' }] }

t.test('/api/chat and /api/generate stream lines unless told otherwise', async (t) => {
  const { post } = await serve(t, { spec: { ...FAST, thinking: 1 } })
  const chat = await post('/api/chat', ASK)
  t.equal(chat.headers.get('content-type'), 'application/x-ndjson')
  const lines = (await chat.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
  t.match(lines, [
    { model: 'gemma3', created_at: '2025-11-15T09:30:00Z', message: { role: 'assistant', content: '', thinking: 'The' }, done: false },
    { message: { content: 'The' }, done: false },
    { message: { content: ' keeper' }, done: false },
    { message: { content: '' }, done: true, done_reason: 'stop', eval_count: 3, prompt_eval_count: 1 },
  ])
  const generate = await post('/api/generate', { model: 'gemma3', prompt: 'hi', stream: false })
  t.match(await generate.json(), { response: 'The keeper', thinking: 'The', done: true, eval_count: 3 })
})

t.test('/v1/chat/completions: whole unless a stream is asked for, usage when asked for', async (t) => {
  const { post } = await serve(t, { spec: FAST })
  t.match(await (await post('/v1/chat/completions', ASK)).json(), {
    object: 'chat.completion',
    choices: [{ message: { role: 'assistant', content: 'The keeper of' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
  })
  const events = async (more: object) => (await (await post('/v1/chat/completions', { ...ASK, stream: true, ...more })).text()).trimEnd().split('\n\n')
  const plain = await events({})
  t.equal(plain.length, 5)
  t.equal(plain.at(-1), 'data: [DONE]')
  t.match(plain[0], '"role":"assistant"')
  const counted = await events({ stream_options: { include_usage: true } })
  t.equal(counted.length, 6)
  t.match(counted[4], '"usage":{"prompt_tokens":1,"completion_tokens":3,"total_tokens":4}')
})

t.test('what is there', async (t) => {
  const { server, post } = await serve(t, { models: ['a:latest', 'b:1'] })
  t.match(await (await fetch(`${server.url}/api/tags`)).json(), { models: [{ name: 'a:latest' }, { name: 'b:1' }] })
  t.match(await (await fetch(`${server.url}/v1/models`)).json(), { data: [{ id: 'a:latest' }, { id: 'b:1' }] })
  t.match(await (await fetch(`${server.url}/api/version`)).json(), { version: /sim/ })
  t.equal((await post('/api/show', { model: 'a' })).status, 200)
  t.equal((await post('/api/show', { model: 'c' })).status, 404)
  t.equal((await fetch(`${server.url}/nowhere`)).status, 404)
})

t.test('loading and unloading', async (t) => {
  const { server, post } = await serve(t)
  t.match(await (await post('/api/chat', { model: 'gemma3', messages: [] })).json(), { done: true, done_reason: 'load' })
  t.match(await (await post('/api/generate', { model: 'gemma3', keep_alive: 0 })).json(), { done: true, done_reason: 'unload' })
  t.match(server.loads, [{ verb: 'load', model: 'gemma3', body: { messages: [] } }, { verb: 'unload', model: 'gemma3' }])
})

t.test('wrong requests', async (t) => {
  const { post } = await serve(t, {
    reply: () => {
      throw new Error('script is broken')
    },
  })
  t.equal((await post('/api/chat', 'not json')).status, 400)
  t.equal((await post('/api/chat', '[]')).status, 400)
  const missing = await post('/api/chat', { ...ASK, model: 'x' })
  t.equal(missing.status, 404)
  t.strictSame(await missing.json(), { error: "model 'x' not found" })
  t.match(await (await post('/v1/chat/completions', { ...ASK, model: 'x' })).json(), { error: { code: 'model_not_found' } })
  const broken = await post('/api/chat', ASK)
  t.equal(broken.status, 500)
  t.match(await broken.json(), { error: 'script is broken' })
})

t.test('faults of the description', async (t) => {
  const ask = async (kind: 'refuse' | 'cut' | 'error') => {
    const { post } = await serve(t, { spec: { ...FAST, fault: { kind, after: 1 } } })
    const response = await post('/api/chat', ASK)
    return { status: response.status, lines: (await response.text()).trimEnd().split('\n') }
  }
  t.equal((await ask('refuse')).status, 403)
  t.match((await ask('cut')).lines, [/"done":false/])
  t.match((await ask('error')).lines, [/"done":false/, /^\{"error":/])
})

t.test('the truth is kept: what came, what was written, how it ended, how many connections', async (t) => {
  let time = 0
  const { server, post } = await serve(t, { keep: 2, clock: { now: () => (time += 10), sleep: async () => undefined }, spec: FAST })
  for (const content of ['one', 'two', 'three']) await (await post('/api/chat', { ...ASK, messages: [{ role: 'user', content }] })).text()
  t.equal(server.requests.length, 2, 'only the latest are kept')
  const last = server.requests[1]
  if (!last) throw new Error('no request was kept')
  t.match(last, { protocol: 'ollama-chat', model: 'gemma3', stream: true, body: { messages: [{ content: 'three' }] } })
  t.equal(await last.outcome, 'complete')
  t.equal(last.writes.length, 4)
  t.ok(last.writes.every((write, index, all) => write.bytes > 0 && write.at > (all[index - 1]?.at ?? last.at)))
  t.ok(server.connections.total >= 1)
})

t.test('a client that leaves is seen, also while the script waits for something of its own', async (t) => {
  const { server } = await serve(t, {
    reply: async function* () {
      yield { type: 'text', text: 'a' }
      await new Promise(() => undefined)
    },
  })
  const stop = new AbortController()
  const response = await fetch(`${server.url}/api/chat`, { method: 'POST', body: JSON.stringify(ASK), signal: stop.signal })
  await response.body?.getReader().read()
  stop.abort()
  t.equal(await server.requests[0]?.outcome, 'client-closed')
  t.equal(server.requests[0]?.gone.aborted, true)
})

t.test('closing ends what is still running', async (t) => {
  const server = await simServer({ reply: () => [{ type: 'text', text: 'a' }, { type: 'wait', until: new Promise(() => undefined) }] })
  const response = await fetch(`${server.url}/api/chat`, { method: 'POST', body: JSON.stringify(ASK) })
  await server.close()
  await t.rejects(response.text())
  t.equal(await server.requests[0]?.outcome, 'client-closed')
})
