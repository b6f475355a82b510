import t from 'tap'
import { dataCollector, insightAgent } from '../../lib/agent/index.js'
import type { Model } from '../../lib/model/model.js'
import { narrator } from '../../lib/model/index.js'
import { agentsSummary, writeAgentsReport, type AgentsReportInput, type AgentsReportResult } from '../../lib/report/index.js'
import { lowerHeadings } from '../../lib/report/own-headings.js'
import { ChimeraError } from '../../lib/stage/index.js'
import { pieces } from '../agent/scripted.js'
import { sharedServer } from '../agent/scenario/shared-server.js'
import { virtualClock } from '../agent/scenario/virtual-clock.js'
import { sweep } from './figures.js'

const A_TEXT = '# Stock\nThere are {{F1}}. The TTFT of gemma3 is 117.5 ms, that of nobody 77 ms.\n'
const B_TEXT = '## Executive Summary\nTake {{F2}}.\n## Performance Analysis\nAbout 55 tok/s.\n## Key Findings\n- {{F4}}\n## Recommendations\n- Keep {{F4.who}} and measure it again before anything else is changed.\n'

function given(a: Model, b: Model, now: () => number, more: Partial<AgentsReportInput> = {}): AgentsReportInput {
  return { facts: sweep, rows: [], files: [], agents: { A: { persona: dataCollector, model: a }, B: { persona: insightAgent, model: b } }, now, ...more }
}

async function written(input: AgentsReportInput): Promise<{ text: string; chunks: string[]; result: AgentsReportResult | undefined }> {
  const run = writeAgentsReport(input)
  const chunks: string[] = []
  for await (const chunk of run) chunks.push(chunk)
  return { text: chunks.join(''), chunks, result: run.result }
}

function twoServers(more: Partial<AgentsReportInput> = {}, a: readonly (string | Error)[] = pieces(A_TEXT), b: readonly (string | Error)[] = pieces(B_TEXT)) {
  const clock = virtualClock()
  return written(given(sharedServer(clock).model('ma', a), sharedServer(clock).model('mb', b), clock.now, more))
}

