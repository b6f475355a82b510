/** Bencher Metric Format: what adapters of Bencher read from other tools. */

import type { Layout } from './layout.js'

const JSON: Layout = {
  name: 'bencher',
  tool: 'Bencher Metric Format, JSON: benchmarks with their measures; latency in nanoseconds by definition',
  keys: ['*.*.value'],
  nothingBut: { '*.*': ['value', 'lower_value', 'upper_value'] },
  levels: { '': 'benchmark' },
  // The bounds are of another kind in each tool that they come from.
  long: [{ at: '*.*', values: { value: {} } }],
  metrics: {
    latency: { metric: 'latency', unit: 'ns', better: 'lower' },
    throughput: { metric: 'throughput', unit: 'ops/s', better: 'higher' },
    // Of DHAT, a profiler of the heap.
    'Total Bytes': { metric: 'allocated_bytes', unit: 'bytes', stat: 'sum', better: 'lower' },
    'Max Bytes': { metric: 'memory_used', unit: 'bytes', stat: 'max', better: 'lower' },
    'Final Bytes': { metric: 'memory_used', unit: 'bytes', better: 'lower' },
    'Total Blocks': { metric: 'allocated_blocks', unit: '', stat: 'sum', better: 'lower' },
    'Max Blocks': { metric: 'blocks', unit: '', stat: 'max', better: 'lower' },
    'Final Blocks': { metric: 'blocks', unit: '', better: 'lower' },
  },
  fields: {},
}

export const BENCHER: readonly Layout[] = [JSON]
