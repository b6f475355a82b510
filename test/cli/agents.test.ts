/** Two agents from outside: real sockets, one server or two, what the servers were asked for, and what reads back. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { parsePersona } from '../../lib/agent/index.js'
import { simServer, type SimServer, type SimServerOptions } from '../../lib/model/index.js'
import { chimera, results } from '../support/cli.js'

const usage = { promptTokens: 100, outputTokens: 20, totalDuration: 1.5, loadDuration: 0.25, promptEvalDuration: 0.25, evalDuration: 1 }
const A_TEXT = 'Stock was taken of {{F1}}.'
const B_TEXT = '## Executive Summary\n\nAll fine.\n\n## Performance Analysis\n\nSee {{F1}}, and 7777 tok/s.\n\n## Key Findings\n\n- One.\n\n## Recommendations\n\n- Rest.\n'

/** Who asks: B's task has headings in it. */
const isB = (body: Readonly<Record<string, unknown>>) => JSON.stringify(body).includes('## Executive Summary')
const answering: NonNullable<SimServerOptions['reply']> = ({ body }) => [{ type: 'text', text: isB(body) ? B_TEXT : A_TEXT }, { type: 'text', text: ' ' }, { type: 'done', usage }]

async function serve(t: Test, options: SimServerOptions = {}): Promise<SimServer> {
  const server = await simServer({ models: ['gemma3:latest'], reply: answering, ...options })
  t.teardown(() => server.close())
  return server
}

function folder(t: Test): string {
  return path.dirname(results(t.testdir({})))
}

interface Line {
  metric: string
  value: number
  unit: string
  stat: string
  status: string
  attributes: Record<string, unknown>
}

async function recordsOf(file: string, cwd: string): Promise<Line[]> {
  const { stdout } = await chimera(['records', file], { cwd })
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Line)
}

t.test('a server for each: options, models and personas go where they belong', async (t) => {
  const [a, b] = [await serve(t), await serve(t, { models: ['llama3.2:1b'] })]
  const cwd = folder(t)
  writeFileSync(path.join(cwd, 'cost.md'), '---\nname: CostAuditor\ntitle: Agent of Costs\n---\nYou count what everything costs.\n')
  const args = ['agents', 'results', '-m', 'gemma3', '--model-b', 'llama3.2:1b', '--url', a.url, '--url-b', b.url, '--option', 'num_ctx=4096', '--option-b', 'num_gpu=80', '--option-b', 'num_ctx=2048', '--persona-b', 'cost.md', '--trace', 'trace.ndjson']
  const { code, stdout, stderr } = await chimera(args, { cwd })
  t.equal(code, 0, stderr)
  t.strictSame([a.requests.length, b.requests.length, a.loads.length, b.loads.length], [1, 1, 1, 1], 'one answer each, loaded once each')
  t.match(a.requests[0]?.body, { model: 'gemma3', options: { num_ctx: 4096 } })
  t.strictSame(Object.keys(a.requests[0]?.body['options'] ?? {}), ['num_ctx'])
  t.match(b.requests[0]?.body, { model: 'llama3.2:1b', options: { num_ctx: 2048, num_gpu: 80 } })
  t.match(JSON.stringify(a.requests[0]?.body), /You are DataCollector/)
  t.match(JSON.stringify(b.requests[0]?.body), /You count what everything costs/)
  const traced = readFileSync(path.join(cwd, 'trace.ndjson'), 'utf8').split('\n').filter((line) => line.includes('"type":"run"')).map((line) => JSON.parse(line) as Record<string, unknown>)
  t.match(traced.sort((one, other) => String(one['stream']).localeCompare(String(other['stream']))), [{ stream: 'A', options: { num_ctx: 4096 } }, { stream: 'B', options: { num_gpu: 80, num_ctx: 2048 } }])
  t.match(stdout, /\*\*Configurations:\*\* A: num_ctx=4096; B: num_ctx=2048, num_gpu=80/)
  t.match(stdout, /## 4\. Agent of Costs \(CostAuditor\)/)
  t.match(stdout, /cost-auditor@[0-9a-f]{8}/)
  t.match(stdout, /Stock was taken of files read \(4\)\./)
  t.match(stdout, /7777 tok\/s \\?\[unverified\\?\]/)
})

t.test('at the same time: one server hears B before it has answered A', async (t) => {
  let heard = 0
  let both: () => void = () => undefined
  const together = new Promise<void>((resolve) => (both = resolve))
  const server = await serve(t, {
    reply: function* (request) {
      if ((heard += 1) === 2) both()
      yield { type: 'wait', until: together }
      yield* answering(request) as Iterable<never>
    },
  })
  const { code, stderr } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url], { cwd: folder(t) })
  t.equal(code, 0, stderr)
})

