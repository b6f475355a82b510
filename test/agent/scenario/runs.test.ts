import t from 'tap'
import { agentRecords, dataCollector, insightAgent, overRuns, runAgents, type AgentEvent, type AgentsOptions, type AgentsPart, type AgentsRun } from '../../../lib/agent/index.js'
import { passesOf } from '../../../lib/agent/scenario/index.js'
import type { CertificateWatch } from '../../../lib/model/index.js'
import type { Model } from '../../../lib/model/model.js'
import { ChimeraError } from '../../../lib/stage/index.js'
import { sweep } from '../../report/figures.js'
import { sharedServer } from './shared-server.js'
import { virtualClock } from './virtual-clock.js'

const WORDS = ['one ', 'two ', 'three ', 'four ']

function pair(a: Model, b: Model): AgentsOptions['agents'] {
  return { A: { persona: dataCollector, model: a }, B: { persona: insightAgent, model: b } }
}

async function all(options: AgentsOptions): Promise<{ parts: AgentsPart[]; runs: AgentsRun[] }> {
  const parts: AgentsPart[] = []
  for await (const part of runAgents(options)) parts.push(part)
  return { parts, runs: parts.flatMap((part) => (part.type === 'run' && part.phase === 'end' ? [part.result] : [])) }
}

t.test('at the same time: a server that shares its time makes both slower, and the figures say by how much', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('m', WORDS), server.model('m', WORDS))
  const { runs } = await all({ facts: sweep, agents, now: clock.now, measureSequential: true })
  // Alone a token takes 100 ms, together 200: nothing is gained, and both are half as fast.
  t.match(runs[0]?.comparison, { seconds: 0.8, sequentialSeconds: 0.8, speedup: 1, efficiency: 0.5, idealSpeedup: 2, delta: { ttft: 0 } })
  t.strictSame(runs[0]?.comparison.contention, { A: { ttft: 1, rate: 1 }, B: { ttft: 1, rate: 1 } })
  t.strictSame(server.log.slice(0, 2), ['m began', 'm began'], 'B begins before A has ended')
  t.equal(runs[0]?.together.answers.A?.text, WORDS.join(''))
})

t.test('on two servers neither costs the other anything', async (t) => {
  const clock = virtualClock()
  const agents = pair(sharedServer(clock).model('a', WORDS), sharedServer(clock).model('b', [...WORDS, ...WORDS]))
  const { runs } = await all({ facts: sweep, agents, now: clock.now, measureSequential: true })
  t.match(runs[0]?.comparison, { seconds: 0.8, sequentialSeconds: 1.2 })
  t.match(runs[0]?.comparison.speedup?.toFixed(6), '1.500000')
  t.match(runs[0]?.comparison.idealSpeedup?.toFixed(6), '1.500000', 'what lacks to 2 is unequal work')
  t.strictSame(runs[0]?.comparison.contention, { A: { ttft: 0, rate: 0 }, B: { ttft: 0, rate: 0 } })
})

t.test('one after the other: B begins when A has ended, and reads its answer', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', ['It is {{F2}}. ', '<<<FIGURES not']), server.model('b', WORDS))
  const { runs } = await all({ facts: sweep, agents, mode: 'sequential', now: clock.now })
  t.strictSame(server.log, ['a began', 'a ended', 'b began', 'b ended'])
  const [a, b] = server.requests.map(({ request }) => request)
  t.notMatch(a?.messages[1]?.content, /ANSWER/)
  t.match(b?.messages[0]?.content, /InsightAgent/)
  t.match(b?.messages[1]?.content, /DataCollector has taken stock[^]*<<<ANSWER\nIt is \{\{F2\}\}\. ‹FIGURES not\nANSWER>>>/, 'fenced, and unable to open another fence')
  t.strictSame([a?.brief?.task, b?.brief?.task], ['analysis', 'report'])
  t.match(runs[0]?.comparison.seconds?.toFixed(6), '0.600000')
  t.equal(runs[0]?.comparison.speedup, undefined)
  t.ok(runs[0]?.together.answers.B?.readOther)
})

t.test('the prompts of an agent are the same together and alone', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  await all({ facts: sweep, agents: pair(server.model('a', WORDS), server.model('b', WORDS)), now: clock.now, measureSequential: true, runs: 2 })
  for (const name of ['a', 'b']) {
    const sent = server.requests.filter((one) => one.name === name).map(({ request }) => JSON.stringify(request.messages))
    t.equal(sent.length, 4)
    t.equal(new Set(sent).size, 1, name)
  }
})

