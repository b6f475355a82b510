import { GENERATION_SUMMARY, GENERATION_TABLE, GENERATION_TESTS, TIMING_BASELINE, TIMING_SAMPLE } from './baseline.js'
import { COMPILATION_JSON, COMPILATION_SUMMARY_TABLE, COMPILATION_TABLE, KERNELS, QUANTIZATION } from './compilation.js'
import type { Layout } from './layout.js'
import { HEALING_DEMO, SELF_HEALING, SYSTEM_METRICS } from './monitoring.js'
import { NSIGHT_RAW } from './nsight.js'
import { OLLAMA_API, OLLAMA_BENCH, OLLAMA_RUNS, OLLAMA_SUITE_SUMMARY, OLLAMA_SWEEP_SUMMARY } from './ollama.js'

export type { Layout, LayoutField } from './layout.js'
export { matchColumns, matchValue } from './match.js'

/** Every layout that is known; the most specific match wins, the order carries nothing. */
export const LAYOUTS: readonly Layout[] = [
  COMPILATION_JSON,
  COMPILATION_SUMMARY_TABLE,
  COMPILATION_TABLE,
  GENERATION_SUMMARY,
  GENERATION_TABLE,
  GENERATION_TESTS,
  HEALING_DEMO,
  KERNELS,
  NSIGHT_RAW,
  OLLAMA_API,
  OLLAMA_BENCH,
  OLLAMA_RUNS,
  OLLAMA_SUITE_SUMMARY,
  OLLAMA_SWEEP_SUMMARY,
  QUANTIZATION,
  SELF_HEALING,
  SYSTEM_METRICS,
  TIMING_BASELINE,
  TIMING_SAMPLE,
]
