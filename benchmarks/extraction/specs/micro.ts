/** Microbenchmark tools. */

import type { Rules, Spec } from '../spec.js'

/** JMH: the unit decides whether it is a time or a rate. The error is half a confidence interval: a spread for some, no statistic for others. */
const jmh = (unit: string) => (/^(?:ops)\//.test(unit) ? 'throughput' : 'duration')

export const MICRO: readonly Spec[] = [
  {
    kind: 'json',
    tool: 'hyperfine',
    files: ['wild/zeroows__1brc/hyperfine.json'],
    paths: {
      '/results/*/command': 'attr',
      '/results/*/mean': 'duration [s] mean',
      '/results/*/stddev': 'duration [s] stddev',
      '/results/*/median': 'duration [s] median',
      '/results/*/min': 'duration [s] min',
      '/results/*/max': 'duration [s] max',
      '/results/*/user': 'user_time|cpu_user_time|user|user_duration [s] mean',
      '/results/*/system': 'system_time|cpu_system_time|system|system_duration [s] mean',
      '/results/*/times/*': 'duration [s]',
      '/results/*/exit_codes/*': '-',
    } satisfies Rules,
  },
  {
    kind: 'csv',
    tool: 'JMH CSV',
    files: ['wild/dkomanov__scala-serialization/jmh-result.csv'],
    tables: [
      {
        columns: {
          Benchmark: 'attr',
          Mode: '-',
          Threads: '-',
          Samples: '-',
          Score: (row) => `${jmh(row['Unit'] ?? '')} [=Unit] mean`,
          'Score Error (99.9%)': (row) => `${jmh(row['Unit'] ?? '')}|score_error [=Unit] stddev|value|mean ?`,
          Unit: '-',
        },
      },
    ],
  },
  {
    kind: 'markdown',
    tool: 'JMH raw results md',
    files: ['wild/fabienrenaud__java-json-benchmark/archive/raw-results-*.md'],
    tables: [
      {
        has: ['Benchmark', 'Mode', 'Score', 'Units'],
        heading: true,
        columns: {
          Benchmark: 'attr',
          Mode: '-',
          Cnt: '-',
          Score: (row) => `${jmh(row['Units'] ?? '')} [=Units] mean`,
          Error: (row) => `${jmh(row['Units'] ?? '')}|score_error|error [=Units] stddev|value|mean ?`,
          Units: '-',
        },
      },
    ],
  },
]
