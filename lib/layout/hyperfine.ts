/** hyperfine: a command timed many times over. */

import { IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const time = (metric: string, unit: string, stat?: string): LayoutField => ({ role: 'metric', metric, unit, better: 'lower', ...(stat === undefined ? {} : { stat }) })

const FIELDS: Readonly<Record<string, LayoutField>> = {
  command: { role: 'attribute', name: 'command' },
  mean: time('duration', 's', 'mean'),
  // Missing for a single run: JSON has null, CSV has 0.
  stddev: { role: 'metric', metric: 'duration', unit: 's', stat: 'stddev', zero: 'absent' },
  median: time('duration', 's', 'median'),
  min: time('duration', 's', 'min'),
  max: time('duration', 's', 'max'),
  user: time('user_time', 's', 'mean'),
  system: time('system_time', 's', 'mean'),
  times: time('duration', 's'),
  memory_usage_byte: { role: 'metric', metric: 'memory_used', unit: 'bytes' },
  exit_codes: IGNORE,
  'parameter_*': { role: 'attribute', name: '*' },
}

const JSON: Layout = {
  name: 'hyperfine',
  tool: 'hyperfine --export-json: seconds per command',
  anywhere: true,
  keys: ['results.*.command', 'results.*.mean', 'results.*.user', 'results.*.system'],
  fields: FIELDS,
}

const CSV: Layout = {
  name: 'hyperfine',
  tool: 'hyperfine --export-csv: seconds per command',
  columns: ['command', 'mean', 'stddev', 'median', 'user', 'system', 'min', 'max'],
  // What it prints has no median.
  least: 7,
  fields: FIELDS,
}

/** The table that `--export-markdown` writes, in the unit that suits its first command. */
const markdown = (unit: string): Layout => ({
  name: 'hyperfine',
  tool: `hyperfine --export-markdown, in ${unit}: mean with its standard deviation, and how many times slower than the fastest`,
  columns: ['Command', `Mean [${unit}]`, `Min [${unit}]`, `Max [${unit}]`],
  fields: {
    Command: { role: 'attribute', name: 'command' },
    [`Mean [${unit}]`]: time('duration', unit, 'mean'),
    [`Min [${unit}]`]: time('duration', unit, 'min'),
    [`Max [${unit}]`]: time('duration', unit, 'max'),
    Relative: { role: 'metric', metric: 'relative_time', unit: 'ratio', stat: 'mean', better: 'lower' },
  },
})

export const HYPERFINE: readonly Layout[] = [JSON, CSV, ...['s', 'ms', 'µs'].map(markdown)]
