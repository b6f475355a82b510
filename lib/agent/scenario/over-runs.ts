/** Mean, spread and extremes of each figure over the runs that count. */

import type { MetricRecord } from '../../record/metric-record.js'
import { Accumulator, type Statistics } from '../../summary/index.js'
import { agentRecords, type AgentRecordsSource } from './agent-records.js'
import type { AgentsRun } from './runs.js'

export interface OverRuns {
  readonly metric: string
  readonly unit: string
  /** `A`, `B`, `A+B`, or `B - A` for a difference. */
  readonly who: string
  /** `concurrent`, `sequential`, `alone`; `""` for what is made of several. */
  readonly mode: string
  readonly statistics: Statistics
}

/** In the order of {@link SHOWN}; figures of failed answers and of warm-ups are in none. */
export function overRuns(runs: readonly AgentsRun[], agents: AgentRecordsSource['agents']): OverRuns[] {
  const accumulator = new Accumulator({ by: ['agents', 'agent', 'against', 'mode'] })
  for (const run of runs) for (const record of agentRecords(run, { agents, file: 'runs' })) accumulator.add(asSample(record))
  const rows = accumulator.rows().flatMap(({ metric, unit, group, samples }) => {
    if (!samples || !SHOWN.includes(metric)) return []
    const who = group['against'] === undefined ? String(group['agents'] ?? group['agent'] ?? '') : `${String(group['agent'])} - ${String(group['against'])}`
    return [{ metric, unit, who, mode: String(group['mode'] ?? ''), statistics: samples }]
  })
  return rows.sort((a, b) => SHOWN.indexOf(a.metric) - SHOWN.indexOf(b.metric))
}

const SHOWN: readonly string[] = [
  'ttft',
  'decode_throughput',
  'chunk_throughput',
  'output_tokens',
  'e2e_latency',
  'ttft_b_minus_a',
  'decode_throughput_b_minus_a',
  'chunk_throughput_b_minus_a',
  'duration',
  'speedup',
  'ideal_speedup',
  'efficiency',
  'ttft_contention',
  'throughput_contention',
]

/** Differences are counted like any sample here, under a name of their own. */
function asSample(record: MetricRecord): MetricRecord {
  return record.stat === 'delta' ? { ...record, metric: `${record.metric}_b_minus_a`, stat: 'value' } : record
}
