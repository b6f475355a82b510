/** An experiment as it is going to be run, and how two of them differ. */

import { createHash } from 'node:crypto'
import type { ModelOptions } from '../model/index.js'
import type { AttributeValue } from '../record/index.js'
import { ChimeraError } from '../stage/index.js'
import type { Arrivals } from './arrivals.js'
import type { CacheWish } from './cache.js'
import { cells, type Cell, type Grid } from './grid.js'
import { ordered, type PlannedRun } from './order.js'
import { DEFAULT_PROMPT, prompt, type Prompt } from './prompts.js'
import { sloText, type Slo } from './slo.js'

/** Everything that is fixed before the first request. */
export interface BenchPlan extends Grid {
  readonly prompts: readonly Prompt[]
  /** The most tokens of an answer; absent: the server's own limit. */
  readonly maxTokens?: number
  /** Measured runs of each cell. */
  readonly runs: number
  /** Runs of each cell before them, in no figure. */
  readonly warmup: number
  /** Requests of one run; absent: as many as run at once, or with a duration as many as it holds. */
  readonly requests?: number
  /** How often a request is sent again that failed before its first piece; absent: never. */
  readonly retries?: number
  /** A run sends requests for so long, ms. */
  readonly durationMs?: number
  readonly order: 'random' | 'given'
  readonly seed: number
  readonly arrivals: Arrivals
  readonly cache: CacheWish
  /** `cold`: the model is unloaded before each run; `warm`: it is loaded before each run, outside of what is measured. */
  readonly load: 'cold' | 'warm'
  readonly slo?: Slo
  /** Where the models are served, when it was said. */
  readonly url?: string
  readonly cells: readonly Cell[]
  readonly sequence: readonly PlannedRun[]
}

/** Only the models must be said. Defaults: one prompt, 5 runs (1 with a duration) after 1 for warming up, in random order, seed 1, cold cache, warm model. */
export type PlanOptions = Pick<BenchPlan, 'models'> & Partial<Omit<BenchPlan, 'models' | 'cells' | 'sequence'>>

const MOST_RUNS = 1_000_000
/** Of one run: a few kilobytes are kept of each until the run is written. */
export const MOST_REQUESTS = 100_000

/** @throws {ChimeraError} `USAGE` for a plan that cannot be run. */
export function benchPlan(options: PlanOptions): BenchPlan {
  const settings = {
    options: {},
    axes: [],
    concurrency: [],
    rates: [],
    prompts: [prompt(DEFAULT_PROMPT)],
    runs: options.durationMs === undefined ? 5 : 1,
    warmup: 1,
    order: 'random',
    seed: 1,
    arrivals: { kind: 'poisson' },
    cache: 'cold',
    load: 'warm',
    ...options,
  } as const
  const all = cells(settings)
  const count = all.length * (settings.runs + settings.warmup)
  if (count > MOST_RUNS) throw new ChimeraError('USAGE', `expected at most ${MOST_RUNS} runs, found ${count}: give fewer values or fewer --runs`)
  if ((options.requests ?? 0) > MOST_REQUESTS) throw new ChimeraError('USAGE', `expected at most ${MOST_REQUESTS} requests in a run, found ${options.requests ?? 0}: give more --runs instead`)
  return { ...settings, cells: all, sequence: ordered(all, settings) }
}

/** How many requests a run of this cell sends; `undefined` when time decides. */
export function requestsOf(plan: BenchPlan, cell: Cell): number | undefined {
  if (plan.requests !== undefined) return plan.requests
  if (plan.durationMs !== undefined) return undefined
  return cell.rate === undefined ? (cell.concurrency ?? 1) : Math.max(OPEN_LOOP_REQUESTS, cell.concurrency ?? 1)
}

/** A rate means nothing over one request. */
const OPEN_LOOP_REQUESTS = 10

/** The plan as flat text, key by key: what a results file keeps of it, so that another command can be told from the same one. */
export function describePlan(plan: BenchPlan): Readonly<Record<string, AttributeValue>> {
  const { arrivals, prompts } = plan
  return {
    models: plan.models.join(' '),
    ...(plan.url === undefined ? {} : { url: plan.url }),
    options: settingsText(plan.options),
    set: plan.axes.map(({ name, values }) => `${name}=${values.map(String).join(',')}`).join(' '),
    concurrency: plan.concurrency.join(','),
    rate: plan.rates.join(','),
    ...(plan.rates.length > 0 ? { arrivals: arrivals.kind === 'gamma' ? `gamma:${arrivals.shape}` : arrivals.kind } : {}),
    prompts: `${prompts.length} (${createHash('sha256').update(JSON.stringify(prompts)).digest('hex').slice(0, 12)})`,
    ...(plan.maxTokens === undefined ? {} : { max_tokens: plan.maxTokens }),
    runs: plan.runs,
    warmup: plan.warmup,
    ...(plan.requests === undefined ? {} : { requests: plan.requests }),
    ...(plan.durationMs === undefined ? {} : { duration: `${plan.durationMs / 1000}s` }),
    ...(plan.retries === undefined ? {} : { retries: plan.retries }),
    order: plan.order,
    seed: plan.seed,
    cache: plan.cache,
    model_load: plan.load,
    ...(plan.slo === undefined ? {} : { slo: sloText(plan.slo) }),
  }
}

/** `runs: 5 then, 7 now`, for each key that differs. */
export function planDifferences(before: Readonly<Record<string, AttributeValue>>, now: Readonly<Record<string, AttributeValue>>): readonly string[] {
  const said = (value: AttributeValue | undefined) => (value === undefined || value === '' ? 'nothing' : String(value))
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((key) => before[key] !== now[key]).map((key) => `${key}: ${said(before[key])} then, ${said(now[key])} now`)
}

/** What tells this cell from others, as attributes: the load beside the options. */
export function loadAttributes(plan: BenchPlan, cell: Cell): ModelOptions {
  return {
    ...(cell.concurrency === undefined ? {} : { concurrency: cell.concurrency }),
    ...(cell.rate === undefined ? {} : { request_rate: cell.rate, arrivals: plan.arrivals.kind === 'gamma' ? `gamma:${plan.arrivals.shape}` : plan.arrivals.kind }),
    cache: plan.cache,
    model_load: plan.load,
  }
}

/** `gemma3:latest num_gpu=60 concurrency=4`: the model and what varies over the grid. */
export function cellName(plan: BenchPlan, cell: Cell): string {
  const settings = plan.axes.map(({ name }) => `${name}=${String(cell.options[name])}`)
  const load = [
    ...(cell.concurrency !== undefined && (cell.concurrency !== 1 || plan.concurrency.length > 1) ? [`concurrency=${cell.concurrency}`] : []),
    ...(cell.rate === undefined ? [] : [`rate=${cell.rate}/s`]),
  ]
  return [cell.model, ...settings, ...load].join(' ')
}

function settingsText(options: ModelOptions): string {
  return Object.entries(options).map(([name, value]) => `${name}=${String(value)}`).join(' ')
}
