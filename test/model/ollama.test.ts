/** Ollama over a real socket: what is asked, what comes out, and when. */

import { getEventListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import t, { type Test } from 'tap'
import { Agent } from 'undici'
import type { SimServerOptions } from '../../lib/model/simulator/server.js'
import { simServer } from '../../lib/model/simulator/server.js'
import type { SimStep } from '../../lib/model/simulator/script.js'
import { ollama, type OllamaOptions } from '../../lib/model/ollama/ollama.js'
import { fixture } from '../support/paths.js'
import { ask, codeOf, collect, gate, HELLO, textOf, unstamped } from './collect.js'

async function serve(t: Test, options: SimServerOptions, name = 'gemma3:latest', more: OllamaOptions = {}) {
  const server = await simServer({ date: () => 1_763_199_000_000, ...options })
  const model = ollama(name, { url: server.url, ...more })
  t.teardown(async () => {
    await model.close()
    await server.close()
  })
  return { server, model }
}

t.test('asks for a stream with the messages and settings, in the places where Ollama wants them', async (t) => {
  const { server, model } = await serve(t, { reply: () => [{ type: 'done' }] }, 'gemma3', {
    options: { num_gpu: 80, temperature: 1, think: false },
    keepAlive: '10m',
  })
  t.equal(model.provider, 'ollama')
  t.equal(model.name, 'gemma3')
  t.strictSame(model.options, { num_gpu: 80, temperature: 1, think: false })
  await collect(model.generate({ ...HELLO, options: { temperature: 0 } }))
  t.strictSame(server.requests[0]?.body, {
    model: 'gemma3',
    keep_alive: '10m',
    think: false,
    options: { num_gpu: 80, temperature: 0 },
    messages: [{ role: 'user', content: 'hello there' }],
    stream: true,
  })
  t.match(server.requests[0]?.headers, { 'content-type': 'application/json' })
})

t.test('sent, then pieces, then one end', async (t) => {
  const usage = { promptTokens: 3, outputTokens: 2, totalDuration: 1.5, loadDuration: 0.25, promptEvalDuration: 0.125, evalDuration: 0.5 }
  const { model } = await serve(t, {
    reply: () => [{ type: 'thinking', text: 'hm' }, { type: 'text', text: 'Hel' }, { type: 'text', text: 'lo' }, { type: 'done', usage, text: '!' }],
  })
  const { events, error } = await ask(model)
  t.equal(error, undefined)
  t.strictSame(events.slice(0, 2).map((event) => event.type), ['connecting', 'sent'])
  t.strictSame(unstamped(events), [
    { type: 'token', kind: 'thinking', text: 'hm', serverTime: 1_763_199_000_000 },
    { type: 'token', kind: 'text', text: 'Hel', serverTime: 1_763_199_000_000 },
    { type: 'token', kind: 'text', text: 'lo', serverTime: 1_763_199_000_000 },
    { type: 'token', kind: 'text', text: '!', serverTime: 1_763_199_000_000 },
    { type: 'end', reason: 'stop', usage },
  ])
})

t.test('a real-looking stream is read the same wherever the network cuts it', async (t) => {
  const wire = await readFile(fixture('model', 'ollama-chat.ndjson'))
  const expected: unknown = JSON.parse(await readFile(fixture('model', 'ollama-chat.json'), 'utf8'))
  let cut = 0
  const { model } = await serve(t, { reply: () => [raw(wire.subarray(0, cut)), raw(wire.subarray(cut))].filter((step) => step.bytes.length > 0) })
  for (cut = 0; cut <= wire.length; cut += 1) {
    const { events, error } = await ask(model)
    if (error) throw new Error(`cut at byte ${cut}`, { cause: error })
    if (JSON.stringify(unstamped(events)) !== JSON.stringify(reordered(expected, unstamped(events)))) {
      t.strictSame(unstamped(events), expected, `cut at byte ${cut}`)
      return
    }
  }
  const { events } = await ask(model)
  t.strictSame(unstamped(events), expected)
})

t.test('one byte per chunk, and the last line without its line end', async (t) => {
  const wire = (await readFile(fixture('model', 'ollama-chat.ndjson'))).subarray(0, -1)
  const expected: unknown = JSON.parse(await readFile(fixture('model', 'ollama-chat.json'), 'utf8'))
  const { model } = await serve(t, { reply: () => [...wire].map((byte) => raw(Uint8Array.of(byte))) })
  const { events, error } = await ask(model)
  t.equal(error, undefined)
  t.strictSame(unstamped(events), expected)
})

t.test('pieces leave as they arrive, before the answer is complete', async (t) => {
  const next = gate()
  const { model } = await serve(t, {
    reply: async function* (): AsyncGenerator<SimStep> {
      yield { type: 'text', text: 'first' }
      await next.opened
      yield { type: 'done' }
    },
  })
  const generation = model.generate(HELLO)
  t.match((await generation.next()).value, { type: 'connecting' })
  t.match((await generation.next()).value, { type: 'sent' })
  const first = await generation.next()
  t.match(first.value, { type: 'token', text: 'first' })
  next.open()
  const end = await generation.next()
  t.match(end.value, { type: 'end' })
  t.equal((await generation.next()).done, true)
})

t.test('stamps tell arrival, however late the consumer reads', async (t) => {
  let time = 1000
  const sent = gate()
  const steps = [gate(), gate(), gate()]
  const { server, model } = await serve(t, {
    reply: async function* (): AsyncGenerator<SimStep> {
      for (const [index, step] of steps.entries()) {
        await step.opened
        yield { type: 'text', text: `piece ${index}` }
      }
      yield { type: 'raw', bytes: '\n' }
      sent.open()
      yield { type: 'done' }
    },
  })
  // The clock is read when asking, when sending, and once for each read of the socket: it tells the test that the bytes were there.
  const reads: (() => void)[] = []
  const now = () => {
    reads.shift()?.()
    return time
  }
  const generation = model.generate(HELLO, { now })
  t.strictSame((await generation.next()).value, { type: 'connecting', at: 1000 })
  t.strictSame((await generation.next()).value, { type: 'sent', at: 1000 })
  for (const [index, step] of steps.entries()) {
    time = 2000 + index * 100
    const arrived = new Promise<void>((resolve) => reads.push(resolve))
    step.open()
    await arrived
  }
  await sent.opened
  await server.requests[0]?.outcome
  time = 99_000
  const late = await collect(generation)
  t.strictSame(
    late.events.filter((event) => event.type === 'token').map((event) => [event.text, event.at]),
    [
      ['piece 0', 2000],
      ['piece 1', 2100],
      ['piece 2', 2200],
    ],
  )
})

t.test('a consumer that stops reading stops the server once the queue is full, and nothing is lost', async (t) => {
  const line = `${JSON.stringify({ message: { content: 'x'.repeat(60_000) }, done: false })}\n`
  const count = 600 // 36 MB: more than the queue and the kernel's buffers hold
  const { server, model } = await serve(t, {
    reply: function* (): Generator<SimStep> {
      for (let at = 0; at < count; at += 1) yield raw(line)
      yield { type: 'done' }
    },
  })
  const generation = model.generate(HELLO)
  let begun: unknown
  while (begun !== 'token') begun = (await generation.next()).value?.type
  // Both ends have all the time they want: writes go on until nothing moves any more.
  let before = -1
  while (before !== server.requests[0]?.writes.length) {
    before = server.requests[0]?.writes.length ?? 0
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate)
  }
  t.ok(before > 0 && before < count, `the server wrote ${before} of ${count} chunks`)
  const { events, error } = await collect(generation)
  t.equal(error, undefined)
  t.equal(textOf(events).length, (count - 1) * 60_000)
})

