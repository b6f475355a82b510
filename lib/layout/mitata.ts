/** mitata: functions of JavaScript, timed in the same process. */

import { IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const heap = (stat: string): LayoutField => ({ role: 'metric', metric: 'memory_allocated', unit: 'bytes', stat, better: 'lower' })
const collecting = (stat: string): LayoutField => ({ role: 'metric', metric: 'gc_time', unit: 'ns', stat, better: 'lower' })

const JSON: Layout = {
  name: 'mitata',
  tool: 'mitata, format json: nanoseconds per iteration, heap and garbage collection where they were measured',
  keys: ['benchmarks.*.runs.*.stats.avg', 'benchmarks.*.runs.*.stats.p75', 'benchmarks.*.runs.*.stats.ticks', 'benchmarks.*.alias'],
  metric: 'duration',
  unit: 'ns',
  fields: {
    alias: IGNORE,
    'runs.name': { role: 'attribute', name: 'benchmark' },
    ticks: { role: 'attribute', name: 'iterations' },
    samples: { role: 'metric', metric: 'duration', unit: 'ns', better: 'lower' },
    'heap.avg': heap('mean'),
    'heap.min': heap('min'),
    'heap.max': heap('max'),
    'heap.total': heap('sum'),
    'heap._': IGNORE,
    'gc.avg': collecting('mean'),
    'gc.min': collecting('min'),
    'gc.max': collecting('max'),
    'gc.total': collecting('sum'),
    'stats.kind': IGNORE,
    debug: IGNORE,
    style: IGNORE,
    highlight: IGNORE,
    layout: IGNORE,
    noop: IGNORE,
    'context.now': IGNORE,
  },
}

export const MITATA: readonly Layout[] = [JSON]
