import fc from 'fast-check'
import t from 'tap'
import { attributeKey } from '../../lib/record/attributes.js'
import { metricName, readName } from '../../lib/record/names.js'
import { roleOfName } from '../../lib/record/roles.js'
import { baseUnit } from '../../lib/record/units.js'

/** Name -> metric, statistic, base unit by the name alone. */
const CASES: readonly [string, string, string | undefined, string | undefined][] = [
  ['ttft_s', 'ttft', undefined, 's'],
  ['tokens_s', 'output_throughput', undefined, '{token}/s'],
  ['mean_tokens_s', 'output_throughput', 'mean', '{token}/s'],
  ['tok_s', 'output_throughput', undefined, '{token}/s'],
  ['tokens_per_second', 'output_throughput', undefined, '{token}/s'],
  ['tokens_per_s', 'output_throughput', undefined, '{token}/s'],
  ['average_tokens_per_second', 'output_throughput', 'mean', '{token}/s'],
  ['throughput_tokens_per_sec', 'output_throughput', undefined, '{token}/s'],
  ['Tokens/s', 'output_throughput', undefined, '{token}/s'],
  ['P05 Tokens/s', 'output_throughput', 'p5', '{token}/s'],
  ['t/s', 'output_throughput', undefined, '{token}/s'],
  ['requestsPerSec', 'request_throughput', undefined, '{request}/s'],
  ['Requests/s', 'request_throughput', undefined, '{request}/s'],
  ['prompt_tokens_per_second', 'prompt_throughput', undefined, '{token}/s'],
  ['load_s', 'load_duration', undefined, 's'],
  ['eval_s', 'eval_duration', undefined, 's'],
  ['eval_s_mean', 'eval_duration', 'mean', 's'],
  ['Load (s)', 'load_duration', undefined, 's'],
  ['Mean Latency (ms)', 'latency', 'mean', 's'],
  ['p99_itl_ms', 'itl', 'p99', 's'],
  ['p999_itl_ms', 'itl', 'p99.9', 's'],
  ['mean_e2e_latency_ms', 'e2e_latency', 'mean', 's'],
  ['Latency [ms] (p95)', 'latency', 'p95', 's'],
  ['99th percentile latency (ms)', 'latency', 'p99', 's'],
  ['Mean (ms)', 'duration', 'mean', 's'],
  ['p95_ms', 'duration', 'p95', 's'],
  ['avgLatencyMs', 'latency', 'mean', 's'],
  ['stddev_ttft', 'ttft', 'stddev', undefined],
  ['Std Dev', 'value', 'stddev', undefined],
  ['cpu_percent', 'cpu_utilization', undefined, '1'],
  ['CPU Usage (%)', 'cpu_utilization', undefined, '1'],
  ['gpu_memory_mb', 'gpu_memory_used', undefined, 'By'],
  ['VRAM (GB)', 'gpu_memory_used', undefined, 'By'],
  ['peak_memory_mb', 'memory_used', 'max', 'By'],
  ['model_size_bytes', 'model_size', undefined, 'By'],
  ['compile_time_s', 'compile_time', undefined, 's'],
  ['Compile Time (s)', 'compile_time', undefined, 's'],
  ['power_draw', 'power', undefined, undefined],
  ['Speed Ratio', 'speedup', undefined, undefined],
  ['generation_time_ms', 'generation_time', undefined, 's'],
  ['Mean generation time across banter scenarios', 'generation_time', 'mean', undefined],
  ['Efficiency (tok/s per GB)', 'efficiency', undefined, '{token}/s/By'],
  ['Tokens per GB', 'tokens_per_gb', undefined, undefined],
  ['read_mb_s', 'read_throughput', undefined, 'By/s'],
  ['time_ms_mean', 'duration', 'mean', 's'],
  ['ms_per_token', 'tpot', undefined, 's'],
  ['latency_us_p99', 'latency', 'p99', 's'],
  ['avg_latency_in_seconds', 'latency', 'mean', 's'],
  ['Latency, ms', 'latency', undefined, 's'],
  ['Latency - ms', 'latency', undefined, 's'],
  ['Latency in ms', 'latency', undefined, 's'],
  ['Latency[ms]', 'latency', undefined, 's'],
  ['ns/op', 'duration', undefined, 's'],
  ['B/op', 'memory_allocated', undefined, 'By/{operation}'],
  ['allocs/op', 'allocations', undefined, '{allocation}/{operation}'],
  ['us/iter', 'duration', undefined, 's'],
  ['J/token', 'energy_per_token', undefined, 'J/{token}'],
  ['$/1M tokens', 'cost_per_token', undefined, 'USD/{token}'],
  ['num_completed_requests_per_min', 'request_throughput', undefined, '{request}/s'],
  ['requests_per_hour', 'request_throughput', undefined, '{request}/s'],
  ['Failures/s', 'failure_rate', undefined, '{failure}/s'],
  ['tokens/sec/user', 'output_throughput', undefined, '{token}/s/{user}'],
  ['tokens_per_sec_per_gpu', 'output_throughput', undefined, '{token}/s/{gpu}'],
  ['gen_tps', 'output_throughput', undefined, '{token}/s'],
  ['prompt_tps', 'prompt_throughput', undefined, '{token}/s'],
  ['gen_t_s', 'output_throughput', undefined, '{token}/s'],
  ['pp512 t/s', 'prompt_throughput', undefined, '{token}/s'],
  ['db_tps', 'db_throughput', undefined, '{transaction}/s'],
  ['tps', 'throughput', undefined, undefined],
  ['throughput_gbps', 'throughput', undefined, undefined],
  ['dram_gbps', 'memory_bandwidth', undefined, 'By/s'],
  ['Throughput (GBps)', 'throughput', undefined, 'By/s'],
  ['memoryMB', 'memory_used', undefined, 'By'],
  ['elapsedNanos', 'duration', undefined, 's'],
  ['p99LatencyMs', 'latency', 'p99', 's'],
  ['latency/p99', 'latency', 'p99', undefined],
  ['train/loss', 'train_loss', undefined, undefined],
  ['percentile_99', 'value', 'p99', undefined],
  ['request_latency_p99_9', 'e2e_latency', 'p99.9', undefined],
  ['99.9%', 'value', 'p99.9', undefined],
  ['TP99(ms)', 'duration', 'p99', 's'],
  ['95% Line', 'value', 'p95', undefined],
  ['harmonic mean', 'value', 'mean', undefined],
  ['latency_count', 'latency', 'count', undefined],
  ['token_count', 'token_count', undefined, undefined],
  ['mean absolute error', 'mae', undefined, undefined],
  ['Time [ms] (mean ± σ)', 'duration', 'mean', 's'],
  ['Mean (Std)', 'value', 'mean', undefined],
  ['percent_cpu', 'cpu_utilization', undefined, '1'],
  ['speedup_x', 'speedup', undefined, '1'],
  ['Speedup vs CPU', 'speedup', undefined, undefined],
  ['energy_kwh', 'energy', undefined, 'J'],
  ['Watts', 'power', undefined, 'W'],
  ['GPU temp (C)', 'temperature', undefined, 'Cel'],
  ['pass@1', 'pass_at_1', undefined, undefined],
  ['em', 'exact_match', undefined, undefined],
  ['high_school_us_history', 'high_school_us_history', undefined, undefined],
  ['ms_marco_ndcg', 'ms_marco_ndcg', undefined, undefined],
  ['平均延迟 (ms)', 'latency', 'mean', 's'],
  ['首字延迟(毫秒)', 'ttft', undefined, 's'],
  ['スループット (tokens/s)', 'output_throughput', undefined, '{token}/s'],
  ['Durchsatz (req/s)', 'request_throughput', undefined, '{request}/s'],
  ['Latência média (ms)', 'latency', 'mean', 's'],
  ['Request Throughput (per sec)', 'request_throughput', undefined, '{request}/s'],
  ['Output Token Throughput (per second)', 'output_throughput', undefined, '{token}/s'],
  ['Checks (/s)', 'checks', undefined, '1/s'],
  ['Среднее время, мс', 'duration', 'mean', 's'],
]