t.test('a connection is used again when its answer was read to the end', async (t) => {
  const { server, model } = await serve(t, { reply: () => [{ type: 'text', text: 'a' }, { type: 'done' }] })
  await ask(model)
  await ask(model)
  t.equal(server.connections.total, 1)
})

t.test('a server that keeps the response open after its last message is cut off', async (t) => {
  const { server, model } = await serve(t, {
    reply: () => [raw('{"done":true,"message":{"content":"all"}}\n'), { type: 'wait', until: new Promise(() => undefined) }],
  })
  const { events, error } = await ask(model)
  t.equal(error, undefined)
  t.match(events, [{ type: 'connecting' }, { type: 'sent' }, { type: 'token', text: 'all' }, { type: 'end' }])
  t.equal(await server.requests[0]?.outcome, 'client-closed')
})

t.test('a program that was busy for longer than the limit takes what had come meanwhile for what it is', async (t) => {
  const { model } = await serve(
    t,
    {
      reply: async function* (): AsyncGenerator<SimStep> {
        yield { type: 'text', text: 'a' }
        await new Promise(setImmediate)
        yield { type: 'text', text: 'b' }
        // The bytes are on their way; nobody can read them while this program, server and client in one, is busy.
        await new Promise(setImmediate)
        const until = performance.now() + 60
        while (performance.now() < until);
        yield { type: 'done' }
      },
    },
    'gemma3:latest',
    { stallTimeoutMs: 30 },
  )
  const { events, error } = await ask(model)
  t.equal(error, undefined)
  t.equal(textOf(events), 'ab')
})

