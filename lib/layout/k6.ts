/** k6: end-of-test summaries in three forms, and samples line by line as NDJSON and CSV. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { KnownMetric, Layout, LayoutField, LongForm, LongValue } from './layout.js'

const time = (metric?: string): KnownMetric => ({ ...(metric === undefined ? {} : { metric }), unit: 'ms', better: 'lower' })
const data = (name: string): KnownMetric => ({ unit: 'bytes', better: 'none', rate: `${name}_rate` })
const count = (metric: string, better: 'higher' | 'lower' | 'none'): KnownMetric => ({ metric, unit: '', better })

/** The metrics that k6 has built in. Times are in milliseconds everywhere. */
const METRICS: Readonly<Record<string, KnownMetric>> = {
  http_reqs: { metric: 'requests', unit: 'requests', rate: 'request_throughput' },
  http_req_duration: time('latency'),
  'http_req_*': time(),
  grpc_req_duration: time('latency'),
  iteration_duration: time(),
  group_duration: time(),
  ws_connecting: time(),
  ws_session_duration: time(),
  ws_ping: time(),
  iterations: { unit: 'iterations', better: 'none', rate: 'throughput' },
  dropped_iterations: { unit: 'iterations', better: 'lower' },
  data_received: data('data_received'),
  data_sent: data('data_sent'),
  // One of them is a share of requests that failed, the other of checks that passed.
  http_req_failed: { metric: 'error_rate', unit: 'ratio', better: 'lower' },
  'http_req_failed.passes': count('errors', 'lower'),
  'http_req_failed.matches': count('errors', 'lower'),
  'http_req_failed.fails': count('completed', 'higher'),
  'http_req_failed.total': count('requests', 'none'),
  checks: { metric: 'pass_rate', unit: 'ratio', better: 'higher' },
  'checks.passes': count('checks_passed', 'higher'),
  'checks.matches': count('checks_passed', 'higher'),
  'checks.fails': count('checks_failed', 'lower'),
  'checks.total': count('checks', 'none'),
  checks_total: { metric: 'checks', unit: '', better: 'none', rate: 'check_rate' },
  checks_succeeded: { metric: 'pass_rate', unit: 'ratio', better: 'higher' },
  'checks_succeeded.matches': count('checks_passed', 'higher'),
  'checks_succeeded.total': { ignore: true },
  checks_failed: { metric: 'fail_rate', unit: 'ratio', better: 'lower' },
  'checks_failed.matches': count('checks_failed', 'lower'),
  'checks_failed.total': { ignore: true },
  vus: { better: 'none' },
  vus_max: { better: 'none' },
  'browser_web_vital_*': time(),
  browser_web_vital_cls: { unit: '', better: 'lower' },
  browser_http_req_duration: time('latency'),
  browser_http_req_failed: { metric: 'error_rate', unit: 'ratio', better: 'lower' },
}

const TREND: Readonly<Record<string, LongValue>> = {
  avg: { stat: 'mean' },
  min: { stat: 'min' },
  med: { stat: 'median' },
  max: { stat: 'max' },
  'p(*': {},
}
const COUNTER: Readonly<Record<string, LongValue>> = { count: { stat: 'value' }, rate: { stat: 'value', per: 's' } }
const GAUGE: Readonly<Record<string, LongValue>> = { value: { stat: 'value' }, min: { stat: 'min' }, max: { stat: 'max' } }
const SHARE: Readonly<Record<string, LongValue>> = {
  rate: { stat: 'value', unit: 'ratio' },
  passes: { stat: 'value', metric: '*_true', unit: '' },
  fails: { stat: 'value', metric: '*_false', unit: '' },
  matches: { stat: 'value', metric: '*_true', unit: '' },
  total: { stat: 'value', metric: '*_total', unit: '' },
}
const UNITS = { time: 'ms', data: 'bytes' }

/** By the type that stands beside the values. */
const typed = (form: Omit<LongForm, 'values'>): readonly LongForm[] => [
  { ...form, where: { type: 'trend' }, values: { ...TREND, count: { stat: 'count', unit: '1', better: 'none' } } },
  { ...form, where: { type: 'counter' }, values: COUNTER },
  { ...form, where: { type: 'gauge' }, values: GAUGE },
  { ...form, where: { type: 'rate' }, values: SHARE },
]


