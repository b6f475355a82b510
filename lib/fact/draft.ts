/** A fact before it has an id: how much it matters decides where it is told. */

import type { Fact } from './fact.js'

export interface Draft extends Omit<Fact, 'type' | 'id'> {
  /** Where it stands in the telling; smaller is earlier. Drafts of one weight are in order of their score, and then keep the order in which they came. */
  readonly weight: number
  /** Among drafts of one weight: larger is earlier, see {@link scoreOf}. Absent is 0. */
  readonly score?: number
}

/** `at` is its place in the telling, from 0. */
export function numbered(draft: Draft, at: number): Fact {
  const fact: Fact & { weight?: number; score?: number } = { type: 'fact', id: `F${at + 1}`, ...draft }
  delete fact.weight
  delete fact.score
  return fact
}

/** So many of what spoils the figures stand up front. */
const UP_FRONT = 3

/** The largest of what spoils the figures move up, whatever kind they are. */
export function withWorstUpFront(drafts: readonly Draft[]): Draft[] {
  const spoils = drafts.filter(({ weight }) => weight === WEIGHT.moreSpoils)
  const front = new Set([...spoils].sort((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, UP_FRONT))
  return drafts.map((draft) => (front.has(draft) ? { ...draft, weight: WEIGHT.spoils } : draft))
}

/** Smallest weight first, of one weight the largest score, of one score as they came: what belongs together stays together. */
export function inOrder(drafts: readonly Draft[]): Draft[] {
  return [...drafts].sort((a, b) => a.weight - b.weight || (b.score ?? 0) - (a.score ?? 0))
}

/** The order of telling: a reader with ten facts gets the size of the thing, the headline metrics, and what went wrong. */
export const WEIGHT = {
  inventory: 0,
  /** Figures and comparison of the first headline metric, figures of the second. */
  headline: 100,
  failures: 200,
  /** What spoils the figures above and can be acted on: outliers, cold starts, runs and files that disagree; the largest first. */
  spoils: 210,
  /** Comparison of the second headline metric. */
  secondComparison: 220,
  records: 230,
  failedFiles: 240,
  /** The first comparison of each further metric. */
  otherComparisons: 250,
  /** Effects of settings, and spread. */
  topSpreads: 260,
  effects: 260,
  /** The same beyond the first few. */
  moreSpoils: 265,
  moreHeadline: 270,
  secondHeadlineComparisons: 271,
  missing: 280,
  freshness: 300,
  problems: 310,
  ranks: 315,
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
const RANKS: ReadonlyMap<string, number> = new Map(TELLING.map((metric, at) => [metric, at]))

/** 0 for the most telling metric, {@link NOT_TELLING} for one that is not known. */
export function tellingRank(metric: string): number {
  return RANKS.get(metric) ?? NOT_TELLING
}
