/** One run of one cell: the model and its cache made ready, the requests sent, what came of them. */

import type { Certificate, CertificateWatch, Model, ModelEvent, ModelOptions } from '../model/index.js'
import type { Watch } from '../stage/index.js'
import { dueTimes } from './arrivals.js'
import { marked } from './cache.js'
import { doubtsOf, type Doubt } from './doubts.js'
import type { Cell } from './grid.js'
import { closedLoop, openLoop, type Clock } from './load.js'
import type { PlannedRun } from './order.js'
import { requestsOf, type BenchPlan } from './plan.js'
import type { Prompt } from './prompts.js'
import { gapPool, type PooledGaps } from './pooled-gaps.js'
import { random } from './random.js'
import { measureRequest, type RequestOutcome } from './request.js'

export interface BenchTools {
  /** The model of a cell; `options` are put over the cell's own. */
  readonly model: (cell: Cell, options?: ModelOptions) => Model
  readonly clock: Clock
  readonly date: () => Date
  readonly signal: AbortSignal
  /** Words that no prompt had before, for a cold cache. */
  readonly mark: () => string
  /** Begins to watch this process while it measures; absent: nobody does. */
  readonly watch?: () => CertificateWatch
  readonly onEvent?: Watch<ModelEvent>
}

export interface RunRequest extends Omit<RequestOutcome, 'gaps'> {
  /** From 1, in the order in which they were due. */
  readonly request: number
  /** From 1, in the order of the prompts. */
  readonly prompt: number
}

export interface RunResult {
  readonly planned: PlannedRun
  readonly model: Model
  /** ISO 8601, when it began. */
  readonly time: string
  readonly requests: readonly RunRequest[]
  /** Of the requests that ended well. */
  readonly gaps: readonly PooledGaps[]
  /** From the first request's due time to the last one's end, and no shorter than the time the run was given; seconds. */
  readonly seconds: number
  /** Why its figures should not be compared with others; none: they stand. */
  readonly tainted: readonly Doubt[]
  /** What disturbed the clocks of this process meanwhile. */
  readonly certificate?: Certificate
  /** What else is to be told, as sentences. */
  readonly warnings: readonly string[]
  /** It was ended from outside: what came is here, but the run is not whole. */
  readonly interrupted: boolean
}

