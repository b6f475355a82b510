/** Files that something is wrong with, as far as there is something to find in them, or to leave alone. */

import type { Spec } from '../spec.js'

/** Nothing is in it, or nothing that is measured; what is left of it is no JSON. */
const nothing = () => '{}'

const PERF = '/*/model_output/perf_metrics'

export const DIRTY: readonly Spec[] = [
  { kind: 'csv', tool: 'empty file', files: ['dirty/BurntSushi__rebar/**/rust-regex-sparse.csv'], tables: [] },
  {
    kind: 'json',
    tool: 'broken JSON',
    files: [
      'dirty/mlcommons__inference/automotive/3d-object-detection/output/*.json',
      'dirty/mlcommons__inference_results_v4.1/closed/*/results/**/mlperf_log_trace.json',
      'dirty/mlcommons__inference_results_v4.1/closed/HPE/scripts/*.json',
      'dirty/mlcommons__hpc_results_v3.0/**/*.json',
    ],
    mend: nothing,
    paths: { '/**': '-' },
  },
  {
    kind: 'json',
    tool: 'MLPerf accuracy log',
    files: ['dirty/mlcommons__inference_results_v4.1/closed/*/results/**/mlperf_log_accuracy.json'],
    note: 'The middle was cut out by whoever handed it in; how long an answer was may be read in what is left.',
    mend: (text) => `[${(text.split('...')[0] ?? '').split('\n').map((line) => line.trim().replace(/,$/, '')).filter((line) => /^\{.*\}$/.test(line)).join(',')}]`,
    paths: { '/*/token_count': '*tokens|*token_count [tok] ?', '/**': '-' },
  },
  { kind: 'json', tool: 'MLPerf descriptions and logs', files: ['dirty/mlcommons__inference_results_v4.1/closed/Sustainable_Metal_Cloud/systems/*.json'], paths: { '/**': '-' } },
  {
    kind: 'json',
    tool: 'evalscope predictions',
    files: ['dirty/modelscope__evalscope/**/gpqa_diamond_default.jsonl'],
    many: true,
    note: 'A NEL stands inside strings. The same numbers stand at three places: once is enough.',
    paths: {
      '/*/index': 'attr *',
      [`${PERF}/latency`]: 'latency [s|]',
      [`${PERF}/ttft`]: 'ttft [s|]',
      [`${PERF}/tpot`]: 'tpot [s|]',
      [`${PERF}/input_tokens`]: 'prompt_tokens [tok]',
      [`${PERF}/output_tokens`]: 'output_tokens [tok]',
      '/*/model_output/usage/total_tokens': 'total_tokens [tok]',
      '/**/input_tokens': 'prompt_tokens [tok] ?',
      '/**/output_tokens': 'output_tokens [tok] ?',
      '/**/ttft': 'ttft [s|] ?',
      '/**/tpot': 'tpot [s|] ?',
      '/**/latency': 'latency [s|] ?',
      '/**': 'open',
    },
  },
]
