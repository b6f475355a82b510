/** An experiment as a Markdown report, written so that chimera reads its figures back. */

import { markdownText } from '../output/index.js'
import { quantityScale } from '../record/quantity.js'
import type { AttributeValue } from '../record/index.js'
import type { SummaryRow } from '../summary/index.js'
import type { BenchSummary, CellEnds } from './cell-summary.js'
import { describePlan, type BenchPlan } from './plan.js'
import { sloText } from './slo.js'

export interface ReportFrame {
  /** ISO 8601, when it was written. */
  readonly time: string
  /** Runs that are in it, of those that were planned. */
  readonly done: number
  /** Sentences about the whole of it. */
  readonly notes: readonly string[]
}

const STATISTICS = ['mean', 'stddev', 'min', 'p50', 'p90', 'p99', 'max'] as const

/** What each metric says, and from where it counts. */
const MEANING: Readonly<Record<string, string>> = {
  ttft: 'Time to first token: from sending the request to the first piece of the answer.',
  ttft_with_queue: 'Time to first token, from when the request was due: waiting for a free place is inside.',
  queue_duration: 'From when a request was due to when it was sent.',
  tpot: 'Time per output token after the first: one over it is the rate of decoding.',
  longest_pause: 'The longest time in which nothing came, within one answer.',
  e2e_latency: "From sending the request to the server's last message.",
  e2e_latency_with_queue: "From when the request was due to the server's last message.",
  load_duration: 'Loading the model, as the server says.',
  chunk_throughput: 'Pieces per second of one answer, where the server counts no tokens.',
  output_throughput: 'Tokens per second of one answer, from sending the request to its end.',
  prompt_throughput: 'Prompt tokens per second that the server read anew.',
  output_tokens: 'Tokens of one answer.',
  system_output_throughput: 'Tokens per second of all requests of a run together.',
  request_throughput: 'Requests per second that ended well.',
  goodput: 'Requests per second that ended well within every limit.',
  goodput_ratio: 'Share of all requests, failed ones included, that ended well within every limit.',
  requests: 'Requests of one run.',
  errors: 'Requests of one run that failed.',
  run_duration: 'How long one run took.',
}

export function benchReport(plan: BenchPlan, summary: BenchSummary, frame: ReportFrame): string {
  const models = plan.models.map((model) => markdownText(model)).join(', ')
  return [
    `# Benchmark of ${models}`,
    `Written ${frame.time} by chimera bench: ${frame.done} of ${plan.sequence.length} planned runs.`,
    '## Setup',
    setup(plan),
    '## Results',
    'One line for each cell of the grid. Warm-up runs and failed requests are in no figure. The spread is over the requests of all runs, for figures of a whole run over the runs.',
    ...tables(summary),
    '## How requests ended',
    endings(summary.ends(), summary.by),
    '## Notes',
    notes([...frame.notes, ...summary.warnings(), ...summary.unchecked()]),
    '',
  ].join('\n\n')
}

/** As code, so that a setting is not taken for a result. */
function setup(plan: BenchPlan): string {
  // A limit with an equals sign would be read as a result.
  const described: Readonly<Record<string, AttributeValue>> = { ...describePlan(plan), ...(plan.slo === undefined ? {} : { slo: sloText(plan.slo).replaceAll('=', ' <= ') }) }
  const lines = Object.entries(described).flatMap(([key, value]) => (value === '' ? [] : [`${key.padEnd(12)} ${String(value).replaceAll('`', "'")}`]))
  return ['```text', ...lines, '```'].join('\n')
}

function tables(summary: BenchSummary): readonly string[] {
  const metrics = new Map<string, SummaryRow[]>()
  for (const row of summary.rows()) if (row.samples) metrics.set(`${row.metric} ${row.unit}`, [...(metrics.get(`${row.metric} ${row.unit}`) ?? []), row])
  if (metrics.size === 0) return ['No run has given a figure.']
  return [...metrics.values()].flatMap((rows) => [MEANING[rows[0]?.metric ?? ''] ?? '', table(rows, summary.by)])
}

/** One scale for all lines, so that they can be compared. */
function table(rows: readonly SummaryRow[], by: readonly string[]): string {
  const [first] = rows
  if (!first) return ''
  const share = first.unit === '1'
  const scale = quantityScale(Math.max(...rows.map(({ samples }) => samples?.mean ?? 0)), first.unit)
  const shown = (value: number | undefined) => (value === undefined ? '' : scale.format(share ? value * 100 : value))
  const columns = ['metric', 'unit', ...by, 'n', ...STATISTICS]
  const lines = rows.map(({ metric, group, samples }) => [metric, share ? '%' : scale.unit, ...by.map((key) => String(group[key] ?? '')), String(samples?.count ?? 0), ...STATISTICS.map((name) => shown(samples?.[name]))])
  return [row(columns), row(columns.map((_, at) => (at < 2 + by.length ? '---' : '---:'))), ...lines.map(row)].join('\n')
}

/** Sentences, not a table: these are counts of states, whose numbers are in the tables above as requests and errors. */
function endings(cells: readonly CellEnds[], by: readonly string[]): string {
  if (cells.length === 0) return 'No request was sent.'
  return cells
    .map(({ group, ends }) => {
      const name = by.flatMap((key) => (group[key] === undefined ? [] : [key === 'model' ? String(group[key]) : `${key}=${String(group[key])}`])).join(' ')
      return `- ${markdownText(name)} ended with ${[...ends].map(([state, count]) => `${state} ${count === 1 ? 'once' : `${count} times`}`).join(', ')}`
    })
    .join('\n')
}

function notes(all: readonly string[]): string {
  return all.length === 0 ? 'Nothing to mistrust was seen.' : all.map((note) => `- ${markdownText(note)}`).join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`
}
