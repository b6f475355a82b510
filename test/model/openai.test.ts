/** OpenAI-compatible servers and their dialects. */

import { readFile } from 'node:fs/promises'
import t, { type Test } from 'tap'
import { chatDialect } from '../../lib/model/openai/chat-event.js'
import { openai } from '../../lib/model/openai/openai.js'
import { sseReader } from '../../lib/model/openai/sse.js'
import { simServer, type SimServerOptions } from '../../lib/model/simulator/server.js'
import { fixture } from '../support/paths.js'
import { ask, codeOf, collect, HELLO, messageOf, textOf, unstamped } from './collect.js'

async function serve(t: Test, options: SimServerOptions) {
  const server = await simServer({ date: () => 1_763_199_000_000, ...options })
  const model = openai('gemma3:latest', { url: server.url, env: { OPENAI_API_KEY: 'sk-1' }, options: { temperature: 1, max_tokens: 9 } })
  t.teardown(async () => {
    await model.close()
    await server.close()
  })
  return { server, model }
}

const raw = (bytes: string | Uint8Array) => ({ type: 'raw', bytes }) as const
const chunk = (delta: unknown, finish: string | null = null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

t.test('asks for a stream with usage, and brings the key', async (t) => {
  const { server, model } = await serve(t, { spec: { tokens: 3, ttftMs: 0, rate: 1e9 } })
  const { events, error } = await collect(model.generate({ ...HELLO, options: { temperature: 0, stream: false } }))
  t.equal(error, undefined)
  t.strictSame(server.requests[0]?.body, {
    temperature: 0,
    max_tokens: 9,
    stream: true,
    model: 'gemma3:latest',
    messages: [{ role: 'user', content: 'hello there' }],
    stream_options: { include_usage: true },
  })
  t.equal(server.requests[0]?.headers['authorization'], 'Bearer sk-1')
  t.equal(textOf(events), 'The keeper of')
  t.match(events.at(-1), { type: 'end', reason: 'stop', usage: { promptTokens: 2, outputTokens: 3 } })
})

t.test('a stream with every oddity is read the same wherever it is cut', async (t) => {
  const wire = await readFile(fixture('model', 'openai-chat.sse'))
  const expected: unknown = JSON.parse(await readFile(fixture('model', 'openai-chat.json'), 'utf8'))
  let cut = 0
  const { model } = await serve(t, { reply: () => [raw(wire.subarray(0, cut)), raw(wire.subarray(cut))].filter((step) => step.bytes.length > 0) })
  const whole = unstamped((await ask(model)).events)
  t.strictSame(whole, expected)
  for (cut = 1; cut <= wire.length; cut += 1) {
    const { events, error } = await ask(model)
    if (error) throw new Error(`cut at byte ${cut}`, { cause: error })
    if (JSON.stringify(unstamped(events)) !== JSON.stringify(whole)) t.strictSame(unstamped(events), whole, `cut at byte ${cut}`)
  }
})

t.test('CRLF, one byte at a time', async (t) => {
  const wire = Buffer.from((await readFile(fixture('model', 'openai-chat.sse'), 'utf8')).replaceAll('\n', '\r\n'))
  const expected: unknown = JSON.parse(await readFile(fixture('model', 'openai-chat.json'), 'utf8'))
  const { model } = await serve(t, { reply: () => [...wire].map((byte) => raw(Uint8Array.of(byte))) })
  t.strictSame(unstamped((await ask(model)).events), expected)
})

const complete: [name: string, wire: string][] = [
  ['[DONE] without a blank line', `${chunk({ content: 'a' }, 'stop')}data: [DONE]`],
  ['no [DONE] after the finish', chunk({ content: 'a' }, 'stop')],
  ['the last event without a blank line', chunk({ content: 'a' }, 'stop').trimEnd()],
  ['[DONE] without a finish', `${chunk({ content: 'a' })}data: [DONE]\n\n`],
  ['null content beside the role', `${chunk({ role: 'assistant', content: null })}${chunk({ content: 'a' }, 'stop')}`],
  ['progress chunks without choices', `data: {"prompt_progress":{"total":9,"processed":3}}\n\n${chunk({ content: 'a' }, 'stop')}`],
]
for (const [name, wire] of complete) {
  t.test(`complete: ${name}`, async (t) => {
    const { model } = await serve(t, { reply: () => [raw(wire)] })
    const { events, error } = await ask(model)
    t.equal(error, undefined)
    t.strictSame(unstamped(events.filter((event) => event.type !== 'progress')), [
      { type: 'token', text: 'a', kind: 'text' },
      { type: 'end', reason: 'stop', usage: {} },
    ])
  })
}

const wire = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const counting: [name: string, one: (piece: string, total: number) => unknown][] = [
  ['continuous usage', (content, total) => ({ choices: [{ delta: { content } }], usage: { prompt_tokens: 5, completion_tokens: total } })],
  ['token ids', (content) => ({ choices: [{ delta: { content }, token_ids: content === 'ab' ? [1, 2] : [3] }] })],
  ['timings per token', (content, total) => ({ choices: [{ delta: { content } }], timings: { predicted_n: total } })],
  ['logprobs', (content) => ({ choices: [{ delta: { content }, logprobs: { content: content === 'ab' ? [{}, {}] : [{}] } }] })],
]
for (const [name, one] of counting) {
  t.test(`tokens of each piece: ${name}`, async (t) => {
    const stream = `${wire(one('ab', 2))}${wire(one('c', 3))}${wire({ choices: [{ delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`
    const { model } = await serve(t, { reply: () => [raw(stream)] })
    t.strictSame(
      (await ask(model)).events.flatMap((event) => (event.type === 'token' ? [[event.text, event.tokens]] : [])),
      [
        ['ab', 2],
        ['c', 1],
      ],
    )
  })
}

t.test('a count that comes once, at the end, is no count of its chunk', async (t) => {
  const stream = `${chunk({ content: 'a' })}${wire({ choices: [{ delta: { content: 'b' }, finish_reason: 'stop' }], usage: { completion_tokens: 9 } })}data: [DONE]\n\n`
  const { model } = await serve(t, { reply: () => [raw(stream)] })
  const { events } = await ask(model)
  t.ok(events.every((event) => event.type !== 'token' || event.tokens === undefined))
  t.match(events.at(-1), { usage: { outputTokens: 9 } })
})

t.test('a call of a tool, piece by piece; the reading of the prompt', async (t) => {
  const call = (of: object) => chunk({ tool_calls: [{ index: 0, function: of }] })
  const stream = `${wire({ choices: [{ delta: { role: 'assistant', content: null } }], prompt_progress: { total: 9, processed: 6, cache: 4 } })}${call({ name: 'sum', arguments: '' })}${call({ arguments: '{"a":' })}${call({ arguments: '1}' })}${chunk({}, 'tool_calls')}data: [DONE]\n\n`
  const { model } = await serve(t, { reply: () => [raw(stream)] })
  t.strictSame(unstamped((await ask(model)).events), [
    { type: 'progress', processed: 6, total: 9, cached: 4 },
    { type: 'token', text: 'sum', kind: 'tool' },
    { type: 'token', text: '{"a":', kind: 'tool' },
    { type: 'token', text: '1}', kind: 'tool' },
    { type: 'end', reason: 'stop', usage: {} },
  ])
})

t.test('what is asked for: options as they are, continuous usage in its place, a schema', async (t) => {
  const { server, model } = await serve(t, { reply: () => [{ type: 'done' }] })
  await collect(model.generate({ ...HELLO, options: { continuous_usage_stats: true, top_k: 3 }, format: { type: 'object' } }))
  t.match(server.requests[0]?.body, {
    top_k: 3,
    stream_options: { include_usage: true, continuous_usage_stats: true },
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: { type: 'object' } } },
  })
  t.notOk('continuous_usage_stats' in (server.requests[0]?.body ?? {}))
})

