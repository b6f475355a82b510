/** The canonical metrics: what they are called, in which unit they make sense, and which direction is better. */

import type { Better } from './metric-record.js'

export interface CanonicalMetric {
  readonly name: string
  /** Base units that fit. An unknown unit fits too, unless `needsUnit`. */
  readonly units: readonly string[]
  readonly better: Better
  /** Other spellings in snake_case, without unit and statistic. */
  readonly aliases?: readonly string[]
  /** Spellings so short that only a fitting unit makes them this metric: `load`, `cpu`. */
  readonly shortAliases?: readonly string[]
  /** The unit that the name alone implies, where a file gives none. */
  readonly implied?: string
}

const TIME = ['s']
const RATE = ['{token}/s']
const BYTES = ['By']
const SHARE = ['1']

export const CANONICAL: readonly CanonicalMetric[] = [
  lower('ttft', TIME, ['time_to_first_token', 'first_token_latency', 'first_token_time', 'ttft_time', 'time_to_first_token_ttft']),
  lower('itl', TIME, ['inter_token_latency', 'intertoken_latency', 'time_between_tokens', 'tbt']),
  lower('tpot', TIME, ['time_per_output_token', 'time_per_token']),
  lower('e2e_latency', TIME, ['e2el', 'e2e', 'end_to_end_latency', 'end_to_end_time', 'request_latency', 'e2e_request_latency']),
  lower('latency', TIME, ['lat', 'response_time', 'latencies']),
  lower('load_duration', TIME, ['load_time', 'model_load_time', 'model_load_duration', 'model_loading_time'], ['load']),
  lower('prompt_eval_duration', TIME, ['prompt_eval_time', 'prompt_evaluation_time', 'prefill_time', 'prefill_duration', 'prompt_processing_time'], ['prompt_eval']),
  lower('eval_duration', TIME, ['eval_time', 'evaluation_time', 'decode_time', 'decode_duration'], ['eval']),
  lower('total_duration', TIME, ['total_time']),
  lower('queue_duration', TIME, ['queue_time', 'queue_wait', 'queue_wait_time', 'queueing_time'], ['queue']),
  lower('compile_time', TIME, ['compilation_time', 'compile_duration', 'build_time'], ['compile']),
  lower('duration', TIME, ['time', 'elapsed', 'elapsed_time', 'runtime', 'run_time', 'wall_time', 'wall_clock_time', 'execution_time', 'exec_time', 'time_taken', 'durations', 'times', 'timing']),
  higher('output_throughput', RATE, ['output_token_throughput', 'generation_throughput', 'token_throughput', 'output_tokens_throughput', 'eval_rate', 'token_generation_speed', 'generation_speed', 'decode_speed'], ['throughput', 'speed', 'generation', 'decode', 'output', 'eval', 'generated', 'tp']),
  higher('prompt_throughput', RATE, ['prefill_throughput', 'prompt_eval_rate', 'prompt_eval_speed', 'input_throughput', 'input_token_throughput', 'prompt_processing_speed', 'prefill_speed'], ['prompt', 'prefill', 'input', 'prompt_eval', 'prompt_processing']),
  higher('total_throughput', RATE, ['total_token_throughput'], ['total']),
  higher('request_throughput', ['{request}/s'], ['req_throughput'], ['throughput']),
  higher('throughput', ['{operation}/s', '{iteration}/s', '{query}/s', '{sample}/s', '{image}/s', '{frame}/s', '{row}/s', '{message}/s', '{event}/s', '{transaction}/s', '{record}/s', '{item}/s', '{step}/s', '{line}/s', '{word}/s', '{char}/s', '{document}/s', '{flop}/s', 'By/s']),
  count('output_tokens', '{token}', ['eval_count', 'completion_tokens', 'generated_tokens', 'tokens_generated', 'num_output_tokens', 'output_token_count', 'generated_token_count', 'total_output_tokens', 'number_output_tokens']),
  count('prompt_tokens', '{token}', ['prompt_eval_count', 'input_tokens', 'prompt_token_count', 'num_prompt_tokens', 'input_token_count', 'total_input_tokens', 'number_input_tokens']),
  count('total_tokens', '{token}', ['total_token_count', 'number_total_tokens']),
  count('requests', '{request}', ['request_count']),
  { ...count('errors', '', ['error_count', 'failed', 'failures', 'failed_requests', 'failure_count', 'num_errors', 'num_failed']), units: ['', '1', '{request}'], better: 'lower' },
  lower('memory_used', BYTES, ['memory_usage', 'used_memory', 'mem_used', 'mem_usage', 'ram_used', 'ram_usage', 'memory_footprint', 'rss', 'resident_memory'], ['memory', 'mem', 'ram']),
  lower('gpu_memory_used', BYTES, ['gpu_memory', 'gpu_memory_usage', 'gpu_mem', 'gpu_mem_used', 'vram', 'vram_used', 'vram_usage', 'cuda_memory', 'gpu_vram']),
  higher('memory_bandwidth', ['By/s'], ['effective_bandwidth', 'memory_throughput', 'effective_memory_bandwidth']),
  known('gpu_utilization', SHARE, null, ['gpu_util', 'utilization_gpu', 'gpu_usage'], ['gpu']),
  known('cpu_utilization', SHARE, null, ['cpu_util', 'cpu_usage', 'utilization_cpu'], ['cpu']),
  known('memory_utilization', SHARE, null, ['mem_util', 'memory_util'], ['memory', 'mem', 'ram']),
  lower('power', ['W'], ['power_draw', 'power_usage', 'power_consumption', 'gpu_power']),
  lower('energy', ['J'], ['energy_consumption', 'energy_consumed', 'total_energy']),
  { ...lower('temperature', ['Cel'], [], ['temp', 'gpu_temp', 'gpu_temperature', 'cpu_temp', 'cpu_temperature', 'temperature_gpu']) },
  lower('model_size', BYTES, ['model_file_size', 'model_disk_size']),
  higher('accuracy', ['1', ''], ['acc']),
  higher('score', ['1', ''], []),
  higher('pass_rate', ['1', ''], ['success_rate_pass']),
  lower('loss', ['1', '']),
  lower('perplexity', ['1', ''], ['ppl']),
  { ...higher('speedup', SHARE, ['speed_up', 'speed_ratio', 'concurrency_speedup']), implied: '1' },
  higher('efficiency', SHARE, ['parallel_efficiency']),
]

