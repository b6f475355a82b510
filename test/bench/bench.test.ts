/** Whole experiments in virtual time: what is sent to the model, what is measured from where, what is given up, what is marked. */

import t from 'tap'
import { bench, type BenchContext } from '../../lib/bench/bench.js'
import { axesOf, type Cell } from '../../lib/bench/grid.js'
import { benchPlan, type PlanOptions } from '../../lib/bench/plan.js'
import { prompt } from '../../lib/bench/prompts.js'
import { benchRecords } from '../../lib/bench/bench-records.js'
import type { RunResult } from '../../lib/bench/run.js'
import type { Certificate, CertificateWatch, Model, ModelOptions, ModelRequest, ServerUsage } from '../../lib/model/index.js'
import type { MetricRecord } from '../../lib/record/index.js'
import { ChimeraError, type ErrorCode } from '../../lib/stage/index.js'
import { planOptions } from './plan-options.js'
import { virtualClock } from './virtual-clock.js'

interface Answer {
  /** Absent: a connection is open. */
  readonly connectMs?: number
  readonly ttftMs?: number
  readonly tokens?: number
  readonly gapMs?: number
  /** Thrown after the tokens. */
  readonly fails?: ErrorCode
  readonly usage?: ServerUsage
}

interface Asked {
  readonly cell: Cell
  readonly request: ModelRequest
  readonly at: number
}

/** Runs a plan against a model that answers as told. */
async function experiment(t: Tap, more: Partial<PlanOptions>, answer: (asked: Asked, count: number) => Answer = () => ({}), context: Partial<BenchContext> & { readonly provider?: string; readonly abortAt?: number } = {}) {
  const clock = virtualClock()
  const abort = new AbortController()
  const asked: Asked[] = []
  const loads: ModelOptions[] = []
  const givenUp: string[] = []
  const streams = new Set<string>()
  const model = (cell: Cell, options: ModelOptions = {}): Model => ({
    provider: context.provider ?? 'ollama',
    name: cell.model,
    options: { ...cell.options, ...options },
    preload: async () => void loads.push({ ...cell.options, ...options }),
    async *generate(request, { signal } = {}) {
      const one = { cell, request, at: clock.now() }
      asked.push(one)
      const { connectMs, ttftMs = 100, tokens = 3, gapMs = 50, fails, usage } = answer(one, asked.length)
      const sleep = async (ms: number) => {
        await clock.sleep(ms, signal)
        if (signal?.aborted) throw new ChimeraError('ABORTED', 'ended from outside')
      }
      if (connectMs !== undefined) {
        yield { type: 'connecting', at: clock.now() }
        await sleep(connectMs)
      }
      yield { type: 'sent', at: clock.now() }
      for (let at = 0; at < tokens; at += 1) {
        await sleep(at === 0 ? ttftMs : gapMs)
        yield { type: 'token', at: clock.now(), text: 'word ', kind: 'text' }
      }
      if (fails) throw new ChimeraError(fails, `it failed: ${fails}`)
      yield { type: 'end', at: clock.now(), reason: 'stop', usage: { outputTokens: tokens, promptTokens: 100, ...usage } }
    },
  })
  const plan = benchPlan(planOptions(more))
  const results: RunResult[] = []
  let marks = 0
  const run = async () => {
    const { abortAt, ...rest } = context
    if (abortAt !== undefined) void clock.sleep(abortAt).then(() => abort.abort())
    const tools: BenchContext = {
      model,
      clock,
      date: () => new Date(Date.UTC(2026, 0, 1) + clock.now()),
      signal: abort.signal,
      mark: () => `mark-${(marks += 1)}`,
      watch: () => ({ observe: () => undefined, end: () => CLEAN }),
      onEvent: ({ stream }) => {
        if (stream !== undefined) streams.add(stream)
      },
      onGivenUp: (name, why, runs) => void givenUp.push(`${name}: ${runs} (${why})`),
      ...rest,
    }
    for await (const result of bench(plan, tools)) results.push(result)
  }
  await clock.drive(run())
  const records = results.map((result) => [...benchRecords(result, plan, 'out.ndjson')])
  t.ok(records.flat().every(({ value }) => Number.isFinite(value)), 'every value is a number')
  return { plan, results, records, all: records.flat(), asked, loads, givenUp, streams, clock }
}