export async function performRun(planned: PlannedRun, plan: BenchPlan, tools: BenchTools): Promise<RunResult> {
  const { cell } = planned
  const { clock, signal } = tools
  const model = tools.model(cell)
  const limit = limitOption(model.provider)
  const tainted: Doubt[] = []
  const requests: RunRequest[] = []
  const pool = gapPool()
  const count = requestsOf(plan, cell)

  const optionsOf = ({ maxTokens = plan.maxTokens }: Prompt): ModelOptions => (maxTokens === undefined || Object.hasOwn(cell.options, limit) ? {} : { [limit]: maxTokens })
  const watching: { now?: CertificateWatch | undefined } = {}
  const onEvent = (event: ModelEvent) => {
    watching.now?.observe(event.event, event.stream)
    tools.onEvent?.(event)
  }
  const send = async (index: number, dueAt?: number): Promise<'ok' | 'failed'> => {
    const at = promptAt(planned.run, index, count, plan.prompts.length)
    const prompt = plan.prompts[at]
    if (!prompt) return 'failed'
    const messages = plan.cache === 'cold' ? marked(prompt.messages, tools.mark()) : prompt.messages
    const { gaps, ...outcome } = await measureRequest(
      model,
      { messages, options: optionsOf(prompt) },
      { clock, signal, cache: plan.cache, stream: `${planned.ordinal}.${index + 1}`, ...(dueAt !== undefined && { dueAt }), ...(plan.slo && { slo: plan.slo }), onEvent },
    )
    pool.add(gaps)
    requests.push({ request: index + 1, prompt: at + 1, ...outcome })
    return outcome.measurements.status === 'ok' ? 'ok' : 'failed'
  }

  await makeReady()
  const time = tools.date().toISOString()
  const bounds = { ...(count !== undefined && { requests: count }), ...(plan.durationMs !== undefined && { durationMs: plan.durationMs }) }
  watching.now = MEASURED.has(model.provider) ? tools.watch?.() : undefined
  const startedAt = clock.now()
  const cut = await (cell.rate === undefined
    ? closedLoop(cell.concurrency ?? 1, bounds, { clock, signal, send })
    : openLoop(dueTimes(plan.arrivals, cell.rate, random(plan.seed, `arrivals ${planned.run}`)), bounds, cell.concurrency, { clock, signal, send }))
  const certificate = watching.now?.end()
  const endedAt = requests.reduce((last, { endedAt: end }) => Math.max(last, end), startedAt)
  const given = cut === undefined && !signal.aborted ? (plan.durationMs ?? 0) : 0

  return {
    planned,
    model,
    time,
    requests: requests.sort((a, b) => a.request - b.request),
    gaps: pool.read(),
    seconds: Math.max(endedAt - startedAt, given) / 1000,
    tainted: [...tainted, ...doubtsOf(plan, requests), ...(certificate?.tainted ?? [])],
    ...(certificate && { certificate }),
    warnings: [...(cut === undefined ? [] : [cut]), ...sentAgain(requests)],
    interrupted: signal.aborted,
  }

  /** Outside of what is measured. */
  async function makeReady(): Promise<void> {
    const context = { signal, now: () => clock.now() }
    // A model that cannot be loaded says so again, and better, when it is asked.
    if (plan.load === 'warm') await model.preload?.(context).catch(() => undefined)
    else {
      await tools.model(cell, UNLOAD).preload?.(context).catch((error: unknown) => {
        if (!signal.aborted) tainted.push({ code: 'load', message: `expected a cold model, and it could not be unloaded: ${error instanceof Error ? error.message : String(error)}` })
      })
    }
    if (plan.cache !== 'warm') return
    const first = { clock, signal, cache: 'any' } as const
    for (const prompt of used(planned.run, count, plan.prompts)) {
      if (signal.aborted) return
      await measureRequest(model, { messages: prompt.messages, options: { ...optionsOf(prompt), [limit]: 1 } }, first)
    }
  }
}

/** An answer that came at a later attempt looks as quick as any: that has to be said. */
function sentAgain(requests: readonly RunRequest[]): readonly string[] {
  const again = requests.filter(({ measurements }) => measurements.retries !== undefined)
  const attempts = again.reduce((sum, { measurements }) => sum + (measurements.retries ?? 0), 0)
  return again.length === 0 ? [] : [`${again.length} of ${requests.length} ${requests.length === 1 ? 'request was' : 'requests were'} sent again, ${attempts} ${attempts === 1 ? 'time' : 'times'} in all: ttft counts from the latest attempt, retry_wait has what went before`]
}

/** Others give their stamps after a schedule: nothing in this process disturbs them. */
const MEASURED = new Set(['ollama', 'openai'])

/** Loading "for no time" is how Ollama unloads. */
const UNLOAD = { keep_alive: 0 } as const

/** What the provider calls the most tokens of an answer. */
export function limitOption(provider: string): string {
  return provider === 'ollama' ? 'num_predict' : 'max_tokens'
}

/** In turn, and going on where the run before stopped: run number `run` is asked the same in every cell. */
function promptAt(run: number, index: number, count: number | undefined, prompts: number): number {
  return ((run - 1) * (count ?? 1) + index) % prompts
}

/** The prompts that a run will use, each once; all of them where time decides how many. */
function used(run: number, count: number | undefined, prompts: readonly Prompt[]): readonly Prompt[] {
  if (count === undefined || count >= prompts.length) return prompts
  return Array.from({ length: count }, (_, index) => prompts[promptAt(run, index, count, prompts.length)]).filter((one) => one !== undefined)
}
