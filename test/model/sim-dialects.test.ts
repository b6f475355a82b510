/** The simulated server in the words of each kind of server, as a client that knows none of our code sees them. */

import t, { type Test } from 'tap'
import { CHAT, eventsOf, linesOf, post, serve, STREAM } from './asking.js'

const FAST = 'ttft=0ms,rate=1000000000'
const USAGE = { stream_options: { include_usage: true } }

async function events(t: Test, spec: string, more: object = {}): Promise<unknown[]> {
  return eventsOf((await post(await serve(t, { spec: `${FAST},${spec}` }), '/v1/chat/completions', { ...STREAM, ...more })).text)
}

async function lines(t: Test, spec: string, more: object = {}, path = '/api/chat'): Promise<unknown[]> {
  return linesOf((await post(await serve(t, { spec: `${FAST},${spec}` }), path, { ...CHAT, ...more })).text)
}

const delta = (value: object, more: object = {}) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: value, finish_reason: null, ...more }] })

t.test('plain: the role in the first delta, usage null beside the pieces', async (t) => {
  t.match(await events(t, 'tokens=2', USAGE), [
    { ...delta({ role: 'assistant', content: 'The' }), usage: null },
    { ...delta({ content: ' keeper' }), usage: null },
    { choices: [{ delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    '[DONE]',
  ])
})

t.test('vllm: the role by itself before the first token, running usage, token ids', async (t) => {
  const got = await events(t, 'dialect=vllm,tokens=3,thinking=1', { stream_options: { continuous_usage_stats: true }, return_token_ids: true })
  t.match(got, [
    { ...delta({ role: 'assistant', content: '' }), usage: { completion_tokens: 0, prompt_tokens: 3 } },
    { ...delta({ reasoning: 'The' }, { token_ids: [Number] }), usage: { completion_tokens: 1 } },
    { ...delta({ content: 'The' }), usage: { completion_tokens: 2 } },
    { ...delta({ content: ' keeper' }), usage: { completion_tokens: 3 } },
    { choices: [{ delta: { content: '' }, finish_reason: 'stop' }] },
    { choices: [], usage: { completion_tokens: 3, completion_tokens_details: { reasoning_tokens: 1 } } },
    '[DONE]',
  ])
  t.notMatch(JSON.stringify(await events(t, 'dialect=vllm,tokens=3')), /usage|token_ids/, 'only when asked for')
})

t.test('vllm: the role comes while the prompt is still read', async (t) => {
  const server = await serve(t, { spec: 'dialect=vllm,tokens=1,ttft=20ms' })
  await post(server, '/v1/chat/completions', STREAM)
  const [role, token] = server.requests[0]?.writes ?? []
  const at = server.requests[0]?.at ?? 0
  t.match([role?.tokens, token?.tokens], [0, 1])
  t.ok(Math.abs((role?.due ?? 0) - at - 10) < 1e-6)
  t.ok(Math.abs((token?.due ?? 0) - at - 20) < 1e-6)
})

t.test('sglang: reasoning_content', async (t) => {
  t.match(await events(t, 'dialect=sglang,tokens=2,thinking=1'), [delta({ role: 'assistant', content: '' }), delta({ reasoning_content: 'The' }), delta({ content: 'The' }), {}, '[DONE]'])
})

t.test('llama-server: role with null, progress, timings on request, what was guessed ahead', async (t) => {
  const got = await events(t, 'dialect=llama-server,tokens=5,chunk=2,prompt=100,cached=60,ttft=10ms', { return_progress: true, timings_per_token: true })
  t.match(got.slice(0, 3), [70, 80, 90].map((processed) => ({ ...delta({ role: 'assistant', content: null }), prompt_progress: { total: 100, cache: 60, processed } })))
  t.match(got[3], delta({ role: 'assistant', content: null }))
  t.match(got[4], { ...delta({ content: 'The keeper' }), timings: { cache_n: 60, prompt_n: 40, predicted_n: 2, draft_n: 1, draft_n_accepted: 1 } })
  t.match(got.at(-2), { choices: [{ finish_reason: 'stop' }], timings: { cache_n: 60, prompt_n: 40, prompt_ms: 10, predicted_n: 5, draft_n: 3, draft_n_accepted: 2 } })
  const plain = await events(t, 'dialect=llama-server,tokens=2')
  t.notMatch(JSON.stringify(plain), /prompt_progress/)
  t.equal(JSON.stringify(plain).split('"timings"').length, 2, 'once, at the end')
})

t.test('ollama-v1: role and content together in every piece', async (t) => {
  t.match(await events(t, 'dialect=ollama-v1,tokens=2', USAGE), [
    delta({ role: 'assistant', content: 'The' }),
    delta({ role: 'assistant', content: ' keeper' }),
    { choices: [{ finish_reason: 'stop' }] },
    { choices: [], usage: { completion_tokens: 2 } },
    '[DONE]',
  ])
})

t.test('calls of tools', async (t) => {
  const got = (await events(t, 'tokens=6,tool=4,calls=2')) as { choices?: { delta: { tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[] }; finish_reason: string | null }[] }[]
  const parts = got.flatMap((event) => event.choices?.[0]?.delta.tool_calls ?? [])
  t.strictSame(parts.map((part) => part.index), [0, 0, 1, 1])
  t.strictSame(parts.map((part) => part.function.name), ['look_up', undefined, 'look_up', undefined])
  for (const call of [0, 1]) t.match(JSON.parse(parts.filter((part) => part.index === call).map((part) => part.function.arguments).join('')), { note: String })
  t.equal(got.at(-2)?.choices?.[0]?.finish_reason, 'tool_calls')

  const chat = (await lines(t, 'tokens=6,tool=4,calls=2')) as { message: { content: string; tool_calls?: unknown[] } }[]
  t.equal(chat.length, 5, 'a call is told when it is complete')
  t.match(chat[2], { message: { content: '', tool_calls: [{ id: String, function: { index: 0, name: 'look_up', arguments: { note: 'The keeper' } } }] } })
  t.match((await lines(t, 'tokens=6,tool=4', { prompt: 'x' }, '/api/generate')).at(-1), { done: true, response: '', tool_calls: [{ function: { name: 'look_up' } }] })
  t.equal(JSON.stringify(await lines(t, 'tokens=2,tool=2,text=say "so"\\n')).includes('\\\\\\"so'), false, 'arguments are an object, not text')
})

t.test('/api/chat and /api/generate: thinking, likelihoods, context, times with nanoseconds', async (t) => {
  const asked = await lines(t, 'tokens=4,thinking=2,chunk=2', { logprobs: true })
  t.match(asked, [
    { message: { content: '', thinking: 'The keeper' }, logprobs: [{ token: 'The', logprob: Number }, { token: ' keeper' }], done: false },
    { message: { content: 'The keeper' }, logprobs: [{}, {}] },
    { done: true, eval_count: 4 },
  ])
  t.match((asked[0] as { created_at: string }).created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{4,9}Z$/)
  t.notMatch(JSON.stringify(await lines(t, 'tokens=4,thinking=2', { think: false })), 'thinking')
  const silent = await lines(t, 'tokens=3,tool=2', { logprobs: true })
  t.match(silent[1], { message: { content: '' }, logprobs: [{}] }, 'a likelihood for each token, also while a call is held back')
  const last = (await lines(t, 'tokens=3', { prompt: 'one two' }, '/api/generate')).at(-1) as { context: number[] }
  t.equal(last.context.length, 5)
})

t.test('a limit of the request cuts the answer', async (t) => {
  t.match(await lines(t, 'tokens=9,chunk=2', { options: { num_predict: 3 } }), [{}, { message: { content: ' of' } }, { done_reason: 'length', eval_count: 3 }])
  t.match((await events(t, 'tokens=9', { max_tokens: 1 }))[1], { choices: [{ finish_reason: 'length' }] })
  t.match((await lines(t, 'tokens=2', { options: { num_predict: -1 } })).at(-1), { done_reason: 'stop' })
  t.match((await lines(t, 'tokens=2,finish=length')).at(-1), { done_reason: 'length' })
})

t.test('loading, waiting and the cache in the figures of the last message', async (t) => {
  const server = await serve(t, { spec: 'tokens=2,ttft=2ms,rate=1000,load=4ms,wait=3ms,prefill=1000,prompt=6,cache=1' })
  const ask = async (content: string) => linesOf((await post(server, '/api/chat', { ...CHAT, messages: [{ content }] })).text).at(-1) as Record<string, number>
  const first = await ask('a b c d e f')
  t.match(first, { load_duration: 4e6, prompt_eval_count: 6, prompt_eval_duration: 8e6, eval_count: 2, eval_duration: 1e6, total_duration: 16e6 })
  t.notOk('prompt_eval_cached_count' in first, 'nothing was there')
  const second = await ask('a b c x y z')
  t.match(second, { prompt_eval_count: 6, prompt_eval_cached_count: 3, prompt_eval_duration: 5e6 })
  t.notOk('load_duration' in second, 'loaded already')
  t.match(await ask('a b c x y z'), { prompt_eval_cached_count: 5 }, 'the last token is always read')
  await post(server, '/api/generate', { model: 'gemma3', keep_alive: 0 })
  t.match(await ask('q'), { load_duration: 4e6 }, 'unloaded, so it is loaded again')
})

t.test('as many answers at once as there are slots; the others wait, unseen by the server', async (t) => {
  const server = await serve(t, { spec: 'tokens=2,ttft=5ms,rate=1000,slots=1,queue=1' })
  const replies = await Promise.all([1, 2, 3].map(() => post(server, '/api/chat', CHAT)))
  t.strictSame(replies.map((reply) => reply.status).sort(), [200, 200, 503])
  const waits = replies.filter((reply) => reply.status === 200).map((reply) => {
    const { total_duration: total = 0, prompt_eval_duration: prompt = 0, eval_duration: rest = 0 } = linesOf(reply.text).at(-1) as Record<string, number>
    return (total - prompt - rest) / 1e6
  })
  t.ok(Math.min(...waits) < 1 && Math.max(...waits) > 5, `waits of ${waits.join(', ')} ms`)
})

t.test('comments while nothing is said', async (t) => {
  const reply = await post(await serve(t, { spec: 'tokens=2,ttft=10ms,rate=1000,ping=3ms' }), '/v1/chat/completions', STREAM)
  t.match(reply.text, /^(: ping\n\n){3}data: /)
  t.notMatch((await post(await serve(t, { spec: 'tokens=2,ttft=10ms,ping=3ms' }), '/api/chat', CHAT)).text, 'ping')
})

t.test('several messages in one write, several tokens in one message', async (t) => {
  const server = await serve(t, { spec: 'tokens=12,ttft=1ms,rate=1000,chunk=2,coalesce=3' })
  const reply = await post(server, '/api/chat', CHAT)
  t.equal(linesOf(reply.text).length, 7)
  const writes = server.requests[0]?.writes ?? []
  t.strictSame(writes.map((write) => write.tokens), [2, 2, 2, 2, 2, 2, 0])
  t.equal(new Set(writes.slice(0, 6).map((write) => write.at)).size, 2, 'two writes for six messages')
  t.equal(writes.reduce((sum, write) => sum + write.bytes, 0), Buffer.byteLength(reply.text))
})

t.test('not streamed: the same, as one body', async (t) => {
  t.match(JSON.parse((await post(await serve(t, { spec: `${FAST},tokens=4,thinking=1,tool=1,dialect=llama-server` }), '/v1/chat/completions', CHAT)).text), {
    choices: [{ message: { content: 'The keeper', reasoning_content: 'The', tool_calls: [{ function: { arguments: String } }] }, finish_reason: 'tool_calls' }],
    usage: { completion_tokens: 4 },
    timings: { predicted_n: 4 },
  })
  t.match(JSON.parse((await post(await serve(t, { spec: `${FAST},tokens=3,thinking=1` }), '/api/chat', { ...CHAT, stream: false })).text), { message: { content: 'The keeper', thinking: 'The' }, eval_count: 3 })
})
