/** Hand-made expectations over the Markdown files of the seed corpus: columns of tables by line, and single places. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import type { MetricRecord } from '../../lib/record/metric-record.js'
import { corpus } from '../support/paths.js'
import { brief, read } from './read.js'
import { filesUnder, seedFile } from './seed.js'

/** Number of the cell in its line (1 is the first) -> metric, unit, statistic, factor. */
type Columns = Readonly<Record<number, readonly [metric: string, unit: string, stat: string, factor?: number]>>

const TTFT = (stat = 'value') => ['ttft', 's', stat] as const
const RATE = (stat = 'value') => ['output_throughput', '{token}/s', stat] as const
const LATENCY = (stat: string) => ['latency', 's', stat, 1e-3] as const
const COMPILE = ['compile_time', 's', 'value'] as const

const COMPILED: Columns = { 3: COMPILE, 4: LATENCY('mean'), 5: LATENCY('stddev'), 6: LATENCY('min'), 7: LATENCY('max') }
const SWEEP: Columns = { 5: RATE(), 6: TTFT(), 7: ['load_duration', 's', 'value'] }
const SCENARIO = (from: number): Columns => ({
  [from]: ['speedup', '1', 'value'],
  [from + 1]: ['efficiency', '1', 'value', 0.01],
  [from + 2]: ['ttft', 's', 'delta', 1e-3],
  [from + 3]: ['output_throughput', '{token}/s', 'delta'],
})

const TABLES: readonly (readonly [file: string, from: number, to: number, columns: Columns])[] = [
  ['compilation/conv_bench_20251002-170837.md', 6, 9, COMPILED],
  ['compilation/conv_cuda_bench_20251002-172037.md', 6, 10, COMPILED],
  ['compilation/mlp_bench_20251002-165750.md', 6, 9, COMPILED],
  ['compilation/mlp_cuda_bench_20251002-171845.md', 6, 10, COMPILED],
  ['compilation/transformer_bench_20251002-170914.md', 6, 9, COMPILED],
  ['compilation/transformer_cuda_bench_20251002-172126.md', 6, 10, COMPILED],
  ['compilation/transformer_cuda_pytorch2508.md', 6, 10, COMPILED],
  ['compilation/transformer_cuda_torchtrt_20251003-033530.md', 6, 9, COMPILED],
  ['compilation/transformer_cuda_triton2508.md', 6, 10, COMPILED],
  ['compilation/compilation_benchmark_lessons_20251002.md', 15, 26, { 3: LATENCY('mean'), 4: COMPILE }],
  ['compilation/compilation_benchmark_lessons_20251002.md', 29, 43, { 3: LATENCY('mean'), 4: COMPILE }],
  ['compilation/transformer_cuda_triton2508_summary.md', 7, 11, { 2: LATENCY('mean'), 3: LATENCY('stddev'), 4: COMPILE }],
  ['ollama/prompt_suite_lessons_20251002.md', 12, 14, { 2: TTFT('mean'), 3: RATE('mean') }],
  ['ollama_benchmark_summary.md', 9, 11, { 2: RATE('mean'), 3: RATE('median'), 4: TTFT('mean') }],
  ['ollama_benchmark_summary.md', 16, 20, { 4: RATE('mean'), 5: TTFT('mean') }],
  ['gemma3/Gemma3_Benchmark_Report.md', 35, 39, { 2: TTFT(), 3: RATE(), 4: ['output_tokens', '{token}', 'value'], 5: ['response_chars', '{char}', 'value'] }],
  ['gemma3/Gemma3_Benchmark_Report.md', 53, 62, SWEEP],
  ['Technical_Report_108.md', 192, 194, { 2: TTFT('mean'), 3: TTFT('p95'), 4: RATE('mean'), 5: RATE('p5'), 6: RATE('p95'), 7: ['model_size', 'By', 'value', 1e9] }],
  ['Technical_Report_108.md', 207, 211, { 2: RATE(), 3: TTFT(), 4: ['output_tokens', '{token}', 'value'], 5: ['load_duration', 's', 'value'] }],
  ['Technical_Report_108.md', 225, 234, SWEEP],
  ['Technical_Report_108.md', 324, 333, SWEEP],
  ['Technical_Report_108.md', 530, 535, { 2: ['model_size', 'By', 'value', 1e9], 3: RATE('max'), 4: ['tokens_per_gb', '', 'value'] }],
  ['Technical_Report_108.md', 652, 656, { 2: RATE('delta'), 3: ['speedup', '1', 'value'] }],
  ['Technical_Report_109.md', 411, 414, { 2: RATE(), 3: ['ttft', 's', 'value', 1e-3], 4: ['quality_score', '1', 'value'] }],
  ['Technical_Report_109.md', 654, 671, { 5: RATE('delta'), 6: ['ttft', 's', 'delta', 1e-3], 7: ['quality', '1', 'delta', 0.01] }],
  ['Technical_Report_109.md', 774, 778, { 2: ['gpu_memory_used', 'By', 'value', 1e9], 3: ['vram_headroom', '1', 'value', 0.01], 4: ['utilization', '1', 'value', 0.01], 5: ['efficiency', '{token}/s/By', 'value', 1e-9] }],
  ['Technical_Report_110.md', 133, 139, SCENARIO(4)],
  ['Technical_Report_110.md', 204, 210, SCENARIO(6)],
  ['Technical_Report_110.md', 283, 288, SCENARIO(4)],
  ['Technical_Report_110.md', 573, 576, { 2: ['efficiency', '1', 'mean', 0.01], 3: ['efficiency', '1', 'stddev', 0.01] }],
  ['Technical_Report_110.md', 1092, 1094, { 2: ['memory_bandwidth', 'By/s', 'value', 1e9], 3: ['saturation', '1', 'value', 0.01] }],
]

