/** `chimera bench` from outside: a server on a real socket, a real process, files on disk. */

import { readFileSync, truncateSync, writeFileSync, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { main } from '../../lib/cli/main.js'
import { simServer, type SimServer, type SimServerOptions } from '../../lib/model/index.js'
import type { MetricRecord } from '../../lib/record/index.js'
import { chimera, type Ended, type RunOptions } from '../support/cli.js'

const USAGE = { promptTokens: 40, outputTokens: 3, totalDuration: 0.004, loadDuration: 0.001, promptEvalDuration: 0.001, evalDuration: 0.002 }
const ANSWER = [
  { type: 'text', text: 'Three ' },
  { type: 'text', text: 'words ' },
  { type: 'text', text: 'only.' },
  { type: 'done', usage: USAGE },
] as const

interface Bench {
  readonly server: SimServer
  readonly cwd: string
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ended>
}

async function withServer(t: Test, options: SimServerOptions = {}): Promise<Bench> {
  const server = await simServer({ models: ['gemma3:latest'], reply: () => [...ANSWER], ...options })
  t.teardown(() => server.close())
  const cwd = t.testdir({})
  return { server, cwd, run: (args, more = {}) => chimera(['bench', '-m', 'gemma3', ...args], { cwd, env: { OLLAMA_HOST: server.url }, ...more }) }
}

t.test('--retries: a busy server is asked again, and the results say so', async (t) => {
  let asked = 0
  const busyOnce = () => ((asked += 1) === 1 ? { status: 503, body: { error: 'busy' }, headers: { 'retry-after': '0' } } : [...ANSWER])
  const { run } = await withServer(t, { reply: busyOnce })
  const args = ['--runs', '1', '--warmup', '0', '--prompt', 'Count.']
  const again = await run([...args, '--retries', '2'])
  t.equal(again.code, 0)
  const records = recordsIn(again.stdout)
  t.match(records.find(({ metric }) => metric === 'retries'), { value: 1, status: 'ok' })
  t.ok(records.some(({ metric }) => metric === 'retry_wait'))
  t.match(records.find(({ metric }) => metric === 'run_duration')?.attributes['warnings'], '1 of 1 request was sent again, 1 time in all')
  asked = 0
  t.equal((await run(args)).code, 4, 'not without being told to')
})

function recordsIn(text: string): MetricRecord[] {
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as MetricRecord)
}

function file(cwd: string, name: string): string {
  return readFileSync(path.join(cwd, name), 'utf8')
}

/** Behind the plan. */
function resultsIn(cwd: string): MetricRecord[] {
  return recordsIn(file(cwd, 'out.ndjson').replace(/^.*\n/, ''))
}

const GRID = ['--set', 'num_gpu=60,80', '--set', 'num_ctx=512,1024', '--runs', '2']

