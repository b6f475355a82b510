/** Artillery: reports of load tests, the whole and moment by moment. */

import { each, IGNORE, measured } from './field.js'
import type { KnownMetric, Layout, LongForm, LongValue } from './layout.js'

const SUMMARY: Readonly<Record<string, LongValue>> = {
  min: { stat: 'min' },
  max: { stat: 'max' },
  mean: { stat: 'mean' },
  // The same as p50.
  p50: { stat: 'p50' },
  p75: { stat: 'p75' },
  p90: { stat: 'p90' },
  p95: { stat: 'p95' },
  p99: { stat: 'p99' },
  p999: { stat: 'p99.9' },
  count: { stat: 'count' },
}

const ms = (metric: string): KnownMetric => ({ metric, unit: 'ms', better: 'lower' })
const count = (metric: string, better: 'higher' | 'lower' | 'none'): KnownMetric => ({ metric, unit: '', better })

const METRICS: Readonly<Record<string, KnownMetric>> = {
  'http.response_time': ms('latency'),
  'http.response_time.*': ms('latency'),
  'vusers.session_length': ms('session_duration'),
  'http.requests': { metric: 'requests', unit: 'requests', better: 'none' },
  'http.responses': count('responses', 'none'),
  'http.request_rate': { metric: 'request_throughput', unit: 'req/s' },
  'http.downloaded_bytes': { metric: 'data_received', unit: 'bytes', better: 'none' },
  'vusers.completed': count('completed', 'higher'),
  'vusers.failed': count('errors', 'lower'),
  'vusers.created': count('vusers_created', 'none'),
  'errors.*': { unit: '', better: 'lower' },
}

const MOMENT = (path: string): readonly LongForm[] => [
  { at: `${path}.summaries.*`, values: SUMMARY },
]

const REPORT: Layout = {
  name: 'artillery',
  tool: 'Artillery report, JSON: milliseconds, counters and rates, the whole and moment by moment',
  keys: ['aggregate.counters', 'aggregate.summaries', 'intermediate'],
  long: [...MOMENT('aggregate'), ...MOMENT('intermediate.*')],
  entries: ['aggregate.counters', 'aggregate.rates', 'intermediate.*.counters', 'intermediate.*.rates'],
  metrics: METRICS,
  sections: { aggregate: { attributes: { scope: 'aggregate' } }, intermediate: { attributes: { scope: 'intermediate' } } },
  fields: {
    period: { role: 'time' },
    ...each(['histograms', 'firstCounterAt', 'lastCounterAt', 'firstHistogramAt', 'lastHistogramAt', 'firstMetricAt', 'lastMetricAt', 'customMessages'], IGNORE),
    // Stands beside the rates once more.
    'http.request_rate': IGNORE,
  },
}

const OLD_LATENCY = { metric: 'latency', unit: 'ms', better: 'lower' } as const

const OLD_REPORT: Layout = {
  name: 'artillery',
  tool: 'Artillery report before 2.0, JSON: milliseconds',
  keys: ['aggregate.scenariosCreated', 'aggregate.latency', 'aggregate.rps', 'intermediate'],
  sections: {
    aggregate: { attributes: { scope: 'aggregate' } },
    intermediate: { attributes: { scope: 'intermediate' } },
    'aggregate.latency': OLD_LATENCY,
    'intermediate.*.latency': OLD_LATENCY,
    'aggregate.scenarioDuration': { metric: 'session_duration', unit: 'ms', better: 'lower' },
    'intermediate.*.scenarioDuration': { metric: 'session_duration', unit: 'ms', better: 'lower' },
    'aggregate.codes': { metric: 'responses', unit: '', better: 'none' },
    'intermediate.*.codes': { metric: 'responses', unit: '', better: 'none' },
    'aggregate.errors': { metric: 'errors', unit: '', better: 'lower' },
    'intermediate.*.errors': { metric: 'errors', unit: '', better: 'lower' },
  },
  levels: { 'aggregate.codes': 'status_code', 'intermediate.*.codes': 'status_code', 'aggregate.errors': 'error', 'intermediate.*.errors': 'error' },
  fields: {
    timestamp: { role: 'time' },
    scenariosCreated: measured('vusers_created', '', { better: 'none' }),
    scenariosCompleted: measured('completed', '', { better: 'higher' }),
    requestsCompleted: measured('requests', 'requests'),
    'rps.count': IGNORE,
    'rps.mean': measured('request_throughput', 'req/s', { stat: 'mean' }),
    ...each(['latencies', 'customStats', 'counters', 'scenarioCounts', 'phases', 'pendingRequests', 'concurrency', 'matches', 'scenariosAvoided'], IGNORE),
  },
}

export const ARTILLERY: readonly Layout[] = [REPORT, OLD_REPORT]
