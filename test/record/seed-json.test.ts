/** Every number in the JSON files of the seed corpus, by pointer, against hand-written expectations. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { corpus } from '../support/paths.js'
import { read } from './read.js'
import { filesUnder, seedFile } from './seed.js'

/** Pointer -> what must come of it; the first rule that fits decides, no rule means no record. */
type Rule = readonly [pointer: RegExp, metric: string, unit: string, stat: string, factor?: number]

const MIB = 2 ** 20
const GIB = 2 ** 30

const latency = (pointer: string, key: string, stat: string, factor = 1e-3): Rule => [new RegExp(`${pointer}/${key}$`), 'latency', 's', stat, factor]

const RUN = String.raw`^/timing(?:_stats/run_results/\d+)?`
const SYSTEM = String.raw`^/metrics/\d+/system`
const GPU = String.raw`^/metrics/\d+/gpu/\d+`
const PROCESS = String.raw`^/metrics/\d+/ollama/ollama_processes/\d+`

const KINDS: readonly (readonly [file: RegExp, rules: readonly Rule[]])[] = [
  [
    /baseline_test_results/,
    [
      [/^\/successful_tests$/, 'successful_tests', '', 'value'],
      [/^\/total_generation_time_ms$/, 'generation_time', 's', 'sum', 1e-3],
      [/^\/total_tokens$/, 'output_tokens', '{token}', 'sum'],
      [/^\/overall_tokens_per_second$/, 'output_throughput', '{token}/s', 'mean'],
      [/^\/results\/\d+\/generation_time_ms$/, 'generation_time', 's', 'value', 1e-3],
      [/^\/results\/\d+\/tokens$/, 'output_tokens', '{token}', 'value'],
      [/^\/results\/\d+\/tokens_per_second$/, 'output_throughput', '{token}/s', 'value'],
      [/^\/summary\/avg_generation_time_ms$/, 'generation_time', 's', 'mean', 1e-3],
      [/^\/summary\/min_generation_time_ms$/, 'generation_time', 's', 'min', 1e-3],
      [/^\/summary\/max_generation_time_ms$/, 'generation_time', 's', 'max', 1e-3],
      [/^\/summary\/avg_tokens_per_second$/, 'output_throughput', '{token}/s', 'mean'],
    ],
  ],
  [
    /baselines\/|demo_inference/,
    [
      ...['p50', 'p95', 'p99'].flatMap((stat) => [latency(RUN, `${stat}_ms`, stat), latency('^/timing_stats/latency_percentiles', stat, stat)]),
      latency(RUN, 'mean_ms', 'mean'),
      latency(RUN, 'stdev_ms', 'stddev'),
      latency('^/timing_stats', 'overall_mean_ms', 'mean'),
      latency('^/timing_stats', 'overall_stdev_ms', 'stddev'),
      [/^\/timing_stats\/cv_percent$/, 'coefficient_of_variation', '1', 'value', 0.01],
      [/^\/timing_stats\/outliers_detected$/, 'outliers_detected', '', 'value'],
    ],
  ],
  [
    /system_metrics|chimera_metrics/,
    [
      [new RegExp(`${SYSTEM}/cpu_percent$`), 'cpu_utilization', '1', 'value', 0.01],
      [new RegExp(`${SYSTEM}/memory_percent$`), 'memory_utilization', '1', 'value', 0.01],
      [new RegExp(`${SYSTEM}/memory_used_gb$`), 'memory_used', 'By', 'value', GIB],
      [new RegExp(`${SYSTEM}/disk_usage_percent$`), 'disk_utilization', '1', 'value', 0.01],
      [new RegExp(`${SYSTEM}/network_sent_mb$`), 'network_sent', 'By', 'value', MIB],
      [new RegExp(`${SYSTEM}/network_recv_mb$`), 'network_received', 'By', 'value', MIB],
      [new RegExp(`${GPU}/temperature$`), 'temperature', 'Cel', 'value'],
      [new RegExp(`${GPU}/power_draw$`), 'power', 'W', 'value'],
      [new RegExp(`${GPU}/utilization_gpu$`), 'gpu_utilization', '1', 'value', 0.01],
      [new RegExp(`${GPU}/utilization_memory$`), 'gpu_memory_utilization', '1', 'value', 0.01],
      [new RegExp(`${GPU}/memory_used_mb$`), 'gpu_memory_used', 'By', 'value', MIB],
      [new RegExp(`${GPU}/memory_free_mb$`), 'gpu_memory_free', 'By', 'value', MIB],
      [new RegExp(`${GPU}/clock_graphics$`), 'gpu_clock', 'Hz', 'value', 1e6],
      [new RegExp(`${GPU}/clock_memory$`), 'gpu_memory_clock', 'Hz', 'value', 1e6],
      [new RegExp(`${GPU}/fan_speed$`), 'fan_speed', '1', 'value', 0.01],
      [new RegExp(`${PROCESS}/cpu_percent$`), 'cpu_utilization', '1', 'value', 0.01],
      [new RegExp(`${PROCESS}/memory_mb$`), 'memory_used', 'By', 'value', MIB],
      [/\/ollama\/process_count$/, 'process_count', '', 'value'],
    ],
  ],
  [
    /compilation\//,
    [
      latency('/benchmark', 'mean_time_ms', 'mean'),
      latency('/benchmark', 'std_time_ms', 'stddev'),
      latency('/benchmark', 'min_time_ms', 'min'),
      latency('/benchmark', 'max_time_ms', 'max'),
      [/\/compilation\/compile_time_s$/, 'compile_time', 's', 'value'],
    ],
  ],
  [/kernel_benchmarks/, [latency('', 'mean_time_ms', 'mean'), latency('', 'std_time_ms', 'stddev'), latency('', 'min_time_ms', 'min'), latency('', 'max_time_ms', 'max')]],
  [/quantization_report/, [[/\/accuracy$/, 'accuracy', '1', 'value'], [/\/loss$/, 'loss', '', 'value'], [/\/model_size_bytes$/, 'model_size', 'By', 'value']]],
  [/self_healing/, [[/^\/anomalies_detected$/, 'anomalies_detected', '', 'value'], [/\/metrics_(?:before|after)\/latency_ms$/, 'latency', 's', 'value', 1e-3]]],
  [
    /ascii_demo/,
    [
      ...['cycles_completed', 'anomalies_detected', 'actions_taken', 'total_improvement'].map((key): Rule => [new RegExp(`^/${key}$`), key, '', 'value']),
      ...['success_rate', 'learning_efficiency'].map((key): Rule => [new RegExp(`^/${key}$`), key, '1', 'value']),
    ],
  ],
  [/_summary\.json$/, [[/\/completed$/, 'completed', '', 'value'], [/\/mean_ttft_s$/, 'ttft', 's', 'mean'], [/\/mean_tokens_s$/, 'output_throughput', '{token}/s', 'mean']]],
  [
    /gemma3\/.*_baseline\.json$/,
    [
      [/\/ttft_s$/, 'ttft', 's', 'value'],
      [/\/tokens_s$/, 'output_throughput', '{token}/s', 'value'],
      [/\/load_s$/, 'load_duration', 's', 'value'],
      [/\/prompt_eval_s$/, 'prompt_eval_duration', 's', 'value'],
      [/\/eval_s$/, 'eval_duration', 's', 'value'],
      [/\/eval_count$/, 'output_tokens', '{token}', 'value'],
      [/\/response_chars$/, 'response_chars', '{char}', 'value'],
    ],
  ],
  // It says itself that nothing ran.
  [/baseline_ml_metrics/, []],
]

