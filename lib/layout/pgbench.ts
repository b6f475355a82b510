/** pgbench: transactions against PostgreSQL. */

import { ATTRIBUTE, measured, named } from './field.js'
import type { Layout } from './layout.js'

const REPORT: Layout = {
  name: 'pgbench',
  tool: 'pgbench, what it prints: transactions per second, latencies in milliseconds',
  keys: ['transaction type', 'scaling factor', 'number of clients'],
  fields: {
    'transaction type': ATTRIBUTE,
    'scaling factor': ATTRIBUTE,
    'query mode': ATTRIBUTE,
    'number of clients': named('clients'),
    'number of threads': named('threads'),
    'maximum number of tries': ATTRIBUTE,
    'number of transactions per client': ATTRIBUTE,
    duration: ATTRIBUTE,
    tps: measured('throughput', 'transactions/s', { better: 'higher' }),
    'latency average': measured('latency', 'ms', { stat: 'mean' }),
    'latency stddev': measured('latency', 'ms', { stat: 'stddev' }),
    'number of transactions actually processed': measured('transactions', 'transactions', { better: 'higher' }),
    'number of failed transactions': measured('errors', '', { better: 'lower' }),
  },
}

export const PGBENCH: readonly Layout[] = [REPORT]
