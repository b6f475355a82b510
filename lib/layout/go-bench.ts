/** Go's `testing` benchmarks, as `go test -bench` prints them: averages over all iterations. */

import { measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const mean = (metric: string, unit: string, better: 'higher' | 'lower'): LayoutField => measured(metric, unit, { stat: 'mean', better })

const LINES: Layout = {
  name: 'go-bench',
  tool: 'go test -bench: averages per operation; MB is 10^6 bytes there',
  columns: ['benchmark', 'iterations', 'ns/op'],
  stat: 'mean',
  fields: {
    benchmark: named('benchmark'),
    iterations: named('iterations'),
    'ns/op': mean('duration', 'ns', 'lower'),
    'B/op': mean('memory_allocated', 'B/op', 'lower'),
    'allocs/op': mean('allocations', 'allocs/op', 'lower'),
    'MB/s': mean('throughput', 'MB/s', 'higher'),
  },
}

export const GO_BENCH: readonly Layout[] = [LINES]
