/** Facts as the tests need them: a few lines each. */

import type { Fact } from '../../lib/fact/fact.js'
import type { RecordRef } from '../../lib/summary/summary-row.js'

export function fact(id: string, value: number, unit: string, more: Partial<Fact> = {}): Fact {
  return {
    type: 'fact',
    id,
    kind: 'key-figure',
    subject: `${more.metric ?? 'ttft'}, model gemma3:latest`,
    metric: 'ttft',
    value,
    unit,
    better: null,
    sentence: `A sentence about ${id}.`,
    records: [],
    files: [],
    ...more,
  }
}

export function place(file: string, line: number, attributes: RecordRef['attributes'] = {}): RecordRef {
  return { id: `${file}-${line}`, source: { file, format: 'csv', layout: 'generic', line, column: 2 }, attributes }
}

/** A small sweep: two models, one setting, a failure. */
export const sweep: readonly Fact[] = [
  fact('F1', 101, '1', { kind: 'inventory', subject: 'files', stat: 'count', metric: 'files' }),
  fact('F2', 0.1175, 's', {
    group: { model: 'gemma3:latest' },
    stat: 'mean',
    better: 'lower',
    n: 24,
    records: [place('reports/gemma3_270m_20251002-170837.csv', 4, { num_gpu: 80, quant: 'q4_0' })],
  }),
  fact('F3', 0.4321, 's', { subject: 'ttft, model llama3.1:8b', group: { model: 'llama3.1:8b' }, stat: 'p95', better: 'lower', n: 12 }),
  fact('F4', 182.4, '{token}/s', { metric: 'output_throughput', group: { model: 'gemma3:latest' }, stat: 'mean', better: 'higher', n: 24 }),
  fact('F5', 1.85, '1', { kind: 'ratio', metric: 'output_throughput', subject: 'output_throughput, gemma3:latest against llama3.1:8b' }),
  fact('F6', 0.42, '1', { metric: 'gpu_utilization', subject: 'gpu_utilization, model gemma3:latest', stat: 'mean', n: 9 }),
  fact('F7', 5_360_000_000, 'By', { metric: 'gpu_memory_used', subject: 'gpu_memory_used, model gemma3:latest', stat: 'max' }),
  fact('F8', 3, '1', { kind: 'failures', metric: 'ttft', subject: 'failed runs, ttft', stat: 'count', better: 'lower' }),
]