t.test('a grid: settings reach the server, every run is written down, the report reads back', async (t) => {
  const { server, cwd, run } = await withServer(t)
  const { code, stdout, stderr } = await run([...GRID, '-o', 'out.ndjson', '--md', 'out.md', '--max-tokens', '32'])
  t.equal(code, 0, stderr)
  t.equal(server.requests.length, 4 * 3)
  const asked = server.requests.map(({ body }) => body as { options: Record<string, number>; messages: { content: string }[] })
  for (const gpu of [60, 80]) for (const ctx of [512, 1024]) t.equal(asked.filter(({ options }) => options['num_gpu'] === gpu && options['num_ctx'] === ctx).length, 3, `num_gpu=${gpu} num_ctx=${ctx}`)
  t.ok(asked.every(({ options }) => options['num_predict'] === 32))
  t.equal(new Set(asked.map(({ messages }) => messages[0]?.content.slice(0, 20))).size, 12, 'no two prompts begin alike')
  t.equal(server.loads.filter(({ verb }) => verb === 'load').length, 12, 'loaded before each run')

  const records = recordsIn(stdout)
  t.strictSame(resultsIn(cwd), records, 'the file holds what stdout got, behind the plan')
  t.equal(records.filter(({ metric, status }) => metric === 'ttft' && status === 'ok').length, 8)
  t.equal(records.filter(({ metric, status }) => metric === 'ttft' && status === 'warmup').length, 4)
  t.match(records.find(({ metric }) => metric === 'output_tokens'), { value: 3, unit: '{token}', attributes: { model: 'gemma3', provider: 'ollama', num_predict: 32, concurrency: 1, cache: 'cold', model_load: 'warm' } })

  t.match(file(cwd, 'out.md'), /--cache cold was brought about, not checked/, 'the server does not say what came from its cache')

  const back = await chimera(['records', 'out.md'], { cwd })
  const tokens = recordsIn(back.stdout).filter(({ metric, stat }) => metric === 'output_tokens' && stat === 'mean')
  t.strictSame(tokens.map(({ value, unit, attributes }) => [value, unit, attributes['num_gpu'], attributes['num_ctx']]), [[3, '{token}', 60, 512], [3, '{token}', 60, 1024], [3, '{token}', 80, 512], [3, '{token}', 80, 1024]])
  const summary = await chimera(['summary', 'out.ndjson', '--by', 'num_gpu', '--metric', 'ttft', '--format', 'json'], { cwd })
  const rows = JSON.parse(summary.stdout) as { samples: { count: number }; warmup: number }[]
  t.strictSame(rows.map(({ samples, warmup }) => [samples.count, warmup]), [[4, 2], [4, 2]])
})

t.test('an interrupt keeps all that came, and the same command with --resume does the rest', async (t) => {
  let kill: () => void = () => undefined
  const { server, cwd, run } = await withServer(t, {
    reply: () => {
      if (server.requests.length !== 6) return [...ANSWER]
      // The server never ends this answer; the run is ended from outside while it waits.
      kill()
      return [{ type: 'text', text: 'Three ' }, { type: 'wait', until: new Promise(() => undefined) }]
    },
  })
  const command = [...GRID, '-o', 'out.ndjson', '--md', 'out.md', '--format', 'ndjson']
  const first = await run(command, { started: (child) => (kill = () => void child.kill('SIGINT')) })
  t.equal(first.code, 130)
  t.match(first.stderr, /interrupted after 5 of 12 runs; the same command with --resume goes on/)
  const closed = (records: readonly MetricRecord[]) => records.filter(({ metric }) => metric === 'run_duration').map(({ attributes }) => attributes['ordinal'])
  t.strictSame(closed(resultsIn(cwd)), [1, 2, 3, 4, 5])
  t.match(file(cwd, 'out.md'), /5 of 12 planned runs/)

  const again = await run(command)
  t.equal(again.code, 2, 'results are not written over')
  t.match(again.stderr, /--resume.*--force/)
  const other = await run([...command, '--resume', '--seed', '2'])
  t.equal(other.code, 2)
  t.match(other.stderr, /seed: 1 then, 2 now/)
  t.equal(server.requests.length, 6, 'neither has asked for anything')

  // A machine that dies leaves half a line.
  truncateSync(path.join(cwd, 'out.ndjson'), statSync(path.join(cwd, 'out.ndjson')).size - 30)
  const rest = await run([...command, '--resume'])
  t.equal(rest.code, 0, rest.stderr)
  t.strictSame(closed(resultsIn(cwd)), Array.from({ length: 12 }, (_, at) => at + 1))
  t.equal(server.requests.length, 6 + 7)
  t.strictSame(resultsIn(cwd), recordsIn(rest.stdout), 'stdout has the earlier ones, too')
  t.match(file(cwd, 'out.md'), /12 of 12 planned runs/)

  const done = await run([...command, '--resume'])
  t.equal(done.code, 0)
  t.equal(server.requests.length, 13, 'nothing is left to do')
  const anew = await run([...command, '--force'])
  t.equal(anew.code, 0)
  t.equal(server.requests.length, 25)
})

