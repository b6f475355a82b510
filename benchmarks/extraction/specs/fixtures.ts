/** The project's own small results, for machines without a corpus; paths in `test/fixtures`. */

import type { Spec } from '../spec.js'

const RESULTS = 'cli/results'

export const FIXTURES: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'CSV',
    files: [`${RESULTS}/sweep.csv`],
    tables: [
      {
        status: (row) => (row['error'] === '' ? 'ok' : 'none'),
        columns: { timestamp: '-', model: 'attr', num_gpu: 'attr', temperature: 'attr', ttft_s: 'ttft [s]', tokens_s: 'output_throughput [tok/s]', eval_count: 'output_tokens [tok]', error: '-' },
      },
    ],
  },
  {
    kind: 'json',
    tool: 'JSON',
    files: [`${RESULTS}/backends.json`],
    paths: {
      '/model/name': 'attr^ model',
      '/settings/*': '-',
      '/backends/{backend}/mean_time_ms': 'duration [ms] mean',
      '/backends/{backend}/std_time_ms': 'duration [ms] stddev',
    },
  },
  {
    kind: 'json',
    tool: 'NDJSON',
    note: 'The line that breaks off is lost.',
    files: [`${RESULTS}/events.ndjson`],
    many: true,
    mend: (text) => text.split('\n').filter((line) => line.endsWith('}')).join('\n'),
    paths: { '/*/model': 'attr', '/*/gpu_memory_mb': 'gpu_memory_used [MB]', '/*/gpu_utilization': 'gpu_utilization [1|]' },
  },
  {
    kind: 'markdown',
    tool: 'Markdown',
    files: [`${RESULTS}/notes/report.md`],
    tables: [{ columns: { Model: 'attr', 'Tokens/s': 'output_throughput [tok/s]', 'TTFT (ms)': 'ttft [ms]' } }],
  },
]
