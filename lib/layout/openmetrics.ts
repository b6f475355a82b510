/** Prometheus text, OpenMetrics, and what the HTTP API of Prometheus answers. */

import { IGNORE } from './field.js'
import type { KnownMetric, Layout, LayoutField, LongForm } from './layout.js'
import { SEMANTIC_CONVENTIONS } from './otlp.js'

const seconds = (metric: string): KnownMetric => ({ metric, unit: 's', better: 'lower' })
const level = (metric: string, unit: string, better?: 'higher' | 'lower' | 'none'): KnownMetric => ({ metric, unit, ...(better && { better }) })

/** Language model servers, exporters of hardware, and what client libraries put in themselves. */
const METRICS: Readonly<Record<string, KnownMetric>> = {
  ...SEMANTIC_CONVENTIONS,
  'vllm:time_to_first_token_seconds': seconds('ttft'),
  'vllm:time_per_output_token_seconds': seconds('tpot'),
  'vllm:request_time_per_output_token_seconds': seconds('tpot'),
  'vllm:inter_token_latency_seconds': seconds('itl'),
  'vllm:e2e_request_latency_seconds': seconds('e2e_latency'),
  'vllm:request_queue_time_seconds': seconds('queue_duration'),
  'vllm:request_prefill_time_seconds': seconds('prompt_eval_duration'),
  'vllm:request_decode_time_seconds': seconds('eval_duration'),
  'vllm:request_inference_time_seconds': seconds('inference_time'),
  'vllm:prompt_tokens': level('prompt_tokens', 'tokens', 'none'),
  'vllm:generation_tokens': level('output_tokens', 'tokens', 'none'),
  'vllm:request_prompt_tokens': level('prompt_tokens', 'tokens', 'none'),
  'vllm:request_generation_tokens': level('output_tokens', 'tokens', 'none'),
  'vllm:request_success': level('completed', 'requests', 'higher'),
  'vllm:num_requests_running': level('requests_running', 'requests', 'none'),
  'vllm:num_requests_waiting': level('requests_waiting', 'requests', 'lower'),
  'vllm:num_requests_swapped': level('requests_swapped', 'requests', 'lower'),
  'vllm:num_preemptions': level('preemptions', '', 'lower'),
  'vllm:gpu_cache_usage_perc': level('kv_cache_utilization', 'ratio', 'none'),
  'vllm:kv_cache_usage_perc': level('kv_cache_utilization', 'ratio', 'none'),
  'vllm:cpu_cache_usage_perc': level('cpu_kv_cache_utilization', 'ratio', 'none'),
  'vllm:gpu_prefix_cache_hit_rate': level('prefix_cache_hit_rate', 'ratio', 'higher'),
  'vllm:avg_prompt_throughput_toks_per_s': level('prompt_throughput', 'tokens/s'),
  'vllm:avg_generation_throughput_toks_per_s': level('output_throughput', 'tokens/s'),
  'vllm:cache_config_info': { ignore: true },
  'sglang:time_to_first_token_seconds': seconds('ttft'),
  'sglang:time_per_output_token_seconds': seconds('tpot'),
  'sglang:inter_token_latency_seconds': seconds('itl'),
  'sglang:e2e_request_latency_seconds': seconds('e2e_latency'),
  'sglang:prompt_tokens': level('prompt_tokens', 'tokens', 'none'),
  'sglang:generation_tokens': level('output_tokens', 'tokens', 'none'),
  'sglang:gen_throughput': level('output_throughput', 'tokens/s'),
  'sglang:token_usage': level('kv_cache_utilization', 'ratio', 'none'),
  'sglang:cache_hit_rate': level('prefix_cache_hit_rate', 'ratio', 'higher'),
  'sglang:num_running_reqs': level('requests_running', 'requests', 'none'),
  'sglang:num_queue_reqs': level('requests_waiting', 'requests', 'lower'),
  tgi_request_duration: seconds('e2e_latency'),
  tgi_request_queue_duration: seconds('queue_duration'),
  tgi_request_inference_duration: seconds('inference_time'),
  tgi_request_mean_time_per_token_duration: seconds('tpot'),
  tgi_request_generated_tokens: level('output_tokens', 'tokens', 'none'),
  tgi_request_input_length: level('prompt_tokens', 'tokens', 'none'),
  'llamacpp:prompt_tokens': level('prompt_tokens', 'tokens', 'none'),
  'llamacpp:tokens_predicted': level('output_tokens', 'tokens', 'none'),
  'llamacpp:prompt_seconds': seconds('prompt_eval_duration'),
  'llamacpp:tokens_predicted_seconds': seconds('eval_duration'),
  'llamacpp:prompt_tokens_seconds': level('prompt_throughput', 'tokens/s'),
  'llamacpp:predicted_tokens_seconds': level('output_throughput', 'tokens/s'),
  'llamacpp:kv_cache_usage_ratio': level('kv_cache_utilization', 'ratio', 'none'),
  'llamacpp:requests_processing': level('requests_running', 'requests', 'none'),
  'llamacpp:requests_deferred': level('requests_waiting', 'requests', 'lower'),
  DCGM_FI_DEV_GPU_UTIL: level('gpu_utilization', '%', 'none'),
  DCGM_FI_DEV_MEM_COPY_UTIL: level('gpu_memory_utilization', '%', 'none'),
  DCGM_FI_DEV_POWER_USAGE: level('power', 'W'),
  DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION: level('energy', 'mJ'),
  DCGM_FI_DEV_GPU_TEMP: level('temperature', '°C'),
  DCGM_FI_DEV_MEMORY_TEMP: level('gpu_memory_temperature', '°C', 'lower'),
  DCGM_FI_DEV_FB_USED: level('gpu_memory_used', 'MiB'),
  DCGM_FI_DEV_FB_FREE: level('gpu_memory_free', 'MiB', 'none'),
  DCGM_FI_DEV_SM_CLOCK: level('gpu_clock', 'MHz', 'none'),
  DCGM_FI_DEV_MEM_CLOCK: level('gpu_memory_clock', 'MHz', 'none'),
  DCGM_FI_PROF_GR_ENGINE_ACTIVE: level('gpu_utilization', 'ratio', 'none'),
  process_cpu_seconds: { metric: 'cpu_time', unit: 's', better: 'lower' },
  process_resident_memory_bytes: level('memory_used', 'By'),
  // Since when, not how long.
  process_start_time_seconds: { ignore: true },
  'process_max_fds': { ignore: true },
  up: level('up', '', 'higher'),
}