t.test('metric, statistic and unit of a name', async (t) => {
  for (const [name, metric, stat, unit] of CASES) {
    const reading = readName(name)
    const found = reading.unitText === undefined ? undefined : baseUnit(reading.unitText)
    t.equal(metricName(reading, found).metric, metric, `metric of ${name}`)
    t.equal(reading.stat, stat, `statistic of ${name}`)
    t.equal(found, unit, `unit of ${name}`)
  }
})

t.test('a canonical name is only given with a unit that fits', async (t) => {
  t.equal(metricName(readName('throughput'), '{token}/s').metric, 'output_throughput')
  t.equal(metricName(readName('throughput'), '{request}/s').metric, 'request_throughput')
  t.equal(metricName(readName('throughput'), 'By/s').metric, 'throughput')
  t.equal(metricName(readName('load'), 's').metric, 'load_duration')
  t.equal(metricName(readName('load'), undefined).metric, 'load')
  t.equal(metricName(readName('ttft'), 'By').canonical, false)
})

t.test('what else a name says', async (t) => {
  t.match(readName('TTFT Δ (ms)'), { delta: true, unitText: 'ms', words: ['ttft'] })
  t.match(readName('Throughput Delta'), { delta: true })
  t.match(readName('Mean TTFT (warm)'), { qualifier: 'warm', stat: 'mean' })
  t.equal(readName('Mean TTFT (Time to First Token)').qualifier, undefined)
  t.equal(readName('Request Count (count)').qualifier, undefined)
  t.match(readName('Latency vs baseline (%)'), { delta: true, words: ['latency'] })
  t.match(readName('delta_pct'), { delta: true, words: [], unitText: 'pct' })
  t.match(readName('best_time_s'), { extreme: 'best', words: ['time'] })
  t.equal(readName('best_config').extreme, undefined)
  t.match(readName('tps').amongModels, { unitText: 'token/s', words: ['throughput'] })
  t.match(readName('t_s'), { unitText: 's', amongModels: { unitText: 't/s' } })
  for (const name of ['95% CI', 'ci_low', 'latency_ci_lower_ms', 'lower_bound', 'CI Upper (ms)', 'latency_lower', 'Upper']) t.equal(readName(name).bound, true, name)
  for (const name of ['ci_time_s', 'lower_is_better', 'letters-lower', 'the-lower']) t.equal(readName(name).bound, undefined, name)
  t.equal(readName('Accuracy ↑').better, 'higher')
  t.equal(readName('Score (lower is better)').better, 'lower')
  t.equal(metricName(readName('First Prompt TTFT'), 's').qualifier, 'first prompt')
})