t.test('warm-ups come first and count in no figure; the order alternates', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', WORDS), server.model('b', WORDS))
  const { runs } = await all({ facts: sweep, agents, now: clock.now, measureSequential: true, warmups: 1, runs: 2 })
  t.strictSame(runs.map(({ run, warmup, aloneFirst, alone }) => [run, warmup, aloneFirst, alone?.order.join('')]), [[1, true, false, undefined], [1, false, false, 'AB'], [2, false, true, 'BA']])
  const began = server.log.filter((line) => line.endsWith('began')).map((line) => line.charAt(0)).join('')
  t.equal(began, 'ab' + 'ab' + 'ab' + 'ba' + 'ab')
  const ttft = overRuns(runs, agents).filter((row) => row.metric === 'ttft' && row.who === 'A')
  t.strictSame(ttft.map(({ mode, statistics: { count, mean, stddev } }) => [mode, count, mean, stddev]), [['alone', 2, 0.1, 0], ['concurrent', 2, 0.2, 0]])
  t.strictSame(passesOf(3, 'concurrent', true), passesOf(1, 'concurrent', true))
})

t.test('an agent that fails does not cost the other', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', ['half ', new ChimeraError('MODEL_TRUNCATED', 'gone')]), server.model('b', WORDS))
  const { parts, runs } = await all({ facts: sweep, agents, now: clock.now, runs: 2 })
  t.equal(runs.length, 2, 'a further run may go better')
  t.equal(runs[0]?.together.answers.A?.failure?.code, 'MODEL_TRUNCATED')
  t.equal(runs[0]?.together.answers.A?.text, 'half ', 'what came is kept')
  t.equal(runs[0]?.together.answers.B?.text, WORDS.join(''))
  t.notOk(parts.some((part) => part.type === 'stopped'))
  const records = runs.flatMap((run) => agentRecords(run, { agents, file: 'x.ndjson' }))
  t.ok(records.some(({ attributes, status }) => attributes['agent'] === 'A' && status === 'error'))
  t.ok(records.filter(({ attributes }) => attributes['agent'] === 'A').every(({ status }) => status === 'error'))
  t.notOk(records.some(({ metric }) => metric === 'duration'))
})

t.test('where a further run would end the same way, none is made; B has its say in this one', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', [new ChimeraError('MODEL_UNKNOWN', 'no such model')]), server.model('b', WORDS))
  for (const mode of ['concurrent', 'sequential'] as const) {
    const { parts, runs } = await all({ facts: sweep, agents, mode, now: clock.now, runs: 3, warmups: 1 })
    t.equal(runs.length, 1, mode)
    t.equal(runs[0]?.together.answers.B?.text, WORDS.join(''))
    t.notOk(runs[0]?.together.answers.B?.readOther, 'nothing came that could be read')
    t.match(parts.at(-1), { type: 'stopped', left: 3, error: { code: 'MODEL_UNKNOWN' } })
  }
})

t.test('an abort ends both, keeps what came and starts nothing further', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const stop = new AbortController()
  const parts: AgentsPart[] = []
  for await (const part of runAgents({ facts: sweep, agents: pair(server.model('a', WORDS), server.model('b', WORDS)), now: clock.now, runs: 5, measureSequential: true, signal: stop.signal })) {
    parts.push(part)
    if (part.type === 'text' && part.agent === 'B') stop.abort()
  }
  const end = parts.find((part) => part.type === 'run' && part.phase === 'end')
  t.match(end, { result: { together: { answers: { A: { text: 'one ', failure: { code: 'ABORTED' } }, B: { text: 'one ', failure: { code: 'ABORTED' } } } } } })
  t.match(parts.at(-1), { type: 'stopped', left: 4, error: { code: 'ABORTED' } })
  t.strictSame(server.log.filter((line) => line.endsWith('ended')).sort(), ['a ended', 'b ended'])
  t.equal(server.log.length, 4)
})

t.test('whoever leaves early leaves no model behind that still writes', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  for await (const part of runAgents({ facts: sweep, agents: pair(server.model('a', WORDS), server.model('b', WORDS)), now: clock.now })) if (part.type === 'text') break
  while (server.log.length < 4) await new Promise((resolve) => setImmediate(resolve))
  t.strictSame([...server.log].sort(), ['a began', 'a ended', 'b began', 'b ended'])
})

t.test('watchers are told which agent, in a stage and a stream of its own', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const events: AgentEvent[] = []
  await all({ facts: sweep, agents: pair(server.model('m', WORDS), server.model('m', WORDS)), now: clock.now, runs: 2, onEvent: (event) => events.push(event) })
  const streams = new Set(events.flatMap((event) => (event.type === 'model' ? [`${event.stage}/${event.stream ?? ''}`] : [])))
  t.strictSame([...streams].sort(), ['A analysis/A', 'B report/B'])
  const phases = events.flatMap((event) => (event.type === 'phase' ? [`${event.phase} ${event.state}`] : []))
  t.strictSame(phases.slice(0, 3), ['run 1 of 2 start', 'A analysis start', 'B report start'])
  t.equal(phases.at(-1), 'run 2 of 2 end')
})

