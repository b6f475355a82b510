/** Minimum, percentiles, mean and maximum of one metric must not pass each other. */

import type { MetricRecord } from '../metric-record.js'
import { readName } from '../names.js'
import { printed, shown, titleOf, type Rule } from './rule.js'

export function orderRules(row: readonly MetricRecord[], groups: readonly (readonly number[])[]): readonly Rule[] {
  return groups.flatMap((group) => families(row, group).flatMap((family) => pairsOf(row, family)))
}

/** Statistics of the same thing: the same metric under the same words. */
function families(row: readonly MetricRecord[], group: readonly number[]): readonly (readonly number[])[] {
  const found = new Map<string, number[]>()
  for (const at of group) {
    const record = row[at]
    if (!record || placeOf(record) === undefined) continue
    const key = `${record.metric}|${record.unit}|${readName(record.raw.name).words.join('_')}`
    const family = found.get(key)
    if (family) family.push(at)
    else found.set(key, [at])
  }
  return [...found.values()].filter((family) => family.length > 1)
}

const MEAN = -1

/** Where a statistic stands between 0 (minimum) and 100 (maximum); the mean only lies between the two. */
function placeOf({ stat }: MetricRecord): number | undefined {
  if (stat === 'min') return 0
  if (stat === 'median') return 50
  if (stat === 'max') return 100
  if (stat === 'mean') return MEAN
  return stat.startsWith('p') ? Number(stat.slice(1)) : undefined
}

function pairsOf(row: readonly MetricRecord[], family: readonly number[]): readonly Rule[] {
  const placed = family.flatMap((at) => {
    const record = row[at]
    const place = record && placeOf(record)
    return place === undefined ? [] : [{ at, place }]
  })
  // The same statistic twice: two things under one name.
  if (new Set(placed.map(({ place }) => place)).size < placed.length) return []
  // Percentiles of rates are often counted from the good end.
  const first = row[family[0] ?? 0]
  const rate = first !== undefined && (first.unit.endsWith('/s') || first.better === 'higher' || /(?:^|_)(?:rate|speed|[tqrf]ps|ops)$/.test(first.metric))
  const sorted = placed.filter(({ place }) => place !== MEAN && !(rate && place > 0 && place < 100)).sort((a, b) => a.place - b.place)
  const mean = placed.find(({ place }) => place === MEAN)
  const ends = sorted.filter(({ place }) => place === 0 || place === 100)
  const pairs = sorted.slice(1).map(({ at }, index) => [sorted[index]?.at ?? at, at] as const)
  const around = mean === undefined ? [] : ends.map(({ at, place }) => (place === 0 ? ([at, mean.at] as const) : ([mean.at, at] as const)))
  return [...pairs, ...around].map(([low, high]) => notAbove(row, low, high))
}

function notAbove(sample: readonly MetricRecord[], low: number, high: number): Rule {
  const names = [sample[low], sample[high]].map((record) => (record === undefined ? '' : titleOf(record)))
  return {
    name: `${names[0] ?? ''} <= ${names[1] ?? ''}`,
    at: [low, high],
    look: (values, row) => ((values[low]?.[row] as number) <= (values[high]?.[row] as number) ? 'holds' : 'ask'),
    test(row) {
      const a = row[low]
      const b = row[high]
      if (!a || !b || a.value <= b.value || a.value - b.value <= printed(a) + printed(b) + 1e-9 * Math.abs(a.value)) return undefined
      return { code: 'check-failed', message: () => `expected ${names[0] ?? ''} not above ${names[1] ?? ''}, found ${a.raw.text} and ${b.raw.text} (${shown(a.value)} and ${shown(b.value)} ${a.unit})`, doubt: 0.6 }
    },
  }
}
