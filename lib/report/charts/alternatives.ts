/** What of a set of results is worth drawing: alternatives that can be compared, and the single samples of each. */

import { isRestated, type Central } from '../../fact/central.js'
import { BOUND_TO_WORK } from '../../fact/draft.js'
import { families, type Family } from '../../fact/family.js'
import { HEADLINES, metricsInOrder } from '../../fact/key-figures.js'
import { fullNameOf, nameOf } from '../../fact/name-of.js'
import { clean, listWords, metricWords } from '../../fact/wording.js'
import type { AttributeValue } from '../../record/metric-record.js'
import type { Group, SampleSet } from '../../summary/index.js'
import type { SummaryRow } from '../../summary/summary-row.js'
import type { Alternatives, ChartMember } from './member.js'

const METRICS_DRAWN = 6
const HEADLINE_FAMILIES = 2
const MEMBERS_DRAWN = 12

/** The most telling metrics first; nothing where no two things can be compared. */
export function alternatives(rows: readonly SummaryRow[], sets: readonly SampleSet[] = []): Alternatives[] {
  const samples = new Map(sets.map((set) => [keyOf(set.metric, set.unit, set.group), set.values]))
  const drawable = metricsInOrder(rows.filter((row) => !isRestated(row) && !BOUND_TO_WORK.has(row.metric)))
    .map((metric, at) => ({ metric, families: families(metric.rows).slice(0, at < HEADLINES ? HEADLINE_FAMILIES : 1) }))
    .filter(({ families }) => families.length > 0)
  return drawable.slice(0, METRICS_DRAWN).flatMap(({ metric, families }) => families.map((family) => drawn(metric.metric, metric.unit, family, samples)))
}

function drawn(metric: string, unit: string, { members, shared, differing }: Family, samples: ReadonlyMap<string, readonly number[]>): Alternatives {
  const better = members[0]?.row.better ?? null
  // Most samples first where not all find room; drawn in the order of merit, or of size where neither end is the better one.
  const chosen = [...members].sort((a, b) => (b.central.n ?? 0) - (a.central.n ?? 0)).slice(0, MEMBERS_DRAWN)
  const sorted = chosen.sort((a, b) => (better === 'lower' ? 1 : -1) * (a.central.value - b.central.value))
  const short = sorted.map(({ row }) => nameOf(only(row.group, differing)))
  const names = new Set(short).size === short.length ? short : sorted.map(({ row }) => fullNameOf(only(row.group, differing)))
  return {
    metric: metricWords(metric),
    unit,
    better,
    by: listWords(differing.map((key) => clean(key).replaceAll('_', ' '))),
    among: nameOf(shared),
    further: members.length - chosen.length,
    members: sorted.map(({ row, central }, at) => member(row, central, names[at] ?? '', samples.get(keyOf(metric, unit, row.group)) ?? [])),
  }
}

function member(row: SummaryRow, { value, stat, n }: Central, name: string, samples: readonly number[]): ChartMember {
  const range = row.samples ?? rangeOf(row, stat)
  return { name: name === '' ? 'not named' : name, value, stat, leftOut: row.failed + row.warmup, samples, ...(n === undefined ? {} : { n }), ...(range ? { min: range.min, max: range.max } : {}) }
}

/** What the files themselves give as smallest and largest; a spread of averages would be taken for that of samples. */
function rangeOf({ aggregates }: SummaryRow, stat: string): { min: number; max: number } | undefined {
  const [min, max] = [aggregates.find((one) => one.stat === 'min'), aggregates.find((one) => one.stat === 'max')]
  return stat !== 'value' && min && max ? { min: min.min, max: max.max } : undefined
}

function only(group: Group, keys: readonly string[]): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(group).filter(([key]) => keys.includes(key)))
}

function keyOf(metric: string, unit: string, group: Group): string {
  return `${metric}\n${unit}\n${JSON.stringify(group)}`
}

