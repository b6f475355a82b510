/** Tells Prometheus text and OpenMetrics from other text. */

import { readSample } from './openmetrics-line.js'

export interface OpenMetricsLook {
  /** Lines `# TYPE name type`. */
  readonly types: number
  readonly samples: number
  /** Samples with labels: plain text hardly ever looks like one. */
  readonly labelled: number
  /** Lines that are neither comment nor sample. */
  readonly others: number
}

const LINES_LOOKED_AT = 200
const TYPE = /^#[ \t]+TYPE[ \t]+\S+[ \t]+(?:counter|gauge|histogram|summary|untyped|unknown|info|stateset|gaugehistogram)\s*$/

/** `complete`: the last line is not cut. */
export function lookAtOpenMetrics(text: string, complete: boolean): OpenMetricsLook {
  const lines = text.split('\n', LINES_LOOKED_AT + 1)
  if (!complete || lines.length > LINES_LOOKED_AT) lines.pop()
  const look = { types: 0, samples: 0, labelled: 0, others: 0 }
  for (const line of lines) {
    if (line.trim() === '') continue
    if (line.startsWith('#')) {
      if (TYPE.test(line)) look.types += 1
      continue
    }
    const sample = readSample(line)
    if (typeof sample === 'string') {
      look.others += 1
      continue
    }
    look.samples += 1
    if (Object.keys(sample.labels).length > 0) look.labelled += 1
  }
  return look
}
