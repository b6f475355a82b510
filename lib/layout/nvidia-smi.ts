/** nvidia-smi --query-gpu: the columns somebody asked for, with the unit in each header and cell unless told not to. */

import { each, IGNORE, measured, named, type MetricField } from './field.js'
import type { Layout, LayoutField } from './layout.js'

/** The same field with and without its unit in the header. */
const both = (name: string, unit: string, field: LayoutField): Readonly<Record<string, LayoutField>> => ({ [name]: field, [`${name} [${unit}]`]: field })
const of = (metric: string, unit: string, better?: 'none' | 'lower'): MetricField => measured(metric, unit, better === undefined ? {} : { better })
/** Each under its old and its new name. */
const many = (names: readonly string[], unit: string, field: LayoutField): Readonly<Record<string, LayoutField>> => Object.assign({}, ...names.map((name) => both(name, unit, field))) as Readonly<Record<string, LayoutField>>

const QUERY: Layout = {
  name: 'nvidia-smi',
  tool: 'nvidia-smi --query-gpu --format=csv, with or without nounits: MiB, watts, degrees, MHz and percent',
  columns: [
    'memory.used', 'memory.used [MiB]', 'memory.total', 'memory.total [MiB]', 'memory.free', 'memory.free [MiB]', 'power.draw', 'power.draw [W]',
    'temperature.gpu', 'utilization.gpu', 'utilization.gpu [%]', 'utilization.memory', 'utilization.memory [%]', 'clocks.sm', 'clocks.sm [MHz]', 'pci.bus_id', 'pstate',
  ],
  least: 2,
  fields: {
    ...both('memory.used', 'MiB', of('gpu_memory_used', 'MiB')),
    ...both('memory.free', 'MiB', of('gpu_memory_free', 'MiB', 'none')),
    ...both('memory.reserved', 'MiB', of('gpu_memory_reserved', 'MiB', 'none')),
    ...both('memory.total', 'MiB', named('gpu_memory_total_mib')),
    ...both('utilization.gpu', '%', of('gpu_utilization', '%', 'none')),
    ...both('utilization.memory', '%', of('gpu_memory_utilization', '%', 'none')),
    ...both('utilization.encoder', '%', of('encoder_utilization', '%', 'none')),
    ...both('utilization.decoder', '%', of('decoder_utilization', '%', 'none')),
    ...both('power.draw', 'W', of('power', 'W')),
    ...both('power.draw.instant', 'W', of('power', 'W')),
    ...both('power.draw.average', 'W', { ...of('power', 'W'), stat: 'mean' }),
    ...many(['power.limit', 'enforced.power.limit', 'power.default_limit', 'power.max_limit', 'power.min_limit'], 'W', named('power_limit_w')),
    ...both('fan.speed', '%', of('fan_speed', '%', 'none')),
    ...many(['clocks.sm', 'clocks.current.sm', 'clocks.gr', 'clocks.current.graphics'], 'MHz', of('gpu_clock', 'MHz', 'none')),
    ...many(['clocks.mem', 'clocks.current.memory'], 'MHz', of('gpu_memory_clock', 'MHz', 'none')),
    ...many(['clocks.video', 'clocks.current.video'], 'MHz', of('video_clock', 'MHz', 'none')),
    ...each(['clocks.max.sm [MHz]', 'clocks.max.sm', 'clocks.max.memory [MHz]', 'clocks.max.memory', 'clocks.max.graphics', 'clocks.max.graphics [MHz]'], IGNORE),
    'temperature.gpu': of('temperature', '°C'),
    'temperature.memory': of('gpu_memory_temperature', '°C', 'lower'),
    timestamp: { role: 'time' },
    name: named('gpu'),
    gpu_name: named('gpu'),
    ...Object.fromEntries(
      [['index', 'index'], ['uuid', 'gpu_uuid'], ['gpu_uuid', 'gpu_uuid'], ['pstate', 'pstate'], ['pci.bus_id', 'pci_bus_id'], ['driver_version', 'driver_version'], ['pcie.link.gen.current', 'pcie_generation'], ['pcie.link.width.current', 'pcie_width'], ['compute_mode', 'compute_mode']].map(([column = '', name = '']) => [column, named(name)]),
    ),
  },
}

export const NVIDIA_SMI: readonly Layout[] = [QUERY]
