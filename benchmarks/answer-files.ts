/** The results of a question as files: every round as CSV, the aggregates as JSON, and a page of Markdown. All can be read back by chimera. */

import { baselineOf, cpuOf, figure, goalsOf, peakOf, secondsOf, speedups, workloadOf, type Measured, type Outcome, type Reached, type Spread } from './outcome.js'
import type { Goal } from './question.js'
import { environment, environmentLines, markdownTable } from './results.js'

/** A column that only some questions have. */
interface Column {
  readonly title: string
  readonly cell: (one: Measured, round: number) => string
}

/** Every round of every case: the samples. */
export function csvOf(outcome: Outcome): string {
  const { question, measured } = outcome
  const took = (one: Measured, round: number) => one.took[round] ?? { seconds: NaN }
  const columns: Column[] = [
    { title: 'benchmark', cell: () => question.name },
    { title: 'implementation', cell: (one) => one.case.name },
    ...when(hasCores(outcome), { title: 'cores', cell: (one) => String(one.case.cores ?? '') }),
    { title: 'round', cell: (_, round) => String(round + 1) },
    { title: 'duration_s', cell: (one, round) => took(one, round).seconds.toFixed(6) },
    ...when(question.workload.bytes !== undefined, { title: 'throughput_mb_s', cell: (one, round) => rate(one, outcome, took(one, round).seconds).toFixed(3) }),
    ...when(question.workload.items !== undefined, { title: 'time_per_item_ns', cell: (one, round) => perItem(one, outcome, took(one, round).seconds).toFixed(1) }),
    ...when(hasUsage(outcome), { title: 'cpu_time_s', cell: (one, round) => took(one, round).cpuSeconds?.toFixed(3) ?? '' }, { title: 'peak_memory_mb', cell: (one, round) => megabytes(took(one, round).peakBytes) }),
  ]
  const rows = measured.flatMap((one) => one.took.map((_, round) => columns.map(({ cell }) => cell(one, round))))
  return [columns.map(({ title }) => title), ...rows].map((row) => row.map(quoted).join(',')).join('\n') + '\n'
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The aggregates, with what they were measured on. */
export function jsonOf(outcome: Outcome): string {
  const { question, measured, failed, rounds } = outcome
  const document = {
    benchmark: question.name,
    question: question.question,
    generated_at: new Date().toISOString(),
    environment: environment(),
    settings: { rounds, bytes: question.workload.bytes, items: question.workload.items },
    ...(question.absent && question.absent.length > 0 && { absent: question.absent }),
    ...(failed.length > 0 && { failed }),
    results: measured.map((one) => {
      const seconds = secondsOf(one)
      const base = baselineOf(one, outcome)
      const ratio = base && speedups(one, base, question)
      const cpu = cpuOf(one)
      const peak = peakOf(one)
      return {
        implementation: one.case.name,
        ...(one.case.peer !== undefined && { peer: one.case.peer }),
        ...(one.case.cores !== undefined && { cores: one.case.cores }),
        ...(one.case.workload?.bytes !== undefined && { input_size_mb: one.case.workload.bytes / 1e6 }),
        median_s: seconds.median,
        min_s: seconds.min,
        max_s: seconds.max,
        ...(cpu !== undefined && { cpu_time_s: cpu }),
        ...(peak !== undefined && { peak_memory_mb: peak / 1e6 }),
        ...(base && ratio && { baseline: base.case.name, speedup_median: ratio.median, speedup_min: ratio.min, speedup_max: ratio.max }),
      }
    }),
    goals: goalsOf(outcome).map(({ text, wanted, goal, found, reached }) => ({ goal: text, implementation: goal.name, ...(goal.over !== undefined && { baseline: goal.over }), ...(goal.cores !== undefined && { cores: goal.cores }), wanted, ...named(goal.of, found), reached })),
  }
  return JSON.stringify(document, null, 2) + '\n'
}

/** With names that say what it is and in which unit: these files are read by a program, too. */
function named(of: Goal['of'], { median, min, max }: Spread): Readonly<Record<string, number | string>> {
  if (of === 'speed') return { speedup_median: median, speedup_min: min, speedup_max: max }
  if (of === 'cost') return { time_ratio_median: figure({ of }, median), time_ratio_min: figure({ of }, min), time_ratio_max: figure({ of }, max) }
  if (of === 'seconds') return { median_s: median, min_s: min, max_s: max }
  return { added_time_per_item_ns_median: median, added_time_per_item_ns_min: min, added_time_per_item_ns_max: max }
}

export function markdownOf(outcome: Outcome): string {
  const { question, failed, rounds } = outcome
  const goals = goalsOf(outcome)
  return [
    `# ${question.question}`,
    '',
    question.scope,
    '',
    ...environmentLines(),
    `- Rounds: ${rounds}, cases in turn; a ratio compares the two runs of one round`,
    ...(question.absent ?? []).map((line) => `- Not there: ${line}`),
    ...failed.map((line) => `- Failed: ${line}`),
    '',
    ...resultTable(outcome),
    '',
    ...(goals.length > 0 ? ['## Goals', '', ...goalTables(goals)] : []),
  ].join('\n')
}

function resultTable(outcome: Outcome): string[] {
  const { question, measured } = outcome
  const columns: Column[] = [
    { title: 'Implementation', cell: nameOf },
    ...when(hasCores(outcome), { title: 'Cores', cell: (one) => String(one.case.cores ?? '') }),
    { title: 'Median (ms)', cell: (one) => milliseconds(secondsOf(one).median) },
    { title: 'Min (ms)', cell: (one) => milliseconds(secondsOf(one).min) },
    { title: 'Max (ms)', cell: (one) => milliseconds(secondsOf(one).max) },
    ...when(question.workload.bytes !== undefined, { title: 'Median throughput (MB/s)', cell: (one) => rate(one, outcome, secondsOf(one).median).toFixed(1) }),
    ...when(question.workload.items !== undefined, { title: 'Median time per item (ns)', cell: (one) => perItem(one, outcome, secondsOf(one).median).toFixed(1) }),
    ...when(hasUsage(outcome), { title: 'CPU time (s)', cell: (one) => cpuOf(one)?.toFixed(2) ?? '' }, { title: 'Peak memory (MB)', cell: (one) => megabytes(peakOf(one)) }),
    ...when(measured.some((one) => one.case.baseline !== undefined), { title: 'Baseline', cell: (one) => baselineOf(one, outcome)?.case.name ?? '-' }),
    ...(['median', 'min', 'max'] as const).map((of) => ({
      title: of === 'median' ? (measured.some((one) => one.case.baseline !== undefined) ? 'Speedup' : `Speedup over ${question.baseline}`) : `Speedup ${of}`,
      cell: (one: Measured) => {
        const base = baselineOf(one, outcome)
        return base ? `${speedups(one, base, question)[of].toFixed(2)}x` : '-'
      },
    })),
  ]
  return markdownTable(columns.map(({ title }) => title), measured.map((one) => columns.map(({ cell }) => cell(one, 0))))
}

/** One for each kind of figure, so that a column has one unit. */
function goalTables(goals: readonly Reached[]): string[] {
  return (Object.keys(FOUND) as Goal['of'][]).flatMap((of) => {
    const own = goals.filter(({ goal }) => goal.of === of)
    if (own.length === 0) return []
    const rows = own.map(({ goal, text, wanted, found, reached }) => [text, wanted, `${figure(goal, found.median)} (${figure(goal, found.min)} to ${figure(goal, found.max)})`, reached ? 'yes' : 'no'])
    return [...markdownTable(['Goal', 'Wanted', FOUND[of], 'Reached'], rows), '']
  })
}

const FOUND: Readonly<Record<Goal['of'], string>> = { speed: 'Speedup', cost: 'Time ratio', seconds: 'Duration', added: 'Added time per item' }

function nameOf({ case: { name, peer, note } }: Measured): string {
  const notes = [peer, note].flatMap((word) => word ?? [])
  return notes.length > 0 ? `${name} (${notes.join('; ')})` : name
}

function rate(one: Measured, { question }: Outcome, seconds: number): number {
  return (workloadOf(one, question).bytes ?? NaN) / 1e6 / seconds
}

function perItem(one: Measured, { question }: Outcome, seconds: number): number {
  return (seconds * 1e9) / (workloadOf(one, question).items ?? NaN)
}

function hasCores({ measured }: Outcome): boolean {
  return measured.some((one) => one.case.cores !== undefined)
}

function hasUsage({ measured }: Outcome): boolean {
  return measured.some(({ took }) => took.some(({ cpuSeconds }) => cpuSeconds !== undefined))
}

function milliseconds(seconds: number): string {
  return (seconds * 1000).toFixed(2)
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : (bytes / 1e6).toFixed(1)
}

function when(wanted: boolean, ...columns: Column[]): Column[] {
  return wanted ? columns : []
}
