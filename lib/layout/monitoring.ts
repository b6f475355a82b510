/** Exports of monitoring: what the machine did, and what a self-repairing loop did to it. */

import { ATTRIBUTE, IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const percent = (metric: string): LayoutField => ({ role: 'metric', metric, unit: '%' })

export const SYSTEM_METRICS: Layout = {
  name: 'system-metrics',
  tool: 'system monitoring export: psutil and nvidia-smi, sample by sample',
  keys: ['metrics.*.system.cpu_percent', 'metrics.*.system.memory_used_gb', 'metrics_count'],
  // psutil counts bytes and the export divides by 1024; nvidia-smi reports MiB.
  bytes: 'binary',
  fields: {
    'system.cpu_percent': percent('cpu_utilization'),
    'system.memory_percent': percent('memory_utilization'),
    'system.memory_used_gb': { role: 'metric', metric: 'memory_used', unit: 'GB' },
    'system.memory_total_gb': ATTRIBUTE,
    'system.disk_usage_percent': { role: 'metric', metric: 'disk_utilization', unit: '%', better: 'lower' },
    // Counters since boot; neither direction is better.
    'system.network_sent_mb': { role: 'metric', metric: 'network_sent', unit: 'MB', better: 'none' },
    'system.network_recv_mb': { role: 'metric', metric: 'network_received', unit: 'MB', better: 'none' },
    'gpu.name': { role: 'attribute', name: 'gpu' },
    'gpu.gpu_id': { role: 'attribute', name: 'gpu_id' },
    'gpu.temperature': { role: 'metric', metric: 'temperature', unit: '°C' },
    'gpu.power_draw': { role: 'metric', metric: 'power', unit: 'W' },
    'gpu.power_limit': { role: 'attribute', name: 'power_limit_w' },
    'gpu.utilization_gpu': percent('gpu_utilization'),
    'gpu.utilization_memory': percent('gpu_memory_utilization'),
    'gpu.memory_used_mb': { role: 'metric', metric: 'gpu_memory_used', unit: 'MB' },
    'gpu.memory_free_mb': { role: 'metric', metric: 'gpu_memory_free', unit: 'MB', better: 'none' },
    'gpu.memory_total_mb': { role: 'attribute', name: 'gpu_memory_total_mb' },
    'gpu.clock_graphics': { role: 'metric', metric: 'gpu_clock', unit: 'MHz', better: 'none' },
    'gpu.clock_memory': { role: 'metric', metric: 'gpu_memory_clock', unit: 'MHz', better: 'none' },
    'gpu.fan_speed': { role: 'metric', metric: 'fan_speed', unit: '%', better: 'none' },
    'gpu.pstate': ATTRIBUTE,
    'ollama.process_count': { role: 'metric', metric: 'process_count', unit: '', better: 'none' },
    'ollama_processes.name': { role: 'attribute', name: 'process' },
    'ollama_processes.pid': ATTRIBUTE,
    'ollama_processes.cpu_percent': percent('cpu_utilization'),
    'ollama_processes.memory_mb': { role: 'metric', metric: 'memory_used', unit: 'MB' },
    create_time: IGNORE,
    metrics_count: IGNORE,
    timestamp: { role: 'time' },
    datetime: { role: 'time' },
    export_timestamp: { role: 'time' },
    export_datetime: { role: 'time' },
  },
}

export const SELF_HEALING: Layout = {
  name: 'self-healing',
  tool: 'self-healing run: what was done, with latency before and after',
  keys: ['actions_taken.*.metrics_before', 'actions_taken.*.metrics_after', 'anomalies_detected'],
  fields: {
    latency_ms: { role: 'metric', metric: 'latency', unit: 'ms' },
    anomalies_detected: { role: 'metric', metric: 'anomalies_detected', unit: '', better: 'lower' },
    action_id: ATTRIBUTE,
    strategy: ATTRIBUTE,
    target_backend: ATTRIBUTE,
    execution_time: { role: 'time' },
    timestamp: { role: 'time' },
    overall_success: ATTRIBUTE,
    validation_results: IGNORE,
  },
}

const outcome = (better: 'higher' | 'lower' | 'none'): LayoutField => ({ role: 'metric', unit: '', better })

export const HEALING_DEMO: Layout = {
  name: 'healing-demo',
  tool: 'self-healing demonstration: counts and scores of one run',
  keys: ['demo_timestamp', 'cycles_completed', 'anomalies_detected', 'learning_efficiency'],
  fields: {
    demo_timestamp: { role: 'time' },
    cycles_completed: outcome('none'),
    anomalies_detected: outcome('lower'),
    actions_taken: outcome('none'),
    success_rate: { role: 'metric', unit: 'ratio', better: 'higher' },
    learning_efficiency: { role: 'metric', unit: 'ratio', better: 'higher' },
    // A sum of percentages over actions, by no unit that could be named.
    total_improvement: outcome('higher'),
    patterns_discovered: IGNORE,
    strategies_learned: IGNORE,
  },
}
