/** Language models as servers: load generators and their reports. */

import { snake, type Rules, type Spec } from '../spec.js'

const PERF = 'wild/ray-project__llmperf/benchmarks/results'
const AIPERF = 'wild/ai-dynamo__aiperf/examples/artifacts/run1'
const SCOPE = 'wild/modelscope__evalscope/evalscope/web/src/test/fixtures'

/** The keys of llmperf's own summaries, `results_ttft_s_quantiles_p99` and others. */
const llmperf = (key: string): string => {
  const [, name = '', what = ''] = /^results_(.+?)_(?:quantiles_)?(p\d+|mean|min|max|stddev)$/.exec(key) ?? []
  const stat = what === 'p50' ? 'p50|median' : what
  if (name === 'inter_token_latency_s') return `itl [s] ${stat}`
  if (name === 'ttft_s') return `ttft [s] ${stat}`
  if (name === 'end_to_end_latency_s') return `e2e_latency [s] ${stat}`
  if (name === 'request_output_throughput_token_per_s') return `output_throughput|request_output_throughput [tok/s] ${stat}`
  if (name === 'number_input_tokens') return `prompt_tokens [tok] ${stat} ?`
  return name === 'number_output_tokens' ? `output_tokens [tok] ${stat}` : 'open'
}

/** The names of llmperf's digests, `time_to_first_token_in_ms_(ttft)_p95` and others; one of them heads each row in the CSV. */
const digest = (name: string): string => {
  const what = /_(p\d+)$/.exec(name)?.[1] ?? (/_mean_/.test(name) ? 'mean' : 'mean|value')
  const stat = what === 'p50' ? 'p50|median' : what
  if (/\(ttft\)/.test(name)) return `ttft [ms] ${stat}`
  if (/^throughput_token_per_s/.test(name)) return `output_throughput [tok/s] ${stat}`
  if (/inter_token_latency/.test(name)) return `itl|tpot [ms] ${stat}`
  if (/^requests_per_minute/.test(name)) return 'request_throughput [req/min|query/min] mean|value'
  if (/number_errors$/.test(name)) return 'errors [|1|req] value|count|sum'
  if (/completed_requests$/.test(name)) return '*requests*|completed* [req|] value|count|sum'
  return name === 'mean_output_token_length' ? '*output_token* [tok|] mean ?' : name === 'concurrency' || name === '' ? '-' : 'open'
}

const aiperfName = (tag: string): string => {
  if (/throughput_per_user/.test(tag)) return '*per_user*'
  if (/timestamp/.test(tag)) return ''
  const names: Readonly<Record<string, string>> = {
    ttft: 'ttft',
    time_to_first_token: 'ttft',
    ttst: 'ttst|time_to_second_token',
    time_to_second_token: 'ttst|time_to_second_token',
    request_latency: 'e2e_latency',
    inter_token_latency: 'itl',
    inter_chunk_latency: 'icl|inter_chunk_latency',
    output_token_throughput: 'output_throughput',
    request_throughput: 'request_throughput',
    request_count: 'requests',
    error_request_count: 'errors|*error*',
    benchmark_duration: '*duration',
    input_sequence_length: 'prompt_tokens|input_sequence_length',
    output_sequence_length: 'output_tokens|output_sequence_length',
    output_token_count: 'output_tokens|output_token_count',
    reasoning_token_count: 'reasoning_token*',
    total_input_sequence_length: '*input*|*prompt_tokens',
    total_output_sequence_length: '*output*',
    total_isl: 'total_isl|*prompt_tokens|*input*',
    total_osl: 'total_osl|*output*',
    total_output_tokens: 'output_tokens|total_output_tokens|output_token_count',
    total_reasoning_tokens: '*reasoning_tokens',
  }
  return names[tag] ?? snake(tag)
}