const CLEAN: Certificate = { duration: 1, eventLoopDelay: { p99: 0.001, max: 0.002 }, cpu: 0.1, loopUtilization: 0.1, tainted: [] }

type Tap = Pick<typeof t, 'ok'>

function values(records: readonly MetricRecord[], metric: string, status: MetricRecord['status'] = 'ok'): number[] {
  return records.filter((record) => record.metric === metric && record.stat === 'value' && record.status === status).map(({ value }) => value)
}

t.test('one cell: warm-up runs are marked, figures are those of the stamps', async (t) => {
  const { all, asked, loads, streams } = await experiment(t, { runs: 2, warmup: 1, maxTokens: 64 })
  t.equal(asked.length, 3)
  t.equal(loads.length, 3, 'loaded before each run, outside of it')
  t.strictSame(values(all, 'ttft'), [0.1, 0.1])
  t.strictSame(values(all, 'ttft', 'warmup'), [0.1])
  t.strictSame(values(all, 'tpot'), [0.05, 0.05])
  t.strictSame(values(all, 'longest_pause'), [0.05, 0.05])
  t.strictSame(values(all, 'run_duration'), [0.2, 0.2])
  t.strictSame(values(all, 'system_output_throughput'), [15, 15])
  t.strictSame(values(all, 'request_throughput'), [5, 5])
  t.strictSame(values(all, 'queue_duration'), [], 'nothing is due in a closed loop')
  t.strictSame(values(all, 'goodput'), [], 'no limits, no goodput')
  t.match(all.find(({ metric, status }) => metric === 'ttft' && status === 'ok')?.attributes, { model: 'a', provider: 'ollama', temperature: 0, num_predict: 64, concurrency: 1, cache: 'cold', model_load: 'warm', run: 1 })
  t.strictSame([...streams], ['1.1', '2.1', '3.1'])
  t.strictSame(asked.map(({ request }) => request.options), [{ num_predict: 64 }, { num_predict: 64 }, { num_predict: 64 }])
})

t.test('the limit of tokens goes by the name of the provider, and never over a setting of the grid', async (t) => {
  const openai = await experiment(t, { runs: 1, warmup: 0, maxTokens: 64 }, undefined, { provider: 'openai' })
  t.strictSame(openai.asked[0]?.request.options, { max_tokens: 64 })
  const set = await experiment(t, { runs: 1, warmup: 0, maxTokens: 64, axes: axesOf(['num_predict=8,16'], {}) })
  t.strictSame(set.asked.map(({ request }) => request.options), [{}, {}])
  const own = await experiment(t, { runs: 1, warmup: 0, maxTokens: 64, prompts: [{ ...prompt('x'), maxTokens: 5 }] })
  t.strictSame(own.asked[0]?.request.options, { num_predict: 5 }, "a prompt's own wins")
})

t.test('cold: every prompt begins with words of its own; warm: each is read before, in a run of its own', async (t) => {
  const prompts = [prompt('One?'), prompt('Two?')]
  const text = ({ request }: Asked) => request.messages[0]?.content
  const cold = await experiment(t, { runs: 2, warmup: 0, requests: 2, prompts })
  t.equal(new Set(cold.asked.map(text)).size, 4)
  t.ok(cold.asked.every((one) => /^\[mark-\d\] (One|Two)\?$/.test(text(one) ?? '')))
  const warm = await experiment(t, { runs: 2, warmup: 0, requests: 2, prompts, cache: 'warm', maxTokens: 64 })
  t.strictSame(warm.asked.map(text), ['One?', 'Two?', 'One?', 'Two?', 'One?', 'Two?', 'One?', 'Two?'])
  t.strictSame(warm.asked.map(({ request }) => request.options?.['num_predict']), [1, 1, 64, 64, 1, 1, 64, 64])
  t.equal(values(warm.all, 'ttft').length, 4, 'warming is in no figure')
  t.ok(warm.all.every(({ attributes }) => attributes['cache'] === 'warm'))
  const any = await experiment(t, { runs: 2, warmup: 0, cache: 'any' })
  t.strictSame(any.asked.map(text), ['Say something.', 'Say something.'])
})

