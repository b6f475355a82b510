/** BenchmarkTools.jl: trials and estimates of Julia code, in groups inside groups. */

import { IGNORE, measured, type MetricField } from './field.js'
import type { Layout } from './layout.js'

const nanoseconds = (metric: string): MetricField => measured(metric, 'ns', { better: 'lower' })

/** The path of a group's members at that depth; a group is written as `["BenchmarkGroup", { data, tags }]`. */
const members = (depth: number): string => ['*.*.*', ...Array.from({ length: depth }, () => 'data.*.*')].join('.') + '.data'

const SAVED: Layout = {
  name: 'benchmarktools',
  tool: 'BenchmarkTools.save of Julia, JSON: nanoseconds and bytes per evaluation, of all samples or of their minimum or median, which it does not say',
  keys: ['0.Julia', '0.BenchmarkTools', '1.*.*'],
  levels: { [members(0)]: 'group', [members(1)]: 'benchmark', [members(2)]: 'case', [members(3)]: 'part' },
  fields: {
    time: nanoseconds('duration'),
    times: nanoseconds('duration'),
    gctime: nanoseconds('gc_time'),
    gctimes: nanoseconds('gc_time'),
    memory: measured('memory_allocated', 'bytes', { better: 'lower' }),
    allocs: measured('allocations', 'allocs', { better: 'lower' }),
    params: IGNORE,
    tags: IGNORE,
  },
}

export const BENCHMARK_TOOLS: readonly Layout[] = [SAVED]
