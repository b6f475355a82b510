/** asv (airspeed velocity): benchmarks of Python projects, one file per commit and environment. */

import { IGNORE } from './field.js'
import type { Layout, LayoutCase, LayoutField } from './layout.js'


/** The kind of a benchmark is told by how the last part of its name begins; of `track_` the unit stands in another file. */
const kinds = (stat: string): readonly LayoutCase[] => [
  { when: { benchmark: String.raw`(?:^|\.)(?:time_|Time[A-Z_]|timeraw_|Timeraw[A-Z_])[^.]*$` }, metric: 'duration', unit: 's', stat, better: 'lower' },
  { when: { benchmark: String.raw`(?:^|\.)(?:peakmem_|PeakMem[A-Z_])[^.]*$` }, metric: 'memory_used', unit: 'bytes', stat: stat === 'median' ? 'max' : stat, better: 'lower' },
  { when: { benchmark: String.raw`(?:^|\.)(?:mem_|Mem[A-Z_])[^.]*$` }, metric: 'memory_used', unit: 'bytes', stat: stat === 'median' ? 'value' : stat, better: 'lower' },
]

const over = (metric: string, stat: string): LayoutField => ({ role: 'metric', metric, unit: '', better: 'none', over: 'params', cases: kinds(stat), ...(stat === 'median' ? {} : { stat }) })

const FIELDS: Readonly<Record<string, LayoutField>> = {
  result: over('value', 'median'),
  samples: over('value', 'value'),
  stats_q_25: over('value', 'p25'),
  stats_q_75: over('value', 'p75'),
  stats_ci_99_a: IGNORE,
  stats_ci_99_b: IGNORE,
  stats_number: IGNORE,
  stats_repeat: IGNORE,
  'results.params': IGNORE,
  version: IGNORE,
  started_at: { role: 'time' },
  // How long asv took around the benchmark.
  duration: IGNORE,
  durations: IGNORE,
  profile: IGNORE,
  requirements: IGNORE,
  // When the commit was made, which may be years before it was measured.
  date: IGNORE,
  commit_hash: { role: 'attribute', name: 'commit' },
  env_name: { role: 'attribute', name: 'environment' },
  python: { role: 'attribute', name: 'python_version' },
}

const RESULTS: Layout = {
  name: 'asv',
  tool: 'asv results: a value per combination of parameters; seconds and bytes by the kind of benchmark, for others the unit is unknown',
  keys: ['result_columns', 'results', 'commit_hash', 'env_name'],
  levels: { results: 'benchmark' },
  zip: { columns: 'result_columns', rows: 'results.*' },
  fields: FIELDS,
}

export const ASV: readonly Layout[] = [RESULTS]