const AROUND: Readonly<Record<string, LayoutField>> = {
  type: IGNORE,
  contains: IGNORE,
  thresholds: IGNORE,
  options: IGNORE,
  id: IGNORE,
  path: IGNORE,
  isStdOutTTY: IGNORE,
  isStdErrTTY: IGNORE,
  passes: { role: 'metric', metric: 'checks_passed', unit: '', better: 'higher' },
  fails: { role: 'metric', metric: 'checks_failed', unit: '', better: 'lower' },
  'checks.name': { role: 'attribute', name: 'check' },
  'groups.name': { role: 'attribute', name: 'group' },
  'results.name': { role: 'attribute', name: 'check' },
  testRunDurationMs: { role: 'metric', metric: 'duration', unit: 'ms' },
}

const K6_SUMMARY: Layout = {
  name: 'k6',
  tool: 'k6 handleSummary, JSON: metrics with their type, times in milliseconds',
  keys: ['metrics.*.type', 'metrics.*.contains', 'metrics.*.values'],
  long: typed({ at: 'metrics.*', unit: 'contains', units: UNITS }),
  metrics: METRICS,
  fields: AROUND,
}

const K6_REPORT: Layout = {
  name: 'k6',
  tool: 'k6 machine-readable summary: a list of metrics with their type, times in milliseconds',
  keys: ['results.metrics.*.name', 'results.metrics.*.contains', 'results.metrics.*.values'],
  long: [
    ...typed({ at: 'results.metrics.*', name: 'name', unit: 'contains', units: UNITS }),
    ...typed({ at: 'results.checks.metrics.*', name: 'name', unit: 'contains', units: UNITS }),
    ...typed({ at: 'results.groups.*.metrics.*', name: 'name', unit: 'contains', units: UNITS }),
    ...typed({ at: 'results.scenarios.*.metrics.*', name: 'name', unit: 'contains', units: UNITS }),
  ],
  metrics: METRICS,
  fields: { ...AROUND, duration: { role: 'metric', metric: 'duration', unit: 's' }, generatedAt: { role: 'time' }, k6Version: ATTRIBUTE },
}

const K6_EXPORT: Layout = {
  name: 'k6',
  tool: 'k6 --summary-export: metrics without their type, times in milliseconds',
  keys: ['root_group.path', 'root_group.checks', 'metrics.*.rate'],
  long: [
    { at: 'metrics.*', where: { passes: '*', fails: '*' }, values: { ...SHARE, value: { stat: 'value', unit: 'ratio' } } },
    { at: 'metrics.*', where: { rate: '*', count: '*' }, values: COUNTER },
    { at: 'metrics.*', where: { avg: '*' }, values: { ...TREND, count: { stat: 'count', unit: '1', better: 'none' } } },
    { at: 'metrics.*', values: GAUGE },
  ],
  levels: { 'root_group.checks': 'check', 'root_group.groups': 'group' },
  metrics: METRICS,
  fields: AROUND,
}

const K6_POINTS: Layout = {
  name: 'k6',
  tool: 'k6 --out json: one sample per line, times in milliseconds',
  keys: ['type', 'metric', 'data.time', 'data.value', 'data.tags'],
  long: [{ name: 'metric', values: { value: { stat: 'value' } } }],
  metrics: METRICS,
  pairs: ['tags', 'metadata'],
  fields: { ...AROUND, time: { role: 'time' } },
}

/** The line before the first sample of a metric; what it says is in every other line, too. */
const K6_METRIC: Layout = {
  name: 'k6',
  tool: 'k6 --out json: what a metric is',
  keys: ['type', 'metric', 'data.type', 'data.contains', 'data.submetrics'],
  fields: { data: IGNORE },
}

const K6_CSV: Layout = {
  name: 'k6',
  tool: 'k6 --out csv: one sample per row, times in milliseconds',
  columns: ['metric_name', 'timestamp', 'metric_value'],
  long: [{ name: 'metric_name', values: { metric_value: { stat: 'value' } } }],
  metrics: METRICS,
  pairs: ['extra_tags', 'metadata'],
  fields: {
    timestamp: { role: 'time' },
    error: { role: 'error' },
    check: ATTRIBUTE,
    error_code: ATTRIBUTE,
    expected_response: ATTRIBUTE,
    group: ATTRIBUTE,
    method: ATTRIBUTE,
    name: ATTRIBUTE,
    proto: ATTRIBUTE,
    scenario: ATTRIBUTE,
    service: ATTRIBUTE,
    status: ATTRIBUTE,
    subproto: ATTRIBUTE,
    tls_version: ATTRIBUTE,
    url: ATTRIBUTE,
  },
}

export const K6: readonly Layout[] = [K6_SUMMARY, K6_REPORT, K6_EXPORT, K6_POINTS, K6_METRIC, K6_CSV]
