/** What a careful reader asks for: configurations, data quality, where each figure stands, and how it was computed. */

import type { Fact, FactKind } from '../fact/fact.js'
import { LEVEL } from '../fact/setting-tests.js'
import { groupWords } from '../fact/wording.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { list, plural, table, wholeNumber } from './blocks.js'
import { cite } from './cite.js'
import { shownRows } from './figures-table.js'
import { plain } from './inline.js'
import type { Ledger } from './ledger.js'
import type { ProblemTally } from './problem-tally.js'
import { factPlaces, FACTS_TITLE, rowPlaces, ROWS_TITLE } from './provenance.js'

export interface AppendixInput {
  readonly facts: readonly Fact[]
  readonly rows: readonly SummaryRow[]
  readonly problems: ProblemTally
  readonly ledger: Ledger
  /** Ids of facts that the document shows elsewhere than in the text that the ledger is about. */
  readonly shown?: readonly string[]
  /** Ids of figures are links. */
  readonly links?: boolean
  /** Versions of the program and the prompts, options and seeds, as sentences. */
  readonly versions: readonly string[]
}

const CONFIGURATIONS_SHOWN = 12
const KINDS_SHOWN = 20
const QUALITY: ReadonlySet<FactKind> = new Set<FactKind>(['failures', 'cold-start', 'between-runs', 'disagreement', 'freshness', 'no-unit', 'no-numbers', 'copies', 'gap'])

export function appendix(input: AppendixInput): string {
  const parts = [
    ['Configurations Measured', configurations(input.rows)],
    ['Data Quality', quality(input)],
    [FACTS_TITLE, factPlaces(input.facts, new Set([...input.ledger.facts, ...(input.shown ?? []), ...qualityFacts(input.facts).map(({ id }) => id)]))],
    [ROWS_TITLE, rowPlaces(shownRows(input.rows))],
    ['Methods', methods(input)],
  ]
  return parts.map(([title, body]) => `### ${title ?? ''}\n\n${body ?? ''}`).join('\n')
}

function configurations(rows: readonly SummaryRow[]): string {
  const groups = new Map<string, { metrics: Set<string>; samples: number; failed: number; varied: Set<string> }>()
  for (const row of rows) {
    const name = groupWords(row.group)
    const known = groups.get(name) ?? { metrics: new Set(), samples: 0, failed: 0, varied: new Set() }
    known.metrics.add(row.metric)
    known.samples += row.samples?.count ?? 0
    known.failed += row.failed
    for (const key of Object.keys(row.varied)) known.varied.add(key)
    groups.set(name, known)
  }
  if (groups.size === 0) return 'None.\n'
  const sorted = [...groups].sort((a, b) => b[1].samples - a[1].samples)
  const lines = sorted
    .slice(0, CONFIGURATIONS_SHOWN)
    .map(([name, { metrics, samples, failed, varied }]) => [
      plain(name) || 'not named',
      wholeNumber(metrics.size),
      wholeNumber(samples),
      wholeNumber(failed),
      plain([...varied].slice(0, 5).join(', ')) || '-',
    ])
  const left = sorted.length - lines.length
  const columns = [{ title: 'Measured on' }, ...['Metrics', 'Samples', 'Failed'].map((title) => ({ title, right: true })), { title: 'What varied' }]
  return `${table(columns, lines)}${left > 0 ? `\n${plural(left, 'further one')} with fewer samples.\n` : ''}`
}

function qualityFacts(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ kind }) => QUALITY.has(kind))
}

function quality({ facts, problems, links = false }: AppendixInput): string {
  const told = qualityFacts(facts).map(({ id, sentence }) => `${plain(sentence)} (${links ? cite(id, id) : id})`)
  const kinds = problems.kinds()
  const met = kinds.slice(0, KINDS_SHOWN).map(({ code, count, first }) => {
    const line = first.line === undefined ? '' : `:${first.line}`
    return `${plain(code)}: ${wholeNumber(count)}, first in ${plain(`${first.file}${line}`)}: ${plain(first.message)}`
  })
  if (told.length === 0 && met.length === 0) return 'No run failed, no problem was met while reading, and no gap was found.\n'
  return list([...told, ...met])
}

function methods({ rows, versions }: AppendixInput): string {
  const error = Math.max(0, ...rows.map(({ samples }) => samples?.quantileError ?? 0))
  const percentiles = error > 0 ? `from a streaming sketch, within ${Number((error * 100).toPrecision(3))}% of the exact value` : 'exact, of all samples'
  return list([
    'Every figure is computed by code from the files. The writer of the text only names figures; a number it types itself is checked against them.',
    'Samples are single measurements of runs that worked; failed and warm-up runs are in no figure. Averages that stood in the files are never pooled with samples.',
    `Mean: the sum divided by n. Standard deviation: the root of the squared distances from the mean, added up and divided by n - 1. Percentiles: ${percentiles}; between two samples by linear interpolation at rank (n - 1) q, as numpy does; p95 is shown from 20 samples on.`,
    'Ratio and "times": the larger of two values divided by the smaller; between medians where there are samples, else between the averages that stood in the files. Spread in percent of the mean: standard deviation / mean.',
    `Effects of a setting: configurations that differ in nothing else, compared by exact rank tests (Wilcoxon for pairs, Mann and Whitney for groups), all of them together held to a level of ${LEVEL} after Holm.`,
    'Units are converted to base units on reading and scaled for reading here: 1 GB is 1,000,000,000 bytes. A value whose unit is unknown is compared with nothing.',
    'Best is the largest value where higher is better and the smallest where lower is; where neither is known none is named.',
    'Nothing here is drawn by lot: the same files give the same figures, and no seed is needed.',
    ...versions,
  ])
}
