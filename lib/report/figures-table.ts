/** The key figures, measured: one row per metric and what it was measured on. */

import { metricsInOrder } from '../fact/key-figures.js'
import { groupWords } from '../fact/wording.js'
import type { AggregateRow, Statistics, SummaryRow } from '../summary/summary-row.js'
import { plural, table, wholeNumber, type Column } from './blocks.js'
import { plain, quantity } from './inline.js'

const METRICS_SHOWN = 8
const ROWS_SHOWN = 4
const COLUMNS: readonly Column[] = [
  { title: 'Metric' },
  { title: 'Measured on' },
  { title: 'n', right: true },
  { title: 'mean', right: true },
  { title: 'p50', right: true },
  { title: 'p95', right: true },
  { title: 'best', right: true },
]
const NONE = '-'

/** Ends with a sentence about what was left out, if anything was. */
export function figuresTable(rows: readonly SummaryRow[]): string {
  const metrics = metricsInOrder(rows)
  if (metrics.length === 0) return 'No figure with a unit was measured.\n'
  const shown = metrics.slice(0, METRICS_SHOWN)
  const lines = shown.flatMap((metric) => metric.rows.slice(0, ROWS_SHOWN).map(({ row }) => rowLine(row)))
  const left = metrics.reduce((sum, metric) => sum + metric.rows.length, 0) - lines.length
  const averaged = shown.some((metric) => metric.rows.slice(0, ROWS_SHOWN).some(({ row }) => !row.samples))
  return [
    table(COLUMNS, lines),
    averaged ? '\n(a): an average that stood in the files, of so many of them; their samples are not known.\n' : '',
    left > 0 ? `\n${plural(left, 'further row')} of this kind: \`chimera summary\` shows them all.\n` : '',
  ].join('')
}

function rowLine(row: SummaryRow): string[] {
  const who = groupWords(row.group)
  return [plain(row.metric), plain(who) || 'all', ...(row.samples ? sampleCells(row, row.samples) : aggregateCells(row))]
}

function sampleCells({ unit, better }: SummaryRow, { count, mean, p50, p95, min, max }: Statistics): string[] {
  const show = (value: number) => plain(quantity(value, unit))
  const best = better === 'higher' ? show(max) : better === 'lower' ? show(min) : NONE
  return [wholeNumber(count), show(mean), show(p50), count < FEWEST_FOR_P95 ? NONE : show(p95), best]
}

/** Below this, the 95th percentile is little more than the maximum. */
const FEWEST_FOR_P95 = 20

function aggregateCells({ unit, better, aggregates }: SummaryRow): string[] {
  const show = (value: number) => plain(quantity(value, unit))
  const of = (stat: AggregateRow['stat']) => aggregates.find((one) => one.stat === stat)
  const mean = of('mean')
  const middle = of('p50') ?? of('median')
  const p95 = of('p95')
  const main = mean ?? middle ?? aggregates[0]
  const best = main && (better === 'higher' ? main.max : better === 'lower' ? main.min : undefined)
  return [
    main ? `${wholeNumber(main.count)} (a)` : NONE,
    mean ? show(mean.mean) : NONE,
    middle ? show(middle.mean) : NONE,
    p95 ? show(p95.mean) : NONE,
    best === undefined ? NONE : show(best),
  ]
}
