/** Every fault of the simulated server, as a client meets it on the wire. */

import t from 'tap'
import { FAULTS, faultFor, faultText, parseFault } from '../../lib/model/simulator/fault.js'
import { CHAT, eventsOf, linesOf, post, postRaw, serve, STREAM } from './asking.js'

const FAST = 'tokens=6,ttft=0ms,rate=1000000000'
const PATHS = ['/api/chat', '/api/generate', '/v1/chat/completions'] as const

t.test('how a fault is written', async (t) => {
  t.strictSame(parseFault('cut@50'), { kind: 'cut', after: 50 })
  t.strictSame(parseFault('busy*2'), { kind: 'busy', after: 0, times: 2 })
  t.strictSame(parseFault('502-html%12.5'), { kind: 'status', after: 0, share: 0.125, status: 502, body: 'html' })
  t.strictSame(parseFault('error@3*1%50'), { kind: 'error', after: 3, times: 1, share: 0.5 })
  for (const bad of ['', 'status', 'cut@', 'cut@-1', 'busy@3', 'cut@1@2', 'any%101', '200', '600', '404-pdf', 'toString', `cut${'@1'.repeat(5000)}x`]) {
    t.equal(parseFault(bad), undefined, bad.slice(0, 20))
  }
  for (const text of ['cut@50', '502-html', 'busy', '404', 'stall@0']) t.equal(faultText(parseFault(text)!), text)
})

t.test('whom it hits: the first ones, a share, always the same for a seed', async (t) => {
  const hit = (text: string, seed = 1, count = 1000) => Array.from({ length: count }, (_, index) => faultFor(parseFault(text), index, seed, 100) !== undefined)
  t.strictSame(hit('busy*2', 1, 4), [true, true, false, false])
  const share = hit('cut@1%10').filter(Boolean).length
  t.ok(share > 70 && share < 130, `${share} of 1000 at 10 %`)
  t.strictSame(hit('cut@1%10'), hit('cut@1%10'))
  t.notSame(hit('cut@1%10'), hit('cut@1%10', 2))
  const any = Array.from({ length: 200 }, (_, index) => faultFor(parseFault('any'), index, 1, 100))
  t.equal(new Set(any.map((fault) => fault?.kind)).size, 8, 'every kind comes')
  t.ok(any.every((fault) => fault && fault.after < 100))
  const two = [parseFault('busy*1')!, parseFault('cut@2')!]
  t.strictSame([0, 1].map((index) => faultFor(two, index, 1, 9)?.kind), ['busy', 'cut'], 'the first that is for it')
})