t.test('a cache that is not as asked for taints the run and says so', async (t) => {
  const { results, all } = await experiment(t, { runs: 2, warmup: 0 }, (_, count) => ({ usage: { promptTokens: 1000, cachedPromptTokens: count === 1 ? 900 : 0 } }))
  t.match(results[0]?.tainted, [{ code: 'cache', message: /expected a cold cache.*900 of 1000/ }])
  t.strictSame(results[1]?.tainted, [])
  t.strictSame(all.filter(({ metric }) => metric === 'ttft').map(({ attributes }) => attributes['tainted']), ['cache', undefined])
  t.match(all.find(({ metric }) => metric === 'run_duration')?.attributes['warnings'], /900 of 1000/)
})

t.test('the gaps of a run\'s answers as one set, beside those of each', async (t) => {
  // Nine answers with ten gaps of 10 ms, one with ten of 500 ms: no figure of one answer says this.
  const { all } = await experiment(t, { runs: 1, warmup: 0, requests: 11 }, (_, count) => ({ tokens: 11, gapMs: count === 10 ? 500 : 10, ...(count === 11 ? { gapMs: 9000, fails: 'MODEL_FAILED' as const } : {}) }))
  const pooled = all.filter(({ metric }) => metric === 'pooled_itl')
  t.strictSame(pooled.map(({ stat, value }) => [stat, Number(value.toPrecision(2))]), [['mean', 0.059], ['p50', 0.01], ['p90', 0.059], ['p99', 0.5], ['max', 0.5]], 'the failed one is in none')
  t.ok(pooled.every(({ attributes, status }) => attributes['per'] === 'chunk' && attributes['request'] === undefined && status === 'ok'))
  t.equal(new Set(pooled.map(({ id }) => id)).size, 5)
  t.equal(all.filter(({ metric, stat }) => metric === 'itl' && stat === 'p99').length, 11)
  const single = await experiment(t, { runs: 1, warmup: 0 })
  t.notOk(single.all.some(({ metric }) => metric === 'pooled_itl'), 'of one request they are its own')
})

t.test('what disturbed our own clocks: each run watched by itself, from its first request to its last, and marked', async (t) => {
  const seen: string[][] = []
  const { results, all } = await experiment(t, { runs: 2, warmup: 0, concurrency: [2] }, undefined, {
    watch: () => {
      const streams: string[] = []
      seen.push(streams)
      const tainted = seen.length === 2 ? [{ code: 'busy' as const, message: 'this process was busy' }] : []
      const observe: CertificateWatch['observe'] = ({ type }, stream = '') => {
        if (type === 'sent') streams.push(stream)
      }
      return { observe, end: () => ({ ...CLEAN, tainted }) }
    },
  })
  t.strictSame(seen, [['1.1', '1.2'], ['2.1', '2.2']])
  t.strictSame(results.map(({ tainted }) => tainted.map(({ message }) => message)), [[], ['this process was busy']])
  t.strictSame(all.filter(({ metric }) => metric === 'event_loop_utilization').map(({ value, attributes }) => [value, attributes['side'], attributes['tainted']]), [[0.1, 'client', undefined], [0.1, 'client', 'busy']])
  t.ok(all.filter(({ attributes }) => attributes['run'] === 2).every(({ attributes }) => attributes['tainted'] === 'busy'))
  const simulated = await experiment(t, { runs: 1, warmup: 0 }, undefined, { provider: 'sim', watch: () => t.fail('a schedule is not disturbed') as never })
  t.equal(simulated.results[0]?.certificate, undefined)
})

t.test('a model that was to be loaded, and was not', async (t) => {
  const { results, all } = await experiment(t, { runs: 2, warmup: 0 }, (_, count) => ({ ttftMs: 5000, usage: { loadDuration: count === 1 ? 4.2 : 0.03 } }))
  t.strictSame(results.map(({ tainted }) => tainted.map(({ code, message }) => [code, message])), [[['load', 'expected a loaded model, and the server spent 4.2 s on loading it']], []])
  t.strictSame(all.filter(({ metric }) => metric === 'ttft').map(({ attributes }) => attributes['tainted']), ['load', undefined])
})

