/** autocannon, a load generator for HTTP. */

import { ATTRIBUTE, IGNORE, measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/** `p97_5` is the 97.5th. */
const PERCENTILES: Readonly<Record<string, LayoutField>> = Object.fromEntries(
  ['0.001', '0.01', '0.1', '2.5', '97.5', '99.9', '99.99', '99.999'].map((share) => [`p${share.replace('.', '_')}`, { role: 'metric', stat: `p${share}` }]),
)
const SECTIONS = {
  latency: { metric: 'latency', unit: 'ms', better: 'lower' },
  requests: { metric: 'request_throughput', unit: 'req/s', better: 'higher' },
  throughput: { metric: 'data_received_rate', unit: 'bytes/s', better: 'higher' },
} as const

const RESULT: Layout = {
  name: 'autocannon',
  tool: 'autocannon --json: latencies in milliseconds, requests and bytes per second',
  keys: ['latency.p97_5', 'requests.average', 'throughput.average', 'connections', 'non2xx'],
  sections: { ...SECTIONS, statusCodeStats: { metric: 'responses', unit: '', better: 'none' } },
  levels: { statusCodeStats: 'status_code' },
  fields: {
    ...PERCENTILES,
    // Stands beside `mean` with the same number.
    average: IGNORE,
    'requests.average': { role: 'metric', stat: 'mean' },
    'requests.mean': IGNORE,
    'throughput.average': { role: 'metric', stat: 'mean' },
    'throughput.mean': IGNORE,
    'requests.total': measured('requests', 'requests'),
    'requests.sent': measured('requests_sent', 'requests', { better: 'none' }),
    'throughput.total': measured('data_received', 'bytes', { better: 'none' }),
    totalCount: measured('latency', '1', { stat: 'count' }),
    count: { role: 'metric', stat: 'value' },
    duration: measured('duration', 's'),
    errors: measured('errors', ''),
    timeouts: measured('timeouts', '', { better: 'lower' }),
    mismatches: measured('mismatches', '', { better: 'lower' }),
    non2xx: measured('non2xx', '', { better: 'lower' }),
    resets: measured('resets', '', { better: 'lower' }),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((kind) => [`${kind}xx`, measured(`responses_${kind}xx`, '', { better: 'none' })])),
    start: { role: 'time' },
    finish: IGNORE,
    title: ATTRIBUTE,
    url: ATTRIBUTE,
    connections: ATTRIBUTE,
    pipelining: ATTRIBUTE,
    workers: ATTRIBUTE,
    samples: ATTRIBUTE,
    sampleInt: named('sample_interval_ms'),
  },
}

export const AUTOCANNON: readonly Layout[] = [RESULT]
