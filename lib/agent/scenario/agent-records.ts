/** The figures of two agents as metric records: each answer's own, and what they come to together. */

import { certificateRecords, taintAttribute } from '../../model/certificate-records.js'
import { digest, figureRecord, measurementRecords, type Figure } from '../../model/measurement-records.js'
import type { AttributeValue, MetricRecord } from '../../record/metric-record.js'
import { AGENTS, TASK_OF, worked, type AgentId, type Agents } from './agent.js'
import type { Pass } from './pass.js'
import type { AgentsRun } from './runs.js'
import type { Scenario } from './scenario.js'

export interface AgentRecordsSource {
  readonly agents: Agents
  readonly scenario?: Scenario
  /** The file they are written to, or another name for where they come from. */
  readonly file: string
}

/**
 * Attributes of an answer: model, provider, stage, options, then `agent`, `persona`, `mode` (`concurrent`, `sequential`, `alone`),
 * `scenario`, `run`. Of what both come to: `agents: A+B`, and each model and option under its own name where both have it, with `_a`
 * and `_b` behind it where they differ; what disturbed a pass has `side: client` and marks its answers as `tainted`. Warm-ups have `status: warmup`.
 */
export function agentRecords(run: AgentsRun, source: AgentRecordsSource): MetricRecord[] {
  const passes = [run.together, ...(run.alone ? [run.alone] : [])]
  const records = [...passes.flatMap((pass) => [...answerRecords(run, pass, source), ...clientRecords(run, pass, source)]), ...comparisonRecords(run, source)]
  return run.warmup ? records.map((record) => (record.status === 'ok' ? { ...record, status: 'warmup' } : record)) : records
}

function answerRecords(run: AgentsRun, pass: Pass, { agents, scenario, file }: AgentRecordsSource): MetricRecord[] {
  return AGENTS.flatMap((id) => {
    const answer = pass.answers[id]
    if (!answer) return []
    const { model, persona } = agents[id]
    const records = measurementRecords(answer.measurements, {
      model: model.name,
      provider: model.provider,
      stage: TASK_OF[id],
      options: model.options,
      file,
      ...(run.startedAt ? { time: run.startedAt.toISOString() } : {}),
      attributes: { agent: id, persona: persona.version, mode: pass.mode, ...(scenario === undefined ? {} : { scenario }), run: run.run, ...(pass.certificate ? taintAttribute(pass.certificate) : {}) },
    })
    return worked(answer) ? records : records.map((record) => ({ ...record, status: 'error' as const }))
  })
}

/** Of both together: what disturbed one may have disturbed the other. */
function clientRecords(run: AgentsRun, { mode, certificate }: Pass, { agents: { A, B }, scenario, file }: AgentRecordsSource): MetricRecord[] {
  if (!certificate) return []
  const either = (a: string, b: string) => (a === b ? a : `${a} + ${b}`)
  return certificateRecords(certificate, {
    model: either(A.model.name, B.model.name),
    provider: either(A.model.provider, B.model.provider),
    stage: 'analysis+report',
    options: {},
    file,
    ...(run.startedAt ? { time: run.startedAt.toISOString() } : {}),
    attributes: { agents: 'A+B', mode, ...(scenario === undefined ? {} : { scenario }), run: run.run, ...taintAttribute(certificate) },
  })
}

function comparisonRecords(run: AgentsRun, source: AgentRecordsSource): MetricRecord[] {
  const { agents, scenario, file } = source
  const { comparison, together } = run
  const shared = { ...both(agents), ...(scenario === undefined ? {} : { scenario }), run: run.run }
  const pair = { agents: 'A+B', ...shared }
  const { delta, contention, ...whole } = comparison
  const figures: Figure[] = [
    { metric: 'duration', unit: 's', better: 'lower', value: whole.seconds, attributes: { ...pair, mode: together.mode } },
    { metric: 'duration', unit: 's', better: 'lower', value: whole.sequentialSeconds, attributes: { ...pair, mode: 'alone' } },
    { metric: 'speedup', unit: '1', better: 'higher', value: whole.speedup, attributes: pair },
    { metric: 'efficiency', unit: '1', better: 'higher', value: whole.efficiency, attributes: pair },
    { metric: 'ideal_speedup', unit: '1', better: null, value: whole.idealSpeedup, attributes: pair },
    { metric: 'ttft', unit: 's', better: 'lower', stat: 'delta', value: delta.ttft, attributes: { ...shared, agent: 'B', against: 'A', mode: together.mode } },
    { metric: rateMetric(delta.rate?.unit), unit: delta.rate?.unit ?? '', better: 'higher', stat: 'delta', value: delta.rate?.value, attributes: { ...shared, agent: 'B', against: 'A', mode: together.mode } },
    ...AGENTS.flatMap((id): Figure[] => [
      { metric: 'ttft_contention', unit: '1', better: 'lower', value: contention[id]?.ttft, attributes: { ...shared, agent: id } },
      { metric: 'throughput_contention', unit: '1', better: 'lower', value: contention[id]?.rate, attributes: { ...shared, agent: id } },
    ]),
  ]
  const place = JSON.stringify([run.run, run.warmup, run.startedAt?.toISOString(), shared])
  return figures.flatMap((figure) => {
    const id = `${digest(`${place} ${figure.value}`, 16)}-${digest(JSON.stringify([figure.metric, figure.stat ?? 'value', figure.attributes]), 8)}`
    return figureRecord(figure, { status: 'ok', time: run.startedAt?.toISOString(), file, id })
  })
}

function rateMetric(unit: string | undefined): string {
  return unit === '{chunk}/s' ? 'chunk_throughput' : 'decode_throughput'
}

const RESERVED = new Set(['agents', 'agent', 'against', 'mode', 'scenario', 'run', '__proto__'])

/** `num_ctx` where both agents have it alike, `num_ctx_a` and `num_ctx_b` where they do not. */
function both(agents: Agents): Record<string, AttributeValue> {
  const settings = (id: AgentId): Record<string, AttributeValue> => ({ model: agents[id].model.name, provider: agents[id].model.provider, ...agents[id].model.options })
  const [a, b] = [settings('A'), settings('B')]
  const merged: Record<string, AttributeValue> = {}
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (RESERVED.has(key)) continue
    const [left, right] = [a[key], b[key]]
    if (left !== undefined && left === right) merged[key] = left
    else {
      if (left !== undefined) merged[`${key}_a`] = left
      if (right !== undefined) merged[`${key}_b`] = right
    }
  }
  return merged
}
