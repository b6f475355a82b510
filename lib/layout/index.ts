import { ARTILLERY } from './artillery.js'
import { ASV } from './asv.js'
import { AUTOCANNON } from './autocannon.js'
import { GENERATION_SUMMARY, GENERATION_TABLE, GENERATION_TESTS, TIMING_BASELINE, TIMING_SAMPLE } from './baseline.js'
import { BENCHER } from './bencher.js'
import { BENCHMARK_DOT_NET } from './benchmarkdotnet.js'
import { BENCHMARK_TOOLS } from './benchmarktools.js'
import { BENNY } from './benny.js'
import { BOMBARDIER } from './bombardier.js'
import { CLICK_BENCH } from './clickbench.js'
import { CODSPEED } from './codspeed.js'
import { COMPILATION_JSON, COMPILATION_SUMMARY_TABLE, COMPILATION_TABLE, KERNELS, QUANTIZATION } from './compilation.js'
import { CRITERION } from './criterion.js'
import { EVAL_PLUS } from './evalplus.js'
import { EVAL_SCOPE } from './evalscope.js'
import { FIO } from './fio.js'
import { GENAI_PERF } from './genai-perf.js'
import { GITHUB_ACTION_BENCHMARK } from './github-action-benchmark.js'
import { GO_BENCH } from './go-bench.js'
import { GOOGLE_BENCHMARK } from './google-benchmark.js'
import { GUIDE_LLM } from './guidellm.js'
import { HELM } from './helm.js'
import { APACHE_BENCH, HEY, REDIS_BENCHMARK } from './http-tables.js'
import { HYPERFINE } from './hyperfine.js'
import { INFERENCE_PERF } from './inference-perf.js'
import { INSPECT } from './inspect.js'
import { IPERF3 } from './iperf3.js'
import { JMETER } from './jmeter.js'
import { JMH } from './jmh.js'
import { K6 } from './k6.js'
import type { Layout } from './layout.js'
import { LLAMA_BATCHED_BENCH } from './llama-batched-bench.js'
import { LLAMA_BENCH } from './llama-bench.js'
import { LLAMA_SERVER } from './llama-server.js'
import { LLM_PERF } from './llmperf.js'
import { LM_EVAL } from './lm-eval.js'
import { LM_DEPLOY } from './lmdeploy.js'
import { LOCUST } from './locust.js'
import { MITATA } from './mitata.js'
import { ML_PERF } from './mlperf.js'
import { HEALING_DEMO, SELF_HEALING, SYSTEM_METRICS } from './monitoring.js'
import { MTEB } from './mteb.js'
import { NSIGHT_RAW } from './nsight.js'
import { NVIDIA_SMI } from './nvidia-smi.js'
import { OHA } from './oha.js'
import { OLLAMA } from './ollama.js'
import { OPENMETRICS } from './openmetrics.js'
import { OTLP } from './otlp.js'
import { PGBENCH } from './pgbench.js'
import { PYTEST_BENCHMARK } from './pytest-benchmark.js'
import { PYTORCH_HUB } from './pytorch-hub.js'
import { SG_LANG } from './sglang.js'
import { THE_BENCHMARKER } from './the-benchmarker.js'
import { TINYBENCH } from './tinybench.js'
import { VEGETA } from './vegeta.js'
import { VITEST } from './vitest.js'
import { VLLM_CI } from './vllm-ci.js'
import { VLLM } from './vllm.js'

export { checkLayout } from './check.js'
export type { Layout, LayoutField } from './layout.js'
export { matchColumns, matchValue } from './match.js'

/** Every layout that is known; the most specific match wins, the order carries nothing. */
export const LAYOUTS: readonly Layout[] = [
  ...APACHE_BENCH,
  ...ARTILLERY,
  ...ASV,
  ...AUTOCANNON,
  ...BENCHER,
  ...BENCHMARK_DOT_NET,
  ...BENCHMARK_TOOLS,
  BENNY,
  ...BOMBARDIER,
  ...CLICK_BENCH,
  ...CODSPEED,
  COMPILATION_JSON,
  COMPILATION_SUMMARY_TABLE,
  COMPILATION_TABLE,
  ...CRITERION,
  ...EVAL_PLUS,
  ...EVAL_SCOPE,
  ...FIO,
  ...GENAI_PERF,
  GENERATION_SUMMARY,
  GENERATION_TABLE,
  GENERATION_TESTS,
  ...GITHUB_ACTION_BENCHMARK,
  ...GO_BENCH,
  ...GOOGLE_BENCHMARK,
  ...GUIDE_LLM,
  HEALING_DEMO,
  ...HELM,
  ...HEY,
  ...HYPERFINE,
  ...INFERENCE_PERF,
  ...INSPECT,
  ...IPERF3,
  ...JMETER,
  ...JMH,
  ...K6,
  KERNELS,
  ...LLAMA_BATCHED_BENCH,
  ...LLAMA_BENCH,
  ...LLAMA_SERVER,
  ...LLM_PERF,
  ...LM_DEPLOY,
  ...LM_EVAL,
  ...LOCUST,
  ...MITATA,
  ...ML_PERF,
  ...MTEB,
  NSIGHT_RAW,
  ...NVIDIA_SMI,
  ...OHA,
  ...OLLAMA,
  ...OPENMETRICS,
  ...OTLP,
  ...PGBENCH,
  ...PYTEST_BENCHMARK,
  ...PYTORCH_HUB,
  QUANTIZATION,
  ...REDIS_BENCHMARK,
  SELF_HEALING,
  ...SG_LANG,
  SYSTEM_METRICS,
  ...THE_BENCHMARKER,
  TIMING_BASELINE,
  TIMING_SAMPLE,
  ...TINYBENCH,
  ...VEGETA,
  ...VITEST,
  ...VLLM,
  ...VLLM_CI,
]
