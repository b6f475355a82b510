/** The reports the project was started for: Markdown, some of it with its lines run together. Prose is not scored. */

import type { Rule, Rules, Spec, TableSpec } from '../spec.js'

type Row = Readonly<Record<string, string>>

/** A unit in the header, else the cell's own. */
const SETTINGS: Rules = {
  '/^(?:num_gpu|GPU(?: \\d| Layers| \\(Chimera\\))?)$/': 'attr *',
  '/^(?:num_ctx|CTX(?: \\d)?|Context(?: Size)?)$/': 'attr *',
  '/^(?:temp|TEMP|Temp|Temperature|temperature)$/': 'attr *',
  '/^(?:Config|Configuration|Model|Model Tag|tag|Quantization|Quant|Prompt|Backend|Test ID|Scenario|Approach)$/': 'attr *',
  '/^(?:Rank|Precision|Method|Best For|Notes|Success|Use Case|Priority|Rationale|Result|Explanation)$/': '-',
}

const MEASURES: Rules = {
  '/^TTFT \\(s\\)$/': 'ttft [s] value|mean',
  '/^TTFT \\(ms\\)$/': 'ttft [ms] value|mean',
  '/^Mean TTFT \\(s\\)$|^mean_ttft_s$/': 'ttft [s] mean',
  '/^P95 TTFT \\(s\\)$/': 'ttft [s] p95',
  '/^Mean TTFT$/': 'ttft [cell] mean',
  '/^TTFT$/': 'ttft [cell] value|mean',
  '/^(?:Tokens/s|Throughput \\(tok/s\\))$/': 'output_throughput [tok/s] value|mean',
  '/^(?:Mean Tokens/s|mean_tokens_s)$/': 'output_throughput [tok/s] mean',
  '/^median_tokens_s$/': 'output_throughput [tok/s] median',
  '/^P05 Tokens/s$/': 'output_throughput [tok/s] p5',
  '/^P95 Tokens/s$/': 'output_throughput [tok/s] p95',
  '/^Throughput$/': 'output_throughput [cell] value|mean',
  '/^Peak Throughput$/': 'output_throughput [cell] max',
  '/^Peak Throughput \\(tok/s\\)$/': 'output_throughput [tok/s] max',
  '/^Load(?: Time)? \\(s\\)$/': 'load_duration [s] value|mean',
  '/^Load Time$/': 'load_duration [cell] value|mean',
  '/^Eval Count$/': 'output_tokens [tok]',
  '/^Response Chars$/': 'response_chars|output_chars [char|]',
  '/^(?:Model )?Size$/': 'model_size|size [cell]',
  '/^Size \\(GB\\)$/': 'model_size|size [GB]',
  '/^Tokens per GB$/': 'open',
  '/^VRAM \\(GB\\)$/': 'gpu_memory_used|memory_used [GB]',
  '/^Speedup$/': 'speedup [cell]',
  '/^Efficiency$/': 'efficiency [cell]',
  '/^TTFT Δ \\(ms\\)$/': 'ttft* [ms] delta',
  '/^TP Δ \\(tok/s\\)$/': '*throughput*|tp* [tok/s] delta',
  '/^Quality Score$/': 'quality_score|score|quality [|1] value|mean',
}

/** Tables in which the first cell of a row says what its numbers are; a column is what they were measured on. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/^Mean Throughput$/, 'output_throughput [cell] mean'],
  [/^Peak Throughput$/, 'output_throughput [cell] max'],
  [/^(?:Best Config )?Throughput$/, 'output_throughput|best_config_throughput [cell] value|mean|max'],
  [/^Mean TTFT/, 'ttft [cell] mean'],
  [/^TTFT$/, 'ttft [cell] value|mean'],
  [/^(?:Model )?Size$/, 'model_size|size [cell]'],
  [/^GPU Memory(?: Usage)?$/, 'gpu_memory_used [cell]'],
]

const named = (row: Row): string => NAMED.find(([pattern]) => pattern.test(row['Metric'] ?? ''))?.[1] ?? 'open'

const withDimension = (row: Row): string => {
  const rule = named(row)
  return rule === 'open' ? rule : `${rule} {subject}`
}

const compared: Rules = { Metric: '-', '/^(?:Delta|Δ|Winner|Explanation)$/': 'open', '*': withDimension }

const value: Rule = named

const TABLES: readonly TableSpec[] = [
  { has: ['Metric', 'Value'], columns: { Metric: '-', Value: value } },
  { has: ['Metric', 'Gemma3:latest'], columns: compared },
  { has: ['Metric', 'Measurement Method'], columns: { '*': 'open' } },
  { has: ['Metric', 'Baseline (Ollama Default)'], columns: compared },
  { has: ['Scenario', 'Mean Speedup'], columns: { '*': 'open' } },
  ...['Throughput Delta', 'Tests with Contention', 'Contention Rate', 'Percentage', 'Std Dev', 'Component', 'Use Case', 'Phase', 'Specification', 'Effective Bandwidth', 'Model Weights', 'Metric', 'Throughput Δ', 'GPU Memory (GB)', 'Baseline vs Chimera Contention', 'Estimated VRAM per Agent', 'Scenario Type', 'Optimal', 'Quality (est.)', 'Quality'].map(
    (name): TableSpec => ({ has: [name], columns: { '*': 'open' } }),
  ),
  { columns: { ...SETTINGS, ...MEASURES, '*': 'open' } },
]

export const SEED_REPORTS: readonly Spec[] = [
  {
    kind: 'markdown',
    tool: 'seed reports',
    files: [
      'seed/reports/gemma3/{Gemma3_Benchmark_Report,SUMMARY}.md',
      'seed/reports/{README,Technical_Report_108,Technical_Report_109,Technical_Report_110}.md',
      'seed/reports/ollama/prompt_suite_lessons_20251002.md',
      'seed/reports/llama3/ollama_benchmark_summary.md',
    ],
    note: 'Tables of judgements, counts of tests and estimates are not scored.',
    openLines: true,
    tables: TABLES,
  },
  {
    kind: 'markdown',
    tool: 'compilation report',
    files: ['seed/reports/compilation/*_bench_*.md', 'seed/reports/compilation/transformer_cuda_{pytorch2508,triton2508,triton2508_summary}.md', 'seed/reports/compilation/transformer_cuda_torchtrt_*.md'],
    note: 'A failed backend writes zeros, and what compiles nothing took no time to.',
    openLines: true,
    tables: [
      {
        has: ['Backend', 'Success'],
        status: (row) => (/^(?:no|false)$/i.test(row['Success'] ?? '') ? 'none' : 'ok'),
        columns: {
          Backend: 'attr *',
          'Compile Time (s)': (row) => (Number(row['Compile Time (s)']) === 0 ? 'compile_time [s] ?' : 'compile_time [s]'),
          'Compile time (s)': 'compile_time [s]',
          'Mean (ms)': 'duration|latency [ms] mean',
          'Mean latency (ms)': 'latency [ms] mean',
          'Std (ms)': 'duration|latency [ms] stddev',
          'Min (ms)': 'duration|latency [ms] min',
          'Max (ms)': 'duration|latency [ms] max',
          '*': '-',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'quantization report',
    files: ['seed/reports/quantization/quantization_report.md'],
    note: 'Headings are glued to the line before: what is measured on, nobody can hold a reader to.',
    tables: [],
    lines: [
      [/^- Accuracy: (\S+)/, 'accuracy [|1]'],
      [/^- Loss: (\S+)/, 'loss [|1]'],
      [/^- Model Size Bytes: (\S+)/, 'model_size [B]'],
    ],
  },
]
