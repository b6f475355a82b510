/** oha, a load generator for HTTP. */

import { each, IGNORE, measured } from './field.js'
import type { Layout, LayoutSection } from './layout.js'

const latency = (outcome?: string): LayoutSection => ({ metric: 'latency', unit: 's', better: 'lower', ...(outcome === undefined ? {} : { attributes: { outcome } }) })

const JSON_OUTPUT: Layout = {
  name: 'oha',
  tool: 'oha --output-format json: latencies in seconds, the success rate from 0 to 1',
  keys: ['summary.successRate', 'summary.requestsPerSec', 'latencyPercentiles'],
  sections: {
    latencyPercentiles: latency(),
    latencyPercentilesSuccessful: latency('successful'),
    latencyPercentilesNotSuccessful: latency('failed'),
    rps: { metric: 'request_throughput', unit: 'req/s', better: 'higher' },
    'details.DNSDialup': { metric: 'connect_time', unit: 's', better: 'lower' },
    'details.DNSLookup': { metric: 'dns_time', unit: 's', better: 'lower' },
    firstByte: { metric: 'time_to_first_byte', unit: 's', better: 'lower' },
    statusCodeDistribution: { metric: 'responses', unit: '', better: 'none' },
    errorDistribution: { metric: 'errors', unit: '', better: 'lower' },
  },
  levels: { statusCodeDistribution: 'status_code', errorDistribution: 'error' },
  fields: {
    'summary.successRate': measured('success_rate', 'ratio', { better: 'higher' }),
    'summary.total': measured('duration', 's'),
    'summary.slowest': measured('latency', 's', { stat: 'max' }),
    'summary.fastest': measured('latency', 's', { stat: 'min' }),
    'summary.average': measured('latency', 's', { stat: 'mean' }),
    requestsPerSec: measured('request_throughput', 'req/s', { stat: 'mean' }),
    totalData: measured('data_received', 'bytes', { better: 'none' }),
    sizePerRequest: measured('response_size', 'bytes', { stat: 'mean', better: 'none' }),
    sizePerSec: measured('data_received_rate', 'bytes/s', { better: 'higher' }),
    slowest: { role: 'metric', stat: 'max' },
    fastest: { role: 'metric', stat: 'min' },
    ...each(['responseTimeHistogram', 'responseTimeHistogramSuccessful', 'responseTimeHistogramNotSuccessful'], IGNORE),
  },
}

export const OHA: readonly Layout[] = [JSON_OUTPUT]
