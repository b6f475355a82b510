import { GENERATION_SUMMARY, GENERATION_TABLE, GENERATION_TESTS, TIMING_BASELINE, TIMING_SAMPLE } from './baseline.js'
import { BENCHMARK_DOT_NET } from './benchmarkdotnet.js'
import { COMPILATION_JSON, COMPILATION_SUMMARY_TABLE, COMPILATION_TABLE, KERNELS, QUANTIZATION } from './compilation.js'
import { CRITERION } from './criterion.js'
import { GOOGLE_BENCHMARK } from './google-benchmark.js'
import { HYPERFINE } from './hyperfine.js'
import { JMH } from './jmh.js'
import { K6 } from './k6.js'
import type { Layout } from './layout.js'
import { LLAMA_BENCH_JSON, LLAMA_BENCH_LINES, LLAMA_BENCH_TABLE } from './llama-bench.js'
import { LM_EVAL } from './lm-eval.js'
import { HEALING_DEMO, NVIDIA_SMI, SELF_HEALING, SYSTEM_METRICS } from './monitoring.js'
import { NSIGHT_RAW } from './nsight.js'
import { OLLAMA_API, OLLAMA_BENCH, OLLAMA_RUNS, OLLAMA_SUITE_SUMMARY, OLLAMA_SWEEP_SUMMARY } from './ollama.js'
import { OTLP } from './otlp.js'
import { PYTEST_BENCHMARK } from './pytest-benchmark.js'
import { VLLM_SERVE } from './vllm.js'

export type { Layout, LayoutField } from './layout.js'
export { matchColumns, matchValue } from './match.js'

/** Every layout that is known; the most specific match wins, the order carries nothing. */
export const LAYOUTS: readonly Layout[] = [
  ...BENCHMARK_DOT_NET,
  COMPILATION_JSON,
  COMPILATION_SUMMARY_TABLE,
  COMPILATION_TABLE,
  ...CRITERION,
  GENERATION_SUMMARY,
  GENERATION_TABLE,
  GENERATION_TESTS,
  ...GOOGLE_BENCHMARK,
  HEALING_DEMO,
  ...HYPERFINE,
  ...JMH,
  ...K6,
  KERNELS,
  LLAMA_BENCH_JSON,
  LLAMA_BENCH_LINES,
  LLAMA_BENCH_TABLE,
  LM_EVAL,
  NSIGHT_RAW,
  NVIDIA_SMI,
  OLLAMA_API,
  OLLAMA_BENCH,
  OLLAMA_RUNS,
  OLLAMA_SUITE_SUMMARY,
  OLLAMA_SWEEP_SUMMARY,
  ...OTLP,
  ...PYTEST_BENCHMARK,
  QUANTIZATION,
  SELF_HEALING,
  SYSTEM_METRICS,
  TIMING_BASELINE,
  TIMING_SAMPLE,
  VLLM_SERVE,
]
