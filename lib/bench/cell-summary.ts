/** What all runs of each cell came to: the figures that are compared, with their spread, how requests ended, and what to mistrust. */

import type { AttributeValue, MetricRecord } from '../record/index.js'
import { Accumulator, type Group, type SummaryRow } from '../summary/index.js'
import type { BenchPlan } from './plan.js'
import { CLOSING_METRIC } from './bench-records.js'

/** In the order in which they are shown: per request, then per run. The results file has more. */
export const SHOWN_METRICS = [
  'ttft', 'ttft_with_queue', 'queue_duration', 'tpot', 'longest_pause', 'e2e_latency', 'e2e_latency_with_queue', 'load_duration', 'chunk_throughput', 'output_throughput', 'prompt_throughput', 'output_tokens',
  'system_output_throughput', 'request_throughput', 'goodput', 'goodput_ratio', 'requests', 'errors', CLOSING_METRIC,
] as const

export interface CellEnds {
  readonly group: Group
  /** How many measured requests ended so. */
  readonly ends: ReadonlyMap<string, number>
}

export interface BenchSummary {
  add(record: MetricRecord): void
  /** One for each shown metric and cell, in the order of the metrics, then of the cells. */
  rows(): readonly SummaryRow[]
  ends(): readonly CellEnds[]
  /** `num_gpu=60 run 3: ...`, the first few. */
  warnings(): readonly string[]
  /** What was brought about and could not be checked. */
  unchecked(): readonly string[]
  /** Attributes that tell one cell from another. */
  readonly by: readonly string[]
  /** Those of them that differ; the model where none does. */
  readonly varying: readonly string[]
}

const WARNINGS_KEPT = 50

/** State of one experiment; feed it every record, in any order. */
export function benchSummary(plan: BenchPlan): BenchSummary {
  const by = cellKeys(plan)
  const figures = new Accumulator({ by })
  const endings = new Accumulator({ by: [...by, 'end_state'] })
  const warnings: string[] = []
  let more = 0
  let measured = false
  let cacheTold = false
  const shown = new Set<string>(SHOWN_METRICS)
  const order = new Map<string, number>(SHOWN_METRICS.map((metric, at) => [metric, at]))
  return {
    by,
    varying: varyingKeys(plan),
    add(record) {
      measured ||= record.metric === 'prompt_tokens'
      cacheTold ||= record.metric === 'cached_prompt_tokens'
      if (shown.has(record.metric)) figures.add(record)
      else if (record.metric === 'ended_requests') endings.add(record)
      const said = record.attributes['warnings']
      // Of a warm-up run nothing is believed anyway.
      if (record.metric !== CLOSING_METRIC || said === undefined || record.status === 'warmup') return
      if (warnings.length < WARNINGS_KEPT) warnings.push(`${nameOf(record, by)}: ${String(said)}`)
      else more += 1
    },
    rows() {
      const rows = figures.rows().sort((a, b) => (order.get(a.metric) ?? 0) - (order.get(b.metric) ?? 0))
      // What no cell has a figure of would be lines of nothing.
      const told = new Set(rows.flatMap(({ metric, samples }) => (samples ? [metric] : [])))
      return rows.filter(({ metric }) => told.has(metric))
    },
    ends() {
      const cells = new Map<string, { group: Group; ends: Map<string, number> }>()
      for (const { group, samples } of endings.rows()) {
        if (!samples) continue
        const { end_state: state, ...own } = group
        const key = JSON.stringify(own)
        const cell = cells.get(key) ?? { group: own, ends: new Map<string, number>() }
        cells.set(key, cell)
        cell.ends.set(String(state), Math.round(samples.mean * samples.count))
      }
      return [...cells.values()]
    },
    warnings: () => (more === 0 ? warnings : [...warnings, `and ${more} more`]),
    unchecked: () => (measured && !cacheTold && plan.cache !== 'any' ? [`the server tells of no prompt tokens from its cache: --cache ${plan.cache} was brought about, not checked`] : []),
  }
}

/** The model, what varies over the grid, and what load was asked for. */
function cellKeys(plan: BenchPlan): readonly string[] {
  return [
    'model',
    ...(plan.models.length > 1 ? ['provider'] : []),
    ...plan.axes.map(({ name }) => name),
    ...(plan.concurrency.length > 0 ? ['concurrency'] : []),
    ...(plan.rates.length > 0 ? ['request_rate'] : []),
  ]
}

function varyingKeys(plan: BenchPlan): readonly string[] {
  const keys = [
    ...(plan.models.length > 1 ? ['model', 'provider'] : []),
    ...plan.axes.filter(({ values }) => values.length > 1).map(({ name }) => name),
    ...(plan.concurrency.length > 1 ? ['concurrency'] : []),
    ...(plan.rates.length > 1 ? ['request_rate'] : []),
  ]
  return keys.length > 0 ? keys : ['model']
}

function nameOf({ attributes }: MetricRecord, by: readonly string[]): string {
  const value = (key: string): AttributeValue | undefined => attributes[key]
  const settings = by.flatMap((key) => (value(key) === undefined ? [] : [key === 'model' ? String(value(key)) : `${key}=${String(value(key))}`]))
  return `${settings.join(' ')}, run ${String(value('run') ?? '')}`
}
