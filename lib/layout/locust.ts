/** Locust: CSV files of statistics, their history, and failures. Times are in milliseconds without saying so. */

import { IGNORE, measured, named, type MetricField } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const latency = (stat: string): MetricField => measured('latency', 'ms', { stat })

const PERCENTILES: Readonly<Record<string, LayoutField>> = {
  ...Object.fromEntries(['50', '66', '75', '80', '90', '95', '98', '99', '99.9', '99.99', '99.999'].map((share) => [`${share}%`, latency(`p${share}`)])),
  '100%': latency('max'),
}

const WHOSE: Readonly<Record<string, LayoutField>> = { Type: named('method'), Method: named('method'), Name: named('name') }

const RATES: Readonly<Record<string, LayoutField>> = {
  'Requests/s': measured('request_throughput', 'req/s'),
  'Failures/s': measured('error_throughput', 'req/s', { better: 'lower' }),
}

/** With and without `Total` before them. As long as nothing was asked for, zeros stand where times would. */
const counts = (before: string): Readonly<Record<string, LayoutField>> => {
  const cases = [{ when: { [`${before}Request Count`]: '^0$' }, metric: '' }]
  return {
    [`${before}Request Count`]: measured('requests', 'requests'),
    [`${before}Failure Count`]: measured('errors', ''),
    [`${before}Median Response Time`]: { ...latency('median'), cases },
    [`${before}Average Response Time`]: { ...latency('mean'), cases },
    [`${before}Min Response Time`]: { ...latency('min'), cases },
    [`${before}Max Response Time`]: { ...latency('max'), cases },
    [`${before}Average Content Size`]: measured('response_size', 'bytes', { stat: 'mean', better: 'none', cases }),
  }
}

const STATS: Layout = {
  name: 'locust',
  tool: 'Locust statistics, CSV: one row per request name and one for all, milliseconds',
  columns: ['Type', 'Name', 'Request Count', 'Failure Count', 'Median Response Time'],
  fields: { ...WHOSE, ...counts(''), ...RATES, ...PERCENTILES },
}

const OLD_STATS: Layout = {
  name: 'locust',
  tool: 'Locust statistics before 1.0, CSV: milliseconds',
  columns: ['Name', '# requests', '# failures', 'Median response time'],
  fields: {
    ...WHOSE,
    ...RATES,
    ...PERCENTILES,
    '# requests': measured('requests', 'requests'),
    '# failures': measured('errors', ''),
    'Median response time': latency('median'),
    'Average response time': latency('mean'),
    'Min response time': latency('min'),
    'Max response time': latency('max'),
    'Average Content Size': measured('response_size', 'bytes', { stat: 'mean', better: 'none' }),
  },
}

const HISTORY: Layout = {
  name: 'locust',
  tool: 'Locust history of statistics, CSV: one row per moment, milliseconds',
  columns: ['Timestamp', 'User Count', 'Type', 'Name', 'Total Request Count'],
  fields: { ...WHOSE, ...counts('Total '), ...RATES, ...PERCENTILES, Timestamp: { role: 'time' }, 'User Count': named('users') },
}

const FAILURES: Layout = {
  name: 'locust',
  tool: 'Locust failures, CSV: how often each error came',
  columns: ['Method', 'Name', 'Error', 'Occurrences'],
  fields: { ...WHOSE, Error: named('error'), Occurrences: measured('errors', '') },
}

const EXCEPTIONS: Layout = {
  name: 'locust',
  tool: 'Locust exceptions, CSV: how often each was thrown',
  columns: ['Count', 'Message', 'Traceback', 'Nodes'],
  fields: { Count: measured('exceptions', '', { better: 'lower' }), Message: named('error'), Traceback: IGNORE, Nodes: IGNORE },
}

export const LOCUST: readonly Layout[] = [STATS, OLD_STATS, HISTORY, FAILURES, EXCEPTIONS]
