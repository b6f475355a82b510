/** benny: cases of JavaScript, as its JSON. */

import { IGNORE } from './field.js'
import type { Layout } from './layout.js'


export const BENNY: Layout = {
  name: 'benny',
  tool: 'benny, its JSON: operations per second of each case; margins of error in percent are not read',
  keys: ['results.*.name', 'results.*.ops', 'results.*.margin'],
  fields: {
    'results.name': { role: 'attribute', name: 'case' },
    ops: { role: 'metric', metric: 'throughput', unit: 'ops/s', stat: 'mean', better: 'higher' },
    name: { role: 'attribute', name: 'suite' },
    margin: IGNORE,
    percentSlower: IGNORE,
    date: { role: 'time' },
    // The same case once more.
    fastest: IGNORE,
    slowest: IGNORE,
  },
}