t.test('settings, results and the rest', async (t) => {
  const roles = {
    attribute: ['num_gpu', 'num_ctx', 'temperature', 'top_p', 'batch_size', 'seq_len', 'seed', 'prompt_index', 'prompt_count', 'runs', 'warmup_runs', 'samples_per_run', 'opset', 'workspace_size', 'width', 'memory_total_gb', 'gpu_count', 'port', 'pid', 'max_tokens', 'torch_version', 'n_prompt', 'GPU Layers', 'Test ID', 'Rank', 'Model', 'test_name'],
    result: ['ttft_s', 'tokens_s', 'max_latency_ms', 'accuracy', 'success_rate', 'anomalies_detected', 'eval_count', 'process_count', 'memory_used_gb', 'Std (ms)', 'p95'],
    time: ['timestamp', 'generated_at', 'test_datetime', 'export_timestamp', 'Date'],
    error: ['error', 'error_message'],
    success: ['success', 'Status'],
    note: ['Notes', 'banter_text', 'response'],
    unit: ['unit', 'time_unit'],
  }
  for (const [role, names] of Object.entries(roles)) {
    for (const name of names) t.equal(roleOfName(readName(name)), role, name)
  }
})

t.test('property: any name is read, and no statistic becomes a metric', async () => {
  const word = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'power', 'mean', 's', 'per', 'tokens')
  const anything = fc.oneof(fc.string(), fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('_')))
  fc.assert(fc.property(anything, (name) => {
    const reading = readName(name)
    roleOfName(reading)
    return typeof metricName(reading, undefined).metric === 'string' && typeof attributeKey(name) === 'string'
  }), { numRuns: 1000 })
  const stats = fc.constantFrom('mean', 'avg', 'p50', 'p99', 'max', 'min', 'stddev', 'median', 'std')
  fc.assert(fc.property(stats, fc.constantFrom('_ms', '', '_s', ' (ms)'), (stat, unit) => !/^(?:mean|avg|p\d+|max|min|std|stddev|median)$/.test(metricName(readName(stat + unit), undefined).metric)))
})

t.test('a share in brackets is a percentile only where people ask for such', async (t) => {
  t.match(readName('Latency (99%)'), { stat: 'p99' })
  t.match(readName('99.90 percentile latency (ns)'), { stat: 'p99.9' })
  t.match(readName('Consistent (30%)'), { stat: undefined, qualifier: '30%' })
})

t.test('a remark may end in the unit, and a number of things per second is a rate of them', async (t) => {
  t.match(readName('Latency (TTFT ms)'), { words: ['latency'], unitText: 'ms' })
  t.match(readName('Number of test runs per second'), { words: ['test', 'throughput'], unitText: 'runs/second' })
})

t.test('of whatever is counted, bits spelled as such, and numbers in a remark', async (t) => {
  t.match(readName('Check Time [us/fn]'), { words: ['check', 'time'], unit: 'us/fn', unitText: 'us/{fn}' })
  t.match(readName('Loss (ms/max)'), { unitText: undefined })
  t.equal(readName('Throughput Mb/s').unitText, 'Mb/s')
  t.equal(readName('Throughput MB/s').unitText, 'MB/s')
  t.equal(readName('throughput_mb_s').unitText, 'MB/s')
  t.match(readName('Small (100 B)'), { unit: undefined, qualifier: '100 B' })
  t.equal(metricName(readName('cost savings'), '1').better, 'higher')
})