t.test('a signal is left without listeners', async (t) => {
  const { signal } = new AbortController()
  const { model } = await serve(t, { reply: () => [{ type: 'text', text: 'a' }, { type: 'done' }] })
  await ask(model, { signal })
  for await (const event of model.generate(HELLO, { signal })) if (event.type === 'token') break
  t.strictSame(getEventListeners(signal, 'abort'), [])
})

t.test('list, show and preload go through the same connections as the answer', async (t) => {
  const paths: string[] = []
  const dispatcher = new (class extends Agent {
    override dispatch(...[options, handler]: Parameters<Agent['dispatch']>): boolean {
      paths.push(options.path)
      return super.dispatch(options, handler)
    }
  })()
  t.teardown(() => dispatcher.close())
  const { server, model } = await serve(t, { models: ['gemma3:latest', 'qwen3:0.6b'], reply: () => [{ type: 'done' }] }, 'gemma3:latest', {
    dispatcher,
    options: { num_gpu: 80 },
    keepAlive: -1,
  })
  t.strictSame(await model.list(), [
    { name: 'gemma3:latest', bytes: 1_000_000, parameterSize: '1M', quantization: 'Q4_0' },
    { name: 'qwen3:0.6b', bytes: 1_000_000, parameterSize: '1M', quantization: 'Q4_0' },
  ])
  t.strictSame(await model.show(), { family: 'sim', parameterSize: '1M', quantization: 'Q4_0', capabilities: ['completion'] })
  await model.preload()
  // A model that was loaded with other settings would be loaded again for the first question.
  t.strictSame(server.loads, [
    {
      verb: 'load',
      model: 'gemma3:latest',
      body: { model: 'gemma3:latest', keep_alive: -1, options: { num_gpu: 80 }, messages: [], stream: false },
    },
  ])
  t.equal(server.requests.length, 0, 'nothing was generated')
  await ask(model)
  t.strictSame(paths, ['/api/tags', '/api/show', '/api/chat', '/api/chat'])
})

t.test('OLLAMA_HOST is honoured, a given URL wins', async (t) => {
  t.equal(ollama('gemma3', { env: { OLLAMA_HOST: '0.0.0.0:4711' } }).url, 'http://127.0.0.1:4711')
  t.equal(ollama('gemma3', { env: { OLLAMA_HOST: 'elsewhere' }, url: 'here:1' }).url, 'http://here:1')
})

t.test('the password of a URL is sent, but not shown', async (t) => {
  const { server } = await serve(t, { reply: () => [{ type: 'done' }] })
  const model = ollama('gemma3', { url: server.url.replace('://', '://ann:secret@') })
  t.teardown(() => model.close())
  await ask(model)
  t.equal(server.requests[0]?.headers['authorization'], `Basic ${Buffer.from('ann:secret').toString('base64')}`)
  t.notMatch(model.url, 'secret')
  t.ok((await model.list()).length > 0, 'the package gets it as a header too')
})

function raw(bytes: string | Uint8Array) {
  return { type: 'raw', bytes } as const
}

