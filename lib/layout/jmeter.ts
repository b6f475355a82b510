/** JMeter: samples as JTL in CSV, and the statistics of its dashboard. */

import { each, IGNORE, measured, named } from './field.js'
import type { Layout, LayoutField } from './layout.js'

const latency = (stat: string): LayoutField => measured('latency', 'ms', { stat })

const JTL: Layout = {
  name: 'jmeter',
  tool: 'JMeter results (JTL), CSV: one sample per row, milliseconds',
  columns: ['timeStamp', 'elapsed', 'label', 'success'],
  fields: {
    timeStamp: { role: 'time' },
    elapsed: measured('latency', 'ms'),
    Latency: measured('time_to_first_byte', 'ms', { better: 'lower' }),
    Connect: measured('connect_time', 'ms', { better: 'lower' }),
    IdleTime: measured('idle_time', 'ms', { better: 'none' }),
    bytes: measured('data_received', 'bytes', { better: 'none' }),
    sentBytes: measured('data_sent', 'bytes', { better: 'none' }),
    label: named('label'),
    responseCode: named('status_code'),
    responseMessage: IGNORE,
    threadName: named('thread'),
    success: { role: 'success' },
    failureMessage: { role: 'error' },
    grpThreads: named('group_threads'),
    allThreads: named('threads'),
    URL: named('url'),
    dataType: IGNORE,
    SampleCount: IGNORE,
    ErrorCount: IGNORE,
  },
}

const STATISTICS: Layout = {
  name: 'jmeter',
  tool: 'JMeter dashboard, statistics.json: milliseconds per transaction, 90th, 95th and 99th percentile unless configured otherwise',
  keys: ['*.transaction', '*.sampleCount', '*.errorPct', '*.pct1ResTime'],
  levels: { '': 'transaction' },
  fields: {
    transaction: IGNORE,
    sampleCount: measured('requests', 'requests'),
    errorCount: measured('errors', ''),
    errorPct: measured('error_rate', '%', { better: 'lower' }),
    meanResTime: latency('mean'),
    medianResTime: latency('median'),
    minResTime: latency('min'),
    maxResTime: latency('max'),
    pct1ResTime: latency('p90'),
    pct2ResTime: latency('p95'),
    pct3ResTime: latency('p99'),
    throughput: measured('request_throughput', 'req/s'),
    // JMeter divides by 1024.
    receivedKBytesPerSec: measured('data_received_rate', 'KiB/s', { better: 'higher' }),
    sentKBytesPerSec: measured('data_sent_rate', 'KiB/s', { better: 'none' }),
    ...each(['isController'], IGNORE),
  },
}

const AGGREGATE: Layout = {
  name: 'jmeter',
  tool: 'JMeter aggregate report, CSV: milliseconds per label',
  columns: ['Label', '# Samples', 'Average', 'Min', 'Max', 'Error %'],
  fields: {
    Label: named('label'),
    '# Samples': measured('requests', 'requests'),
    Average: latency('mean'),
    Median: latency('median'),
    Min: latency('min'),
    Max: latency('max'),
    '90% Line': latency('p90'),
    '95% Line': latency('p95'),
    '99% Line': latency('p99'),
    'Std. Dev.': latency('stddev'),
    'Error %': measured('error_rate', '%', { better: 'lower' }),
    Throughput: measured('request_throughput', 'req/s'),
    'Received KB/sec': measured('data_received_rate', 'KiB/s', { better: 'higher' }),
    'KB/sec': measured('data_received_rate', 'KiB/s', { better: 'higher' }),
    'Sent KB/sec': measured('data_sent_rate', 'KiB/s', { better: 'none' }),
    'Avg. Bytes': measured('response_size', 'bytes', { stat: 'mean', better: 'none' }),
  },
}

export const JMETER: readonly Layout[] = [JTL, STATISTICS, AGGREGATE]