/** Line of a file -> its records in short, in the order of the line. */
const PLACES: readonly (readonly [file: string, line: number, records: readonly string[]])[] = [
  ['quantization/quantization_report.md', 2, ['accuracy value 0.75 1']],
  ['quantization/quantization_report.md', 3, ['loss value 0.6085']],
  ['quantization/quantization_report.md', 4, ['model_size value 2781 By']],
  ['quantization/quantization_report.md', 5, ['accuracy value 0.375 1']],
  ['quantization/quantization_report.md', 10, ['model_size value 3029 By']],
  ['ollama_benchmark_summary.md', 3, ['generation_time mean 5.15 s']],
  ['ollama_benchmark_summary.md', 4, ['output_throughput value 7.9 {token}/s']],
  ['ollama_benchmark_summary.md', 13, ['output_throughput value 78.42 {token}/s']],
  ['ollama_benchmark_summary.md', 14, ['ttft value 0.088 s']],
  ['gemma3/Gemma3_Benchmark_Report.md', 26, ['ttft mean 0.165 s']],
  ['gemma3/Gemma3_Benchmark_Report.md', 27, ['output_throughput mean 102.85 {token}/s']],
  ['gemma3/Gemma3_Benchmark_Report.md', 28, ['gpu_memory_used value 5300000000 By']],
  ['gemma3/Gemma3_Benchmark_Report.md', 29, []],
  ['gemma3/Gemma3_Benchmark_Report.md', 91, ['model_size value 3300000000 By', 'model_size value 4700000000 By', 'model_size delta -0.3 1']],
  ['gemma3/Gemma3_Benchmark_Report.md', 92, ['output_throughput mean 102.85 {token}/s', 'output_throughput mean 76.59 {token}/s', 'output_throughput delta 0.34 1']],
  ['gemma3/Gemma3_Benchmark_Report.md', 93, ['ttft mean 0.165 s', 'ttft mean 0.097 s', 'ttft delta 0.7 1']],
  ['gemma3/Gemma3_Benchmark_Report.md', 95, ['gpu_memory_used value 5300000000 By']],
  ['gemma3/SUMMARY.md', 11, ['output_throughput mean 102.85 {token}/s']],
  ['gemma3/SUMMARY.md', 12, ['ttft mean 0.165 s']],
  ['README.md', 95, []],
  ['README.md', 96, ['output_throughput value 102.85 {token}/s', 'output_throughput value 76.59 {token}/s']],
  ['README.md', 98, ['gpu_memory_used value 5300000000 By']],
  ['Technical_Report_109.md', 183, ['output_throughput value 99.34 {token}/s', 'output_throughput value 98.55 {token}/s', 'output_throughput delta -0.008 1']],
  ['Technical_Report_109.md', 184, ['ttft value 0.35441 s', 'ttft value 1.50178 s', 'ttft delta -3.237 1']],
  ['Technical_Report_109.md', 239, ['output_throughput delta 2.18 {token}/s', 'ttft delta -0.97375 s', 'duration delta -10.49 s']],
  ['Technical_Report_109.md', 259, ['output_throughput mean 99.16 {token}/s', 'output_throughput stddev 0.25 {token}/s', 'output_throughput mean 98.94 {token}/s', 'output_throughput stddev 0.18 {token}/s', 'output_throughput delta -0.002 1']],
  ['Technical_Report_109.md', 296, ['word_count value 6234', 'word_count value 489', 'word_count value 487', 'word_count delta -0.004 1']],
  ['Technical_Report_109.md', 298, ['technical_depth value 0.8', 'technical_depth value 0.667', 'technical_depth value 0.467', 'technical_depth delta -0.3 1']],
  ['Technical_Report_109.md', 428, ['output_throughput value 74.16 {token}/s', 'output_throughput value 74.65 {token}/s', 'output_throughput delta -0.007 1']],
]

