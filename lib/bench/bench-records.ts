/** A run as metric records: what each request took, then what the run came to as a whole. */

import { certificateRecords, measurementRecords } from '../model/index.js'
import { digest, figureRecord, type Figure } from '../model/measurement-records.js'
import type { AttributeValue, MetricRecord, Stat, Status } from '../record/index.js'
import type { Doubt } from './doubts.js'
import { loadAttributes, type BenchPlan } from './plan.js'
import type { PooledGaps } from './pooled-gaps.js'
import type { RunRequest, RunResult } from './run.js'

/** The last record of a run that was not interrupted: a results file holds the whole of a run when it holds this. */
export const CLOSING_METRIC = 'run_duration'

type Attributes = Readonly<Record<string, AttributeValue>>

/**
 * Attributes: those of `measurementRecords`, the load (`concurrency`, `request_rate`, `arrivals`), `cache` and `model_load` as they
 * were asked for, `run`, and where there are several, `request` and `prompt`; `tainted` (why, in short) where the figures are doubtful. `status` is
 * `warmup` for everything in a warm-up run. `file` is where they are written to.
 */
export function* benchRecords(result: RunResult, plan: BenchPlan, file = 'bench'): Generator<MetricRecord, void, undefined> {
  const { planned, model, time, requests, tainted } = result
  const subject: Attributes = { model: model.name, provider: model.provider, stage: 'bench' }
  const shared: Attributes = { ...loadAttributes(plan, planned.cell), run: planned.run, ...taintedBy(tainted) }
  const settled = (record: MetricRecord): MetricRecord => (planned.warmup ? { ...record, status: 'warmup' } : record)
  for (const request of requests) {
    const { measurements } = request
    const options = { ...model.options, ...request.options }
    const attributes = { ...shared, ...(requests.length > 1 ? { request: request.request } : {}), ...(plan.prompts.length > 1 ? { prompt: request.prompt } : {}) }
    const own = measurementRecords(measurements, { model: model.name, provider: model.provider, stage: 'bench', options, file, time, attributes })
    for (const record of own) yield settled(record)
    const ending: Attributes = {
      ...(request.endState === 'stop' ? {} : { end_state: request.endState }),
      ...(measurements.failure === undefined ? {} : { error: measurements.failure }),
    }
    const base = { file, time, attributes: { ...subject, ...options, ...attributes, ...ending } }
    for (const figure of [...queueFigures(request), longestPause(request)]) yield* recordOf(figure, base, measurements.status).map(settled)
  }
  const whole: Attributes = { ...subject, ...model.options, ...commonOptions(requests), ...shared }
  if (result.certificate) {
    const source = { model: model.name, provider: model.provider, stage: 'bench', options: model.options, file, time, attributes: shared }
    for (const record of certificateRecords(result.certificate, source)) yield settled(record)
  }
  // Of one request they are its own, and stand there.
  for (const figure of requests.length > 1 ? result.gaps.flatMap(pooledFigures) : []) yield* recordOf(figure, { file, time, attributes: whole }, 'ok').map(settled)
  for (const figure of runFigures(result)) yield* recordOf(figure, { file, time, attributes: whole }, 'ok').map(settled)
}

/** Of a whole run. Rates count what ended well; `requests` and `errors` count all. */
function runFigures(result: RunResult): readonly Figure[] {
  const { requests, seconds, planned, interrupted } = result
  const warnings = [...result.tainted.map(({ message }) => message), ...result.warnings]
  const well = requests.filter(({ measurements }) => measurements.status === 'ok')
  const good = requests.filter((request) => request.good === true)
  const judged = requests.some((request) => request.good !== undefined)
  const tokens = sum(well.map(({ measurements }) => measurements.outputTokens))
  const perSecond = (count: number | undefined) => (count === undefined || seconds <= 0 ? undefined : count / seconds)
  const ends = new Map<string, number>()
  for (const { endState } of requests) ends.set(endState, (ends.get(endState) ?? 0) + 1)
  return [
    { metric: 'system_output_throughput', value: well.length === 0 ? undefined : perSecond(tokens), unit: '{token}/s', better: 'higher' },
    { metric: 'request_throughput', value: perSecond(well.length), unit: '{request}/s', better: 'higher' },
    { metric: 'goodput', value: judged ? perSecond(good.length) : undefined, unit: '{request}/s', better: 'higher' },
    { metric: 'goodput_ratio', value: judged ? good.length / requests.length : undefined, unit: '1', better: 'higher' },
    { metric: 'requests', value: requests.length, unit: '{request}', better: null },
    { metric: 'errors', value: requests.length - well.length, unit: '{request}', better: 'lower' },
    ...[...ends].sort().map(([state, count]): Figure => ({ metric: 'ended_requests', value: count, unit: '{request}', better: null, attributes: { end_state: state } })),
    // Last, because it closes the run.
    ...(interrupted
      ? []
      : [{ metric: CLOSING_METRIC, value: seconds, unit: 's', better: null, attributes: { ordinal: planned.ordinal, ...(warnings.length > 0 ? { warnings: warnings.join('; ') } : {}) } }]),
  ]
}

function pooledFigures({ per, mean, p50, p90, p99, max }: PooledGaps): readonly Figure[] {
  const figure = (stat: Stat, value: number): Figure => ({ metric: 'pooled_itl', stat, value, unit: 's', better: 'lower', attributes: { per } })
  return [figure('mean', mean), figure('p50', p50), figure('p90', p90), figure('p99', p99), figure('max', max)]
}

function queueFigures({ queue }: RunRequest): readonly Figure[] {
  const figure = (metric: string, value: number | undefined): Figure => ({ metric, value, unit: 's', better: 'lower' })
  return queue ? [figure('queue_duration', queue.queueDuration), figure('ttft_with_queue', queue.ttft), figure('e2e_latency_with_queue', queue.e2eLatency)] : []
}

/** The longest time in which nothing was to be seen once the answer had begun: a stall that no mean shows. */
function longestPause({ measurements }: RunRequest): Figure {
  return { metric: 'longest_pause', value: measurements.chunkGaps?.max, unit: 's', better: 'lower' }
}

interface Base {
  readonly file: string
  readonly time: string
  readonly attributes: Attributes
}

function recordOf(figure: Figure, { file, time, attributes: shared }: Base, status: Status): readonly MetricRecord[] {
  const attributes = { ...shared, ...figure.attributes }
  const id = `${digest(JSON.stringify([attributes, time, figure.value]), 16)}-${digest(figure.stat === undefined ? figure.metric : `${figure.metric}/${figure.stat}`, 8)}`
  return figureRecord({ ...figure, attributes }, { status, time, file, id })
}

/** The codes, as one attribute; nothing for a clean run. */
function taintedBy(doubts: readonly Doubt[]): Attributes {
  const codes = [...new Set(doubts.map(({ code }) => code))]
  return codes.length === 0 ? {} : { tainted: codes.join(', ') }
}

/** What was asked of every request alike. */
function commonOptions(requests: readonly RunRequest[]): Attributes {
  const [first, ...rest] = requests
  return Object.fromEntries(Object.entries(first?.options ?? {}).filter(([name, value]) => rest.every(({ options }) => options[name] === value)))
}

/** Absent when the server counted none of them. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
}