t.test('records: options and models that both have stand once, others by side', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('m', WORDS, { options: { num_ctx: 1024, num_gpu: 60, seed: 1 } }), server.model('m', WORDS, { options: { num_ctx: 1024, num_gpu: 80 } }))
  const { runs } = await all({ facts: sweep, agents, scenario: 'heterogeneous', now: clock.now, date: () => new Date('2026-02-03T04:05:06Z'), measureSequential: true })
  const records = runs.flatMap((run) => agentRecords(run, { agents, scenario: 'heterogeneous', file: 'x.ndjson' }))
  const speedup = records.find(({ metric }) => metric === 'speedup')
  t.match(speedup, { value: 1, unit: '1', status: 'ok', time: '2026-02-03T04:05:06.000Z' })
  t.strictSame(speedup?.attributes, { agents: 'A+B', model: 'm', provider: 'test', num_ctx: 1024, num_gpu_a: 60, num_gpu_b: 80, seed_a: 1, scenario: 'heterogeneous', run: 1 })
  t.match(records.find(({ metric, stat }) => metric === 'ttft' && stat === 'delta'), { value: 0, unit: 's', attributes: { agent: 'B', against: 'A', mode: 'concurrent' } })
  t.match(
    records.find(({ metric, attributes }) => metric === 'ttft' && attributes['mode'] === 'alone' && attributes['agent'] === 'A'),
    { value: 0.1, attributes: { stage: 'analysis', persona: 'data-collector@1', num_gpu: 60, run: 1, scenario: 'heterogeneous' } },
  )
  t.equal(new Set(records.map(({ id }) => id)).size, records.length, 'every id is its own')
})

t.test('each pass has a certificate of its own; a bound that was passed marks its answers', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', WORDS), server.model('b', WORDS))
  const watched: string[][] = []
  let ended = 0
  const certify = (): CertificateWatch => {
    const streams: string[] = []
    const at = watched.push(streams)
    return {
      observe(event, stream = '') {
        if (event.type === 'token') streams.push(stream)
      },
      end() {
        ended += 1
        return { duration: 1, eventLoopDelay: { p99: 0.5, max: 1 }, cpu: 0.25, loopUtilization: 0.5, tainted: at === 2 ? [{ code: 'event-loop-delay', message: 'busy' }] : [] }
      },
    }
  }
  const { runs } = await all({ facts: sweep, agents, now: clock.now, measureSequential: true, certify })
  t.strictSame(watched.map((streams) => [...new Set(streams)].sort()), [['A', 'B'], ['A', 'B']])
  t.equal(ended, 2)
  const records = runs.flatMap((run) => agentRecords(run, { agents, file: 'x.ndjson' }))
  const tainted = records.filter(({ attributes }) => attributes['tainted'] === 'event-loop-delay')
  t.ok(tainted.length > 0 && tainted.every(({ attributes }) => attributes['mode'] === 'alone'))
  t.strictSame(
    records.filter(({ metric, stat }) => metric === 'event_loop_delay' && stat === 'p99').map(({ value, attributes }) => [value, attributes['mode'], attributes['side'], attributes['model']]),
    [[0.5, 'concurrent', 'client', 'a + b'], [0.5, 'alone', 'client', 'a + b']],
  )
  t.equal(new Set(records.map(({ id }) => id)).size, records.length, 'every id is its own')

  for await (const part of runAgents({ facts: sweep, agents, now: clock.now, certify })) if (part.type === 'text') break
  t.equal(ended, 3, 'one that is left early is ended, too')
})

t.test('options that make no sense', async (t) => {
  const clock = virtualClock()
  const server = sharedServer(clock)
  const agents = pair(server.model('a', WORDS), server.model('b', WORDS))
  t.throws(() => runAgents({ facts: sweep, agents, runs: 0 }), { code: 'USAGE' })
  t.throws(() => runAgents({ facts: sweep, agents, warmups: 0.5 }), { code: 'USAGE' })
  t.throws(() => runAgents({ facts: sweep, agents, mode: 'sequential', measureSequential: true }), { code: 'USAGE', message: /measures that anyway/ })
  t.throws(() => runAgents({ facts: sweep, agents, scenario: 'homogeneous' }), { code: 'USAGE' })
  t.equal(server.log.length, 0)
})