t.test('one after the other: B is asked when A has answered, and is told what A said', async (t) => {
  const server = await serve(t)
  const { code, stdout } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, '--mode', 'sequential'], { cwd: folder(t) })
  t.equal(code, 0)
  const [first, second] = server.requests
  t.ok(first && second && !isB(first.body) && isB(second.body))
  t.ok((first?.endedAt ?? Infinity) <= (second?.at ?? 0))
  t.match(JSON.stringify(second?.body), /Stock was taken of \{\{F1\}\}/)
  t.match(stdout, /sequential, B after A with its answer/)
  t.match(stdout, /- Wall Time, one after the other: [\d.]+ \S+\n/)
})

t.test('measured: what --stats, --summary and the report hold reads back, with the same values', async (t) => {
  const server = await serve(t)
  const cwd = folder(t)
  const args = ['agents', 'results', '-m', 'gemma3', '--url', server.url, '--option', 'num_gpu=80', '--scenario', 'homogeneous', '--warmup', '1', '--runs', '2', '--measure-sequential']
  const { code, stderr } = await chimera([...args, '--stats', 'run.ndjson', '--summary', 'agents.md', '-o', 'report.md'], { cwd })
  t.equal(code, 0, stderr)
  t.equal(server.requests.length, 2 + 2 * 4, 'a warm-up, then two runs together and alone')

  const stats = await recordsOf('run.ndjson', cwd)
  const of = (metric: string, attributes: Record<string, unknown>, more: Partial<Line> = {}) =>
    stats.filter((one) => one.metric === metric && Object.entries({ stat: 'value', status: 'ok', ...more }).every(([key, value]) => one[key as keyof Line] === value) && Object.entries(attributes).every(([key, value]) => one.attributes[key] === value))
  const common = { scenario: 'homogeneous', num_gpu: 80, model: 'gemma3', provider: 'ollama' }
  t.strictSame(of('output_tokens', { ...common, agent: 'A', mode: 'concurrent' }).map((one) => [one.value, one.attributes['run']]), [[20, 1], [20, 2]])
  t.equal(of('ttft', { ...common, agent: 'B', mode: 'alone', persona: 'insight-agent@1', stage: 'report' }).length, 2)
  t.equal(of('ttft', { agent: 'A' }, { status: 'warmup' }).length, 1)
  for (const run of [1, 2]) {
    const one = (metric: string, attributes: Record<string, unknown> = {}) => of(metric, { ...common, run, ...attributes })[0]?.value ?? NaN
    const [together, apart] = [one('duration', { mode: 'concurrent' }), one('duration', { mode: 'alone' })]
    t.equal(one('speedup'), apart / together, `run ${run}: speedup`)
    t.equal(one('efficiency'), one('speedup') / 2)
    const ttft = (mode: string) => one('ttft', { agent: 'A', mode })
    t.equal(one('ttft_contention', { agent: 'A' }), ttft('concurrent') / ttft('alone') - 1)
    t.equal(of('ttft', { run, agent: 'B', against: 'A' }, { stat: 'delta' })[0]?.value, one('ttft', { agent: 'B', mode: 'concurrent' }) - ttft('concurrent'))
  }

  for (const agent of ['A', 'B']) {
    t.strictSame(of('grounding_bound', { ...common, agent, mode: 'concurrent', run: 1, grounding: 'mark' }, { stat: 'count' }).map(({ value }) => value > 0), [true], `${agent}'s ledger, of the texts that the report shows`)
    t.equal(of('grounding_unverified', { agent }, { stat: 'count' }).length, 1)
  }

  // Shown with four digits, two behind the point, or a tenth of a percent.
  for (const page of ['agents.md', 'report.md']) {
    const read = (await recordsOf(page, cwd)).filter(({ attributes }) => !/^[126]\. /.test(String(attributes['section'])))
    const near = (found: number | undefined, wanted: number | undefined, step: number, what: string) => t.ok(Math.abs((found ?? NaN) - (wanted ?? NaN)) <= step, `${page}: ${what}: ${found} is ${wanted}`)
    for (const run of [1, 2]) {
      const shown = (metric: string, attributes: Record<string, unknown>, stat = 'value', status = 'ok') =>
        read.find((one) => one.metric === metric && one.stat === stat && one.status === status && Object.entries({ run, ...attributes }).every(([key, value]) => one.attributes[key] === value))?.value
      const told = (metric: string, attributes: Record<string, unknown> = {}) => of(metric, { run, ...attributes })[0]?.value
      near(shown('speedup', {}), told('speedup'), 0.0051, `run ${run}: speedup`)
      near(shown('efficiency', {}), told('efficiency'), 0.00051, `run ${run}: efficiency`)
      const wall = told('duration', { mode: 'concurrent' })
      near(shown('duration', { agent: undefined }), wall, (wall ?? 0) / 1000, `run ${run}: wall time`)
      for (const agent of ['A', 'B']) {
        for (const mode of ['concurrent', 'alone']) {
          const ttft = told('ttft', { agent, mode })
          near(shown('ttft', { agent, mode }), ttft, (ttft ?? 0) / 1000, `run ${run}: TTFT of ${agent}, ${mode}`)
        }
        near(shown('ttft_contention', { agent }), told('ttft_contention', { agent }), 0.00051, `run ${run}: contention of ${agent}`)
      }
    }
    const mean = of('speedup', {}).reduce((sum, { value }) => sum + value / 2, 0)
    near(read.find((one) => one.metric === 'speedup' && one.stat === 'mean' && one.attributes['agent'] === 'A+B')?.value, mean, 0.0051, 'mean speedup')
    const deltas = of('ttft', { against: 'A' }, { stat: 'delta' }).map(({ value }) => value)
    const apart = read.find((one) => one.metric === 'ttft_b_minus_a' && one.stat === 'mean')
    near(apart?.value, deltas.reduce((sum, value) => sum + value / 2, 0), Math.max(...deltas.map(Math.abs)) / 1000, 'mean delta')
    t.ok(read.some(({ metric, status }) => metric === 'ttft' && status === 'warmup'), `${page}: the warm-up is one`)
  }
})