function* numbers(value: unknown, pointer = ''): Generator<readonly [string, number]> {
  if (typeof value === 'number') yield [pointer, value]
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* numbers(child, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
  }
}

const dir = corpus('seed')
const skip = dir ? false : 'no corpus'

t.test('each number that is a measurement, exactly once', { skip }, async (t) => {
  const files = filesUnder(dir ?? '', '.json')
  t.equal(files.length, 44)
  for (const file of files) {
    const document: unknown = JSON.parse(readFileSync(path.join(dir ?? '', file), 'utf8'))
    const rules = KINDS.find(([pattern]) => pattern.test(file))?.[1]
    t.ok(rules, `${file} has expectations`)
    const { records, files: reports } = await read([seedFile(dir ?? '', file)])
    t.equal(reports[0]?.verdict, 'recognised', file)
    const left = new Map(records.map((record) => [record.source.pointer, record]))
    t.equal(left.size, records.length, `${file}: one record per place`)
    const wrong: string[] = []
    for (const [pointer, number] of numbers(document)) {
      const rule = rules?.find(([pattern]) => pattern.test(pointer))
      const record = left.get(pointer)
      left.delete(pointer)
      if (!rule) {
        if (record) wrong.push(`${pointer} = ${number}: no record expected, found ${record.metric}`)
        continue
      }
      const [, metric, unit, stat, factor = 1] = rule
      const right = record?.metric === metric && record.unit === unit && record.stat === stat && Math.abs(record.value - number * factor) <= Math.abs(number * factor) * 1e-12 && record.source.line !== undefined
      if (!right) wrong.push(`${pointer} = ${number}: expected ${metric} ${stat} ${unit}, found ${JSON.stringify(record)}`)
    }
    t.strictSame(wrong.slice(0, 3), [], file)
    t.strictSame([...left.keys()], [], `${file}: no record without a number`)
  }
})

t.test('what failed is marked, what it was measured on is known', { skip }, async (t) => {
  const compiled = await read([seedFile(dir ?? '', 'reports/compilation/conv_cuda_bench_20251002-172037.json')])
  for (const record of compiled.records) {
    const failed = record.source.pointer?.startsWith('/backends/torch_compile/') === true
    t.equal(record.status, failed ? 'error' : 'ok', record.source.pointer ?? '')
    t.match(record.attributes, { model: 'conv', device: 'cuda', batch_size: 4, width: 128, runs: 10, warmup_runs: 3, backend: record.source.pointer?.split('/')[2] ?? '' })
    t.equal(record.time, '2025-10-02T21:21:05.012820+00:00')
  }
  const healed = await read([seedFile(dir ?? '', 'reports/self_healing_results_20251004_133717.json')])
  t.match(healed.records[1]?.attributes, { strategy: 'config_rollback', phase: 'before' })
  const kernels = await read([seedFile(dir ?? '', 'reports/kernel_optimization/kernel_benchmarks.json')])
  t.match(kernels.records[4]?.attributes, { kernel: 'tensor_core', variant: '512x512x512' })
  const tests = await read([seedFile(dir ?? '', 'csv_data/baseline_test_results_1759186372.json')])
  t.ok(tests.records.filter((record) => record.source.pointer?.startsWith('/results/')).every((record) => record.status === 'error'), 'an answer that is an error message is a failure')
})
