/** Metric records made by hand for the tests of the later stations. */

import type { MetricRecord } from '../../lib/record/metric-record.js'

export type RecordParts = Partial<Omit<MetricRecord, 'source' | 'raw'>> & { readonly file?: string; readonly line?: number; readonly hash?: string }

/** A record that is right in every part; only what matters to the test need be said. */
export function record(parts: RecordParts = {}): MetricRecord {
  const { file = 'runs.csv', line = 2, hash = hashOf(file), ...rest } = parts
  const made = {
    metric: 'ttft',
    value: 0.1,
    unit: 's',
    stat: 'value' as const,
    better: 'lower' as const,
    status: 'ok' as const,
    attributes: {},
    ...rest,
  }
  return {
    ...made,
    raw: { name: made.metric, text: String(made.value) },
    source: { file, format: 'csv', layout: 'generic', line, column: 1, pointer: `/${line - 2}/${made.metric}` },
    id: rest.id ?? `${hash}-${(line * 4096 + made.metric.length * 16 + made.stat.length).toString(16).padStart(8, '0')}`,
  }
}

/** Some hash of the right form; the same name gives the same one. */
export function hashOf(name: string): string {
  let hash = 0n
  for (const character of name) hash = (hash * 1099511628211n + BigInt(character.codePointAt(0) ?? 0)) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0')
}