t.test('the report: sections in order, both texts bound, one ledger over both', async (t) => {
  const { text, result } = await twoServers()
  t.strictSame(text.match(/^#{1,3} .*$/gm), [
    '# Technical Report: Chimera Agent A and Chimera Agent B',
    '## 1. Data Ingestion',
    '## 2. Measured Figures',
    '## 3. Chimera Agent A (DataCollector)',
    '## 4. Chimera Agent B (InsightAgent)',
    '### Executive Summary',
    '### Performance Analysis',
    '### Key Findings',
    '### Recommendations',
    '## 5. The Agents Side by Side',
    '### Runs',
    '### Answers',
    '## 6. Appendix',
    '### Configurations Measured',
    '### Data Quality',
    '### Where the Figures Stand',
    '### Where the Key Figures Stand',
    '### Methods',
    '## Workflow Summary',
    '## Metrics',
    '## Key Findings',
    '## Recommendations',
    '## Persona Prompts',
    '### Agent A: Chimera Agent A (DataCollector)',
    '### Agent B: Chimera Agent B (InsightAgent)',
    '## Ledger',
  ])
  t.match(text, /#### Stock\n/, "a model's own heading comes below the document's")
  t.match(text, /There are files \(101\)\. The TTFT of gemma3 is 117\.5 ms, that of nobody 77 ms \\?\[unverified\\?\]/)
  t.match(text, /About 55 tok\/s \\?\[unverified\\?\]/)
  t.match(text, /- Bound to a figure: 4 \(A 1 \| B 3\)\n- Typed by the writers and matched with a figure: 1 \(A 1 \| B 0\)\n- Unverified: 2 \(A 1 \| B 1\)\n/)
  t.match(text, /"77 ms" .* in agent A:/)
  t.match(text, /"55 tok\/s" .* in agent B, Performance Analysis:/)
  t.strictSame([result?.ledgers.A.bound, result?.ledgers.B.bound], [1, 3])
  t.match(text, /## Recommendations\n- Keep .*gemma3:latest and measure it again/)
})

t.test('without measuring alone nothing is said of speedup, efficiency and contention', async (t) => {
  const { text } = await twoServers()
  t.notMatch(text, /^- (?:Speedup|Ideal Speedup|Efficiency|TTFT, longer|Throughput, slower)/m)
  t.notMatch(text, /\| (?:Speedup|Efficiency|Sequential time) \|/)
  t.match(text, /- Wall Time, one after the other: not measured\n/)
})

t.test('with it they stand in the table, the metrics and the summary alike', async (t) => {
  const { text, result } = await twoServers({ measureSequential: true, warmups: 1 }, ['x ', 'y '], ['x ', 'y ', 'z ', 'u '])
  // Each on a server of its own: 0.2 s and 0.4 s alone, 0.4 s together.
  const row = '| 1 | 400 ms | 600 ms | 1.50x | 75.0% | 0 s | 0 tok/s |'
  const summary = result ? agentsSummary(result.setup, result.session) : ''
  for (const page of [text, summary]) {
    t.ok(page.includes(row), row)
    t.match(page, /- Speedup: 1\.50x\n- Ideal Speedup: 1\.50x\n- Efficiency: 75\.0%\n- TTFT, longer together than alone: A 0\.0% \| B 0\.0%/)
    t.match(page, /\| 1 \| A \| concurrent \| 100 ms \| 10 tok\/s \| 2 \| 200 ms \| warm-up \| stop \|/)
  }
  t.match(summary, /^# Two Agents: concurrent\n/)
})

t.test('over several runs: mean and spread, and whose text it is', async (t) => {
  const { text, result } = await twoServers({ runs: 3 })
  t.equal(result?.runs.length, 3)
  t.match(text, /### Over 3 Runs\n/)
  t.match(text, /\| ttft \| A \| concurrent \| 3 \| 100 ms \| 0 s \| 100 ms \| 100 ms \|/)
  t.match(text, /- TTFT: A 100 ± 0 ms \| B 100 ± 0 ms\n/)
  t.match(text, /The texts of both agents are those of the first run/)
  t.equal(text.split('There are files (101)').length, 2, 'the text stands once')
})

t.test("agent A's text is out before B is done, and both before further runs", async (t) => {
  const clock = virtualClock()
  const b = sharedServer(clock)
  const input = given(sharedServer(clock).model('ma', ['Early words here. ', 'More.']), b.model('mb', ['x ', 'y ', 'z ']), clock.now)
  for await (const chunk of writeAgentsReport(input)) {
    if (!chunk.includes('Early')) continue
    t.strictSame(b.log, ['mb began'])
    break
  }
})

t.test('an agent that fails: what came is kept and marked, the other is whole, and the comparison says what it lacks', async (t) => {
  const { text, result } = await twoServers({}, ['There are {{F1}}. ', new ChimeraError('MODEL_TRUNCATED', 'the stream ended early')])
  t.equal(result?.failure?.code, 'MODEL_TRUNCATED')
  t.match(text, /There are files \(101\)\.[^]*The model's analysis ends here\*\*: the stream ended early/)
  t.match(text, /### Executive Summary\n\nTake /)
  t.match(text, /### Before You Believe Them\n\n- Run 1 agent A: the stream ended early\. This is in no comparison\./)
  t.match(text, /- Wall Time, both at once: no run in which both agents came to their end\n/)
  t.match(text, /\| 1 \| A \| concurrent \| .* \| failed \| truncated \|/)
})

t.test('what is met several times is told once, with where', async (t) => {
  const { text } = await twoServers({ runs: 4, measureSequential: true }, ['half ', new ChimeraError('MODEL_TRUNCATED', 'the stream ended early')])
  t.match(text, /- Run 1 agent A, Run 1 agent A alone, Run 2 agent A, [^:\n]* and 2 more: the stream ended early\. These are in no comparison\.\n/)
})

t.test('answers of other lengths together and alone are named: they change times as contention does', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  let asked = 0
  const a: Model = { ...server.model('ma', []), generate: (request, context) => server.model('ma', (asked += 1) === 1 ? ['x ', 'y ', 'z '] : ['x ']).generate(request, context) }
  const { text } = await written(given(a, sharedServer(clock).model('mb', ['x ']), clock.now, { measureSequential: true }))
  t.match(text, /- In run 1 an agent's answers together and alone differ in length by more than 10\.0%/)
  t.notMatch((await twoServers({ measureSequential: true })).text, /differ in length/)
})

t.test('one that says nothing: the narrator stands in for it alone', async (t) => {
  const { text } = await twoServers({ runs: 4 }, [new ChimeraError('MODEL_UNKNOWN', 'no such model: pull it')])
  t.match(text, /analysis did not come\*\*: no such model: pull it\. The built-in narrator stands in/)
  t.notMatch(text, /Written by the built-in narrator/)
  t.match(text, /- 3 further runs not made, since no such model: pull it\./)
})

t.test('an interrupt: both texts are marked, and the report is whole', async (t) => {
  const stop = new AbortController()
  const clock = virtualClock()
  const run = writeAgentsReport(given(sharedServer(clock).model('ma', pieces(A_TEXT)), sharedServer(clock).model('mb', pieces(B_TEXT)), clock.now, { signal: stop.signal, runs: 3 }))
  let text = ''
  for await (const chunk of run) {
    text += chunk
    if (text.includes('There are')) stop.abort()
  }
  t.equal(run.result?.failure?.code, 'ABORTED')
  t.equal(text.match(/The run was interrupted here/g)?.length, 2)
  t.match(text, /2 further runs not made, since the session was interrupted/)
  t.match(text, /## Ledger\n/)
})

t.test('the narrator for both: two different texts, and nothing is called measured', async (t) => {
  const { text } = await written(given(narrator(), narrator(), () => 0))
  t.match(text, /\*\*Model:\*\* built-in narrator, no language model/)
  t.match(text, /## Metrics\n- No language model was used/)
  t.notMatch(text, /### Answers/)
})

t.test('what disturbed a pass stands among the caveats, each kind once', async (t) => {
  const certify = () => ({
    observe: () => undefined,
    end: () => ({ duration: 1, eventLoopDelay: { p99: 0.5, max: 1 }, cpu: 0.25, loopUtilization: 0.5, tainted: [{ code: 'busy' as const, message: 'the client was busy' }] }),
  })
  const { text } = await twoServers({ certify, runs: 2, measureSequential: true })
  t.match(text, /- Tainted, run 1, run 1 alone, run 2, run 2 alone: the client was busy\.\n/)
  t.equal(text.split('the client was busy').length, 2)
})

t.test('B is told to have read A, only where it has', async (t) => {
  const read = /Prompts of agent B: insight-agent@1 .*It read what agent A wrote\./
  t.match((await twoServers({ mode: 'sequential' })).text, read)
  t.notMatch((await twoServers()).text, read)
})

t.test('headings of a model, cut at every place, come to the same', async (t) => {
  const text = '# One\n  ## Two\n#three\ntext # four\n####### five\n    # code\n#\n# Last'
  const whole = (parts: readonly string[]) => {
    const headings = lowerHeadings()
    return parts.map((part) => headings.write(part)).join('') + headings.end()
  }
  const expected = '#### One\n  #### Two\n#three\ntext # four\n####### five\n    # code\n#\n#### Last'
  t.equal(whole([text]), expected)
  for (let at = 1; at < text.length; at += 1) t.equal(whole([text.slice(0, at), text.slice(at)]), expected, String(at))
  t.equal(whole(text.match(/[^]/g) ?? []), expected)
})
