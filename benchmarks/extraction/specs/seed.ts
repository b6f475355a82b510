/** The reports the project was started for. */

import type { Rules, Spec } from '../spec.js'

/** A failed request writes zeros. */
const failed = (row: Readonly<Record<string, string>>) => ((row['error'] ?? '') === '' ? 'ok' : 'none')

const RUN: Rules = {
  ttft_s: 'ttft [s]',
  tokens_s: 'output_throughput [tok/s]',
  load_s: 'load_duration [s]',
  prompt_eval_s: 'prompt_eval_duration [s]',
  eval_s: 'eval_duration [s]',
  prompt_eval_count: 'prompt_tokens [tok]',
  eval_count: 'output_tokens [tok]',
  total_tokens: 'total_tokens [tok]',
  response_chars: 'response_chars|output_chars [char|]',
}

const SETTINGS: Rules = { model: 'attr', num_gpu: 'attr', num_ctx: 'attr', temperature: 'attr', config_name: 'attr', tag: 'attr', prompt: 'attr prompt|prompt_text', prompt_text: 'attr prompt|prompt_text', prompt_index: 'attr' }

export const SEED: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'ollama prompt suite',
    files: ['seed/csv_data/ollama_param_tuning.csv', 'seed/csv_data/ollama_quant_bench.csv', 'seed/reports/gemma3/*_baseline.csv', 'seed/reports/gemma3/*_param_tuning.csv', 'seed/reports/ollama/*/*_runs.csv'],
    tables: [{ status: failed, columns: { ...RUN, ...SETTINGS, timestamp: '-', error: '-', options: '-' } }],
  },
  {
    kind: 'csv',
    tool: 'ollama prompt suite',
    files: ['seed/csv_data/ollama_param_tuning_summary.csv', 'seed/reports/gemma3/*_param_tuning_summary.csv'],
    tables: [
      {
        columns: {
          ...SETTINGS,
          mean_tokens_s: 'output_throughput [tok/s] mean',
          mean_ttft_s: 'ttft [s] mean',
          mean_load_s: 'load_duration [s] mean',
          prompt_eval: 'prompt_eval_duration|prompt_eval [s|] mean|value',
          eval_s_mean: 'eval_duration [s] mean',
        },
      },
    ],
  },
]
