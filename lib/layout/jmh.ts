/** JMH: iterations of a Java method, as a rate or as a time. */

import { ATTRIBUTE, IGNORE, type MetricField } from './field.js'
import type { KnownMetric, Layout, LayoutCase, LayoutField } from './layout.js'

/** A rate in the modes that count, a time in those that take it, as the unit says; always over all iterations. */
const SCORE: MetricField = { role: 'metric', metric: '', stat: 'mean', spread: 'none' }

/** Half the width of a confidence interval of 99.9 %, which is no standard deviation. */
const ERROR: LayoutField = { role: 'metric', metric: 'score_error', stat: 'value', better: 'none' }

/** Older versions put a point in the middle of the line before the name. */
const PROFILED: Readonly<Record<string, KnownMetric>> = Object.fromEntries(
  ['', '·'].flatMap((mark): [string, KnownMetric][] => [
    [`${mark}gc.alloc.rate`, { metric: 'gc_alloc_rate', better: 'lower' }],
    [`${mark}gc.alloc.rate.norm`, { metric: 'memory_allocated', better: 'lower' }],
    [`${mark}gc.count`, { metric: 'gc_count', unit: '', better: 'lower' }],
    [`${mark}gc.time`, { metric: 'gc_time', better: 'lower' }],
  ]),
)

const JSON: Layout = {
  name: 'jmh',
  tool: 'JMH -rf json: the mean, percentiles and samples of all iterations per benchmark, in the unit of each row; what profilers measured beside it',
  keys: ['*.benchmark', '*.mode', '*.primaryMetric.score', '*.primaryMetric.scoreUnit'],
  metric: '',
  long: [{ at: '*.secondaryMetrics.*', unit: 'scoreUnit', values: { score: { stat: 'mean' }, rawData: { stat: 'value' } } }],
  metrics: PROFILED,
  // The garbage collector's megabytes are 1024 * 1024.
  bytes: 'binary',
  fields: {
    'primaryMetric.score': SCORE,
    scoreError: ERROR,
    'primaryMetric.scoreConfidence': IGNORE,
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

/** In tables the results of profilers, and percentiles of sampled times, are rows of their own: `Sort.quick:p0.99`. */
const percentile = (text: string, stat: string): LayoutCase => ({ when: { Benchmark: String.raw`[:·]p${text.replace('.', String.raw`\.`)}$` }, stat })
const profiled = (name: string, metric: string): LayoutCase => ({ when: { Benchmark: String.raw`:·?${name}$` }, metric, better: 'lower' })

const ROWS: readonly LayoutCase[] = [
  percentile('0.00', 'min'),
  percentile('0.50', 'p50'),
  percentile('0.90', 'p90'),
  percentile('0.95', 'p95'),
  percentile('0.99', 'p99'),
  percentile('0.999', 'p99.9'),
  percentile('0.9999', 'p99.99'),
  percentile('1.00', 'max'),
  profiled(String.raw`gc\.alloc\.rate`, 'gc_alloc_rate'),
  profiled(String.raw`gc\.alloc\.rate\.norm`, 'memory_allocated'),
  profiled(String.raw`gc\.count`, 'gc_count'),
  profiled(String.raw`gc\.time`, 'gc_time'),
]

const TABLE: Readonly<Record<string, LayoutField>> = {
  Benchmark: { role: 'attribute', name: 'benchmark' },
  Mode: { role: 'attribute', name: 'mode' },
  Threads: { role: 'attribute', name: 'threads' },
  Samples: { role: 'attribute', name: 'samples' },
  Cnt: { role: 'attribute', name: 'samples' },
  Score: { ...SCORE, cases: ROWS },
  'Param: *': { role: 'attribute', name: '*' },
  // R puts points for what is no part of a name.
  'Param..*': { role: 'attribute', name: '*' },
  'Score.Error*': ERROR,
}

const CSV: Layout = {
  name: 'jmh',
  tool: 'JMH -rf csv or scsv: the mean of all iterations per benchmark, in the unit of each row',
  columns: ['Benchmark', 'Mode', 'Threads', 'Samples', 'Score', 'Unit'],
  bytes: 'binary',
  fields: { ...TABLE, 'Score Error*': ERROR },
}

const TEXT: Layout = {
  name: 'jmh',
  tool: 'JMH, its table of results in Markdown: the mean of all iterations per benchmark, in the unit of each row',
  columns: ['Benchmark', 'Mode', 'Cnt', 'Score', 'Units'],
  bytes: 'binary',
  fields: { ...TABLE, Error: ERROR },
}

export const JMH: readonly Layout[] = [JSON, CSV, TEXT]
