/** LMDeploy: profile_throughput and profile_restful_api. */

import { ATTRIBUTE, IGNORE, measured } from './field.js'
import type { Layout } from './layout.js'
import { SERVING } from './vllm.js'

const LMDEPLOY_PROFILE: Layout = {
  name: 'lmdeploy',
  tool: 'LMDeploy profile_throughput and profile_restful_api, CSV of older versions: FTL is the time to the first token, percentiles are of single tokens',
  columns: ['FTL(ave)(s)', '50%(s)', '99%(s)', 'throughput(out tok/s)'],
  fields: {
    batch: { role: 'attribute', name: 'batch_size' },
    num_prompts: ATTRIBUTE,
    // As asked for, one pair per test.
    prompt_tokens: ATTRIBUTE,
    completion_tokens: { role: 'attribute', name: 'output_tokens' },
    output_tokens: ATTRIBUTE,
    // The most that each GPU held more than before; divided by 2^30, whatever the title says.
    'mem(GB)': measured('gpu_memory_used', 'GiB', { stat: 'max' }),
    RPS: measured('request_throughput', 'req/s'),
    // The same in requests per minute.
    RPM: IGNORE,
    'FTL(ave)(s)': measured('ttft', 's', { stat: 'mean' }),
    'FTL(min)(s)': measured('ttft', 's', { stat: 'min' }),
    'FTL(max)(s)': measured('ttft', 's', { stat: 'max' }),
    '50%(s)': measured('itl', 's', { stat: 'p50' }),
    '75%(s)': measured('itl', 's', { stat: 'p75' }),
    '95%(s)': measured('itl', 's', { stat: 'p95' }),
    '99%(s)': measured('itl', 's', { stat: 'p99' }),
    'throughput(out tok/s)': measured('output_throughput', 'tokens/s'),
    'throughput(total tok/s)': measured('total_throughput', 'tokens/s'),
  },
}

const LMDEPLOY_SERVING: Layout = {
  name: 'lmdeploy',
  tool: 'LMDeploy profile_restful_api, CSV: one run a row, latencies in ms by suffix',
  columns: ['backend', 'completed', 'request_throughput', 'output_throughput', 'mean_ttft_ms'],
  fields: SERVING,
}

export const LM_DEPLOY: readonly Layout[] = [LMDEPLOY_PROFILE, LMDEPLOY_SERVING]