const failing: [name: string, wire: string, code: string, says: string][] = [
  ['vLLM: an error, then [DONE]', 'data: {"error":{"message":"engine died","type":"x","code":500}}\n\ndata: [DONE]\n\n', 'MODEL_FAILED', 'engine died'],
  ['llama-server before late 2025: a field of its own', 'error: {"code":500,"message":"slot lost"}\n\n', 'MODEL_FAILED', 'slot lost'],
  ['an event named error', 'event: error\ndata: {"message":"lost"}\n\n', 'MODEL_FAILED', 'lost'],
  ["Ollama's /v1: an error that became an empty chunk", 'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\n', 'MODEL_TRUNCATED', 'last message'],
  ['content filter', chunk({}, 'content_filter'), 'MODEL_REFUSED', 'content filter'],
]
for (const [name, wire, code, says] of failing) {
  t.test(`failing: ${name}`, async (t) => {
    const { model } = await serve(t, { reply: () => [raw(chunk({ content: 'kept' })), raw(wire)] })
    const { events, error } = await ask(model)
    t.equal(textOf(events), 'kept')
    t.equal(codeOf(error), code)
    t.match(messageOf(error), says)
  })
}

t.test('usage on every chunk: the last one counts', async (t) => {
  const dialect = chatDialect('it')
  for (const [index, text] of ['a', 'b'].entries()) {
    dialect.line(`data: {"choices":[{"delta":{"content":"${text}"}}],"usage":{"prompt_tokens":5,"completion_tokens":${index}}}`)
    dialect.line('')
  }
  dialect.line('data: {"choices":[{"delta":{},"finish_reason":"length"}]}')
  dialect.line('')
  t.strictSame(dialect.finish(''), { pieces: [], end: { reason: 'length', usage: { promptTokens: 5, outputTokens: 1 } } })
})

