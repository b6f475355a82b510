/** fio: jobs of reads and writes on storage. */

import { ATTRIBUTE, each, IGNORE, measured, named } from './field.js'
import type { Layout, LayoutSection } from './layout.js'

const latency = (metric: string, unit: string): LayoutSection => ({ metric, unit, better: 'lower', zero: 'absent' })

/** What was not asked for stands there all the same, as zeros. */
const operation = (path: string, name: string): Readonly<Record<string, LayoutSection>> => ({
  [path]: { attributes: { operation: name } },
  [`${path}.slat_ns`]: latency('submission_latency', 'ns'),
  [`${path}.clat_ns`]: latency('completion_latency', 'ns'),
  [`${path}.lat_ns`]: latency('latency', 'ns'),
  [`${path}.slat`]: latency('submission_latency', 'us'),
  [`${path}.clat`]: latency('completion_latency', 'us'),
  [`${path}.lat`]: latency('latency', 'us'),
})

const more = { zero: 'absent', better: 'higher' } as const
const bandwidth = (stat: string) => measured('throughput', 'KiB/s', { ...more, stat })
const iops = (stat: string) => measured('iops', 'ops/s', { ...more, stat })

const JOBS: Layout = {
  name: 'fio',
  tool: 'fio --output-format=json: latencies in nanoseconds, bandwidth in KiB/s, per job and operation',
  keys: ['fio version', 'jobs.*.jobname', 'jobs.*.read.iops', 'jobs.*.read.bw'],
  settings: ['global options', 'job options'],
  sections: { ...operation('jobs.*.read', 'read'), ...operation('jobs.*.write', 'write'), ...operation('jobs.*.trim', 'trim'), ...operation('jobs.*.sync', 'sync'), ...operation('jobs.*.mixed', 'mixed') },
  fields: {
    bw_bytes: measured('throughput', 'bytes/s', more),
    // The same once more where bytes are given, too.
    bw: { ...measured('throughput', 'KiB/s', more), cases: [{ when: { bw_bytes: '.' }, metric: '' }] },
    bw_min: bandwidth('min'),
    bw_max: bandwidth('max'),
    bw_mean: bandwidth('mean'),
    bw_dev: measured('throughput', 'KiB/s', { zero: 'absent', stat: 'stddev' }),
    iops: measured('iops', 'ops/s', more),
    iops_min: iops('min'),
    iops_max: iops('max'),
    iops_mean: iops('mean'),
    iops_stddev: measured('iops', 'ops/s', { zero: 'absent', stat: 'stddev' }),
    io_bytes: measured('data_transferred', 'bytes', { zero: 'absent', better: 'none' }),
    io_kbytes: IGNORE,
    runtime: measured('duration', 'ms', { zero: 'absent' }),
    total_ios: measured('operations', '', { zero: 'absent', better: 'none' }),
    N: { role: 'metric', stat: 'count' },
    usr_cpu: measured('user_cpu_utilization', '%', { better: 'none' }),
    sys_cpu: measured('system_cpu_utilization', '%', { better: 'none' }),
    ctx: measured('context_switches', '', { better: 'lower' }),
    majf: measured('major_page_faults', '', { better: 'lower' }),
    minf: measured('minor_page_faults', '', { better: 'lower' }),
    jobname: named('job'),
    bs: named('block_size'),
    'fio version': named('fio_version'),
    timestamp_ms: { role: 'time' },
    groupid: ATTRIBUTE,
    // fio counts in an error number of its own; 0 is none.
    error: IGNORE,
    ...each(['timestamp', 'time', 'eta', 'elapsed', 'job_start', 'job_runtime', 'short_ios', 'drop_ios', 'bw_agg', 'bw_samples', 'iops_samples', 'iodepth_level', 'iodepth_submit', 'iodepth_complete', 'latency_ns', 'latency_us', 'latency_ms', 'latency_depth', 'latency_target', 'latency_percentile', 'latency_window', 'bins', 'disk_util'], IGNORE),
  },
}

export const FIO: readonly Layout[] = [JOBS]
