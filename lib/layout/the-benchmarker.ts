/** the-benchmarker: web frameworks under load. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { KnownMetric, Layout } from './layout.js'

const latency = (stat: string): KnownMetric => ({ metric: 'latency', unit: 's', stat, better: 'lower' })
const bad = (metric: string): KnownMetric => ({ metric, unit: '', better: 'lower' })

const DATA: Layout = {
  name: 'the-benchmarker',
  tool: 'the-benchmarker data.json: one number per framework, level of concurrency and label, -1 where there is none',
  keys: ['metrics.*.level', 'metrics.*.label', 'metrics.*.value', 'metrics.*.framework_id', 'frameworks'],
  long: [{ at: 'metrics.*', name: 'label', values: { value: {} }, filler: -1 }],
  metrics: {
    average_latency: latency('mean'),
    minimum_latency: latency('min'),
    maximum_latency: latency('max'),
    standard_deviation: latency('stddev'),
    percentile50: latency('p50'),
    percentile75: latency('p75'),
    percentile90: latency('p90'),
    percentile99: latency('p99'),
    percentile99999: latency('p99.999'),
    duration_ms: { metric: 'duration', unit: 'ms' },
    total_requests: { metric: 'requests', unit: 'requests', better: 'none' },
    total_requests_per_s: { metric: 'request_throughput', unit: 'req/s' },
    total_bytes: { metric: 'data_received', unit: 'bytes', better: 'none' },
    total_bytes_received: { metric: 'data_received', unit: 'bytes', better: 'none' },
    http_errors: bad('errors'),
    request_timeouts: bad('timeouts'),
    socket_connection_errors: bad('connection_errors'),
    socket_read_errors: bad('read_errors'),
    socket_write_errors: bad('write_errors'),
  },
  fields: { level: { role: 'attribute', name: 'concurrency' }, framework_id: ATTRIBUTE, frameworks: IGNORE, languages: IGNORE },
}

export const THE_BENCHMARKER: readonly Layout[] = [DATA]
