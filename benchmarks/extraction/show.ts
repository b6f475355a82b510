/** The mismatches of a file for the people who mend: grouped by what is wrong and where, the first few of each. */

import { formatRecord } from '../../lib/index.js'
import type { Label } from './label.js'
import { hasAttribute, type Mismatch, type Score } from './score.js'
import { percent, sharesOf } from './tables.js'

export function worst(scores: readonly Score[], count: number): string {
  const faults = (one: Score) => {
    const { recall = 1, precision = 1, value = 1, metric = 1, stat = 1, attributes = 1 } = sharesOf(one)
    return 2 * (1 - recall) + 2 * (1 - precision) + 2 * (1 - value) + (1 - metric) + (1 - stat) + (1 - attributes)
  }
  const bad = [...scores].sort((a, b) => faults(b) - faults(a)).filter((one) => faults(one) > 0)
  return bad
    .slice(0, count)
    .map((one) => {
      const shares = sharesOf(one)
      const part = (name: string, value: number | undefined) => `${name} ${percent(value).padStart(7)}`
      return [part('recall', shares.recall), part('precision', shares.precision), part('value', shares.value), part('stat', shares.stat), part('metric', shares.metric), part('attributes', shares.attributes), `${one.labels}/${one.records}`.padStart(11), one.file].join('  ')
    })
    .join('\n')
}

/** @param each how many of a kind are shown */
export function show(score: Score, each: number): string {
  const kinds = new Map<string, Mismatch[]>()
  for (const one of score.mismatches) {
    const key = `${one.aspect}  ${one.rule}`
    kinds.set(key, [...(kinds.get(key) ?? []), one])
  }
  const lines = [`## ${score.file}  (${score.tool}): ${score.labels} labels, ${score.records} records, found ${score.found}`]
  for (const [key, list] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
    lines.push(`- ${list.length} x ${key}`)
    for (const one of list.slice(0, each)) lines.push(`    ${describe(one)}`)
  }
  return lines.join('\n')
}

function describe({ aspect, at, expected, found }: Mismatch): string {
  if (!expected) return `${at}  got ${found ? brief(found) : ''}`
  const want = wanted(expected)
  if (!found) return `${at}  ${JSON.stringify(expected.text)} expected ${want}`
  if (aspect === 'attributes') {
    const lacking = expected.attributes.filter((one) => !hasAttribute(one, found)).map((one) => `${one.keys.join('|')}=${JSON.stringify(one.value)}`)
    return `${at}  ${JSON.stringify(expected.text)} lacks ${lacking.join(', ')}; has ${JSON.stringify(found.attributes)}`
  }
  return `${at}  ${JSON.stringify(expected.text)} expected ${want}; got ${brief(found)}`
}

function wanted(label: Label): string {
  const [first] = label.readings
  const value = first ? label.number * first.factor : label.number
  return `${label.metrics.join('|')} ${value} [${label.readings.map((one) => one.unit).join('|')}] ${label.stats.join('|')} ${label.status.join('|')}`
}

function brief(record: Parameters<typeof formatRecord>[0]): string {
  return `${record.metric} ${record.value} [${record.unit}] ${record.stat} ${record.status} (${record.raw.text}) ${record.source.layout}`
}
