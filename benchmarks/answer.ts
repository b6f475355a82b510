/** What a program says of a sweep, and whether it is right: a wrong answer never counts as a fast one. */

import { COLUMNS, type Truth } from './sweep.js'

export interface Answer {
  readonly rows: number
  /** Of `ttft_s` over all rows. */
  readonly mean: number
  /** From those that compute all statistics. */
  readonly groups?: readonly AnswerGroup[]
}

export interface AnswerGroup {
  readonly model: string
  readonly rows: number
  /** One for each of {@link COLUMNS}, as the cells say it. */
  readonly means: readonly number[]
  readonly medians: readonly number[]
}

/** Sums of floating point numbers differ in their last digits. */
const MEAN_ERROR = 1e-9
/** Sketches know a quantile to half a percent, and definitions of a median differ. */
const MEDIAN_ERROR = 0.02
/** Below so many rows of a group, definitions of a median differ by more. */
const FEW = 1000

/** Throws when something is wrong. */
export function check(answer: Answer, truth: Truth): void {
  equal('rows', answer.rows, truth.rows)
  near('mean of ttft_s', answer.mean, meanOf(truth), MEAN_ERROR)
  if (!answer.groups) return
  equal('groups', answer.groups.length, truth.groups.length)
  for (const wanted of truth.groups) {
    const found = answer.groups.find(({ model }) => model === wanted.model)
    if (!found) throw new Error(`expected a group ${wanted.model}, found ${answer.groups.map(({ model }) => model).join(', ')}`)
    equal(`rows of ${wanted.model}`, found.rows, wanted.rows)
    for (const [at, { name }] of COLUMNS.entries()) {
      near(`mean of ${name} of ${wanted.model}`, found.means[at], wanted.means[at], MEAN_ERROR)
      if (wanted.rows >= FEW) near(`median of ${name} of ${wanted.model}`, found.medians[at], wanted.medians[at], MEDIAN_ERROR)
    }
  }
}

/** With the mean of `ttft_s` over all, from those of the groups. */
export function answerOf(groups: readonly AnswerGroup[]): Answer {
  return { ...overall(groups), groups }
}

/** `chimera summary --by model --format ndjson`. */
export function chimeraAnswer(ndjson: string): Answer {
  const rows = ndjson.trim().split('\n').map((line) => JSON.parse(line) as SummaryLine).filter(({ type }) => type === 'summary')
  const models = [...new Set(rows.map(({ group }) => group['model'] ?? ''))]
  return answerOf(
    models.map((model) => {
      const found = COLUMNS.map(({ metric, scale }) => {
        const samples = rows.find((row) => row.metric === metric && row.group['model'] === model)?.samples
        return { count: samples?.count ?? 0, mean: (samples?.mean ?? NaN) / scale, median: (samples?.p50 ?? NaN) / scale }
      })
      const counts = new Set(found.map(({ count }) => count))
      if (counts.size !== 1) throw new Error(`expected as many of each metric of ${model}, found ${[...counts].join(', ')}`)
      return { model, rows: found[0]?.count ?? 0, means: found.map(({ mean }) => mean), medians: found.map(({ median }) => median) }
    }),
  )
}

/** The same command where only `ttft` is known beforehand. */
export function chimeraMean(ndjson: string): Answer {
  const lines = ndjson.trim().split('\n').map((line) => JSON.parse(line) as SummaryLine).filter(({ type, metric }) => type === 'summary' && metric === 'ttft')
  return overall(lines.flatMap(({ samples }) => (samples ? { rows: samples.count, means: [samples.mean] } : [])))
}

interface SummaryLine {
  readonly type: string
  readonly metric: string
  readonly group: Readonly<Record<string, string>>
  readonly samples?: { readonly count: number; readonly mean: number; readonly p50: number }
}

/** `mlr --ojson stats1 -g model`. */
export function millerAnswer(json: string): Answer {
  const rows = JSON.parse(json) as Record<string, string | number>[]
  const of = (row: Record<string, string | number>, statistic: string) => COLUMNS.map(({ name }) => Number(row[`${name}_${statistic}`]))
  return answerOf(rows.map((row) => ({ model: String(row['model']), rows: Number(row[`${COLUMNS[0]?.name}_count`]), means: of(row, 'mean'), medians: of(row, 'p50') })))
}

function overall(groups: readonly { readonly rows: number; readonly means: readonly number[] }[]): { rows: number; mean: number } {
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  return { rows, mean: groups.reduce((sum, group) => sum + group.rows * (group.means[0] ?? NaN), 0) / rows }
}

function meanOf(truth: Truth): number {
  return overall(truth.groups).mean
}

export function equal(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: expected ${String(wanted)}, found ${String(found)}`)
}

export function near(what: string, found: number | undefined, wanted: number | undefined, error: number): void {
  // Written so that NaN is wrong.
  if (found !== undefined && wanted !== undefined && Math.abs(found - wanted) <= error * Math.abs(wanted)) return
  throw new Error(`${what}: expected ${wanted ?? 'nothing'}, found ${found ?? 'nothing'}`)
}
