/** How far the client's stamps are from what the server really did: every stream is held against the server's own ground truth. */

import { Agent } from 'undici'
import { certificate, generation, openai, timing, type Certificate, type CertificateWatch } from '../lib/model/index.js'
import { startSimProcess, type TrueRequest } from '../lib/model/simulator/sim-process.js'
import { environment, type Keep } from './results.js'

interface Setup {
  readonly streams: number
  /** Requests that each stream makes, one after another; they are measured together. */
  readonly requests: number
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
  /** The very first request of this process to this server, before anything was warm; s. Absent for all setups but the first. */
  readonly cold?: { readonly ttft: number; readonly connect: number }
}

/** Streams start within so many ms, as requests of many users do, not all in one turn. */
const SPREAD_MS = 1000
/** So many requests, each a few tokens, are made before any is counted: on both sides code is compiled as it is used. */
const WARMUP_REQUESTS = 400
const WARMUP_STREAMS = 20

export async function measureAccuracy(quick: boolean, keep: Keep): Promise<void> {
  const setups: Setup[] = [
    { streams: 1, requests: quick ? 50 : 200, tokens: 20, rate: 100 },
    { streams: 100, requests: 1, tokens: quick ? 100 : 400, rate: 50 },
    { streams: 1000, requests: 1, tokens: quick ? 100 : 200, rate: 20 },
  ]
  const found: Errors[] = []
  for (const [index, setup] of setups.entries()) found.push(await against(setup, index === 0))
  keep('client-accuracy', 'csv', csvOf(found))
  keep('client-accuracy', 'json', `${JSON.stringify({ benchmark: 'client-accuracy', ...environment(), results: found.map(plain) }, null, 2)}\n`)
  const text = markdownOf(found)
  keep('client-accuracy', 'md', text)
  process.stdout.write(`${text}\n`)
}

interface Ours {
  /** Tells the server's account of it from all others. */
  readonly name: string
  readonly sent: number
  readonly at: readonly number[]
  readonly complete: boolean
  readonly connect: number | undefined
}

async function against(setup: Setup, isFirst: boolean): Promise<Errors> {
  const { streams, requests, tokens, rate } = setup
  // A model's name is what tells one answer's ground truth from another's.
  const names = Array.from({ length: streams }, (_, stream) => Array.from({ length: requests }, (_, request) => `answer-${stream}-${request}`))
  const server = await startSimProcess({ spec: { tokens, ttftMs: 100, rate }, models: [WARM, ...names.flat()], keep: streams * requests + WARMUP_REQUESTS + 1 })
  // The connections of all streams, as in `chimera bench`.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
  const ask = async (name: string, watch?: CertificateWatch, max = tokens): Promise<Ours> => {
    const model = openai(name, { url: `${server.url}/v1`, dispatcher, options: { max_tokens: max } })
    const at: number[] = []
    const run = timing()
    let sent = 0
    for await (const event of generation(model, { messages: [{ role: 'user', content: 'Speak.' }] }, { stage: 'bench', timing: run })) {
      watch?.observe(event, name)
      if (event.type === 'sent') sent = event.at
      if (event.type === 'token') at.push(event.at)
    }
    const { endState, connectDuration } = run.measurements()
    return { name, sent, at, complete: (endState === 'stop' || endState === 'length') && at.length === max, connect: connectDuration }
  }
  try {
    const first = isFirst ? await ask(WARM, undefined, 3) : undefined
    for (let made = 0; made < WARMUP_REQUESTS; made += WARMUP_STREAMS) await Promise.all(Array.from({ length: WARMUP_STREAMS }, () => ask(WARM, undefined, 3)))
    const watch = certificate()
    const ours = await Promise.all(
      names.map(async (requestsOfStream, stream) => {
        await new Promise((resolve) => setTimeout(resolve, (SPREAD_MS * stream) / streams))
        const answers: Ours[] = []
        for (const name of requestsOfStream) answers.push(await ask(name, watch))
        return answers
      }),
    )
    const certified = watch.end()
    const { requests: told, lateness } = await server.truth()
    const [coldTruth] = told
    const truth = new Map(told.map((request) => [request.model, pieces(request, tokens)]))
    const ttft: number[] = []
    const gaps: number[] = []
    for (const { name, sent, at } of ours.flat()) {
      const real = truth.get(name)
      if (!real || real.at.length !== at.length) throw new Error(`expected ${at.length} pieces of ${name} at the server, found ${real?.at.length ?? 0}`)
      ttft.push(ttftError({ sent, at }, real))
      for (let index = 1; index < at.length; index += 1) {
        gaps.push(Math.abs((at[index] ?? NaN) - (at[index - 1] ?? NaN) - ((real.at[index] ?? NaN) - (real.at[index - 1] ?? NaN))) / 1000)
      }
    }
    return {
      setup,
      complete: ours.flat().filter((one) => one.complete).length,
      ttft,
      gaps,
      certificate: certified,
      serverLateness: lateness && lateness.p99 / 1000,
      ...(first && coldTruth ? { cold: { ttft: ttftError(first, pieces(coldTruth, 3)), connect: first.connect ?? NaN } } : {}),
    }
  } finally {
    await dispatcher.close()
    await server.stop()
  }
}

const WARM = 'warm-up'

/** What was measured less what the server did, s: the request's way there, the first piece's way back, and what either side took to notice. */
function ttftError({ sent, at }: { readonly sent: number; readonly at: readonly number[] }, real: { readonly asked: number; readonly at: readonly number[] }): number {
  return Math.abs((at[0] ?? NaN) - sent - ((real.at[0] ?? NaN) - real.asked)) / 1000
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
  const { setup, complete, certificate: found, serverLateness, cold } = errors
  return {
    ...setup,
    complete,
    ...Object.fromEntries(FIGURES.flatMap((key) => [0.5, 0.99, 1].map((part) => [`${NAMES[key]}_${label(part)}_s`, quantile(errors[key], part)]))),
    event_loop_delay_p99_s: found.eventLoopDelay.p99,
    event_loop_utilization: found.loopUtilization,
    server_lateness_p99_s: serverLateness,
    cold_ttft_error_s: cold?.ttft,
    cold_connect_duration_s: cold?.connect,
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
  const cold = found.find((one) => one.cold)?.cold
  const header = ['Streams', 'Requests', 'Tokens/s each', 'Complete', 'TTFT error p50 (ms)', 'TTFT error p99 (ms)', 'Gap error p50 (ms)', 'Gap error p99 (ms)', 'Gap error max (ms)', 'Event loop delay p99 (ms)', 'Server lateness p99 (ms)', 'Tainted']
  const rows = found.map(({ setup, complete, ttft, gaps, certificate: seen, serverLateness }) => [
    setup.streams,
    ttft.length,
    setup.rate,
    `${complete} of ${ttft.length}`,
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
    `Every piece of every answer is held against the moment at which the server, a simulator in another process on the same machine, wrote it. An error is |what the client measured - what the server did|; the way through the kernel, there and back, is inside. One stream asks again and again; of many streams each asks once, and ${SPREAD_MS / 1000} s lies between the first and the last. ${WARMUP_REQUESTS} short requests were made before.`,
    ...(cold ? ['', `The first request of the process, before anything was warm, is in no figure: its TTFT error was ${ms(cold.ttft)} ms, and connecting, which is no part of TTFT, took ${ms(cold.connect)} ms.`] : []),
    '',
    `- Node: ${node}`,
    `- CPU: ${cpu}, ${cores} cores for client and server`,
    '',
    ...[header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}
