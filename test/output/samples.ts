/** Records and summary rows for the tests of the writers, hostile ones included. */

import type { MetricRecord } from '../../lib/record/metric-record.js'
import { problem, type Problem } from '../../lib/stage/index.js'
import type { RecordRef, Statistics, SummaryRow } from '../../lib/summary/summary-row.js'

export function record(more: Partial<MetricRecord> = {}): MetricRecord {
  return {
    // Not in the order in which they are written.
    id: '0123456789abcdef-00000001',
    source: { layout: 'generic', format: 'csv', file: 'reports/x.csv', confidence: 0.95, bytes: [81, 96], pointer: '/3/ttft_s', column: 2, line: 4 },
    raw: { unit: 's', text: '0.1175', name: 'ttft_s' },
    time: '2025-10-02T19:12:04.495Z',
    attributes: { model: 'gemma3:latest', num_gpu: 80 },
    status: 'ok',
    better: 'lower',
    stat: 'value',
    unit: 's',
    value: 0.1175,
    metric: 'ttft',
    ...more,
  }
}

const unknown = record({
  metric: 'delta_wert',
  value: -12.5,
  unit: '',
  better: null,
  attributes: {},
  raw: { name: '=cmd|calc', text: '-12.5' },
  source: { file: 'a "b", c.json', format: 'json', layout: 'generic', pointer: '/0/Δ' },
  id: '0123456789abcdef-00000002',
})
const timeless = without(unknown, 'time')

export const records: readonly MetricRecord[] = [
  record(),
  timeless,
  record({
    metric: 'output_throughput',
    value: 42.8312345,
    unit: '{token}/s',
    better: 'higher',
    status: 'error',
    stat: 'p99.9',
    attributes: { model: '模型 ![x](https://evil.example/?q=1) <b>|\x1b]0;title\x07', note: '@SUM(A1)\nnext', stream: true },
    raw: { name: 'tok/s', text: '+42.8312345' },
    source: { file: '-dash.md', format: 'markdown', layout: 'generic', line: 12, column: 7, pointer: '/0/1/2', headings: ['Run\u202e 1'] },
    id: '0123456789abcdef-00000003',
  }),
]

/** What stands beside records in a stream, and has no place in a table. */
export const beside: Problem = problem('broken.json', 'truncated-json', 'expected more')

const ref: RecordRef = { id: 'x', source: record().source, attributes: {} }

function statistics(more: Partial<Statistics>): Statistics {
  return {
    count: 24, mean: 0.1175, stddev: 0.0021, min: 0.09, max: 4.021, p50: 0.111, p90: 0.2, p95: 0.31, p99: 3.9,
    quantileError: 0.01, minAt: ref, maxAt: ref, ...more,
  }
}

export function row(more: Partial<SummaryRow> = {}): SummaryRow {
  return {
    type: 'summary', metric: 'ttft', unit: 's', better: 'lower', group: { model: 'gemma3:latest' }, samples: statistics({}), aggregates: [],
    failed: 0, warmup: 1, varied: {}, files: ['reports/x.csv'], fileCount: 1, ...more,
  }
}

const bare = without(row(), 'samples')
const single = without(statistics({ count: 1, mean: 42.8, min: 42.8, max: 42.8, p50: 42.8, p90: 42.8, p95: 42.8, p99: 42.8, quantileError: 0 }), 'stddev')

export const rows: readonly SummaryRow[] = [
  row(),
  row({ metric: 'output_throughput', unit: '{token}/s', better: 'higher', samples: single, failed: 2, group: { model: '模型|x_1_' } }),
  {
    ...bare,
    metric: 'gpu_memory_used',
    unit: 'By',
    better: null,
    group: {},
    aggregates: [
      { stat: 'mean', count: 2, mean: 3.3e9, min: 3.2e9, max: 3.4e9, minAt: ref, maxAt: ref },
      { stat: 'p99', count: 1, mean: 4e9, min: 4e9, max: 4e9, minAt: ref, maxAt: ref },
    ],
  },
  { ...bare, metric: 'accuracy', unit: '1', better: 'higher', failed: 3 },
]

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Omit<T, K>
}