const aiperf = (tag: string, key: string, unit: string): string => {
  const name = aiperfName(tag)
  if (name === '') return '-'
  if (key === 'count') return 'open'
  const stat = key === 'avg' ? 'mean|value' : key === 'std' ? 'stddev' : key === 'p50' ? 'p50|median' : key.toLowerCase() === 'value' ? 'value|sum|mean|count' : key
  const per = unit === 'tokens/sec/user' ? 'tok/s|u:{token}/s/{user}' : unit
  // Lengths of prompts and of the whole run are sizes of the experiment, if one will.
  return `${name} [${per === '' ? '|req' : per}] ${stat}${/^(?:input_sequence_length|total_isl|total_input_sequence_length|benchmark_duration)$/.test(tag) ? ' ?' : ''}`
}

const SINGLE = /^(.*?)(?: \((.*)\))?$/

const individual: Rules = {
  '/*/inter_token_latency_s': 'itl [s]',
  '/*/ttft_s': 'ttft [s]',
  '/*/end_to_end_latency_s': 'e2e_latency [s]',
  '/*/request_output_throughput_token_per_s': 'output_throughput|request_output_throughput [tok/s]',
  '/*/number_total_tokens': 'total_tokens [tok]',
  '/*/number_output_tokens': 'output_tokens [tok]',
  '/*/number_input_tokens': 'prompt_tokens [tok] ?',
  '/*/error_code': '-',
}