t.test('an agent whose server is gone does not cost the other: exit code 4', async (t) => {
  const server = await serve(t)
  const gone = await simServer()
  await gone.close()
  const cwd = folder(t)
  const { code, stdout, stderr } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, '--url-b', gone.url, '--runs', '3', '--stats', 'run.ndjson'], { cwd })
  t.equal(code, 4)
  t.match(stderr, /ollama serve/)
  t.match(stdout, /Stock was taken of/)
  t.match(stdout, /### Recommendations\n\n.*\n?[^]*## 5\./, 'the report is whole')
  t.match(stdout, /2 further runs not made/)
  t.equal(server.requests.length, 1)
  const status = (await recordsOf('run.ndjson', cwd)).map(({ status, attributes }) => `${String(attributes['agent'])} ${status}`)
  t.ok(status.includes('A ok'))
  t.notOk(status.includes('B ok'))
})

t.test('an interrupt stops both, keeps and marks what came: exit code 130', async (t) => {
  const server = await serve(t, { reply: () => [{ type: 'text', text: 'Some words came. ' }, { type: 'wait', until: new Promise(() => undefined) }] })
  const cwd = folder(t)
  const { code, stdout } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, '--runs', '9', '--stats', 'run.ndjson', '--summary', 'agents.md'], {
    cwd,
    started: (child) => {
      const interrupt = (text: string) => {
        if (!text.includes('Some words')) return
        child.stdout?.off('data', interrupt)
        child.kill('SIGINT')
      }
      child.stdout?.on('data', interrupt)
    },
  })
  t.equal(code, 130)
  t.match(stdout, /Some words came\.[^]*The run was interrupted here[^]*The run was interrupted here/)
  t.strictSame(await Promise.all(server.requests.map(({ outcome }) => outcome)), ['client-closed', 'client-closed'], 'both were told to stop')
  t.match(readFileSync(path.join(cwd, 'agents.md'), 'utf8'), /8 further runs not made, since the session was interrupted/)
  const kept = await recordsOf('run.ndjson', cwd)
  t.ok(kept.some(({ metric, status }) => metric === 'ttft' && status === 'error'), 'the measurements so far are kept, as those of a run that failed')
})