t.test('--load cold unloads before each run', async (t) => {
  const { loads } = await experiment(t, { runs: 2, warmup: 0, load: 'cold' })
  t.strictSame(loads.map((options) => options['keep_alive']), [0, 0])
})

t.test('prompts go in turn, the same for every cell', async (t) => {
  const prompts = ['p1', 'p2', 'p3'].map((one) => prompt(one))
  const { asked, all } = await experiment(t, { runs: 2, warmup: 0, requests: 2, prompts, cache: 'any', axes: axesOf(['x=1,2'], {}), order: 'given' })
  t.strictSame(asked.map(({ request }) => request.messages[0]?.content), ['p1', 'p2', 'p3', 'p1', 'p1', 'p2', 'p3', 'p1'])
  t.strictSame(all.filter(({ metric }) => metric === 'ttft').map(({ attributes }) => [attributes['x'], attributes['run'], attributes['request'], attributes['prompt']]).slice(0, 3), [[1, 1, 1, 1], [1, 1, 2, 2], [1, 2, 1, 3]])
})

t.test('an open loop counts the waiting: figures from when a request was due', async (t) => {
  // Two requests a second for a server that takes 1.1 s for one, one at a time.
  const slow = () => ({ ttftMs: 1000, tokens: 3, gapMs: 50 })
  const { all } = await experiment(t, { runs: 1, warmup: 0, rates: [2], concurrency: [1], requests: 4, arrivals: { kind: 'constant' }, slo: { ttft: 2 } }, slow)
  t.strictSame(values(all, 'ttft'), [1, 1, 1, 1], 'from sent: the server was as quick each time')
  t.strictSame(values(all, 'queue_duration').map(rounded), [0, 0.6, 1.2, 1.8])
  t.strictSame(values(all, 'ttft_with_queue').map(rounded), [1, 1.6, 2.2, 2.8])
  t.strictSame(values(all, 'e2e_latency_with_queue').map(rounded), [1.1, 1.7, 2.3, 2.9])
  t.strictSame(values(all, 'goodput_ratio'), [0.5], 'limits are held against what a user waits')
  t.strictSame(values(all, 'run_duration').map(rounded), [4.4])
  t.strictSame(values(all, 'goodput').map(rounded), [rounded(2 / 4.4)])
  t.match(all[0]?.attributes, { request_rate: 2, arrivals: 'constant', concurrency: 1 })
  const free = await experiment(t, { runs: 1, warmup: 0, rates: [2], requests: 4, arrivals: { kind: 'constant' } }, slow)
  t.strictSame(values(free.all, 'ttft_with_queue'), [1, 1, 1, 1], 'without a cap nothing waits')
  t.equal(free.all[0]?.attributes['concurrency'], undefined)
})

t.test('an open loop: what connecting cost lies between due and sent', async (t) => {
  const { all } = await experiment(t, { runs: 1, warmup: 0, rates: [1], requests: 2, arrivals: { kind: 'constant' } }, (_, count) => (count === 1 ? { connectMs: 300 } : {}))
  t.strictSame(values(all, 'connect_duration').map(rounded), [0.3], 'the second used it again')
  t.strictSame(values(all, 'queue_duration').map(rounded), [0.3, 0])
  t.strictSame(values(all, 'ttft').map(rounded), [0.1, 0.1])
  t.strictSame(values(all, 'ttft_with_queue').map(rounded), [0.4, 0.1])
})

t.test('errors stand in the denominator, and their figures apart', async (t) => {
  const { all } = await experiment(t, { runs: 1, warmup: 0, concurrency: [4], slo: { ttft: 1, tpot: 1 } }, (_, count) => (count === 1 ? { fails: 'MODEL_FAILED' } : count === 2 ? { tokens: 0, fails: 'MODEL_UNREACHABLE' } : {}))
  t.strictSame(values(all, 'goodput_ratio'), [0.5])
  t.strictSame(values(all, 'requests'), [4])
  t.strictSame(values(all, 'errors'), [2])
  t.equal(values(all, 'ttft').length, 2)
  t.equal(values(all, 'ttft', 'error').length, 1, 'what came of the one that broke off')
  t.strictSame(values(all, 'system_output_throughput').map(rounded), [30], 'six tokens in 0.2 s: those that ended well')
  const ends = all.filter(({ metric }) => metric === 'ended_requests').map(({ attributes, value }) => [attributes['end_state'], value])
  t.strictSame(ends, [['error', 1], ['refused', 1], ['stop', 2]])
})

