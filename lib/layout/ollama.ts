/** Files about runs against an Ollama server: sweeps over options, prompt suites, and their summaries. */

import type { Layout, LayoutField } from './layout.js'

const PHASES: Readonly<Record<string, LayoutField>> = {
  ttft_s: { role: 'metric', metric: 'ttft', unit: 's' },
  tokens_s: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s' },
  load_s: { role: 'metric', metric: 'load_duration', unit: 's' },
  prompt_eval_s: { role: 'metric', metric: 'prompt_eval_duration', unit: 's' },
  eval_s: { role: 'metric', metric: 'eval_duration', unit: 's' },
  prompt_eval_count: { role: 'metric', metric: 'prompt_tokens', unit: 'tokens' },
  eval_count: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
  total_tokens: { role: 'metric', metric: 'total_tokens', unit: 'tokens' },
  response_chars: { role: 'metric', metric: 'response_chars', unit: 'chars' },
  error: { role: 'error' },
}

const MEANS: Readonly<Record<string, LayoutField>> = {
  mean_ttft_s: { role: 'metric', metric: 'ttft', unit: 's', stat: 'mean' },
  mean_tokens_s: { role: 'metric', metric: 'output_throughput', unit: 'tokens/s', stat: 'mean' },
  mean_load_s: { role: 'metric', metric: 'load_duration', unit: 's', stat: 'mean' },
  // Bare, but seconds and a mean: load + prompt_eval = ttft in every row.
  prompt_eval: { role: 'metric', metric: 'prompt_eval_duration', unit: 's', stat: 'mean' },
  eval_s_mean: { role: 'metric', metric: 'eval_duration', unit: 's', stat: 'mean' },
}

export const OLLAMA_RUNS: Layout = {
  name: 'ollama-runs',
  tool: 'runs of prompts or option sweeps against Ollama: one row per answer with its phases in seconds',
  columns: ['ttft_s', 'tokens_s', 'load_s', 'prompt_eval_s', 'eval_s'],
  keys: ['results.*.ttft_s', 'results.*.tokens_s', 'results.*.eval_s'],
  fields: PHASES,
}

export const OLLAMA_SWEEP_SUMMARY: Layout = {
  name: 'ollama-sweep-summary',
  tool: 'the summary of an option sweep against Ollama: means per configuration',
  columns: ['num_gpu', 'num_ctx', 'temperature', 'mean_tokens_s', 'mean_ttft_s'],
  fields: MEANS,
}

export const OLLAMA_SUITE_SUMMARY: Layout = {
  name: 'ollama-suite-summary',
  tool: 'the summary of a prompt suite against Ollama: means per model',
  // The means are missing where no model answered.
  keys: ['models.*.model', 'models.*.prompt_count', 'models.*.completed'],
  fields: {
    ...MEANS,
    completed: { role: 'metric', metric: 'completed', unit: '', better: 'higher' },
    ollama_host: { role: 'attribute' },
    prompts: { role: 'ignore' },
  },
}

/** `ollama run --verbose` style numbers of Ollama's own API and of its `cmd/bench`. */
export const OLLAMA_BENCH: Layout = {
  name: 'ollama-bench',
  tool: 'ollama cmd/bench CSV: phases with time per token and tokens per second, 0 where a column does not apply',
  columns: ['NAME', 'STEP', 'COUNT', 'NS_PER_COUNT', 'TOKEN_PER_SEC'],
  fields: {
    NAME: { role: 'attribute', name: 'model' },
    STEP: { role: 'attribute', name: 'step' },
    COUNT: { role: 'attribute', name: 'count' },
    NS_PER_COUNT: { role: 'metric', metric: 'time_per_count', unit: 'ns', stat: 'mean', better: 'lower', zero: 'absent' },
    TOKEN_PER_SEC: { role: 'metric', metric: 'throughput', unit: 'tokens/s', better: 'higher', zero: 'absent' },
  },
}

const API_FIELDS: Readonly<Record<string, LayoutField>> = {
  total_duration: { role: 'metric', metric: 'total_duration', unit: 'ns' },
  load_duration: { role: 'metric', metric: 'load_duration', unit: 'ns' },
  prompt_eval_duration: { role: 'metric', metric: 'prompt_eval_duration', unit: 'ns' },
  eval_duration: { role: 'metric', metric: 'eval_duration', unit: 'ns' },
  prompt_eval_count: { role: 'metric', metric: 'prompt_tokens', unit: 'tokens' },
  eval_count: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
  created_at: { role: 'time' },
  context: { role: 'ignore' },
  response: { role: 'ignore' },
}

export const OLLAMA_API: Layout = {
  name: 'ollama-api',
  tool: 'saved answers of the Ollama API: durations in nanoseconds',
  keys: ['model', 'eval_count', 'eval_duration', 'total_duration'],
  fields: API_FIELDS,
}