t.test('a reader that leaves early ends the command quietly, and the models too', async (t) => {
  const server = await serve(t)
  const { code, stderr } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, '--progress', 'never'], {
    cwd: folder(t),
    started: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
  })
  t.equal(code, 0, stderr)
  t.equal(stderr, '')
})

t.test('--print-persona prints a persona file, and reads nothing', async (t) => {
  const { code, stdout } = await chimera(['agents', '--print-persona', 'b'], { cwd: t.testdir({}) })
  t.equal(code, 0)
  t.match(parsePersona(stdout, 'stdout'), { name: 'InsightAgent', title: 'Chimera Agent B', text: /turns measured figures into decisions/ })
})

t.test('wrong use: exit code 2, before anything is read or asked', async (t) => {
  const server = await serve(t)
  const cwd = folder(t)
  writeFileSync(path.join(cwd, 'bad.md'), 'You are nobody.')
  const cases: [string[], RegExp][] = [
    [['--scenario', 'homogeneous'], /tuned options, found none/],
    [['--scenario', 'homogeneous', '--option-a', 'num_gpu=1'], /the same options for both agents/],
    [['--scenario', 'baseline-vs-chimera', '--option', 'num_gpu=1'], /agent A without options.*--option-b/],
    [['--scenario', 'chimera_homo'], /Allowed choices are baseline-vs-chimera, heterogeneous, homogeneous/],
    [['--mode', 'sequential', '--measure-sequential'], /leave one of the two out/],
    [['--runs', '0'], /whole number from 1/],
    [['--runs', 'many'], /whole number from 1/],
    [['--warmup', '-1'], /whole number from 0/],
    [['--persona-a', 'bad.md'], /expected a front between two lines of "---" in the persona file bad\.md/],
    [['--persona-b', 'none.md'], /--persona-b to name a persona file, could not read none\.md/],
    [['--option-b', 'num_gpu'], /name=value/],
    [['--stats', 'x', '--summary', 'x'], /also given to --stats/],
  ]
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, ...args], { cwd })
    t.equal(code, 2, `${args.join(' ')}: ${stderr}`)
    t.match(stderr.replace(/\s+/g, ' '), message)
    t.equal(stdout, '')
  }
  t.strictSame([server.requests.length, server.loads.length], [0, 0])
})

t.test('-m sim: for one side leaves the common URL to the other', async (t) => {
  const server = await serve(t)
  const { code, stderr } = await chimera(['agents', 'results', '-m', 'gemma3', '--url', server.url, '--model-b', 'sim:tokens=5,ttft=1ms,rate=10000'], { cwd: folder(t) })
  t.equal(code, 0, stderr)
  t.equal(server.requests.length, 1)
})