export interface Resolution {
  readonly metric: string
  readonly canonical: boolean
  readonly better: Better
  /** Base unit implied by the name, for a number that came without one. */
  readonly implied?: string
}

interface Candidate {
  readonly entry: CanonicalMetric
  readonly short: boolean
}

const byAlias = indexAliases()

/**
 * The canonical metric for a name in snake_case and the base unit of its numbers (`undefined` when unknown); otherwise the
 * name itself, with a direction only where name or unit make it plain.
 */
export function resolve(name: string, unit: string | undefined): Resolution {
  for (const { entry, short } of byAlias.get(name) ?? []) {
    if (unit === undefined || unit === '' ? !short : entry.units.includes(unit)) {
      return { metric: entry.name, canonical: true, better: entry.better, ...(entry.implied === undefined ? {} : { implied: entry.implied }) }
    }
  }
  const implied = IMPLIED.find(([pattern]) => pattern.test(name))?.[1]
  return { metric: name, canonical: false, better: directionOf(name, unit), ...(implied === undefined ? {} : { implied }) }
}

/** Whether the name is one that some canonical metric goes by, whatever the unit. */
export function isKnownMetric(name: string): boolean {
  return byAlias.get(name)?.some(({ short }) => !short) ?? false
}

/** Names whose last word says what is counted. */
const IMPLIED: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)tokens$/, '{token}'],
  [/(?:^|_)token_count$/, '{token}'],
  [/(?:^|_)(?:chars|characters)$/, '{char}'],
]

const MORE_IS_BETTER = /(?:^|_)(?:accuracy|acc|f1|recall|precision|score|throughput|speedup|efficiency|success|hit_rate|pass|passed|quality|gflops|tflops|bandwidth|goodput|auc|bleu|rouge|iou|map|ndcg|mrr)(?:_|$)/
const LESS_IS_BETTER = /(?:^|_)(?:latency|latencies|time|duration|delay|error|errors|loss|memory|vram|rss|size|perplexity|ppl|cost|overhead|failures?|failed|timeouts?|wer|mae|rmse|mse|energy|power|footprint|penalty|contention|miss|misses|outliers?|anomalies|ttft|itl|tpot|jitter)(?:_|$)/

function directionOf(name: string, unit: string | undefined): Better {
  if (/(?:^|_)(?:stderr|std_err|standard_error|score_error)$/.test(name)) return null
  if (/(?:^|_)(?:headroom|free|available)(?:_|$)/.test(name)) return 'higher'
  // `error_rate` is a rate of errors, so the bad words are looked at first.
  if (LESS_IS_BETTER.test(name)) return 'lower'
  if (unit === 's') return 'lower'
  if (MORE_IS_BETTER.test(name)) return 'higher'
  return unit !== undefined && /^\{\w+\}\/s$/.test(unit) ? 'higher' : null
}

function indexAliases(): Map<string, Candidate[]> {
  const index = new Map<string, Candidate[]>()
  const add = (alias: string, candidate: Candidate) => {
    const list = index.get(alias) ?? []
    list.push(candidate)
    index.set(alias, list)
  }
  for (const entry of CANONICAL) {
    for (const alias of [entry.name, ...(entry.aliases ?? [])]) add(alias, { entry, short: false })
    for (const alias of entry.shortAliases ?? []) add(alias, { entry, short: true })
  }
  // A fitting unit decides between candidates; without a unit the plain alias wins over the short one.
  return index
}

function known(name: string, units: readonly string[], better: Better, aliases: readonly string[], shortAliases: readonly string[] = []): CanonicalMetric {
  return { name, units, better, aliases, shortAliases }
}

function lower(name: string, units: readonly string[], aliases: readonly string[] = [], shortAliases: readonly string[] = []): CanonicalMetric {
  return known(name, units, 'lower', aliases, shortAliases)
}

function higher(name: string, units: readonly string[], aliases: readonly string[] = [], shortAliases: readonly string[] = []): CanonicalMetric {
  return known(name, units, 'higher', aliases, shortAliases)
}

function count(name: string, unit: string, aliases: readonly string[]): CanonicalMetric {
  return { name, units: [unit, '1'], better: null, aliases, implied: unit }
}