t.test('the base URL', async (t) => {
  const url = (value: string) => openai('m', { url: value, env: {} }).url
  t.equal(url('127.0.0.1:8000'), 'http://127.0.0.1:8000/v1')
  t.equal(url('http://h:1/'), 'http://h:1/v1')
  t.equal(url('http://h:1/v1/'), 'http://h:1/v1')
  t.equal(url('https://h/api/v3'), 'https://h/api/v3')
  t.equal(openai('m', { env: {} }).url, 'https://api.openai.com/v1')
  t.equal(openai('m', { env: { OPENAI_BASE_URL: 'http://h:2/v1' } }).url, 'http://h:2/v1')
  t.throws(() => url('http://'), { code: 'USAGE' })
})

t.test('server-sent events: fields, comments, a byte order mark', async (t) => {
  const reader = sseReader()
  t.equal(reader.line('\ufeffdata: a'), undefined)
  t.equal(reader.line('data:b'), undefined)
  t.equal(reader.line('data'), undefined)
  t.equal(reader.line(':comment'), undefined)
  t.equal(reader.line('id: 7'), undefined)
  t.strictSame(reader.line(''), { data: 'a\nb\n' })
  t.equal(reader.line(''), undefined, 'a blank line alone is no event')
  t.strictSame(reader.line('data: [DONE]'), { data: '[DONE]' })
  t.equal(reader.finish(''), undefined)
})

const unstreamed: [name: string, body: string, code: string, says: string][] = [
  ['a web page instead of a stream', '<!doctype html>\n<title>Sign in</title>\n', 'MODEL_INVALID', 'doctype'],
  ['one JSON document with an error, without a line end', '{"error":{"message":"no such tenant"}}', 'MODEL_FAILED', 'no such tenant'],
  ['one JSON document', '{"object":"chat.completion","choices":[]}\n', 'MODEL_INVALID', 'OpenAI-compatible'],
]
for (const [name, body, code, says] of unstreamed) {
  t.test(`no stream: ${name}`, async (t) => {
    const { model } = await serve(t, { reply: () => [raw(body)] })
    const { error } = await ask(model)
    t.equal(codeOf(error), code)
    t.match(messageOf(error), says)
  })
}
