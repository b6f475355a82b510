/** With a model behind a real socket: streaming, options, preloading, measurements, and every way it can fail. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import t, { type Test } from 'tap'
import { simServer, type SimServerOptions } from '../../lib/model/index.js'
import { chimera, results } from '../support/cli.js'

async function withServer(t: Test, options: SimServerOptions = {}) {
  const server = await simServer({ models: ['gemma3:latest'], ...options })
  t.teardown(() => server.close())
  const cwd = path.dirname(results(t.testdir({})))
  return { server, cwd, env: { OLLAMA_HOST: server.url } }
}

const usage = { promptTokens: 100, outputTokens: 20, totalDuration: 1.5, loadDuration: 0.25, promptEvalDuration: 0.25, evalDuration: 1 }

t.test('the first token is on stdout before the answer is complete', async (t) => {
  let release: () => void = () => undefined
  const seen = new Promise<void>((resolve) => (release = resolve))
  const { cwd, env } = await withServer(t, {
    reply: function* () {
      yield { type: 'text', text: 'Early words here. ' }
      // The server waits until the words were seen on the other side: a buffered answer would never end.
      yield { type: 'wait', until: seen }
      yield { type: 'text', text: 'Late words.' }
      yield { type: 'done', usage }
    },
  })
  const { code, stdout } = await chimera(['analyze', 'results', '-m', 'gemma3'], {
    cwd,
    env,
    started: (child) => child.stdout?.on('data', (text: string) => text.includes('Early') && release()),
  })
  t.equal(code, 0)
  t.match(stdout, /Early words here\. Late words\./)
})

t.test('options reach the server and the report, the model is loaded first, and the second prompt begins with the first', async (t) => {
  const { server, cwd, env } = await withServer(t, {
    reply: () => [
      { type: 'text', text: '## Executive Summary\n\nAll fine.\n\n## Performance Analysis\n\nSee {{F1}}.\n\n## Key Findings\n\n- One.\n\n## Recommendations\n\n- Rest.\n' },
      { type: 'done', usage },
    ],
  })
  const { code, stdout } = await chimera(['report', 'results', '-m', 'gemma3:latest', '--option', 'num_gpu=80', '--option', 'temperature=0.5', '--stats', 'run.ndjson'], { cwd, env })
  t.equal(code, 0)
  t.match(stdout, /num_gpu=80, temperature=0\.5/)
  t.match(stdout, /All fine\./)
  t.equal(server.loads.length, 1, 'loaded once')
  t.equal(server.requests.length, 2, 'an analysis, a report')
  const [analysis, report] = server.requests.map((request) => request.body as { options: object; messages: { role: string; content: string }[] })
  t.match(analysis?.options, { num_gpu: 80, temperature: 0.5 })
  t.strictSame(report?.messages.slice(0, analysis?.messages.length), analysis?.messages)
  t.match(stdout, /Tokens Generated: .*20.*20/)

  const stats = readFileSync(path.join(cwd, 'run.ndjson'), 'utf8')
  t.match(stats, /"metric":"ttft"/)
  const summary = await chimera(['summary', 'run.ndjson', '--by', 'stage', '--format', 'json'], { cwd })
  const rows = JSON.parse(summary.stdout) as { metric: string; unit: string; group: { stage: string }; samples?: { mean: number } }[]
  const tokens = rows.filter((row) => row.metric === 'output_tokens')
  t.strictSame(tokens.map((row) => [row.group.stage, row.samples?.mean]), [['analysis', 20], ['report', 20]])
  t.ok(rows.some((row) => row.metric === 'ttft' && row.unit === 's'))
})

t.test('a model that fails: exit code 4, a cure, and the narrator stands in', async (t) => {
  const closed = net.createServer()
  closed.listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as net.AddressInfo
  closed.close()
  await once(closed, 'close')

  const cases: Record<string, { reply?: SimServerOptions['reply']; model?: string; url?: string; message: RegExp; kept?: RegExp }> = {
    'no server': { url: `http://127.0.0.1:${port}`, message: /ollama serve/ },
    'unknown model': { model: 'nobody:1b', message: /ollama pull nobody:1b/ },
    'gone in the middle': { reply: () => [{ type: 'text', text: '## Executive Summary\n\nUnfinished words' }, { type: 'die' }], message: /did not finish/, kept: /Unfinished words/ },
    'ends without done': { reply: () => [{ type: 'text', text: '## Executive Summary\n\nUnfinished words' }], message: /did not finish/, kept: /Unfinished words/ },
    'error inside the stream': { reply: () => [{ type: 'text', text: '## Executive Summary\n\nUnfinished words' }, { type: 'error', message: 'out of memory' }], message: /out of memory/, kept: /Unfinished words/ },
    'empty answer': { reply: () => [{ type: 'done' }], message: /empty/ },
    'busy': { reply: () => ({ status: 503, body: { error: 'server busy, please try again' } }), message: /busy/ },
  }
  for (const [name, { reply, model = 'gemma3:latest', url, message, kept }] of Object.entries(cases)) {
    const { cwd, env } = await withServer(t, reply ? { reply } : {})
    const { code, stdout, stderr } = await chimera(['report', 'results', '-m', model, ...(url ? ['--url', url] : [])], { cwd, env })
    t.equal(code, 4, `${name}: exit code`)
    t.match(stderr, message, `${name}: ${stderr}`)
    t.match(stdout, /## 4\. Key Findings/, `${name}: the report is whole`)
    t.match(stdout, /130 tok\/s/, `${name}: with measured figures`)
    if (kept) t.match(stdout, kept, `${name}: what came is kept`)
  }
})

t.test('an interrupt stops the model, keeps and marks what came: exit code 130', async (t) => {
  const { server, cwd, env } = await withServer(t, {
    reply: () => [
      { type: 'text', text: 'Some words came. ' },
      { type: 'wait', until: new Promise(() => undefined) },
    ],
  })
  const { code, stdout, stderr } = await chimera(['analyze', 'results', '-m', 'gemma3:latest'], {
    cwd,
    env,
    started: (child) => child.stdout?.on('data', (text: string) => text.includes('Some words') && child.kill('SIGINT')),
  })
  t.equal(code, 130)
  t.match(stderr, /analysis so far: TTFT [\d.]+ \S+, 1 chunk\b/)
  t.match(stdout, /Some words came\./)
  t.match(stdout, /interrupted/)
  t.equal(await server.requests[0]?.outcome, 'client-closed', 'the server was told to stop')
})

t.test('-m openai:NAME with a key: the key reaches the server and no output', async (t) => {
  const { server, cwd } = await withServer(t)
  const { code, stdout, stderr } = await chimera(['analyze', 'results', '-m', 'openai:gemma3:latest', '--url', `${server.url}/v1`], { cwd, env: { OPENAI_API_KEY: 'sk-secret-0123456789' } })
  t.equal(code, 0)
  t.equal(server.requests[0]?.headers['authorization'], 'Bearer sk-secret-0123456789')
  t.notMatch(stdout + stderr, /sk-secret/)
})

t.test('-m sim: needs no server', async (t) => {
  const cwd = path.dirname(results(t.testdir({})))
  const { code, stdout } = await chimera(['analyze', 'results', '-m', 'sim:tokens=20,ttft=1ms,rate=10000'], { cwd })
  t.equal(code, 0)
  t.ok(stdout.trim().length > 20)
})

t.test('--trace: every piece as it comes, also when the program is killed; the figures again, and the answer again', async (t) => {
  let release: () => void = () => undefined
  const seen = new Promise<void>((resolve) => (release = resolve))
  const { cwd, env } = await withServer(t, {
    reply: function* () {
      yield { type: 'text', text: 'First words. ' }
      yield { type: 'text', text: 'More words. ' }
      yield { type: 'wait', until: seen }
      yield { type: 'text', text: 'Last words. ' }
      yield { type: 'wait', until: new Promise<void>(() => undefined) }
    },
  })
  const file = path.join(cwd, 'run.trace')
  await chimera(['analyze', 'results', '-m', 'gemma3', '--trace', 'run.trace'], {
    cwd,
    env,
    started: (child) =>
      child.stdout?.on('data', (text: string) => {
        if (text.includes('More')) release()
        if (text.includes('Last')) child.kill('SIGKILL')
      }),
  })
  t.match(readFileSync(file, 'utf8'), /"provider":"ollama".*\n.*"type":"connecting".*\n.*"type":"sent".*\n.*First words.*\n.*More words/)

  const figures = await chimera(['trace', 'run.trace', '-f', 'ndjson'], { cwd })
  t.equal(figures.code, 0)
  const [ttft] = figures.stdout.split('\n').map((line) => JSON.parse(line || '{}') as { metric?: string; status?: string; attributes?: object })
  t.match(ttft, { metric: 'ttft', status: 'error', attributes: { model: 'gemma3', provider: 'ollama', stage: 'analysis', run: 1, end_state: 'truncated', error: 'MODEL_TRUNCATED' } })

  const again = await chimera(['analyze', 'results', '-m', 'trace:run.trace', '--option', 'speed=max'], { cwd })
  t.equal(again.code, 4)
  t.match(again.stdout, /First words\. More words\./)
  t.match(again.stderr, /MODEL_TRUNCATED/)

  t.equal((await chimera(['trace', 'none.trace'], { cwd })).code, 2)
  t.equal((await chimera(['analyze', 'results', '--trace', 'results/missing/run.trace'], { cwd })).code, 2)
})

t.test('how far the clocks can be believed is in the stats', async (t) => {
  const { cwd, env } = await withServer(t, { reply: () => [{ type: 'text', text: 'a ' }, { type: 'text', text: 'b' }, { type: 'done', usage }] })
  t.equal((await chimera(['analyze', 'results', '-m', 'gemma3', '--stats', 'run.ndjson'], { cwd, env })).code, 0)
  const stats = readFileSync(path.join(cwd, 'run.ndjson'), 'utf8')
  for (const metric of ['event_loop_delay', 'delivery_lag', 'coalesced_share', 'cpu_utilization', 'event_loop_utilization']) t.match(stats, `"metric":"${metric}"`)
  t.match(stats, '"side":"client"')
})
