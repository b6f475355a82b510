/** The ground truth: what is kept of each answer, told while it happens, and given over from another process. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { machineOffset, machineTime } from '../../lib/model/simulator/clock.js'
import { startSimProcess } from '../../lib/model/simulator/sim-process.js'
import { lateness, stamps, type SimTruth } from '../../lib/model/simulator/truth.js'
import { wheel } from '../../lib/model/simulator/wheel.js'
import { root } from '../support/paths.js'
import { CHAT, post, serve, STREAM } from './asking.js'

t.test('told while it happens, on the clock of the machine', async (t) => {
  const told: SimTruth[] = []
  const before = machineTime()
  const server = await serve(t, { spec: 'tokens=3,ttft=1ms,rate=1000,fault=cut@2*1', onTruth: (truth) => told.push(truth) })
  await post(server, '/api/chat', { ...CHAT, messages: [{ role: 'user', content: 'say it. sim-id=run-7' }] })
  await post(server, '/v1/chat/completions', STREAM)
  await server.requests[1]?.outcome
  t.match(told[0], { type: 'server', url: server.url, pid: process.pid, wall: Number })
  t.match(told.filter((one) => one.type !== 'chunk').slice(1), [
    { type: 'request', id: 'run-7', protocol: 'ollama-chat', model: 'gemma3', stream: true, fault: 'cut@2' },
    { type: 'end', id: 'run-7', outcome: 'complete', status: 200, chunks: 2, tokens: 2, lateness: { count: 2 } },
    { type: 'request', id: '2', protocol: 'openai-chat' },
    { type: 'end', id: '2', tokens: 3 },
  ])
  const stampsOf = told.map((one) => one.at)
  t.strictSame(stampsOf, [...stampsOf].sort((one, other) => one - other), 'in order')
  t.ok(stampsOf.every((at) => at > before && at < machineTime()))
  const chunks = told.filter((one) => one.type === 'chunk')
  t.ok(chunks.every((chunk) => chunk.due === undefined || chunk.at >= chunk.due), 'never before its time')
})

t.test('a request is called by its header, or by what its prompt says', async (t) => {
  const server = await serve(t, { spec: 'tokens=1,ttft=0ms' })
  await fetch(`${server.url}/api/chat`, { method: 'POST', headers: { 'x-request-id': 'abc.1' }, body: JSON.stringify({ ...CHAT, messages: [{ content: 'sim-id=no' }] }) }).then((response) => response.text())
  await fetch(`${server.url}/api/chat`, { method: 'POST', headers: { 'x-request-id': 'not fit' }, body: JSON.stringify(CHAT) }).then((response) => response.text())
  t.strictSame(server.requests.map((request) => request.id), ['abc.1', '2'])
})

t.test('a client that does not read: the server is not called late for it', async (t) => {
  const server = await serve(t, { spec: `tokens=20000,ttft=0ms,rate=1000000000,text=${'long '.repeat(400).trim().replaceAll(' ', '_')}` })
  const reply = await fetch(`${server.url}/api/chat`, { method: 'POST', body: JSON.stringify(CHAT) })
  const reader = reply.body!.getReader()
  await reader.read()
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate)
  for (;;) if ((await reader.read()).done) break
  const writes = server.requests[0]?.writes ?? []
  t.equal(writes.length, 20_001)
  t.ok(writes.some((write) => write.blocked))
  t.ok((server.lateness()?.count ?? 0) < 20_000)
})

t.test('lateness: nearest rank; nothing due, nothing said', async (t) => {
  t.equal(lateness([]), undefined)
  t.strictSame(lateness([3, 1, 2, 10]), { count: 4, mean: 4, p50: 2, p99: 10, max: 10 })
  const kept = stamps()
  kept.add({ at: 5, due: 4, bytes: 1, tokens: 1, blocked: false })
  kept.add({ at: 9, due: 4, bytes: 1, tokens: 1, blocked: true })
  kept.add({ at: 9, bytes: 1, tokens: 0, blocked: false })
  t.strictSame(kept.late(), [1])
  t.strictSame([kept.count, kept.tokens], [3, 2])
})

t.test('one timer: in order of time, whatever the order of asking; what is taken back does not run', async (t) => {
  const clock = {
    time: 0,
    now: () => clock.time,
    sleep: async (ms: number, signal?: AbortSignal) => {
      if (!signal?.aborted) clock.time += ms
    },
  }
  const turns = wheel(clock)
  const ran: number[] = []
  const times = Array.from({ length: 300 }, (_, index) => (index * 7919) % 301)
  const done = new Promise<void>((resolve) => turns.at(1000, resolve))
  for (const time of times) turns.at(time, () => ran.push(time))
  turns.at(500, () => ran.push(NaN))()
  await done
  t.strictSame(ran, [...times].sort((one, other) => one - other))
})

t.test('a process of its own: its truth is on our clock', async (t) => {
  const server = await startSimProcess({ spec: 'tokens=4,ttft=2ms,rate=500,thinking=1', models: ['a:1'] })
  t.teardown(() => server.stop())
  const before = performance.now()
  const arrivals: number[] = []
  const response = await fetch(`${server.url}/api/chat`, { method: 'POST', body: JSON.stringify({ ...CHAT, model: 'a:1' }) })
  const reader = response.body!.getReader()
  while (!(await reader.read()).done) arrivals.push(performance.now())
  const { requests, connections, lateness: late, cpu } = await server.truth()
  const [request] = requests
  if (!request) throw new Error('no request')
  t.match(request, { id: '1', protocol: 'ollama-chat', model: 'a:1', stream: true, outcome: 'complete' })
  t.equal(request.writes.length, 5)
  t.strictSame(request.writes.map((write) => write.tokens), [1, 1, 1, 1, 0])
  t.ok(request.at > before && request.writes.every((write) => write.at > request.at), 'after it was sent')
  t.ok((request.writes[0]?.at ?? Infinity) < (arrivals[0] ?? 0), 'and before it was read')
  t.ok(cpu > 0 && (late?.count ?? 0) === 4 && connections.total >= 1)
  t.ok(Math.abs(machineTime() - performance.now() - machineOffset()) < 50)
})

t.test('a process of its own: wrong use is told, stopping ends it', async (t) => {
  await t.rejects(startSimProcess({ spec: 'colour=red' }), { code: 'USAGE', message: 'colour=red' })
  const first = await startSimProcess({ spec: 'fault=stall@1,ttft=0ms' })
  await t.rejects(startSimProcess({ port: Number(new URL(first.url).port) }), { code: 'USAGE', message: 'is taken' })
  const waiting = fetch(`${first.url}/api/chat`, { method: 'POST', body: JSON.stringify(CHAT) }).then((response) => response.text())
  waiting.catch(() => undefined)
  await first.stop()
  await first.stop()
  t.throws(() => process.kill(first.pid, 0), { code: 'ESRCH' })
  await t.rejects(waiting)
  await t.rejects(first.truth(), { code: 'MODEL_FAILED' })
})

t.test('a process of its own ends with its parent, also with one that is killed', async (t) => {
  const module = pathToFileURL(`${root}/dist/lib/model/simulator/sim-process.js`).href
  const parent = spawn(process.execPath, ['--input-type=module', '-e', `const { startSimProcess } = await import('${module}'); console.log((await startSimProcess()).pid); setInterval(() => {}, 1000)`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string]
  const pid = Number(line)
  t.doesNotThrow(() => process.kill(pid, 0), 'it runs')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  const alive = () => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  const limit = performance.now() + 20_000
  while (alive() && performance.now() < limit) await new Promise(setImmediate)
  t.notOk(alive())
})

t.test('a process of its own does not keep its parent running', async (t) => {
  const module = pathToFileURL(`${root}/dist/lib/model/simulator/sim-process.js`).href
  const parent = spawn(process.execPath, ['--input-type=module', '-e', `const { startSimProcess } = await import('${module}'); await startSimProcess()`], { stdio: ['ignore', 'ignore', 'inherit'] })
  t.strictSame(await once(parent, 'exit'), [0, null])
})
