/** CodSpeed: wall times of functions, as its test plugins write them. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const time = (stat: string): LayoutField => ({ role: 'metric', metric: 'duration', unit: 'ns', stat, better: 'lower' })

const JSON: Layout = {
  name: 'codspeed',
  tool: 'CodSpeed walltime results: nanoseconds per function',
  keys: ['creator', 'instrument', 'benchmarks.*.name', 'benchmarks.*.stats.mean_ns'],
  metric: 'duration',
  fields: {
    'benchmarks.name': { role: 'attribute', name: 'benchmark' },
    uri: ATTRIBUTE,
    'creator.name': { role: 'attribute', name: 'creator' },
    'creator.pid': IGNORE,
    'instrument.type': { role: 'attribute', name: 'instrument' },
    q1_ns: time('p25'),
    q3_ns: time('p75'),
    total_time: { role: 'metric', metric: 'duration', unit: 's', stat: 'sum', better: 'lower' },
    iqr_outlier_rounds: IGNORE,
    stdev_outlier_rounds: IGNORE,
    rounds: ATTRIBUTE,
    iter_per_round: ATTRIBUTE,
    warmup_iters: ATTRIBUTE,
    warmup_time_ns: ATTRIBUTE,
    min_round_time_ns: ATTRIBUTE,
    max_time_ns: ATTRIBUTE,
    max_rounds: ATTRIBUTE,
    config: IGNORE,
  },
}

export const CODSPEED: readonly Layout[] = [JSON]
