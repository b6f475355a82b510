/** What is missing: metrics that comparable subjects have, repetitions, units. */

import type { SummaryRow } from '../summary/summary-row.js'
import { COUNTED } from './counted.js'
import { centralOf, isRestated } from './central.js'
import { NOT_TELLING, tellingRank, WEIGHT, type Draft } from './draft.js'
import type { Evidence, FileStory } from './evidence.js'
import { groupBy } from './family.js'
import { capital } from './key-figures.js'
import { counting } from './inventory.js'
import { basisOf, basisOfRows } from './references.js'
import { subjectGroup, subjectKey } from './subject.js'
import { clean, countWords, fileWords, groupWords, listWords, metricWords } from './wording.js'

const GAPS_TOLD = 3
const NAMED = 5
/** A metric is expected of a subject when this share of the comparable ones has it. */
const MOST = 0.5
const FEWEST_FILES = 3

/** Comparable are subjects named by the same attributes. */
export function missingMetrics(subjects: readonly SummaryRow[]): Draft[] {
  const measured = subjects.filter((row) => centralOf(row))
  const kinds = groupBy(measured, ({ group }) => Object.keys(group).join(' '))
  const drafts = [...kinds.values()].flatMap((rows) => {
    const all = groupBy(rows, subjectKey)
    // Files that do not say what they measured need not hold the same.
    if (all.size < 3 || rows.some(({ group }) => Object.hasOwn(group, 'file'))) return []
    return [...groupBy(rows.filter(({ metric }) => tellingRank(metric) < NOT_TELLING), ({ metric }) => metric)].flatMap(([metric, having]) => {
      const have = groupBy(having, subjectKey)
      const lacking = [...all].filter(([key]) => !have.has(key)).map(([, [row]]) => row)
      if (lacking.length === 0 || have.size / all.size <= MOST) return []
      const names = lacking.slice(0, NAMED).flatMap((row) => (row ? [groupWords(row.group)] : []))
      const sentence = `${capital(metricWords(metric))} is missing for ${lacking.length} of ${all.size} comparable subjects: ${listWords(names, lacking.length)}.`
      const basis = basisOfRows(lacking.flatMap((row) => row ?? []))
      return [{ ...counting('gap', `subjects without ${metricWords(metric)}`, lacking.length, [], WEIGHT.missing + 10, { sentence, n: all.size, ...basis }), metric }]
    })
  })
  return drafts.sort((a, b) => tellingRank(a.metric) - tellingRank(b.metric)).slice(0, GAPS_TOLD)
}

/**
 * The same of files: comparable are those of one format and layout whose names differ in digits only, as one tool writes them again
 * and again. What most of them hold and one lacks was perhaps switched off, or the run ended early.
 */
export function missingInFiles(evidence: Evidence): Draft[] {
  const measured = evidence.files().filter(({ metrics, copyOf, format }) => metrics.size > 0 && copyOf === undefined && format !== 'markdown')
  const drafts = [...groupBy(measured, kindOfFile).values()].flatMap((files) => {
    if (files.length < FEWEST_FILES) return []
    return [...new Set(files.flatMap(({ metrics }) => [...metrics]))].flatMap((metric) => {
      const lacking = files.filter(({ metrics }) => !metrics.has(metric))
      if (lacking.length === 0 || 1 - lacking.length / files.length <= MOST) return []
      const names = listWords(lacking.slice(0, NAMED).map(({ file }) => fileWords(file)), lacking.length)
      const sentence = `${capital(metricWords(metric))} is missing in ${lacking.length} of ${files.length} files that are alike: ${names}.`
      const basis = basisOf(lacking.flatMap(({ first }) => first ?? []))
      return [{ ...counting('gap', `files without ${metricWords(metric)}`, lacking.length, lacking, WEIGHT.missing + 10, { sentence, n: files.length, ...basis }), metric }]
    })
  })
  return drafts.sort((a, b) => tellingRank(a.metric) - tellingRank(b.metric)).slice(0, GAPS_TOLD)
}

function kindOfFile({ file, format, layout }: FileStory): string {
  return `${format ?? ''} ${layout ?? ''} ${file.slice(file.lastIndexOf('/') + 1).replace(/\d+/g, '#')}`
}

export function singleSamples(configurations: readonly SummaryRow[]): Draft[] {
  const most = new Map<string, { count: number; row: SummaryRow }>()
  for (const row of configurations) {
    if (!row.samples || isRestated(row) || tellingRank(row.metric) === NOT_TELLING) continue
    const key = JSON.stringify([subjectGroup(row), row.group])
    const known = most.get(key)
    if (!known || row.samples.count > known.count) most.set(key, { count: row.samples.count, row })
  }
  const single = [...most.values()].filter(({ count }) => count === 1)
  if (single.length === 0) return []
  const basis = basisOf(single.flatMap(({ row }) => row.samples?.minAt ?? []), single.length)
  const files = [...new Set(single.flatMap(({ row }) => row.files))].slice(0, NAMED)
  const sentence = `${single.length} of ${countWords(most.size, 'configuration')} ${single.length === 1 ? 'was' : 'were'} measured only once, so that their spread is not known and their ranking may be chance.`
  return [{ ...counting('gap', COUNTED.single, single.length, [], WEIGHT.missing - 1, { sentence, n: most.size, ...basis }), files }]
}

export function withoutUnit(subjects: readonly SummaryRow[]): Draft[] {
  const rows = subjects.filter(({ unit }) => unit === '')
  if (rows.length === 0) return []
  const metrics = [...groupBy(rows, ({ metric }) => metric).keys()]
  const records = rows.reduce((sum, row) => sum + (row.samples?.count ?? 0) + row.aggregates.reduce((count, one) => count + one.count, 0), 0)
  const sentence =
    `${countWords(metrics.length, 'metric')} (${countWords(records, 'record')}) ${metrics.length === 1 ? 'has' : 'have'} no known unit and ${metrics.length === 1 ? 'is' : 'are'} ` +
    `compared with nothing: ${listWords(metrics.slice(0, NAMED).map((metric) => clean(metric)), metrics.length)}.`
  const files = [...new Set(rows.flatMap((row) => row.files))].slice(0, NAMED)
  return [{ ...counting('no-unit', COUNTED.noUnit, metrics.length, [], WEIGHT.missing + 5, { sentence, n: records, ...basisOfRows(rows) }), files }]
}
