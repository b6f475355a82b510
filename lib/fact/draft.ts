/** A fact before it has an id: how much it matters decides where it is told. */

import type { Fact } from './fact.js'

export interface Draft extends Omit<Fact, 'type' | 'id'> {
  /** Where it stands in the telling; smaller is earlier. Drafts of one weight keep their order. */
  readonly weight: number
}

/** `at` is its place in the telling, from 0. */
export function numbered(draft: Draft, at: number): Fact {
  const fact: Fact & { weight?: number } = { type: 'fact', id: `F${at + 1}`, ...draft }
  delete fact.weight
  return fact
}

/** The order of telling: a reader with ten facts gets the size of the thing, the headline metrics, and what went wrong. */
export const WEIGHT = {
  inventory: 0,
  /** Figures and comparison of the first headline metric, figures of the second. */
  headline: 100,
  failures: 200,
  topOutlier: 210,
  /** Comparison of the second headline metric. */
  secondComparison: 220,
  records: 230,
  failedFiles: 240,
  /** The first comparison of each further metric. */
  otherComparisons: 250,
  topSpreads: 260,
  effects: 265,
  moreHeadline: 270,
  secondHeadlineComparisons: 271,
  missing: 280,
  problems: 310,
  secondComparisons: 320,
  otherFigures: 330,
  outliers: 335,
  thirdComparisons: 340,
  settings: 400,
  spread: 510,
  restated: 600,
} as const

/** In this order metrics are told; of a metric not listed only comparisons are, and after these. */
const TELLING: readonly string[] = [
  'output_throughput', 'ttft', 'total_throughput', 'prompt_throughput', 'request_throughput', 'throughput',
  'e2e_latency', 'itl', 'tpot', 'latency', 'duration', 'total_duration', 'speedup', 'efficiency',
  'load_duration', 'prompt_eval_duration', 'eval_duration', 'queue_duration', 'compile_time',
  'accuracy', 'pass_rate', 'score', 'perplexity', 'gpu_memory_used', 'memory_used', 'memory_bandwidth',
  'gpu_utilization', 'cpu_utilization', 'power', 'energy', 'temperature', 'model_size',
]

/** They grow with the length of prompt and answer, which differs between runs: a shorter answer is neither better nor a sign of stability. */
export const BOUND_TO_WORK: ReadonlySet<string> = new Set(['eval_duration', 'prompt_eval_duration', 'total_duration'])

export const NOT_TELLING = TELLING.length

/** 0 for the most telling metric, {@link NOT_TELLING} for one that is not known. */
export function tellingRank(metric: string): number {
  const at = TELLING.indexOf(metric)
  return at < 0 ? NOT_TELLING : at
}
