/** Nsight Compute: one row per kernel launch, hundreds of columns, of which few are measured. */

import { IGNORE } from './field.js'
import type { Layout } from './layout.js'

export const NSIGHT_RAW: Layout = {
  name: 'nsight-compute',
  tool: 'NVIDIA Nsight Compute, raw page as CSV: units in the second row',
  columns: ['Kernel Name', 'Process Name', 'Block Size', 'Grid Size', 'CC'],
  fields: {
    ID: { role: 'attribute', name: 'id' },
    'Process Name': { role: 'attribute', name: 'process' },
    'Kernel Name': { role: 'attribute', name: 'kernel' },
    'Block Size': { role: 'attribute', name: 'block_size' },
    'Grid Size': { role: 'attribute', name: 'grid_size' },
    device__attribute_display_name: { role: 'attribute', name: 'gpu' },
    CC: { role: 'attribute', name: 'compute_capability' },
    'gpu__time_duration.sum': { role: 'metric', metric: 'duration', stat: 'sum' },
    'sm__warps_active.avg.pct_of_peak_sustained_active': { role: 'metric', metric: 'sm_warps_active', stat: 'mean', unit: '%', better: 'higher' },
    'sm__warps_active.max.pct_of_peak_sustained_active': { role: 'metric', metric: 'sm_warps_active', stat: 'max', unit: '%', better: 'higher' },
    'sm__warps_active.min.pct_of_peak_sustained_active': { role: 'metric', metric: 'sm_warps_active', stat: 'min', unit: '%', better: 'higher' },
    'sm__warps_active.sum.pct_of_peak_sustained_active': { role: 'metric', metric: 'sm_warps_active', stat: 'sum', unit: '%', better: 'higher' },
    // How a launch is laid out and what the chip could do at most is not measured.
    'Host Name': IGNORE,
    'Process ID': IGNORE,
    Context: IGNORE,
    Stream: IGNORE,
    Device: IGNORE,
    'device__*': IGNORE,
    'launch__*': IGNORE,
    'numa__*': IGNORE,
    'nvlink__*': IGNORE,
    'profiler__*': IGNORE,
    'c2clink__*': IGNORE,
    'sm__maximum_*': IGNORE,
    'smsp__maximum_*': IGNORE,
  },
}
