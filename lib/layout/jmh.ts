/** JMH: iterations of a Java method, as a rate or as a time. */

import type { Layout, LayoutField } from './layout.js'

const IGNORE: LayoutField = { role: 'ignore' }
const ATTRIBUTE: LayoutField = { role: 'attribute' }

const JSON: Layout = {
  name: 'jmh',
  tool: 'JMH -rf json: the mean of all iterations per benchmark, in the unit of each row',
  keys: ['*.benchmark', '*.mode', '*.primaryMetric.score', '*.primaryMetric.scoreUnit'],
  metric: '',
  fields: {
    'primaryMetric.score': { role: 'metric', metric: '', stat: 'mean' },
    // Half the width of a confidence interval, which is no standard deviation.
    'primaryMetric.scoreError': IGNORE,
    'primaryMetric.scoreConfidence': IGNORE,
    secondaryMetrics: IGNORE,
    rawDataHistogram: IGNORE,
    forks: ATTRIBUTE,
    threads: ATTRIBUTE,
    warmupIterations: ATTRIBUTE,
    warmupTime: ATTRIBUTE,
    warmupBatchSize: ATTRIBUTE,
    warmupForks: ATTRIBUTE,
    measurementIterations: ATTRIBUTE,
    measurementTime: ATTRIBUTE,
    measurementBatchSize: ATTRIBUTE,
    jmhVersion: ATTRIBUTE,
    jvm: IGNORE,
    jvmArgs: IGNORE,
  },
}

const CSV: Layout = {
  name: 'jmh',
  tool: 'JMH -rf csv: the mean of all iterations per benchmark, in the unit of each row',
  columns: ['Benchmark', 'Mode', 'Threads', 'Samples', 'Score', 'Unit'],
  fields: {
    Benchmark: { role: 'attribute', name: 'benchmark' },
    Score: { role: 'metric', metric: '', stat: 'mean' },
    'Score Error (99.9%)': IGNORE,
    'Param: *': ATTRIBUTE,
  },
}

export const JMH: readonly Layout[] = [JSON, CSV]