export const SERVING: readonly Spec[] = [
  {
    kind: 'json',
    tool: 'llmperf summary',
    files: [`${PERF}/**/*_summary.json`],
    paths: {
      '/model': 'attr *',
      '/num_concurrent_requests': 'attr *',
      '/results_num_requests_started': '*requests* [req|] value|count|sum',
      '/results_error_rate': '*error_rate* [|1]',
      '/results_number_errors': 'errors [|1|req] value|count|sum',
      '/results_mean_output_throughput_token_per_s': 'output_throughput [tok/s] mean|value',
      '/results_num_completed_requests': '*requests*|completed* [req|] value|count|sum',
      '/results_num_completed_requests_per_min': '*request_throughput*|*requests_per_min* [req/min] value|mean',
      '/results_*': (row) => llmperf(row['key'] ?? ''),
      '/*': '-',
    },
  },
  { kind: 'json', tool: 'llmperf responses', files: [`${PERF}/**/*_individual_responses.json`], paths: individual },
  { kind: 'json', tool: 'llmperf digest', files: [`${PERF}/**/*_cur_*.json`], paths: { '/concurrency': 'attr', '/*': (row) => digest(row['key'] ?? '') } },
  {
    kind: 'csv',
    tool: 'llmperf digest CSV',
    note: 'The table is turned: a metric heads each row, a concurrency each column.',
    files: [`${PERF}/**/*.csv`],
    tables: [{ columns: { '#1': '-', '*': (row) => { const rule = digest(row['#1'] ?? ''); return /\[/.test(rule) ? rule.replace(/(\][^?]*?)( \?)?$/, '$1 {concurrency}$2') : rule } } }],
  },
  {
    kind: 'csv',
    tool: 'aiperf CSV',
    files: [`${AIPERF}/profile_export_aiperf.csv`],
    stacked: true,
    tables: ['avg', 'Value'].map((column) => ({
      has: ['Metric', column],
      columns: Object.fromEntries([
        ['Metric', '-'],
        ...['avg', 'min', 'max', 'p1', 'p5', 'p25', 'p50', 'p75', 'p90', 'p95', 'p99', 'std', 'Value'].map((key) => [
          key,
          (row: Readonly<Record<string, string>>) => {
            const [, name = '', unit = ''] = SINGLE.exec(row['Metric'] ?? '') ?? []
            return aiperf(snake(name), key, unit)
          },
        ]),
      ]) as Rules,
    })),
  },
  {
    kind: 'json',
    tool: 'aiperf JSON',
    files: [`${AIPERF}/profile_export_aiperf.json`],
    paths: { '/records/*/*': (row) => aiperf(row['tag'] ?? '', row['key'] ?? '', row['unit'] ?? ''), '/input_config/**': '-', '/error_summary/**': 'open' },
  },
  {
    kind: 'json',
    tool: 'aiperf JSONL',
    files: [`${AIPERF}/profile_export.jsonl`],
    many: true,
    note: 'Cancelled requests count themselves as an error: one record or none.',
    paths: {
      '/*/metadata/**': '-',
      '/*/error/**': '-',
      '/*/metrics/error_request_count/value': '* [req] value|count !error|ok ?',
      '/*/metrics/*_timestamp/value': '-',
      '/*/metrics/request_count/value': 'requests [req] value|count ?',
      '/*/metrics/output_token_throughput_per_user/value': '*per_user* [tok/s|u:{token}/s/{user}]',
      '/*/metrics/inter_chunk_latency/value/*': 'icl|inter_chunk_latency [ms]',
      '/*/metrics/ttft/value': 'ttft [=unit]',
      '/*/metrics/ttst/value': 'ttst|time_to_second_token [=unit]',
      '/*/metrics/request_latency/value': 'e2e_latency [=unit]',
      '/*/metrics/inter_token_latency/value': 'itl [=unit]',
      '/*/metrics/input_sequence_length/value': 'prompt_tokens|input_sequence_length [=unit] ?',
      '/*/metrics/output_sequence_length/value': 'output_tokens|output_sequence_length [=unit]',
      '/*/metrics/output_token_count/value': 'output_tokens|output_token_count [=unit]',
      '/*/metrics/reasoning_token_count/value': 'reasoning_token* [=unit]',
    },
  },
  {
    kind: 'json',
    tool: 'evalscope perf',
    files: [`${SCOPE}/perf-detail.json`],
    paths: {
      '/model': 'attr *',
      '/summary_rows/*/values/concurrency': 'attr *',
      '/summary_rows/*/values/request_rate': '-',
      '/summary_rows/*/values/request_throughput': 'request_throughput [req/s|] value|mean',
      '/summary_rows/*/values/avg_latency': 'latency [s|] mean',
      '/summary_rows/*/values/output_token_throughput': 'output_throughput [tok/s|] value|mean',
      '/summary_rows/*/values/success_rate': '*success_rate* [%|]',
      '/summary_rows/*/sample_counts/*': 'open',
      '/summary_columns/**': '-',
      '/total_requests': 'open',
      '/best_config/Output*': 'output_throughput [tok/s] * ?',
      '/basic_info/**': '-',
      '/best_config/*': '-',
      '/*': '-',
    },
  },
  {
    kind: 'json',
    tool: 'evalscope perf',
    files: [`${SCOPE}/perf-single-run.json`],
    note: 'Rows are lists, and `percentile_columns` names what stands in them.',
    paths: {
      '/runs/*/name': 'attr *',
      '/runs/*/total_requests': 'open',
      '/runs/*/num_requests': 'open',
      '/runs/*/succeed_requests': '*requests*|*succe* [req|] value|count|sum',
      '/runs/*/success_rate': '*success_rate* [1|]',
      '/runs/*/percentile_rows/*/0': '-',
      '/runs/*/percentile_rows/*/1': 'ttft [s] *',
      '/runs/*/percentile_rows/*/2': 'tpot [s] *',
      '/runs/*/percentile_rows/*/3': 'latency [s] *',
      '/runs/*/percentile_rows/*/4': 'prompt_tokens [tok] *',
      '/runs/*/percentile_rows/*/5': 'output_tokens [tok] *',
      '/runs/*/percentile_rows/*/6': 'output_throughput|throughput [tok/s] *',
      '/runs/*/*': '-',
      '/total': '-',
    },
  },
  {
    kind: 'markdown',
    tool: 'lmdeploy benchmark docs',
    files: ['wild/InternLM__lmdeploy/docs/en/benchmark/a100_fp16.md'],
    note: 'The bare percentiles are those of a token\'s latency: the text says so nowhere. mem(GB) was divided by 1 << 30, says the script that printed it.',
    openLines: true,
    tables: [
      {
        columns: {
          model: 'attr *',
          batch: 'attr batch|batch_size',
          tp: 'attr',
          num_promts: '-',
          prompt_tokens: 'attr',
          output_tokens: 'attr',
          RPS: 'request_throughput [req/s] value|mean',
          'FTL(ave)(s)': 'ttft|ftl [s] mean',
          'FTL(min)(s)': 'ttft|ftl [s] min',
          'FTL(max)(s)': 'ttft|ftl [s] max',
          '50%(s)': 'latency|duration|tpot|itl|token_latency [s] p50|median',
          '75%(s)': 'latency|duration|tpot|itl|token_latency [s] p75',
          '95%(s)': 'latency|duration|tpot|itl|token_latency [s] p95',
          '99%(s)': 'latency|duration|tpot|itl|token_latency [s] p99',
          'throughput(out tok/s)': 'output_throughput [tok/s] value|mean',
          'throughput(total tok/s)': 'total_throughput [tok/s] value|mean',
          'mem(GB)': '*memory*|mem [GiB] max|value',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'ollama benchmark README',
    files: ['wild/geerlingguy__ai-benchmarks/README.md'],
    openLines: true,
    tables: [{ heading: true, columns: { System: 'attr *', 'CPU/GPU': 'attr *', 'Eval Rate': 'output_throughput [cell] value|mean', 'Power (Peak)': 'power [cell] max' } }],
  },
  {
    kind: 'markdown',
    tool: 'LLM perf bench README',
    files: ['wild/mlc-ai__llm-perf-bench/README.md'],
    openLines: true,
    tables: [
      { has: ['MLC LLM (tok/sec)'], columns: { Model: 'attr *', GPU: 'attr *', '*': 'output_throughput|throughput|@ [tok/s] value|mean {engine}' } },
      { columns: { Model: 'attr *', GPU: 'attr *', '*': 'output_throughput|throughput|@ [|tok/s] value|mean {engine}' } },
    ],
  },
  {
    kind: 'markdown',
    tool: 'LLM engine benchmark READMEs',
    files: ['wild/premAI-io__benchmarks/README.md', 'wild/premAI-io__benchmarks/docs/archive.md'],
    note: 'The unit stands in the line above: read or left unknown, but never another.',
    openLines: true,
    tables: [
      { has: ['Engine', 'CUDA'], columns: { '*': '-' } },
      {
        has: ['Engine', 'float16'],
        columns: { Engine: 'attr *', '*': (row) => (Object.values(row).some((cell) => cell.includes('±')) ? 'output_throughput|throughput|@ [|tok/s] mean|value {precision}' : '*memory*|@ [|MB] mean|value {precision}') },
      },
    ],
  },
  { kind: 'markdown', tool: 'LLM engine benchmark READMEs', files: ['wild/premAI-io__benchmarks/bench_vllm/README.md'], openLines: true, note: 'Questions and answers.', tables: [{ columns: { '*': '-' } }] },
  { kind: 'markdown', tool: 'READMEs without results', files: ['wild/fabienrenaud__java-json-benchmark/README.md', 'wild/nodejs__undici/README.md', 'wild/greensoftwarelab__Energy-Languages/README.md'], openLines: true, tables: [{ columns: { '*': '-' } }] },
  {
    kind: 'markdown',
    tool: 'ncnn RankCards',
    files: ['wild/Tencent__ncnn/benchmark/RankCards/README.md'],
    openLines: true,
    tables: [{ columns: { '#1': '-', Board: 'attr *', Ratio: '*ratio* [|1] value|mean' } }],
  },
  { kind: 'markdown', tool: 'ncnn conformance', files: ['wild/Tencent__ncnn/docs/benchmark/vulkan-conformance-test.md'], openLines: true, tables: [{ columns: { '*': '-' } }] },
]
