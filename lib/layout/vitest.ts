/** vitest bench: functions of JavaScript in groups. */

import { IGNORE } from './field.js'
import type { Layout } from './layout.js'


const JSON: Layout = {
  name: 'vitest',
  tool: 'vitest bench --outputJson: milliseconds per call, calls per second',
  keys: ['files.*.groups.*.fullName', 'files.*.groups.*.benchmarks.*.hz', 'files.*.groups.*.benchmarks.*.mean', 'files.*.groups.*.benchmarks.*.rme'],
  metric: 'duration',
  unit: 'ms',
  fields: {
    filepath: { role: 'attribute', name: 'file' },
    fullName: { role: 'attribute', name: 'group' },
    name: { role: 'attribute', name: 'benchmark' },
    hz: { role: 'metric', metric: 'throughput', unit: 'ops/s', stat: 'mean', better: 'higher' },
    totalTime: { role: 'metric', metric: 'duration', unit: 'ms', stat: 'sum', better: 'lower' },
    samples: { role: 'metric', metric: 'duration', unit: 'ms', better: 'lower' },
    sampleCount: { role: 'attribute', name: 'samples' },
    period: { role: 'metric', metric: 'period', unit: 'ms', stat: 'mean', better: 'lower' },
    id: IGNORE,
    rank: IGNORE,
    ...Object.fromEntries(['critical', 'df', 'moe', 'rme', 'sem', 'variance'].map((key) => [key, IGNORE])),
  },
}

export const VITEST: readonly Layout[] = [JSON]