t.test('requests really run at once, as many as were asked for', async (t) => {
  let waiting: (() => void)[] = []
  const { server, cwd } = await withServer(t, {
    // Each answer waits for four requests: with fewer at once none would ever end.
    reply: () => [{ type: 'wait', until: new Promise<void>((resolve) => (waiting.push(resolve) === 4 ? (waiting.forEach((open) => open()), (waiting = [])) : undefined)) }, ...ANSWER],
  })
  const { code, stdout, stderr } = await chimera(['bench', '-m', 'openai:gemma3:latest', '--url', `${server.url}/v1`, '--concurrency', '4', '--requests', '8', '--runs', '1', '--warmup', '0', '--slo', 'e2e=60s'], { cwd })
  t.equal(code, 0, stderr)
  t.equal(server.requests.length, 8)
  t.equal(server.requests[0]?.body['max_tokens'], 128)
  const records = recordsIn(stdout)
  t.match(records.find(({ metric }) => metric === 'requests'), { value: 8, attributes: { provider: 'openai', concurrency: 4 } })
  t.equal(records.find(({ metric }) => metric === 'goodput_ratio')?.value, 1)
  t.notMatch(stderr, /Warning/)
})

t.test('how it went, as an exit code', async (t) => {
  let count = 0
  const every = await withServer(t, { reply: () => [{ type: 'text', text: 'Some ' }, { type: 'error', message: 'out of memory' }] })
  const failed = await every.run(['--runs', '2', '--warmup', '0'])
  t.equal(failed.code, 4)
  t.match(failed.stderr, /2 of 2 measured requests failed, the latest so: .*out of memory/)
  t.match(recordsIn(failed.stdout).filter(({ metric }) => metric === 'ended_requests'), [{ attributes: { end_state: 'error' } }, { attributes: { end_state: 'error' } }])

  const some = await withServer(t, { reply: () => ((count += 1) % 2 === 1 ? [{ type: 'text', text: 'Some ' }] : [...ANSWER]) })
  t.equal((await some.run(['--runs', '2', '--warmup', '0'])).code, 0)
  t.equal((await some.run(['--runs', '2', '--warmup', '0', '--strict'])).code, 4)

  const unknown = await chimera(['bench', '-m', 'nobody:1b', '-m', 'gemma3', '--runs', '2', '-o', 'out.ndjson'], { cwd: some.cwd, env: { OLLAMA_HOST: some.server.url } })
  t.equal(unknown.code, 0, 'the other model was measured')
  t.match(unknown.stderr, /nobody:1b is given up, \d runs? left out: .*ollama pull nobody:1b/)
  t.match(unknown.stderr, /runs are left: the same command with --resume goes on/)
})

t.test('--dry-run asks for nothing and writes nothing', async (t) => {
  const { server, cwd, run } = await withServer(t)
  const { code, stdout } = await run([...GRID, '-o', 'out.ndjson', '--dry-run', '--order', 'given'])
  t.equal(code, 0)
  t.match(stdout, /^4 cells, 1 warm-up and 2 measured runs of each: 12 runs, 12 requests; 1 prompt$/m)
  t.match(stdout, /^cell 4: gemma3 num_gpu=80 num_ctx=1024, 1 request a run$/m)
  t.match(stdout, /^ {4}1 {2}cell 1 {2}warm-up 1\n {4}2 {2}cell 1 {2}run 1\n/m)
  t.equal(server.requests.length + server.loads.length, 0)
  t.notOk(existsSync(path.join(cwd, 'out.ndjson')))
})

