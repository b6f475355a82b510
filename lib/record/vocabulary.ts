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
const RATE = ['{token}/s', '{token}/s/{user}', '{token}/s/{gpu}']
const BYTES = ['By']
const SHARE = ['1']

export const CANONICAL: readonly CanonicalMetric[] = [
  lower('ttft', TIME, ['time_to_first_token', 'first_token_latency', 'first_token_time', 'ttft_time', 'time_to_first_token_ttft', 'ttft_latency', 'time_to_1st_token', 'first_time_to_token'], ['first_token']),
  lower('itl', TIME, ['inter_token_latency', 'intertoken_latency', 'time_between_tokens', 'tbt', 'inter_token_time', 'inter_token_delay', 'token_interval', 'inter_token', 'inter_token_latencies']),
  lower('tpot', TIME, ['time_per_output_token', 'time_per_token', 'latency_per_token', 'per_token_latency', 'per_token_time', 'per_output_token_latency', 'time_per_generated_token', 'token_latency', 'decode_latency_per_token', 'decode_time_per_token', 'latency_per_output_token', 'output_token_latency']),
  lower('e2e_latency', TIME, ['e2el', 'e2e', 'e2e_time', 'e2e_duration', 'end_to_end', 'end_to_end_latency', 'end_to_end_time', 'end_to_end_duration', 'end_to_end_request_latency', 'request_latency', 'e2e_request_latency', 'request_latencies', 'full_response_latency']),
  lower('latency', TIME, ['lat', 'response_time', 'response_latency', 'latencies', 'response_times']),
  lower('load_duration', TIME, ['load_time', 'model_load_time', 'model_load_duration', 'model_loading_time', 'loading_time', 'load_latency'], ['load', 'model_load', 'loading', 'model_loading']),
  lower('prompt_eval_duration', TIME, ['prompt_eval_time', 'prompt_evaluation_time', 'prefill_time', 'prefill_duration', 'prompt_processing_time', 'prompt_time', 'prompt_evaluation_duration', 'prefill_latency', 'prompt_eval_latency', 'pp_time'], ['prompt_eval', 'prefill', 'prompt_processing']),
  lower('eval_duration', TIME, ['eval_time', 'evaluation_time', 'decode_time', 'decode_duration', 'decoding_time', 'evaluation_duration', 'decode_latency', 'tg_time'], ['eval', 'decode', 'decoding']),
  lower('total_duration', TIME, ['total_time'], ['total']),
  lower('queue_duration', TIME, ['queue_time', 'queue_wait', 'queue_wait_time', 'queueing_time', 'queuing_time', 'queue_latency', 'queue_delay', 'time_in_queue', 'queue_times', 'waiting_time'], ['queue', 'queueing', 'queuing']),
  lower('compile_time', TIME, ['compilation_time', 'compile_duration', 'compilation_duration', 'compile_latency'], ['compile', 'compilation']),
  lower('duration', TIME, ['time', 'elapsed', 'elapsed_time', 'runtime', 'run_time', 'wall_time', 'wall_clock_time', 'execution_time', 'exec_time', 'time_taken', 'durations', 'times', 'timing', 'wall', 'wall_clock', 'wallclock', 'walltime', 'elapsed_wall_time', 'wall_time_clock', 'runtimes', 'processing_time', 'time_elapsed', 'time_per_op', 'time_per_operation', 'time_per_iteration', 'time_per_iter'], ['real']),
  higher('output_throughput', RATE, ['output_token_throughput', 'generation_throughput', 'token_throughput', 'tokens_throughput', 'output_tokens_throughput', 'eval_rate', 'token_generation_speed', 'token_generation_rate', 'generation_speed', 'generation_rate', 'decode_speed', 'decode_rate', 'decoding_speed', 'decoding_throughput', 'gen_throughput', 'gen_speed', 'output_speed', 'output_token_rate', 'eval_throughput', 'generated_token_throughput', 'inference_speed', 'token_rate', 'token_speed', 'output_rate', 'tg_throughput', 'completion_throughput'], ['throughput', 'speed', 'rate', 'generation', 'gen', 'decode', 'decoding', 'output', 'eval', 'generated', 'tp', 'tg', 'completion', 'generation_phase', 'out', 'token_generation', 'text_generation', 'inference', 'throughput_per_user', 'throughput_per_gpu']),
  // Under this very name only: what others call decoding speed is seldom told apart from the rate of a whole answer.
  higher('decode_throughput', RATE, [], []),
  higher('prompt_throughput', RATE, ['prefill_throughput', 'prompt_eval_rate', 'input_throughput', 'input_token_throughput', 'input_tokens_throughput', 'prompt_token_throughput', 'prompt_processing_speed', 'prompt_processing_rate', 'prompt_processing_throughput', 'prefill_speed', 'prefill_rate', 'prompt_speed', 'prompt_rate', 'prompt_eval_speed', 'prompt_eval_throughput', 'pp_throughput', 'pp_speed', 'input_speed'], ['prompt', 'prefill', 'input', 'prompt_eval', 'prompt_processing', 'pp', 'context_processing']),
  higher('system_output_throughput', RATE),
  higher('total_throughput', RATE, ['total_token_throughput', 'total_tokens_throughput', 'overall_throughput', 'total_tps', 'combined_throughput'], ['total', 'combined']),
  higher('request_throughput', ['{request}/s'], ['req_throughput', 'requests_throughput', 'request_rate_achieved'], ['throughput', 'request', 'requests', 'completed_requests', 'num_completed_requests', 'successful_requests', 'num_completed', 'completed']),
  higher('throughput', ['{operation}/s', '{iteration}/s', '{query}/s', '{sample}/s', '{image}/s', '{frame}/s', '{row}/s', '{message}/s', '{event}/s', '{transaction}/s', '{record}/s', '{item}/s', '{step}/s', '{line}/s', '{word}/s', '{char}/s', '{document}/s', '{flop}/s', '{batch}/s', '{packet}/s', '{file}/s', '{call}/s', '{prompt}/s', '{element}/s', '{video}/s', 'By/s'], ['thrpt']),
  count('output_tokens', '{token}', ['eval_count', 'completion_tokens', 'generated_tokens', 'tokens_generated', 'num_output_tokens', 'output_token_count', 'generated_token_count', 'total_output_tokens', 'number_output_tokens', 'completion_token_count', 'total_generated_tokens', 'num_generated_tokens', 'n_generated_tokens', 'total_completion_tokens', 'tokens_out', 'out_tokens', 'tokens_output', 'gen_tokens', 'num_completion_tokens', 'num_tokens_generated', 'new_tokens', 'decode_tokens']),
  count('prompt_tokens', '{token}', ['prompt_eval_count', 'input_tokens', 'prompt_token_count', 'num_prompt_tokens', 'input_token_count', 'total_input_tokens', 'number_input_tokens', 'total_prompt_tokens', 'num_input_tokens', 'prefill_tokens', 'tokens_input']),
  count('total_tokens', '{token}', ['total_token_count', 'number_total_tokens', 'num_total_tokens', 'total_num_tokens', 'tokens_total']),
  count('requests', '{request}', ['request_count']),
  { ...count('errors', '', ['error_count', 'failed', 'failures', 'failed_requests', 'failure_count', 'num_errors', 'num_failed', 'num_failed_requests', 'num_failures', 'total_errors', 'errored_requests', 'number_errors', 'requests_failed', 'failed_request_count', 'error_request_count', '#wrong']), units: ['', '1', '{request}', '{error}', '{failure}'], better: 'lower' },
  lower('memory_used', BYTES, ['memory_usage', 'used_memory', 'mem_used', 'mem_usage', 'ram_used', 'ram_usage', 'memory_footprint', 'rss', 'resident_memory', 'memory_consumption', 'ram_consumption', 'rss_memory', 'memory_rss', 'resident_set_size', 'cpu_memory', 'cpu_mem', 'process_memory', 'system_memory_used', 'memory_allocated', 'allocated_memory', 'cpu_memory_usage', 'mem_rss', 'rss_mem'], ['memory', 'mem', 'ram']),
  lower('gpu_memory_used', BYTES, ['gpu_memory', 'gpu_memory_usage', 'gpu_mem', 'gpu_mem_used', 'vram', 'vram_used', 'vram_usage', 'cuda_memory', 'gpu_vram', 'gpu_memory_allocated', 'cuda_memory_allocated', 'vram_allocated', 'vram_consumption', 'gpu_memory_consumption', 'cuda_mem', 'memory_used_gpu', 'gpu_mem_usage', 'gpu_used_memory', 'gpu_allocated_memory', 'vram_footprint', 'gpu_peak_memory', 'gpu_mem_allocated']),
  higher('algbw', ['By/s'], ['algorithm_bandwidth', 'alg_bw']),
  higher('busbw', ['By/s'], ['bus_bandwidth', 'bus_bw']),
  higher('memory_bandwidth', ['By/s'], ['effective_bandwidth', 'memory_throughput', 'effective_memory_bandwidth', 'mem_bandwidth', 'mem_bw', 'memory_bw', 'dram_bandwidth', 'hbm_bandwidth', 'dram_throughput', 'gpu_memory_bandwidth']),
  known('gpu_utilization', SHARE, null, ['gpu_util', 'utilization_gpu', 'gpu_usage', 'gpu_load', 'gpu_utilisation', 'gpu_busy', 'gpu_core_utilization'], ['gpu']),
  known('cpu_utilization', SHARE, null, ['cpu_util', 'cpu_usage', 'cpu_used', 'utilization_cpu', 'cpu_load', 'cpu_utilisation', 'cpu_busy'], ['cpu']),
  known('memory_utilization', SHARE, null, ['mem_util', 'memory_util', 'ram_utilization', 'ram_util', 'memory_utilisation', 'mem_utilization'], ['memory', 'mem', 'ram', 'memory_usage', 'mem_usage', 'ram_usage', 'memory_used']),
  lower('power', ['W'], ['power_draw', 'power_usage', 'power_consumption', 'gpu_power', 'gpu_power_draw', 'gpu_power_usage', 'cpu_power', 'package_power', 'board_power', 'system_power', 'power_avg', 'wattage']),
  lower('energy', ['J'], ['energy_consumption', 'energy_consumed', 'total_energy', 'energy_used', 'energy_usage', 'gpu_energy', 'cpu_energy']),
  { ...lower('temperature', ['Cel'], [], ['temp', 'gpu_temp', 'gpu_temperature', 'cpu_temp', 'cpu_temperature', 'temperature_gpu']) },
  lower('model_size', BYTES, ['model_file_size', 'model_disk_size']),
  higher('accuracy', ['1', ''], ['acc', 'acc_score', 'accuracy_score', 'accuracy_rate', 'overall_accuracy', 'top1_accuracy', 'top_1_accuracy']),
  higher('score', ['1', ''], ['per_example_scores']),
  higher('exact_match', ['1', ''], ['em', 'exact_match_score', 'exact_match_accuracy']),
  ...[1, 5, 10, 100].map((k) => higher(`pass_at_${k}`, ['1', ''], [`pass_${k}`, `passat${k}`])),
  higher('bleu', ['1', ''], ['bleu_score', 'sacrebleu', 'sacre_bleu']),
  higher('pass_rate', ['1', ''], ['success_rate_pass']),
  lower('loss', ['1', ''], ['loss_value']),
  lower('perplexity', ['1', ''], ['ppl']),
  { ...higher('speedup', SHARE, ['speed_up', 'speed_ratio', 'concurrency_speedup', 'speedup_ratio', 'speedup_factor', 'speed_up_ratio', 'speedups', 'times_faster']), implied: '1' },
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

/** What a number is called that has only a unit. */
export function nameless(unit: string | undefined): string {
  if (unit === 's') return 'duration'
  if (unit === 'W') return 'power'
  if (unit === 'J') return 'energy'
  return PER_OPERATION.get(unit ?? '') ?? (unit?.endsWith('/s') ? 'throughput' : 'value')
}

const PER_OPERATION: ReadonlyMap<string, string> = new Map(['operation', 'iteration', 'call'].flatMap((done) => [[`By/{${done}}`, 'memory_allocated'], [`{allocation}/{${done}}`, 'allocations']]))

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

const MORE_IS_BETTER = /(?:^|_)(?:accuracy|acc|f1|recall|precision|score|throughput|speedup|efficiency|success|hit_rate|pass|passed|quality|gflops|tflops|bandwidth|goodput|auc|auroc|bleu|rouge|rouge_?[12l]|rougel(?:sum)?|meteor|iou|miou|map|ndcg|mrr|psnr|ssim|exact_match|correct|win_rate|mfu|acceptance_rate|accept_length|fps|ops|iops|qps|tps|rps)(?:_|$)/
const LESS_IS_BETTER = /(?:^|_)(?:latency|latencies|time|duration|delay|error|errors|loss|memory|vram|rss|size|perplexity|ppl|cost|overhead|failures?|failed|timeouts?|wer|cer|mae|mape|rmse|mse|fid|stddev|energy|power|footprint|penalty|contention|miss|misses|stall|stalls|evictions?|preemptions?|retries|dropped|allocations?|allocated|allocs|latencies|lag|wait|runtime|elapsed|outliers?|anomalies|ttft|itl|tpot|jitter)(?:_|$)/

const RATE_OF_TIME = /(?:^|_)(?:time|duration|latency|runtime|elapsed)(?:_|$)/

function directionOf(name: string, unit: string | undefined): Better {
  if (/(?:^|_)(?:stderr|std_err|standard_error|score_error)$/.test(name)) return null
  if (/(?:^|_)(?:headroom|free|available|savings?|saved)(?:_|$)/.test(name)) return 'higher'
  // `Read time (MB/s)` is a rate all the same.
  if (unit !== undefined && /^(?:By|\{\w+\})\/s$/.test(unit) && RATE_OF_TIME.test(name) && !LESS_IS_BETTER.test(name.replace(/(?:^|_)(?:time|duration|latency|runtime|elapsed)(?=_|$)/g, ''))) return 'higher'
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
