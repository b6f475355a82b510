/** Tables of small load generators: hey, ab, redis-benchmark. */

import { IGNORE, measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const seconds = (metric: string): LayoutField => measured(metric, 's', { better: 'lower' })
const ms = (metric: string, stat?: string): LayoutField => measured(metric, 'ms', { better: 'lower', ...(stat === undefined ? {} : { stat }) })

export const HEY: readonly Layout[] = [
  {
    name: 'hey',
    tool: 'hey -o csv: one request per row, seconds',
    columns: ['response-time', 'DNS+dialup', 'DNS', 'Request-write', 'Response-delay', 'Response-read'],
    fields: {
      'response-time': seconds('latency'),
      'DNS+dialup': seconds('connect_time'),
      DNS: seconds('dns_time'),
      'Request-write': seconds('request_write_time'),
      'Response-delay': seconds('time_to_first_byte'),
      'Response-read': seconds('response_read_time'),
      'status-code': named('status_code'),
      offset: IGNORE,
    },
  },
]

export const APACHE_BENCH: readonly Layout[] = [
  {
    name: 'apache-bench',
    tool: 'ab -e: milliseconds within which each percentage was served',
    columns: ['Percentage served', 'Time in ms'],
    long: [{ metric: 'latency', stat: 'Percentage served', percent: true, values: { 'Time in ms': { unit: 'ms' } } }],
    fields: {},
  },
  {
    name: 'apache-bench',
    tool: 'ab -g: one request per row, milliseconds',
    columns: ['starttime', 'seconds', 'ctime', 'dtime', 'ttime', 'wait'],
    fields: {
      starttime: IGNORE,
      seconds: { role: 'time' },
      ctime: ms('connect_time'),
      dtime: ms('processing_time'),
      ttime: ms('latency'),
      wait: ms('time_to_first_byte'),
    },
  },
]

export const REDIS_BENCHMARK: readonly Layout[] = [
  {
    name: 'redis-benchmark',
    tool: 'redis-benchmark --csv: requests per second and milliseconds per test',
    columns: ['test', 'rps', 'avg_latency_ms', 'min_latency_ms', 'max_latency_ms'],
    fields: {
      test: named('test'),
      rps: measured('request_throughput', 'req/s'),
      avg_latency_ms: ms('latency', 'mean'),
      min_latency_ms: ms('latency', 'min'),
      p50_latency_ms: ms('latency', 'p50'),
      p95_latency_ms: ms('latency', 'p95'),
      p99_latency_ms: ms('latency', 'p99'),
      max_latency_ms: ms('latency', 'max'),
    },
  },
]