t.test('--load cold unloads; prompts come from a file; a table for people', async (t) => {
  const { server, cwd, run } = await withServer(t)
  writeFileSync(path.join(cwd, 'prompts.ndjson'), '{"prompt":"One?","max_tokens":5}\n{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Two?"}]}\n')
  const { code, stdout } = await run(['--prompts', 'prompts.ndjson', '--load', 'cold', '--cache', 'any', '--runs', '2', '--warmup', '0', '--format', 'table'])
  t.equal(code, 0)
  t.strictSame(server.loads.map(({ verb }) => verb), ['unload', 'unload'])
  t.match(server.requests.map(({ body }) => body), [
    { messages: [{ role: 'user', content: 'One?' }], options: { num_predict: 5 } },
    { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Two?' }], options: { num_predict: 128 } },
  ])
  t.match(stdout, /^metric +unit +model +stat +n +mean/)
  t.match(stdout, /^output_tokens +tok +gemma3 +value +2 +3 /m)
})

t.test('--trace keeps every piece, with the settings of its cell', async (t) => {
  const { cwd, run } = await withServer(t)
  const { code, stdout } = await run(['--set', 'num_gpu=60,80', '--runs', '1', '--warmup', '0', '--order', 'given', '--trace', 'pieces.trace'])
  t.equal(code, 0)
  const lines = file(cwd, 'pieces.trace').trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; options?: object; stream?: string })
  t.match(lines.filter(({ type }) => type === 'run'), [{ options: { num_gpu: 60 }, stream: '1.1' }, { options: { num_gpu: 80 }, stream: '2.1' }])
  t.equal(lines.filter(({ type }) => type === 'token').length, 6)
  const again = await chimera(['trace', 'pieces.trace', '--format', 'ndjson'], { cwd })
  const first = (text: string) => recordsIn(text).filter(({ metric }) => metric === 'ttft').map(({ value }) => value.toFixed(6))
  t.strictSame(first(again.stdout), first(stdout), 'the same figures out of it')
})

t.test('progress: a line for each run', async (t) => {
  const quick = ['bench', '-m', 'sim:tokens=5,ttft=1ms,rate=1000', '--runs', '2']
  const { stderr } = await chimera([...quick, '--progress', 'plain'])
  t.match(stderr, /^run 1\/3 \(warm-up\) sim:\S+: TTFT .*left$/m)
  t.match(stderr, /^run 3\/3 sim:\S+: TTFT .* tok\/s$/m)
  t.equal((await chimera(quick)).stderr, '', 'nothing where nobody watches')
})

t.test('wrong use is told before anything is asked', async (t) => {
  const { server, cwd } = await withServer(t)
  writeFileSync(path.join(cwd, 'notes.txt'), 'my notes\n')
  const inProcess = async (args: readonly string[], where: string): Promise<{ readonly code: number; readonly stderr: string }> => {
    const stderr = new PassThrough()
    const io = { stdin: Readable.from([]), stdout: new PassThrough(), stderr, env: { OLLAMA_HOST: server.url }, cwd: where, signal: new AbortController().signal, now: () => performance.now(), date: () => new Date() }
    const code = await main(args, io)
    return { code, stderr: String(stderr.read()) }
  }
  const cases: [args: string[], message: RegExp][] = [
    [['--set', 'num_gpu'], /name=value/],
    [['--set', 'num_gpu=1', '--option', 'num_gpu=2'], /num_gpu again/],
    [['--runs', '0'], /whole number/],
    [['--duration', '30'], /30s/],
    [['--duration', '30s', '--requests', '5'], /either/],
    [['--concurrency', '0'], /--concurrency/],
    [['--rate', 'fast'], /--rate/],
    [['--arrivals', 'gamma:x'], /gamma:0\.5/],
    [['--slo', 'ttft=1'], /ttft=500ms/],
    [['--prompts', 'nowhere.txt'], /no such file/],
    [['--max-tokens', '0'], /--max-tokens/],
    [['-o', 'nowhere/out.ndjson'], /folder is not there/],
    [['-o', 'notes.txt', '--resume'], /results of chimera bench/],
    [['-o', 'notes.txt'], /--force/],
    [['-o', 'same.ndjson', '--md', 'same.ndjson'], /-o|--md/],
  ]
  for (const [args, message] of cases) {
    const { code, stderr } = await inProcess(['bench', '-m', 'gemma3', ...args], cwd)
    t.equal(code, 2, args.join(' '))
    t.match(stderr, message, args.join(' '))
  }
  t.equal(file(cwd, 'notes.txt'), 'my notes\n', 'and what was there stays')
  const cold = await inProcess(['bench', '-m', 'sim', '--load', 'cold'], cwd)
  t.equal(cold.code, 2)
  t.match(cold.stderr, /only Ollama/)
  t.match((await inProcess(['bench', '-m', 'narrator'], cwd)).stderr, /language model/)
  t.equal((await inProcess(['bench'], cwd)).code, 2, 'no model')
  t.equal(server.requests.length, 0)
})
