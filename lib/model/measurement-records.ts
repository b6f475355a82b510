/** A run's own figures as metric records, so that it can be read back like any other result. */

import { createHash } from 'node:crypto'
import type { AttributeValue, Better, MetricRecord, Stat } from '../record/metric-record.js'
import type { Measurements } from './measurements.js'
import type { ModelOptions } from './model.js'

export interface MeasurementSource {
  readonly model: string
  readonly provider: string
  /** Of the work: `analysis`, `report`. */
  readonly stage: string
  readonly options: ModelOptions
  /** The file they are written to, or another name for where they come from. */
  readonly file: string
  /** ISO 8601, when the run began; absent when nobody said. */
  readonly time?: string
  /** More dimensions, such as a run's number. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** One figure of a run; left out while its value is unknown. */
export interface Figure {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly stat?: Stat
  readonly value: number | undefined
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/**
 * One record for each figure that is known; `status` is `error` for a run that did not come to its end. Attributes: `model`,
 * `provider`, `stage`, each option under its own name, `end_state` for a run that did not end by itself, `error` (the code) for one that
 * failed, and `per` (`token` or `chunk`) on what counts one or the other. The id depends on the figures and on what they were measured on.
 */
export function measurementRecords(measurements: Measurements, source: MeasurementSource): MetricRecord[] {
  const { endState, failure } = measurements
  const attributes = {
    ...(endState === undefined || endState === 'stop' ? {} : { end_state: endState }),
    ...(failure === undefined ? {} : { error: failure }),
  }
  return recordsOf(figures(measurements), measurements.status, source, JSON.stringify(measurements), attributes)
}

/** `identity` is what tells this run from another with the same attributes; `own` are attributes that nobody else may set. */
export function recordsOf(
  list: readonly Figure[],
  status: MetricRecord['status'],
  source: MeasurementSource,
  identity: string,
  own: Readonly<Record<string, AttributeValue>> = {},
): MetricRecord[] {
  const { model, provider, stage, options, file, time } = source
  const attributes = Object.fromEntries([
    ['model', model],
    ['provider', provider],
    ['stage', stage],
    ...Object.entries({ ...options, ...source.attributes }).filter(([key]) => !RESERVED.has(key)),
    ...Object.entries(own),
  ]) as Record<string, AttributeValue>
  const run = digest(JSON.stringify([attributes, time, identity]), 16)

  return list.flatMap((figure) => {
    const id = `${run}-${digest(`${figure.metric}/${figure.stat ?? 'value'}`, 8)}`
    return figureRecord({ ...figure, attributes: { ...attributes, ...figure.attributes } }, { status, time, file, id })
  })
}

/** A record of one figure of our own runs; none while its value is unknown. */
export function figureRecord(
  { metric, unit, better, stat = 'value', value, attributes = {} }: Figure,
  { status, time, file, id }: { readonly status: MetricRecord['status']; readonly time: string | undefined; readonly file: string; readonly id: string },
): MetricRecord[] {
  if (value === undefined || !Number.isFinite(value)) return []
  const raw = { name: stat === 'value' ? metric : `${metric}.${stat}`, text: JSON.stringify(value), unit }
  return [{ metric, value, unit, stat, better, status, attributes, ...(time === undefined ? {} : { time }), raw, source: { file, format: 'ndjson', layout: 'chimera-run' }, id }]
}

const RESERVED = new Set(['model', 'provider', 'stage', 'end_state', 'error', '__proto__'])
const PER_CHUNK = { per: 'chunk' } as const

function figures(m: Measurements): Figure[] {
  const duration = (metric: string, value: number | undefined): Figure => ({ metric, unit: 's', better: 'lower', value })
  const rate = (metric: string, value: number | undefined): Figure => ({ metric, unit: '{token}/s', better: 'higher', value })
  const count = (metric: string, value: number | undefined): Figure => ({ metric, unit: '{token}', better: null, value })
  const gap = (stat: Stat, value: number | undefined): Figure => ({ ...duration('itl', value), stat, attributes: { per: m.itl?.per ?? 'chunk' } })
  const tokens = m.outputTokens !== undefined
  return [
    duration('ttft', m.ttft),
    // Where nothing is thought aloud it is the same figure.
    duration('ttft_text', m.thinkingLength > 0 ? m.ttftText : undefined),
    duration('ttft_thinking', m.textLength > 0 ? m.ttftThinking : undefined),
    duration('connect_duration', m.connectDuration),
    duration('retry_wait', m.retryWait),
    { metric: 'retries', unit: '1', better: 'lower', value: m.retries },
    gap('mean', m.itl?.mean),
    gap('p50', m.itl?.p50),
    gap('p99', m.itl?.p99),
    gap('max', m.itl?.max),
    duration('tpot', m.tpot),
    rate('output_throughput', m.outputThroughput),
    rate('decode_throughput', m.decodeThroughput),
    { metric: 'chunk_throughput', unit: '{chunk}/s', better: 'higher', value: tokens ? undefined : m.chunkThroughput, attributes: PER_CHUNK },
    { metric: 'chunks', unit: '{chunk}', better: null, value: tokens ? undefined : m.chunks, attributes: PER_CHUNK },
    rate('eval_throughput', m.evalThroughput),
    rate('eval_decode_throughput', m.evalDecodeThroughput),
    rate('prompt_throughput', m.promptThroughput),
    rate('prompt_eval_throughput', m.promptEvalThroughput),
    rate('prefill_throughput', m.prefillThroughput),
    count('output_tokens', m.outputTokens),
    count('reasoning_tokens', m.reasoningTokens),
    count('prompt_tokens', m.promptTokens),
    count('cached_prompt_tokens', m.cachedPromptTokens),
    count('draft_tokens', m.draftTokens),
    count('accepted_draft_tokens', m.acceptedDraftTokens),
    duration('load_duration', m.loadDuration),
    duration('prompt_eval_duration', m.promptEvalDuration),
    duration('eval_duration', m.evalDuration),
    duration('total_duration', m.totalDuration),
    duration('hidden_wait', m.hiddenWait),
    duration('e2e_latency', m.e2eLatency),
  ]
}

/** The start of a hash, for ids. */
export function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
