/** Results as a page gets them: rows, samples, runs and arrivals, a few lines each. */

import type { PageData } from '../../lib/report/index.js'
import type { SummaryRow } from '../../lib/summary/index.js'
import { place } from './figures.js'

export function measured(metric: string, unit: string, model: string, values: readonly number[], more: Partial<SummaryRow> = {}): SummaryRow {
  const sorted = [...values].sort((a, b) => a - b)
  const [min = 0, max = 0, p50 = 0] = [sorted[0], sorted.at(-1), sorted[Math.floor((sorted.length - 1) / 2)]]
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    type: 'summary', metric, unit, better: unit === 's' ? 'lower' : 'higher', group: { model }, aggregates: [], failed: 0, warmup: 0, varied: {}, files: ['runs.csv'], fileCount: 1,
    samples: { count: values.length, mean, min, max, p50, p90: max, p95: max, p99: max, quantileError: 0, minAt: place('runs.csv', 2), maxAt: place('runs.csv', 3) },
    ...more,
  }
}

/** Two metrics of these models, each run with a wait and a speed. */
export function twoMetrics(models: readonly string[]): PageData {
  const waits = (at: number) => [0.05, 0.06, 0.07, 4].map((value) => value * (at + 1))
  const speeds = (at: number) => [100, 101, 104, 99].map((value) => value / (at + 1))
  const set = (metric: string, unit: string, model: string, values: readonly number[]) => ({ metric, unit, group: { model }, count: values.length, values: [...values].sort((a, b) => a - b) })
  return {
    rows: models.flatMap((model, at) => [measured('output_throughput', '{token}/s', model, speeds(at), { failed: at }), measured('ttft', 's', model, waits(at))]),
    sampled: {
      sets: models.flatMap((model, at) => [set('output_throughput', '{token}/s', model, speeds(at)), set('ttft', 's', model, waits(at))]),
      runs: models.flatMap((model, at) => waits(at).map((x, run) => ({ group: { model }, x, y: speeds(at)[run] ?? 0, at: place('runs.csv', 4 * at + run + 2) }))),
      runCount: 4 * models.length,
    },
    timelines: [{ stage: 'report', arrivals: [0.5, 0.6, 0.7, 2.2, 2.3], pieces: 5 }],
  }
}
