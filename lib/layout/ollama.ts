/** Files about runs against an Ollama server: sweeps over options, prompt suites, and their summaries. */

import { ATTRIBUTE, IGNORE, measured, named } from './field.js'
import type { Layout, LayoutCase, LayoutField } from './layout.js'

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

const OLLAMA_RUNS: Layout = {
  name: 'ollama-runs',
  tool: 'runs of prompts or option sweeps against Ollama: one row per answer with its phases in seconds',
  columns: ['ttft_s', 'tokens_s', 'load_s', 'prompt_eval_s', 'eval_s'],
  keys: ['results.*.ttft_s', 'results.*.tokens_s', 'results.*.eval_s'],
  fields: PHASES,
}

const OLLAMA_SWEEP_SUMMARY: Layout = {
  name: 'ollama-sweep-summary',
  tool: 'the summary of an option sweep against Ollama: means per configuration',
  columns: ['num_gpu', 'num_ctx', 'temperature', 'mean_tokens_s', 'mean_ttft_s'],
  fields: MEANS,
}

const OLLAMA_SUITE_SUMMARY: Layout = {
  name: 'ollama-suite-summary',
  tool: 'the summary of a prompt suite against Ollama: means per model',
  // The means are missing where no model answered.
  keys: ['models.*.model', 'models.*.prompt_count', 'models.*.completed'],
  fields: {
    ...MEANS,
    completed: { role: 'metric', metric: 'completed', unit: '', better: 'higher' },
    ollama_host: ATTRIBUTE,
    prompts: IGNORE,
  },
}

/** `ollama run --verbose` style numbers of Ollama's own API and of its `cmd/bench`. */
const OLLAMA_BENCH: Layout = {
  name: 'ollama-bench',
  tool: 'ollama cmd/bench CSV: phases with time per token and tokens per second, 0 where a column does not apply',
  columns: ['NAME', 'STEP', 'COUNT', 'NS_PER_COUNT', 'TOKEN_PER_SEC'],
  fields: {
    NAME: named('model'),
    STEP: named('step'),
    COUNT: named('count'),
    NS_PER_COUNT: measured('time_per_count', 'ns', { stat: 'mean', better: 'lower', zero: 'absent', cases: durationOf('STEP') }),
    TOKEN_PER_SEC: measured('throughput', 'tokens/s', { better: 'higher', zero: 'absent', cases: rateOf('STEP') }),
  },
}

const OLLAMA_BENCH_TABLE: Layout = {
  name: 'ollama-bench',
  tool: 'ollama cmd/bench, Markdown table: phases with time per token and tokens per second',
  columns: ['Model', 'Step', 'Count', 'nsPerToken', 'tokensPerSec'],
  fields: {
    Model: named('model'),
    Step: named('step'),
    Count: named('count'),
    Duration: measured('duration', undefined, { cases: [{ when: { Step: '^load$' }, metric: 'load_duration' }, { when: { Step: '^prefill$' }, metric: 'prompt_eval_duration' }, { when: { Step: '^generate$' }, metric: 'eval_duration' }, { when: { Step: '^ttft$' }, metric: 'ttft' }, { when: { Step: '^total$' }, metric: 'total_duration' }] }),
    // Beside a single count it is the duration again.
    nsPerToken: measured('time_per_count', 'ns', { stat: 'mean', better: 'lower', zero: 'absent', cases: [{ when: { Step: '^(?:load|ttft|total)$' }, metric: '' }, ...durationOf('Step')] }),
    tokensPerSec: measured('throughput', 'tokens/s', { better: 'higher', zero: 'absent', cases: rateOf('Step') }),
  },
}

/** Per token while a prompt is read or an answer written, else of the whole phase. */
function durationOf(step: string): readonly LayoutCase[] {
  return [
    { when: { [step]: '^generate$' }, metric: 'tpot' },
    { when: { [step]: '^prefill$' }, metric: 'prompt_time_per_token' },
    { when: { [step]: '^load$' }, metric: 'load_duration', stat: 'value' },
    { when: { [step]: '^ttft$' }, metric: 'ttft', stat: 'value' },
    { when: { [step]: '^total$' }, metric: 'total_duration', stat: 'value' },
  ]
}

function rateOf(step: string): readonly LayoutCase[] {
  return [
    { when: { [step]: '^generate$' }, metric: 'output_throughput' },
    { when: { [step]: '^prefill$' }, metric: 'prompt_throughput' },
  ]
}

const API_FIELDS: Readonly<Record<string, LayoutField>> = {
  total_duration: { role: 'metric', metric: 'total_duration', unit: 'ns' },
  load_duration: { role: 'metric', metric: 'load_duration', unit: 'ns' },
  prompt_eval_duration: { role: 'metric', metric: 'prompt_eval_duration', unit: 'ns' },
  eval_duration: { role: 'metric', metric: 'eval_duration', unit: 'ns' },
  prompt_eval_count: { role: 'metric', metric: 'prompt_tokens', unit: 'tokens' },
  eval_count: { role: 'metric', metric: 'output_tokens', unit: 'tokens' },
  created_at: { role: 'time' },
  context: IGNORE,
  response: IGNORE,
}

const OLLAMA_API: Layout = {
  name: 'ollama-api',
  tool: 'answers of the Ollama API, saved as they are or inside other documents: durations in nanoseconds',
  keys: ['eval_count', 'eval_duration', 'total_duration', 'load_duration'],
  anywhere: true,
  fields: API_FIELDS,
}

const OLLAMA_ANSWERS: Layout = {
  name: 'ollama-api',
  tool: 'answers of the Ollama API in one list: durations in nanoseconds',
  keys: ['*.eval_count', '*.eval_duration', '*.total_duration', '*.load_duration'],
  fields: API_FIELDS,
}

export const OLLAMA: readonly Layout[] = [OLLAMA_RUNS, OLLAMA_SWEEP_SUMMARY, OLLAMA_SUITE_SUMMARY, OLLAMA_BENCH, OLLAMA_BENCH_TABLE, OLLAMA_ANSWERS, OLLAMA_API]
