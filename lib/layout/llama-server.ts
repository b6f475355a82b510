/** What the server of llama.cpp says of one answer. */

import { measured } from './field.js'
import type { Layout } from './layout.js'

export const LLAMA_SERVER: readonly Layout[] = [
  {
    name: 'llama-server',
    tool: 'the timings object in an answer of llama.cpp: milliseconds and tokens per second of prompt and generation',
    keys: ['prompt_ms', 'prompt_per_second', 'predicted_ms', 'predicted_per_second'],
    anywhere: true,
    fields: {
      cache_n: measured('cached_tokens', 'tokens', { better: 'none' }),
      prompt_n: measured('prompt_tokens', 'tokens'),
      prompt_ms: measured('prompt_eval_duration', 'ms'),
      prompt_per_token_ms: measured('prompt_time_per_token', 'ms', { better: 'lower' }),
      prompt_per_second: measured('prompt_throughput', 'tokens/s'),
      predicted_n: measured('output_tokens', 'tokens'),
      predicted_ms: measured('eval_duration', 'ms'),
      predicted_per_token_ms: measured('tpot', 'ms'),
      predicted_per_second: measured('output_throughput', 'tokens/s'),
      draft_n: measured('draft_tokens', 'tokens', { better: 'none' }),
      draft_n_accepted: measured('draft_tokens_accepted', 'tokens', { better: 'higher' }),
    },
  },
]