/** Reports in prose, and lists of what a project wants or has: no number in them is a measurement on its own. */
const WITHOUT = [
  'compilation/triton_docker_summary.md',
  'final_crimera_integration_test.md',
  'gemma3/Analysis_Summary.md',
  'gemma3/BENCHMARK_COMPLETION_SUMMARY.md',
  'mcp_integration_local4000.md',
  'performance_digest.md',
  'test_datadog_digest.md',
  'test_mcp_digest.md',
]

const dir = corpus('seed', 'reports')
const skip = dir ? false : 'no corpus'

const known = new Map<string, Promise<readonly MetricRecord[]>>()

function recordsOf(file: string): Promise<readonly MetricRecord[]> {
  const found = known.get(file) ?? read([seedFile(dir ?? '', file)]).then((result) => result.records)
  known.set(file, found)
  return found
}

t.test('tables, cell by cell', { skip }, async (t) => {
  let checked = 0
  for (const [file, from, to, columns] of TABLES) {
    const lines = readFileSync(path.join(dir ?? '', file), 'utf8').split('\n')
    const records = await recordsOf(file)
    for (let line = from; line <= to; line += 1) {
      const cells = (lines[line - 1] ?? '').split('|')
      const failed = cells[2]?.trim() === 'no'
      const expected = Object.entries(columns).flatMap(([column, [metric, unit, stat, factor = 1]]) => {
        const text = /[-+]?\d[\d,]*(?:\.\d+)?/.exec(cells[Number(column)] ?? '')?.[0]
        if (text === undefined || cells[Number(column)]?.trim() === '-') return []
        const value = Number(text.replace(/,/g, '')) * factor
        // A backend that compiled nothing has no time for it.
        if (metric === 'compile_time' && value === 0) return []
        return [{ metric, unit, stat, value, status: failed ? 'error' : 'ok' }]
      })
      const found = records.filter((record) => record.source.line === line).map(({ metric, unit, stat, value, status }) => ({ metric, unit, stat, value, status }))
      const same =
        found.length === expected.length &&
        found.every((one, at) => {
          const other = expected[at]
          return one.metric === other?.metric && one.unit === other.unit && one.stat === other.stat && one.status === other.status && Math.abs(one.value - other.value) <= Math.abs(other.value) * 1e-9
        })
      checked += expected.length
      if (!same) t.strictSame(found, expected, `${file}:${line}`)
    }
  }
  t.ok(checked > 500, `${checked} cells checked`)
})

t.test('single places', { skip }, async (t) => {
  for (const [file, line, expected] of PLACES) {
    const records = await recordsOf(file)
    t.strictSame(records.filter((record) => record.source.line === line).map(brief), expected, `${file}:${line}`)
  }
})

t.test('prose gives nothing', { skip }, async (t) => {
  for (const file of WITHOUT) t.strictSame((await recordsOf(file)).map(brief), [], file)
})

t.test('attributes of tables: groups, settings above, the section', { skip }, async (t) => {
  const at = async (file: string, line: number) => (await recordsOf(file)).find((record) => record.source.line === line)?.attributes
  t.match(await at('compilation/compilation_benchmark_lessons_20251002.md', 20), { model: 'conv', backend: 'jit', section: 'CPU Performance Snapshot' })
  t.match(await at('compilation/compilation_benchmark_lessons_20251002.md', 35), { model: 'conv', backend: 'jit', section: 'CUDA Performance Snapshot' })
  t.match(await at('compilation/conv_bench_20251002-170837.md', 7), { backend: 'jit', model: 'conv', device: 'cpu', dtype: 'torch.float32' })
  t.match(await at('Technical_Report_108.md', 192), { quantization: 'q4_0', num_gpu: 999, num_ctx: 2048, temperature: 0.3 })
  t.match(await at('Technical_Report_109.md', 239), { rank: 1, num_gpu: 60, num_ctx: 512, temperature: 0.8 })
  t.match(await at('gemma3/Gemma3_Benchmark_Report.md', 91), { model: 'Gemma3:latest' })
  const baselines = (await recordsOf('gemma3/Gemma3_Benchmark_Report.md')).filter((record) => record.metric === 'ttft' && record.attributes['prompt'] === 'Battle quote')
  t.equal(new Set(baselines.map((record) => record.attributes['section'])).size, baselines.length, 'tables of the same name under two models are told apart')
})

t.test('all files are read, ids are unique, every value is finite', { skip }, async (t) => {
  const files = filesUnder(dir ?? '', '.md')
  t.equal(files.length, 29)
  const result = await read(files.map((file) => seedFile(dir ?? '', file)))
  // One report counts a longer time to first token as a negative difference.
  t.strictSame(result.problems.map(({ code, line }) => [code, line]), [['delta-mismatch', 184], ['delta-mismatch', 260]])
  t.ok(result.records.every((record) => Number.isFinite(record.value)))
  // The digests are copies with another date; everything else differs within and between files.
  t.equal(new Set(result.records.map((record) => record.source.file + record.id)).size, result.records.length)
})
