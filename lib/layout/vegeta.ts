/** Vegeta: reports and encoded results, nanoseconds. */

import { ATTRIBUTE, IGNORE, measured } from './field.js'
import type { Layout } from './layout.js'

const REPORT: Layout = {
  name: 'vegeta',
  tool: 'vegeta report -type=json: latencies in nanoseconds, success from 0 to 1',
  keys: ['latencies.mean', 'latencies.99th', 'bytes_in', 'throughput', 'success'],
  sections: {
    latencies: { metric: 'latency', unit: 'ns', better: 'lower' },
    bytes_in: { metric: 'data_received', unit: 'bytes', better: 'none' },
    bytes_out: { metric: 'data_sent', unit: 'bytes', better: 'none' },
    status_codes: { metric: 'responses', unit: '', better: 'none' },
  },
  levels: { status_codes: 'status_code' },
  fields: {
    ...Object.fromEntries(['50', '90', '95', '99'].map((share) => [`${share}th`, { role: 'metric' as const, stat: `p${share}` }])),
    total: { role: 'metric', stat: 'sum' },
    duration: measured('duration', 'ns'),
    wait: measured('wait_time', 'ns', { better: 'lower' }),
    requests: measured('requests', 'requests'),
    rate: measured('request_rate', 'req/s', { better: 'none' }),
    throughput: measured('request_throughput', 'req/s'),
    success: measured('success_rate', 'ratio', { better: 'higher' }),
    earliest: { role: 'time' },
    latest: IGNORE,
    end: IGNORE,
    errors: IGNORE,
    buckets: IGNORE,
  },
}

const RESULTS: Layout = {
  name: 'vegeta',
  tool: 'vegeta encode --to=json: one request per line, nanoseconds',
  keys: ['attack', 'seq', 'code', 'timestamp', 'latency', 'bytes_out', 'bytes_in'],
  statuses: { 'code=0': 'error' },
  fields: {
    timestamp: { role: 'time' },
    latency: measured('latency', 'ns'),
    bytes_in: measured('data_received', 'bytes', { better: 'none' }),
    bytes_out: measured('data_sent', 'bytes', { better: 'none' }),
    error: { role: 'error' },
    attack: ATTRIBUTE,
    seq: ATTRIBUTE,
    code: ATTRIBUTE,
    body: IGNORE,
    headers: IGNORE,
  },
}

export const VEGETA: readonly Layout[] = [REPORT, RESULTS]
