/** bombardier, a load generator for HTTP. */

import { measured, named } from './field.js'
import type { Layout } from './layout.js'

const RESULT: Layout = {
  name: 'bombardier',
  tool: 'bombardier --print=result --format=json: latencies in microseconds, requests per second',
  keys: ['spec.numberOfConnections', 'result.latency', 'result.rps', 'result.timeTakenSeconds'],
  settings: ['spec'],
  sections: {
    'result.latency': { metric: 'latency', unit: 'us', better: 'lower' },
    'result.rps': { metric: 'request_throughput', unit: 'req/s', better: 'higher' },
  },
  fields: {
    bytesRead: measured('data_received', 'bytes', { better: 'none' }),
    bytesWritten: measured('data_sent', 'bytes', { better: 'none' }),
    timeTakenSeconds: measured('duration', 's'),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((kind) => [`req${kind}xx`, measured(`responses_${kind}xx`, '', { better: 'none' })])),
    others: measured('responses_other', '', { better: 'none' }),
    'errors.count': measured('errors', '', { stat: 'value' }),
    'errors.description': named('error'),
  },
}

export const BOMBARDIER: readonly Layout[] = [RESULT]