t.test('statuses, with the bodies of each protocol', async (t) => {
  for (const path of PATHS) {
    for (const status of [400, 401, 403, 404, 429, 500, 503]) {
      const reply = await post(await serve(t, { spec: `${FAST},fault=${status}` }), path, STREAM)
      t.equal(reply.status, status)
      const { error } = JSON.parse(reply.text)
      t.type(path.startsWith('/v1') ? error.message : error, 'string', `${path} ${status}`)
      t.equal(reply.headers['retry-after'], status === 429 ? '1' : undefined)
    }
    const html = await post(await serve(t, { spec: `${FAST},fault=502-html` }), path, STREAM)
    t.match(html, { status: 502, headers: { 'content-type': /text\/html/ }, text: /^<!DOCTYPE html>/ })
    t.match(await post(await serve(t, { spec: `${FAST},fault=500-text` }), path, STREAM), { status: 500, headers: { 'content-type': 'text/plain' }, text: 'Internal Server Error' })
    t.match(await post(await serve(t, { spec: `${FAST},fault=500-empty` }), path, STREAM), { status: 500, text: '' })
    t.match(await post(await serve(t, { spec: `${FAST},fault=refuse` }), path, STREAM), { status: 403 })
    t.match(await post(await serve(t, { spec: `${FAST},fault=html` }), path, STREAM), { status: 200, headers: { 'content-type': /html/ } })
    t.match(await post(await serve(t, { spec: `${FAST},fault=error-body` }), path, STREAM), { status: 200, headers: { 'content-type': 'application/json' }, text: /^\{"error":/ })
  }
  const wait = await post(await serve(t, { spec: `${FAST},fault=503,retry=2.5s` }), '/api/chat', STREAM)
  t.equal(wait.headers['retry-after'], '3', 'whole seconds, never less')
})

t.test('busy for the first requests, then fine', async (t) => {
  const server = await serve(t, { spec: `${FAST},fault=busy*2` })
  const statuses = []
  for (const path of ['/api/chat', '/v1/chat/completions', '/api/chat']) statuses.push((await post(server, path, STREAM)).status)
  t.strictSame(statuses, [503, 429, 200])
})

t.test('cut: the response ends well, its last message is missing', async (t) => {
  const ollama = await post(await serve(t, { spec: `${FAST},fault=cut@4` }), '/api/chat', CHAT)
  t.ok(ollama.complete)
  t.equal(linesOf(ollama.text).length, 4)
  t.notMatch(ollama.text, '"done":true')
  const openai = await post(await serve(t, { spec: `${FAST},fault=cut@4,chunk=3` }), '/v1/chat/completions', STREAM)
  t.equal(eventsOf(openai.text).length, 2, 'a chunk ends where the fault stands')
  t.match(eventsOf(openai.text), [{ choices: [{ delta: { content: 'The keeper of' } }] }, { choices: [{ delta: { content: ' the' } }] }])
  t.ok(openai.complete)
})

t.test('close and reset: the connection breaks, what was written arrives', async (t) => {
  for (const [fault, error] of [['close', 'ECONNRESET'], ['reset', 'ECONNRESET']] as const) {
    const reply = await post(await serve(t, { spec: `${FAST},fault=${fault}@4` }), '/api/chat', CHAT)
    t.equal(reply.complete, false, fault)
    t.equal(reply.error, error)
    t.equal(linesOf(reply.text).length, 4)
  }
  const close = await postRaw(await serve(t, { spec: `${FAST},fault=close@1` }), '/api/chat', CHAT)
  t.notMatch(Buffer.concat(close).toString(), /0\r\n\r\n$/)
  await t.rejects(postRaw(await serve(t, { spec: `${FAST},fault=reset@1` }), '/api/chat', CHAT), { code: 'ECONNRESET' }, 'a reset, not an end')
  const early = await post(await serve(t, { spec: `${FAST},fault=reset@0` }), '/api/chat', CHAT)
  t.match(early, { status: 0, error: 'ECONNRESET' })
})

t.test('an error inside a 200, in the words of each', async (t) => {
  const ask = async (spec: string, path = '/v1/chat/completions') => post(await serve(t, { spec: `${FAST},${spec}` }), path, STREAM)
  t.match(linesOf((await ask('fault=error@2', '/api/chat')).text).at(-1), { error: 'the simulator failed, as it was told to' })
  t.match(eventsOf((await ask('fault=error@2')).text).at(-1), { error: { message: /failed/, type: 'server_error', code: 500 } })
  t.match(eventsOf((await ask('fault=error@2,dialect=vllm')).text).slice(-2), [{ error: { message: /failed/ } }, '[DONE]'])
  t.match(eventsOf((await ask('fault=error@2,dialect=llama-server')).text).at(-1), { error: { code: 500, type: 'server_error' } })
  t.match((await ask('fault=error-field@2,dialect=llama-server')).text, /\n\nerror: \{"code":500,.*\}\n\n$/)
  const lost = await ask('fault=error@2,dialect=ollama-v1')
  t.match(eventsOf(lost.text).at(-1), { choices: [{ delta: { role: 'assistant', content: '' }, finish_reason: null }] })
  t.ok(lost.complete)
})

t.test('a stall: what came before it came, then nothing', async (t) => {
  const server = await serve(t, { spec: `${FAST},fault=stall@2` })
  const reply = await post(server, '/api/chat', CHAT, { until: /keeper"/ })
  t.equal(linesOf(reply.text).length, 2)
  t.equal(await server.requests[0]?.outcome, 'client-closed')
  const silent = await serve(t, { spec: `${FAST},fault=stall@0,ping=1ms` })
  t.match((await post(silent, '/v1/chat/completions', STREAM, { until: /(: ping\n\n){3}/ })).text, /^(: ping\n\n)+$/, 'comments go on')
})

t.test('garbage, and a piece that is too long, in the middle of a good answer', async (t) => {
  const garbage = await post(await serve(t, { spec: `${FAST},fault=garbage@2` }), '/api/chat', CHAT)
  t.match(garbage.text.split('\n')[2], /^data: \{"this is"/)
  t.match(garbage.text, '"done":true')
  const huge = await post(await serve(t, { spec: `${FAST},fault=huge@2` }), '/api/chat', CHAT)
  t.ok((huge.text.split('\n')[2] ?? '').length > 9 * 1024 * 1024)
  t.match(huge.text.slice(-600), '"done":true')
})

t.test('a header that trickles in', async (t) => {
  const reads = await postRaw(await serve(t, { spec: `${FAST},fault=slow-headers`, clock: { now: () => performance.now(), sleep: () => new Promise((resolve) => setImmediate(resolve)) } }), '/api/chat', CHAT)
  const whole = Buffer.concat(reads).toString()
  t.match(whole, /^HTTP\/1\.1 200 OK\r\n/)
  t.match(whole, /"done":true[^]*\r\n0\r\n\r\n$/)
  t.ok(reads.length > 50, `${reads.length} reads`)
})

t.test('a connection that never ends after a good answer', async (t) => {
  const server = await serve(t, { spec: `${FAST},fault=linger` })
  const reply = await post(server, '/v1/chat/completions', STREAM, { until: /\[DONE\]/ })
  t.equal(reply.complete, false)
  t.equal(await server.requests[0]?.outcome, 'client-closed')
})

t.test('last messages that lack something', async (t) => {
  const ask = async (fault: string, path: string, more = {}) => (await post(await serve(t, { spec: `${FAST},ttft=5ms,fault=${fault}` }), path, { ...STREAM, ...more })).text
  const good = (await post(await serve(t, { spec: `${FAST},ttft=5ms` }), '/api/chat', CHAT)).text
  t.equal((linesOf(good).at(-1) as { prompt_eval_duration: number }).prompt_eval_duration, 5_000_000)
  t.equal((linesOf(await ask('units', '/api/chat')).at(-1) as { prompt_eval_duration: number }).prompt_eval_duration, 5)
  t.notMatch(linesOf(await ask('no-usage', '/api/chat')).at(-1), { eval_count: Number })
  t.notMatch(await ask('no-finish', '/api/chat'), 'done_reason')
  t.notMatch(await ask('no-done', '/api/chat'), '"done":true')
  const usage = { stream_options: { include_usage: true } }
  t.notMatch(await ask('no-usage', '/v1/chat/completions', usage), 'completion_tokens')
  t.notMatch(await ask('no-finish', '/v1/chat/completions'), '"finish_reason":"stop"')
  t.notMatch(await ask('no-done', '/v1/chat/completions'), 'DONE')
  t.match(await ask('bare-done', '/v1/chat/completions'), /\n\ndata: \[DONE\]\n$/)
})

t.test('how the bytes travel: the same answer, cut anywhere', async (t) => {
  const text = 'text=Größe 3 µs 🏮 heißt viel'
  const plain = (await post(await serve(t, { date: () => 0, spec: `ttft=0ms,rate=1000000000,${text}` }), '/api/chat', CHAT)).text
  for (const wire of ['bytes', 'split', 'utf8', 'frames']) {
    const server = await serve(t, { date: () => 0, spec: `ttft=0ms,rate=1000000000,wire=${wire},${text}` })
    const reply = await post(server, '/api/chat', CHAT)
    t.equal(reply.text, plain, wire)
    t.ok(reply.complete)
    if (wire === 'utf8') t.ok(reply.reads.some((read) => /[\xc3\xc2\xf0]$/.test(read)), 'a read ends inside a character')
    if (wire === 'bytes') t.ok(reply.reads.length > plain.length / 2, `${reply.reads.length} reads`)
    t.equal(server.requests[0]?.writes.length, linesOf(plain).length, 'a message is one, however it travels')
  }
  const frames = await postRaw(await serve(t, { spec: `tokens=30,ttft=0ms,rate=1000000000,wire=frames` }), '/api/chat', CHAT)
  t.ok(frames.some((read) => !read.toString('latin1').endsWith('\r\n')), 'HTTP chunks are cut, too')
})

t.test('every fault is met above or has a place in the table', async (t) => {
  const { readFileSync } = await import('node:fs')
  const { fileURLToPath } = await import('node:url')
  const source = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  for (const kind of Object.keys(FAULTS)) if (kind !== 'status') t.match(source, kind)
})