/** The expected events with their keys in the order of the found ones, so that both can be compared as text. */
function reordered(expected: unknown, found: unknown[]): unknown {
  if (!Array.isArray(expected)) return expected
  return expected.map((event: Record<string, unknown>, index) => {
    const keys = Object.keys(found[index] ?? {})
    return Object.fromEntries(Object.entries(event).sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b)))
  })
}

t.test('generate: one prompt without roles; fields of the request stand beside its options', async (t) => {
  const { server, model } = await serve(t, { reply: () => [{ type: 'text', text: 'so' }, { type: 'done', usage: { outputTokens: 1 } }] })
  const messages = [
    { role: 'system', content: 'be brief' },
    { role: 'user', content: 'one' },
    { role: 'user', content: 'two' },
  ] as const
  const schema = '{"type":"object"}'
  const { events, error } = await collect(model.generate({ messages, options: { api: 'generate', logprobs: true, think: 'low', format: schema, top_k: 3 } }))
  t.equal(error, undefined)
  t.equal(textOf(events), 'so')
  t.match(server.requests[0], { protocol: 'ollama-generate' })
  t.match(server.requests[0]?.body, { system: 'be brief', prompt: 'one\n\ntwo', logprobs: true, think: 'low', format: { type: 'object' }, options: { top_k: 3 } })
  t.notOk('messages' in (server.requests[0]?.body ?? {}))
  t.throws(() => ollama('gemma3', { options: { api: 'complete' } }), { code: 'USAGE', message: /chat or generate/ })
  t.throws(() => ollama('gemma3', { options: { format: '{"type"' } }), { code: 'USAGE', message: /JSON Schema/ })
})

t.test('logprobs count tokens, also those whose text is held back; a call of a tool comes whole', async (t) => {
  const line = (value: unknown) => raw(`${JSON.stringify({ model: 'gemma3', ...(value as object) })}\n`)
  const said = (content: string, more: object = {}) => ({ message: { role: 'assistant', content, ...more }, done: false })
  const { model } = await serve(t, {
    reply: () => [
      line({ ...said('ab'), logprobs: [{}, {}] }),
      line({ ...said(''), logprobs: [{}] }),
      line({ ...said('', { tool_calls: [{ function: { name: 'sum', arguments: { a: 1 } } }] }), logprobs: [{}] }),
      line({ message: { content: '' }, done: true, eval_count: 4 }),
    ],
  })
  t.strictSame(unstamped((await ask(model)).events), [
    { type: 'token', text: 'ab', kind: 'text', tokens: 2 },
    { type: 'token', text: '', kind: 'text', tokens: 1 },
    { type: 'token', text: '{"a":1}', kind: 'tool', tokens: 1 },
    { type: 'end', reason: 'stop', usage: { outputTokens: 4 } },
  ])
})

t.test('unload: the server is told to forget the model', async (t) => {
  const { server, model } = await serve(t, {})
  await model.unload()
  t.match(server.loads, [{ verb: 'unload', model: 'gemma3' }])
})

t.test('retries: only before the first piece, each one told', async (t) => {
  let asked = 0
  const { server } = await serve(t, {
    reply: () => {
      asked += 1
      if (asked === 1) return { status: 503, body: { error: 'busy' } }
      if (asked === 2) return [{ type: 'die' }]
      return [{ type: 'text', text: 'at last' }, { type: 'done' }]
    },
  })
  const patient = ollama('gemma3', { url: server.url, retries: 2, retryWaitMs: 0 })
  t.teardown(() => patient.close())
  const { events, error } = await ask(patient)
  t.equal(error, undefined)
  t.strictSame(
    events.flatMap((event) => (event.type === 'connecting' ? [] : event.type === 'retry' ? `${event.type} ${event.code}` : event.type === 'sent' ? `sent ${event.attempt ?? 1}` : event.type)),
    ['sent 1', 'retry MODEL_BUSY', 'sent 2', 'retry MODEL_FAILED', 'sent 3', 'token', 'end'],
  )

  asked = 0
  const impatient = ollama('gemma3', { url: server.url, retries: 1, retryWaitMs: 0 })
  t.teardown(() => impatient.close())
  t.equal(codeOf((await ask(impatient)).error), 'MODEL_FAILED')
})
