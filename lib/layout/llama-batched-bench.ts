/** llama-batched-bench of llama.cpp, and sweep-bench of its kin: prompt and generation of several sequences at once. */

import { ATTRIBUTE, each, measured, named } from './field.js'
import type { Layout } from './layout.js'

const LLAMA_BATCHED_TABLE: Layout = {
  name: 'llama-batched-bench',
  tool: 'llama-batched-bench, Markdown table: seconds (T) and tokens per second (S) of prompt (PP), generation (TG) and both',
  columns: ['PP', 'TG', 'T_PP s', 'S_PP t/s', 'T_TG s', 'S_TG t/s'],
  fields: {
    PP: named('n_prompt'),
    TG: named('n_gen'),
    B: named('batch_size'),
    N_KV: named('n_kv'),
    'T_PP s': measured('prompt_eval_duration', 's'),
    'S_PP t/s': measured('prompt_throughput', 'tokens/s'),
    'T_TG s': measured('eval_duration', 's'),
    'S_TG t/s': measured('output_throughput', 'tokens/s'),
    'T s': measured('total_duration', 's'),
    'S t/s': measured('total_throughput', 'tokens/s'),
  },
}

const LLAMA_BATCHED_LINES: Layout = {
  name: 'llama-batched-bench',
  tool: 'llama-batched-bench --output-format jsonl: seconds (t) and tokens per second (speed)',
  keys: ['pp', 'tg', 't_pp', 'speed_pp', 't_tg', 'speed_tg'],
  anywhere: true,
  fields: {
    pp: named('n_prompt'),
    tg: named('n_gen'),
    pl: named('batch_size'),
    ...each(['n_kv', 'n_kv_max', 'is_pp_shared', 'is_tg_separate'], ATTRIBUTE),
    t_pp: measured('prompt_eval_duration', 's'),
    speed_pp: measured('prompt_throughput', 'tokens/s'),
    t_tg: measured('eval_duration', 's'),
    speed_tg: measured('output_throughput', 'tokens/s'),
    t: measured('total_duration', 's'),
    speed: measured('total_throughput', 'tokens/s'),
  },
}

export const LLAMA_BATCHED_BENCH: readonly Layout[] = [LLAMA_BATCHED_TABLE, LLAMA_BATCHED_LINES]
