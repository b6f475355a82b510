/** OpenTelemetry metrics as JSON: the OTLP file exporter and saved requests. */

import { IGNORE } from './field.js'
import type { KnownMetric, Layout, LongForm } from './layout.js'

const POINTS: Readonly<Pick<LongForm, 'name' | 'unit' | 'stat'>> = { name: 'name', unit: 'unit', stat: 'quantile' }

/** What a data point holds, by the kind of its metric. */
const KINDS: readonly Omit<LongForm, 'at'>[] = [
  { ...POINTS, where: { histogram: '*' }, values: { sum: { stat: 'sum' }, count: { stat: 'count', unit: '1' }, min: { stat: 'min' }, max: { stat: 'max' } } },
  { ...POINTS, where: { exponentialHistogram: '*' }, values: { sum: { stat: 'sum' }, count: { stat: 'count', unit: '1' }, min: { stat: 'min' }, max: { stat: 'max' } } },
  { ...POINTS, where: { summary: '*' }, values: { sum: { stat: 'sum' }, count: { stat: 'count', unit: '1' }, value: {} } },
  // Only what grows is a sum over time; a sum that may fall is a level, like a gauge.
  { ...POINTS, where: { 'sum.isMonotonic': 'true' }, values: { asDouble: { stat: 'sum' }, asInt: { stat: 'sum' } } },
  { ...POINTS, values: { asDouble: { stat: 'value' }, asInt: { stat: 'value' } } },
]

/** Semantic conventions of OpenTelemetry that have a canonical name here. */
export const SEMANTIC_CONVENTIONS: Readonly<Record<string, KnownMetric>> = {
  'gen_ai.server.time_to_first_token': { metric: 'ttft', unit: 's' },
  'gen_ai.server.time_per_output_token': { metric: 'tpot', unit: 's' },
  'gen_ai.server.request.duration': { metric: 'e2e_latency', unit: 's' },
  'gen_ai.client.operation.duration': { metric: 'e2e_latency', unit: 's' },
  'gen_ai.client.operation.time_to_first_chunk': { metric: 'ttft', unit: 's' },
  'gen_ai.client.operation.time_per_output_chunk': { metric: 'itl', unit: 's' },
  'gen_ai.client.token.usage': { metric: 'tokens', unit: 'tokens', better: 'none' },
  'http.server.request.duration': { metric: 'latency', unit: 's' },
  'http.client.request.duration': { metric: 'latency', unit: 's' },
  'http.server.duration': { metric: 'latency', unit: 'ms' },
  'http.client.duration': { metric: 'latency', unit: 'ms' },
  'rpc.server.duration': { metric: 'latency', unit: 'ms' },
  'rpc.client.duration': { metric: 'latency', unit: 'ms' },
  'system.cpu.utilization': { metric: 'cpu_utilization', unit: '1' },
  'process.cpu.utilization': { metric: 'cpu_utilization', unit: '1' },
  'container.cpu.utilization': { metric: 'cpu_utilization', unit: '1' },
  'system.memory.usage': { metric: 'memory_used', unit: 'By' },
  'process.memory.usage': { metric: 'memory_used', unit: 'By' },
  'system.memory.utilization': { metric: 'memory_utilization', unit: '1' },
  'hw.gpu.utilization': { metric: 'gpu_utilization', unit: '1' },
  'hw.gpu.memory.usage': { metric: 'gpu_memory_used', unit: 'By' },
  'hw.gpu.memory.utilization': { metric: 'gpu_memory_utilization', unit: '1' },
  'hw.power': { metric: 'power', unit: 'W' },
  'hw.energy': { metric: 'energy', unit: 'J' },
  'hw.temperature': { metric: 'temperature', unit: 'Cel' },
}

const METRICS: Layout = {
  name: 'otlp',
  tool: 'OpenTelemetry metrics as JSON (OTLP): units in UCUM, attributes as lists of pairs',
  keys: ['resourceMetrics.*.scopeMetrics', 'resourceMetrics.*.scopeMetrics.*.metrics', 'resourceMetrics.*.scopeMetrics.*.metrics.*.name'],
  long: KINDS.map((kind) => ({ ...kind, at: 'resourceMetrics.*.scopeMetrics.*.metrics.*' })),
  metrics: SEMANTIC_CONVENTIONS,
  pairs: ['attributes', 'resource.attributes', 'scope.attributes'],
  fields: {
    timeUnixNano: { role: 'time' },
    startTimeUnixNano: IGNORE,
    'gen_ai.request.model': { role: 'attribute', name: 'model' },
    'gen_ai.response.model': { role: 'attribute', name: 'response_model' },
    'service.name': { role: 'attribute', name: 'service' },
    'host.name': { role: 'attribute', name: 'host' },
    schemaUrl: IGNORE,
    description: IGNORE,
    aggregationTemporality: IGNORE,
    isMonotonic: IGNORE,
    exemplars: IGNORE,
    flags: IGNORE,
    scale: IGNORE,
    zeroCount: IGNORE,
    zeroThreshold: IGNORE,
    droppedAttributesCount: IGNORE,
  },
}

export const OTLP: readonly Layout[] = [METRICS]
