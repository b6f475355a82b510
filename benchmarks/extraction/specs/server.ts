/** Servers and frameworks under load, and other tables with a thing in each column. */

import type { Spec } from '../spec.js'

const FRAMEWORKS = 'wild/smallnest__go-web-framework-benchmark/testresults'

export const SERVER: readonly Spec[] = [
  {
    kind: 'csv',
    tool: 'go-web-framework CSV',
    files: [`${FRAMEWORKS}/*concurrency*.csv`, `${FRAMEWORKS}/*cpubound*.csv`, `${FRAMEWORKS}/*processtime*.csv`],
    note: 'Only the file name says what is measured, and nothing says the unit: any name will do, but the framework has to be kept.',
    tables: [{ columns: { '#1': '-', '*': '@|value|latency|throughput|requests|request_throughput|alloc|memory_used|result [] {framework}' } }],
  },
]