t.test('a server that counts no tokens meets no limit per token', async (t) => {
  const { all } = await experiment(t, { runs: 1, warmup: 0, slo: { tpot: 1 } }, () => ({ usage: { outputTokens: undefined } as unknown as ServerUsage }))
  t.strictSame(values(all, 'goodput_ratio'), [0])
  t.strictSame(values(all, 'system_output_throughput'), [], 'unknown is absent')
  const one = await experiment(t, { runs: 1, warmup: 0, slo: { tpot: 1 } }, () => ({ tokens: 1 }))
  t.strictSame(values(one.all, 'goodput_ratio'), [1], 'one token has no gap to be too long')
})

t.test('by time: runs last as long as they are given, and rates are over that time', async (t) => {
  const { all } = await experiment(t, { runs: 1, warmup: 0, durationMs: 1000, rates: [2], arrivals: { kind: 'constant' } }, () => ({ ttftMs: 10, tokens: 1 }))
  t.strictSame(values(all, 'requests'), [2])
  t.strictSame(values(all, 'run_duration'), [1], 'the pause behind the last request is part of it')
  t.strictSame(values(all, 'request_throughput'), [2])
})

t.test('a model that is not there is given up at once, a server that is gone after three runs; the others go on', async (t) => {
  const { results, givenUp } = await experiment(t, { models: ['a', 'b'], runs: 5, warmup: 0, order: 'given' }, ({ cell }) => (cell.model === 'a' ? { tokens: 0, fails: 'MODEL_UNKNOWN' } : {}))
  t.strictSame(results.map(({ planned }) => planned.cell.model), ['a', 'b', 'b', 'b', 'b', 'b'])
  t.match(givenUp, [/^a: 4 \(it failed: MODEL_UNKNOWN\)$/])
  const gone = await experiment(t, { runs: 5, warmup: 0 }, () => ({ tokens: 0, fails: 'MODEL_UNREACHABLE' }))
  t.equal(gone.results.length, 3)
  const back = await experiment(t, { runs: 5, warmup: 0 }, (_, count) => (count === 3 ? {} : { tokens: 0, fails: 'MODEL_UNREACHABLE' }))
  t.equal(back.results.length, 5, 'it came back in between')
  const broken = await experiment(t, { runs: 5, warmup: 0 }, () => ({ fails: 'MODEL_FAILED' }))
  t.equal(broken.results.length, 5, 'a setting that fails is a result')
  t.strictSame(broken.givenUp, [])
})

t.test('an abort: what came is given, the run is not closed, nothing more is sent', async (t) => {
  const { results, records, asked } = await experiment(t, { runs: 5, warmup: 0, requests: 2 }, undefined, { abortAt: 700 })
  // A run takes 0.4 s: the second one is ended within its second request.
  t.equal(results.length, 2)
  t.equal(asked.length, 4)
  t.strictSame(results.map(({ interrupted }) => interrupted), [false, true])
  t.strictSame(values(records[1] ?? [], 'ttft'), [0.1])
  t.strictSame(values(records[1] ?? [], 'run_duration'), [])
  t.match(records[1]?.find(({ metric, attributes }) => metric === 'ended_requests' && attributes['end_state'] === 'cancelled')?.value, 1)
})

t.test('runs that are done are not run again, the others in the same order', async (t) => {
  const whole = await experiment(t, { runs: 3, warmup: 0, axes: axesOf(['x=1..4'], {}) })
  const rest = await experiment(t, { runs: 3, warmup: 0, axes: axesOf(['x=1..4'], {}) }, undefined, { done: new Set([1, 2, 3, 4, 5]) })
  t.strictSame(rest.results.map(({ planned }) => planned.ordinal), [6, 7, 8, 9, 10, 11, 12])
  t.strictSame(rest.results.map(({ planned }) => planned), whole.results.slice(5).map(({ planned }) => planned))
})

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
