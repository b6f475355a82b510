/** The key figures, measured: one row per metric and what it was measured on. */

import { isRestated } from '../fact/central.js'
import { HEADLINES, metricsInOrder, type MetricRows } from '../fact/key-figures.js'
import { groupWords } from '../fact/wording.js'
import type { AggregateRow, Statistics, SummaryRow } from '../summary/summary-row.js'
import { plural, table, wholeNumber, type Column } from './blocks.js'
import { plain, quantity } from './inline.js'

const ROWS_SHOWN = 24
/** Rows of one of the first metrics, which are shown as complete as room allows, and of any other. */
const HEADLINE_ROWS = 8
const OTHER_ROWS = 4
/** Fewer rows than this of a metric are not worth to begin with it where room is short. */
const FEWEST_ROWS = 2
const COLUMNS: readonly Column[] = [
  { title: 'Metric' },
  { title: 'Measured on' },
  { title: 'n', right: true },
  { title: 'mean', right: true },
  { title: 'p50', right: true },
  { title: 'p95', right: true },
  { title: 'best', right: true },
  { title: 'worst', right: true },
]
const NONE = '-'

/** Ends with a sentence about what was left out, if anything was. */
export function figuresTable(rows: readonly SummaryRow[]): string {
  const metrics = metricsInOrder(rows)
  if (metrics.length === 0) return 'No figure with a unit was measured.\n'
  const shown = chosen(metrics)
  const left = metrics.reduce((sum, metric) => sum + metric.rows.length, 0) - shown.length
  return [
    table(COLUMNS, shown.map(rowLine)),
    shown.some(({ samples }) => !samples) ? '\n(a): an average that stood in the files, of so many of them; their samples are not known.\n' : '',
    left > 0 ? `\n${plural(left, 'further row')} of this kind: \`chimera summary\` shows them all.\n` : '',
  ].join('')
}

/** The rows of that table, in its order. */
export function shownRows(rows: readonly SummaryRow[]): SummaryRow[] {
  return chosen(metricsInOrder(rows))
}

/** What data files hold before what reports restate; the first metrics as complete as may be, rather than a row of each. */
function chosen(metrics: readonly MetricRows[]): SummaryRow[] {
  const perMetric = metrics.map(({ rows }) => rows.map(({ row }) => row).sort((a, b) => standing(a) - standing(b)))
  const taken = perMetric.map(() => 0)
  let room = ROWS_SHOWN
  for (const restated of [false, true]) {
    for (const [at, rows] of perMetric.entries()) {
      const already = taken[at] ?? 0
      const fitting = rows.slice(already).filter((row) => isRestated(row) === restated).length
      const more = Math.min(fitting, room, (at < HEADLINES ? HEADLINE_ROWS : OTHER_ROWS) - already)
      if (more <= 0 || (more < Math.min(fitting, FEWEST_ROWS) && already === 0)) continue
      taken[at] = already + more
      room -= more
    }
  }
  return perMetric.flatMap((rows, at) => rows.slice(0, taken[at]))
}

/** Samples first, then averages, then what a report restates; the rest stays in its order. */
function standing(row: SummaryRow): number {
  return isRestated(row) ? 2 : Number(!row.samples)
}

function rowLine(row: SummaryRow): string[] {
  const who = groupWords(row.group)
  return [plain(row.metric), plain(who) || 'all', ...(row.samples ? sampleCells(row, row.samples) : aggregateCells(row))]
}

function sampleCells({ unit, better }: SummaryRow, { count, mean, p50, p95, min, max }: Statistics): string[] {
  const show = (value: number) => plain(quantity(value, unit))
  const [best, worst] = extremes(better, min, max)
  return [wholeNumber(count), show(mean), show(p50), count < FEWEST_FOR_P95 ? NONE : show(p95), shown(best, show), shown(worst, show)]
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
  const [best, worst] = main ? extremes(better, main.min, main.max) : []
  return [
    main ? `${wholeNumber(main.count)} (a)` : NONE,
    mean ? show(mean.mean) : NONE,
    middle ? show(middle.mean) : NONE,
    p95 ? show(p95.mean) : NONE,
    shown(best, show),
    shown(worst, show),
  ]
}

/** Best and worst; neither where the direction is not known. */
function extremes(better: SummaryRow['better'], min: number, max: number): readonly [best?: number, worst?: number] {
  return better === 'higher' ? [max, min] : better === 'lower' ? [min, max] : []
}

function shown(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? NONE : show(value)
}
