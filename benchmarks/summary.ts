/** What do mergeable statistics in bounded memory cost, over keeping every value and sorting? */

import { Readable } from 'node:stream'
import { summary, type MetricRecord } from '../lib/index.js'
import { equal } from './answer.js'
import { NODE } from './peer.js'
import type { Question } from './question.js'
import { random } from './random.js'

const MODELS = 4

export async function question(quick: boolean): Promise<Question> {
  const count = quick ? 20_000 : 100_000
  const sample = Array.from({ length: count }, record(random(7)))
  return {
    name: 'summary',
    question: 'What do mergeable statistics in bounded memory cost, over keeping every value and sorting?',
    scope: `${count} records of one metric in ${MODELS} groups: count, mean, stddev, min, max, p50, p90, p95, p99. The sketch keeps at most a few thousand bins a group, the array every value.`,
    workload: { items: count },
    baseline: 'keep and sort',
    cases: [
      { name: 'keep and sort', peer: NODE, run: () => equal('groups', keepAndSort(sample), MODELS) },
      { name: 'chimera summary', run: async () => equal('groups', await summarise(sample), MODELS) },
    ],
  }
}

function record(next: () => number): (_: unknown, index: number) => MetricRecord {
  return (_, index) => ({
    metric: 'ttft',
    value: 0.05 + next() ** 3,
    unit: 's',
    stat: 'value',
    better: 'lower',
    status: 'ok',
    attributes: { model: `model-${index % MODELS}` },
    raw: { name: 'ttft_s', text: '0.1' },
    source: { file: 'generated.csv', format: 'csv', layout: 'generic', line: index + 2, column: 1 },
    id: `0000000000000000-${index.toString(16).padStart(8, '0')}`,
  })
}

async function summarise(sample: readonly MetricRecord[]): Promise<number> {
  const stage = summary({ by: ['model'] })
  Readable.from(sample, { highWaterMark: 256 }).pipe(stage)
  let rows = 0
  for await (const row of stage) if (row.type === 'summary') rows += 1
  return rows
}

function keepAndSort(sample: readonly MetricRecord[]): number {
  const groups = new Map<unknown, number[]>()
  for (const { attributes, value } of sample) {
    const model = attributes['model']
    const values = groups.get(model)
    if (values) values.push(value)
    else groups.set(model, [value])
  }
  let figures = 0
  for (const values of groups.values()) {
    values.sort((a, b) => a - b)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    for (const q of [0.5, 0.9, 0.95, 0.99]) figures += values[Math.floor(q * (values.length - 1))] ?? 0
    figures += mean + Math.sqrt(spread)
  }
  if (!Number.isFinite(figures)) throw new Error('expected finite figures')
  return groups.size
}