const ATTRIBUTES: Readonly<Record<string, LayoutField>> = {
  quantile: IGNORE,
  le: IGNORE,
  __name__: IGNORE,
  model_name: { role: 'attribute', name: 'model' },
  engine: { role: 'attribute', name: 'engine' },
}

const VALUE = { value: { stat: 'value' } } as const
const SAMPLE: Pick<LongForm, 'name' | 'unit' | 'written'> = { name: 'family', unit: 'unit', written: 'name' }
const ENDINGS = { _total: 'sum', _sum: 'sum', _count: 'count', _bucket: 'none', _created: 'none', _info: 'none' }

const TEXT: Layout = {
  name: 'openmetrics',
  tool: 'Prometheus text and OpenMetrics: units from # UNIT or the name, counters and histograms as sums',
  keys: ['family', 'name', 'part', 'type', 'labels', 'value'],
  long: [
    { ...SAMPLE, where: { part: 'total' }, values: { value: { stat: 'sum' } } },
    { ...SAMPLE, where: { part: 'sum' }, values: { value: { stat: 'sum' } } },
    { ...SAMPLE, where: { part: 'count' }, values: { value: { stat: 'count', unit: '1' } } },
    { ...SAMPLE, where: { part: 'value', type: 'summary' }, stat: 'labels.quantile', values: { value: {} } },
    { ...SAMPLE, where: { part: 'value', type: 'stateset' }, values: {} },
    { ...SAMPLE, where: { part: 'value' }, values: VALUE },
    { ...SAMPLE, values: {} },
  ],
  metrics: METRICS,
  pairs: ['labels'],
  fields: { ...ATTRIBUTES, timestamp: { role: 'time' }, name: IGNORE, part: IGNORE, type: IGNORE },
}

const API: Layout = {
  name: 'openmetrics',
  tool: 'Prometheus HTTP API, JSON: vectors and series with their labels',
  keys: ['status', 'data.resultType', 'data.result'],
  long: [{ at: 'data.result.*', name: 'metric.__name__', endings: ENDINGS, values: { value: { timed: true }, values: { timed: true } } }],
  metrics: METRICS,
  pairs: ['metric'],
  fields: { ...ATTRIBUTES, resultType: IGNORE },
}

export const OPENMETRICS: readonly Layout[] = [TEXT, API]
