/** How far the client's stamps are from what the server really did: every stream is held against the server's own ground truth. */

import { certificate, generation, openai, timing, type Certificate } from '../lib/model/index.js'
import { startSimProcess, type TrueRequest } from '../lib/model/simulator/sim-process.js'
import { environment, keep } from './harness.js'

interface Setup {
  readonly streams: number
  readonly tokens: number
  readonly rate: number
}

interface Errors {
  readonly setup: Setup
  readonly complete: number
  /** Seconds. */
  readonly ttft: readonly number[]
  readonly gaps: readonly number[]
  readonly certificate: Certificate
  /** How late the server was itself, s, p99. */
  readonly serverLateness: number | undefined
}

/** Streams start within so many ms, as requests of many users do, not all in one turn. */
const SPREAD_MS = 1000

export async function measureAccuracy(quick: boolean): Promise<void> {
  const setups: Setup[] = [
    { streams: 1, tokens: quick ? 100 : 400, rate: 50 },
    { streams: 100, tokens: quick ? 50 : 200, rate: 50 },
    { streams: 1000, tokens: quick ? 40 : 200, rate: 20 },
  ]
  const found: Errors[] = []
  for (const setup of setups) {
    await against({ ...setup, tokens: 20, streams: Math.min(setup.streams, 50) })
    found.push(await against(setup))
  }
  keep('client-accuracy', 'csv', csvOf(found))
  keep('client-accuracy', 'json', `${JSON.stringify({ benchmark: 'client-accuracy', ...environment(), results: found.map(plain) }, null, 2)}\n`)
  const text = markdownOf(found)
  keep('client-accuracy', 'md', text)
  process.stdout.write(`${text}\n`)
}

async function against(setup: Setup): Promise<Errors> {
  const { streams, tokens, rate } = setup
  // A model's name is what tells one stream's ground truth from another's.
  const names = Array.from({ length: streams }, (_, index) => `stream-${index}`)
  const server = await startSimProcess({ spec: { tokens, ttftMs: 200, rate }, models: names, keep: streams })
  try {
    const watch = certificate()
    const ours = await Promise.all(
      names.map(async (name, index) => {
        await new Promise((resolve) => setTimeout(resolve, (SPREAD_MS * index) / streams))
        const model = openai(name, { url: `${server.url}/v1` })
        const at: number[] = []
        const run = timing()
        let sent = 0
        for await (const event of generation(model, { messages: [{ role: 'user', content: 'Speak.' }] }, { stage: 'bench', timing: run })) {
          watch.observe(event, name)
          if (event.type === 'sent') sent = event.at
          if (event.type === 'token') at.push(event.at)
        }
        await model.close()
        return { name, sent, at, complete: run.measurements().endState === 'stop' && at.length === tokens }
      }),
    )
    const found = watch.end()
    const { requests, lateness } = await server.truth()
    const truth = new Map(requests.map((request) => [request.model, pieces(request, tokens)]))
    const ttft: number[] = []
    const gaps: number[] = []
    for (const { name, sent, at } of ours) {
      const real = truth.get(name)
      if (!real || real.at.length !== at.length) throw new Error(`expected ${at.length} pieces of ${name} at the server, found ${real?.at.length ?? 0}`)
      ttft.push(Math.abs((at[0] ?? NaN) - sent - ((real.at[0] ?? NaN) - real.asked)) / 1000)
      for (let index = 1; index < at.length; index += 1) {
        gaps.push(Math.abs((at[index] ?? NaN) - (at[index - 1] ?? NaN) - ((real.at[index] ?? NaN) - (real.at[index - 1] ?? NaN))) / 1000)
      }
    }
    return { setup, complete: ours.filter((one) => one.complete).length, ttft, gaps, certificate: found, serverLateness: lateness && lateness.p99 / 1000 }
  } finally {
    await server.stop()
  }
}

/** The writes that held a token; the last one says only that it is over. */
function pieces({ at, writes }: TrueRequest, tokens: number): { asked: number; at: number[] } {
  return { asked: at, at: writes.filter((write) => write.tokens > 0).slice(0, tokens).map((write) => write.at) }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN
}

const FIGURES = ['ttft', 'gaps'] as const
const NAMES = { ttft: 'ttft_error', gaps: 'itl_error' }

function plain(errors: Errors) {
  const { setup, complete, certificate: found, serverLateness } = errors
  return {
    ...setup,
    complete,
    ...Object.fromEntries(FIGURES.flatMap((key) => [0.5, 0.99, 1].map((part) => [`${NAMES[key]}_${label(part)}_s`, quantile(errors[key], part)]))),
    event_loop_delay_p99_s: found.eventLoopDelay.p99,
    event_loop_utilization: found.loopUtilization,
    server_lateness_p99_s: serverLateness,
    tainted: found.tainted.map(({ code }) => code).join(' '),
  }
}

function label(part: number): string {
  return part === 1 ? 'max' : `p${part * 100}`
}

function csvOf(found: readonly Errors[]): string {
  const rows = found.map(plain)
  const keys = Object.keys(rows[0] ?? {})
  return [keys.join(','), ...rows.map((row) => keys.map((key) => String((row as Record<string, string | number | undefined>)[key] ?? '')).join(','))].join('\n') + '\n'
}

function markdownOf(found: readonly Errors[]): string {
  const { node, cpu, cores } = environment()
  const ms = (value: number | undefined) => (value === undefined ? '' : (value * 1000).toFixed(2))
  const header = ['Streams', 'Tokens/s each', 'Complete', 'TTFT error p50 (ms)', 'TTFT error p99 (ms)', 'Gap error p50 (ms)', 'Gap error p99 (ms)', 'Gap error max (ms)', 'Event loop delay p99 (ms)', 'Server lateness p99 (ms)', 'Tainted']
  const rows = found.map(({ setup, complete, ttft, gaps, certificate: seen, serverLateness }) => [
    setup.streams,
    setup.rate,
    `${complete} of ${setup.streams}`,
    ms(quantile(ttft, 0.5)),
    ms(quantile(ttft, 0.99)),
    ms(quantile(gaps, 0.5)),
    ms(quantile(gaps, 0.99)),
    ms(quantile(gaps, 1)),
    ms(seen.eventLoopDelay.p99),
    ms(serverLateness),
    seen.tainted.map(({ code }) => code).join(', ') || 'no',
  ])
  return [
    "# How true are the client's stamps?",
    '',
    `Every piece of every stream is held against the moment at which the server, a simulator in another process on the same machine, wrote it. An error is |what the client measured - what the server did|; connecting and the way through the kernel are inside the one of TTFT. ${SPREAD_MS / 1000} s lie between the first and the last request.`,
    '',
    `- Node: ${node}`,
    `- CPU: ${cpu}, ${cores} cores for client and server`,
    '',
    ...[header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}
