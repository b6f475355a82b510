/** Compilation benchmarks: one model run through several compiler backends, as JSON and as a Markdown table. */

import { IGNORE } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const latency = (stat: string): LayoutField => ({ role: 'metric', metric: 'latency', unit: 'ms', stat })
/** A backend that compiles nothing writes 0. */
const COMPILE: LayoutField = { role: 'metric', metric: 'compile_time', unit: 's', zero: 'absent' }

export const COMPILATION_JSON: Layout = {
  name: 'compilation-bench',
  tool: 'compilation benchmark, JSON: latency per backend and the time to compile',
  keys: ['backends.*.backend', 'backends.*.benchmark.mean_time_ms', 'settings'],
  fields: {
    mean_time_ms: latency('mean'),
    std_time_ms: latency('stddev'),
    min_time_ms: latency('min'),
    max_time_ms: latency('max'),
    compile_time_s: COMPILE,
    generated_at: { role: 'time' },
    'model.name': { role: 'attribute', name: 'model' },
    // The compiler's name for what the map's key already says.
    'compilation.backend': IGNORE,
    'benchmark.backend': IGNORE,
    'metadata.backend': { role: 'attribute', name: 'compiler' },
    onnx_path: IGNORE,
  },
  levels: { backends: 'backend' },
}

export const COMPILATION_TABLE: Layout = {
  name: 'compilation-bench',
  tool: 'compilation benchmark, Markdown: latency per backend and the time to compile',
  columns: ['Backend', 'Success', 'Compile Time (s)', 'Mean (ms)'],
  fields: {
    Backend: { role: 'attribute', name: 'backend' },
    Success: { role: 'success' },
    'Compile Time (s)': COMPILE,
    'Mean (ms)': latency('mean'),
    'Std (ms)': latency('stddev'),
    'Min (ms)': latency('min'),
    'Max (ms)': latency('max'),
    Notes: { role: 'error', when: '^error=' },
  },
}

export const COMPILATION_SUMMARY_TABLE: Layout = {
  name: 'compilation-summary',
  tool: 'compilation benchmark, summary table: mean latency with its spread per backend',
  columns: ['Backend', 'Mean latency (ms)', 'Std (ms)', 'Compile time (s)'],
  fields: {
    Backend: { role: 'attribute', name: 'backend' },
    'Mean latency (ms)': latency('mean'),
    'Std (ms)': latency('stddev'),
    'Compile time (s)': COMPILE,
    Notes: IGNORE,
  },
}

export const KERNELS: Layout = {
  name: 'kernel-bench',
  tool: 'GPU kernel benchmark: time per kernel and variant',
  keys: ['attention', 'tensor_core', 'fusion'],
  fields: {
    mean_time_ms: latency('mean'),
    std_time_ms: latency('stddev'),
    min_time_ms: latency('min'),
    max_time_ms: latency('max'),
  },
  levels: { '': 'kernel', '*': 'variant' },
}

export const QUANTIZATION: Layout = {
  name: 'quantization',
  tool: 'quantization comparison: accuracy, loss and size per variant',
  keys: ['*.accuracy', '*.loss', '*.model_size_bytes'],
  fields: {
    accuracy: { role: 'metric', metric: 'accuracy', unit: 'ratio' },
    loss: { role: 'metric', metric: 'loss', unit: '', better: 'lower' },
    model_size_bytes: { role: 'metric', metric: 'model_size', unit: 'bytes' },
  },
  levels: { '': 'variant' },
}
