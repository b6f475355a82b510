/** The tables of a session with two agents: each answer, each run, and all runs together. */

import { AGENTS, overRuns, rateOf, worked, type Agents, type AgentsRun, type OverRuns } from '../../agent/scenario/index.js'
import { table, wholeNumber, type Column } from '../blocks.js'
import { counted, endOf, NONE, share, signed, times, told } from './told.js'

const left = (title: string): Column => ({ title })
const right = (title: string): Column => ({ title, right: true })

/** One row for each answer, warm-ups too. */
export function answersTable(runs: readonly AgentsRun[]): string {
  const rows = runs.flatMap((run) => {
    const passes = [run.together, ...(run.alone ? [run.alone] : [])]
    return (run.aloneFirst ? passes.reverse() : passes).flatMap((pass) =>
      (pass.mode === 'alone' ? pass.order : AGENTS).flatMap((id) => {
        const answer = pass.answers[id]
        if (!answer) return []
        const { measurements } = answer
        const rate = rateOf(measurements)
        const tokens = measurements.outputTokens
        return [
          [
            String(run.run),
            id,
            pass.mode,
            told(measurements.ttft, 's'),
            told(rate?.value, rate?.unit ?? ''),
            tokens === undefined ? NONE : wholeNumber(tokens),
            told(answer.seconds, 's'),
            worked(answer) ? (run.warmup ? 'warm-up' : 'ok') : 'failed',
            endOf(answer),
          ],
        ]
      }),
    )
  })
  return table([left('Run'), left('Agent'), left('Mode'), right('TTFT'), right('Throughput'), right('Output tokens'), right('Duration'), left('Status'), left('End')], rows)
}

/** One row for each run that counts. */
export function runsTable(runs: readonly AgentsRun[]): string {
  const rows = counted(runs).map(({ run, comparison: { seconds, sequentialSeconds, speedup, efficiency, delta } }) => [
    String(run),
    told(seconds, 's'),
    told(sequentialSeconds, 's'),
    times(speedup),
    share(efficiency),
    signed(delta.ttft, 's'),
    signed(delta.rate?.value, delta.rate?.unit ?? ''),
  ])
  const columns = [left('Run'), ...['Wall time', 'Sequential time', 'Speedup', 'Efficiency', 'TTFT delta', 'Throughput delta'].map(right)]
  return kept(columns, rows)
}

/** One row for each agent of each run; empty where nobody answered alone. Without plus signs: those make a difference of a figure. */
export function contentionTable(runs: readonly AgentsRun[]): string {
  const rows = counted(runs).flatMap(({ run, comparison: { contention } }) =>
    AGENTS.flatMap((id) => {
      const found = contention[id]
      return found ? [[String(run), id, share(found.ttft), share(found.rate)]] : []
    }),
  )
  return rows.length === 0 ? '' : kept([left('Run'), left('Agent'), right('TTFT contention'), right('Throughput contention')], rows)
}

/** One row for each figure, over the runs that count. */
export function overRunsTable(runs: readonly AgentsRun[], agents: Agents): string {
  const rows = overRuns(counted(runs), agents).map((row) => {
    const { count, mean, stddev, min, max } = row.statistics
    const show = (value: number | undefined) => shown(row, value)
    return [row.metric, row.who, row.mode || NONE, String(count), show(mean), show(stddev), show(min), show(max)]
  })
  return table([left('Metric'), left('Agent'), left('Mode'), right('n'), ...['mean', 'stddev', 'min', 'max'].map(right)], rows)
}

function shown({ metric, unit }: OverRuns, value: number | undefined): string {
  if (metric.endsWith('speedup')) return times(value)
  return metric === 'efficiency' || metric.endsWith('_contention') ? share(value) : told(value, unit)
}

/** Without the columns that no row has anything in. */
function kept(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const used = columns.map((_, at) => at === 0 || rows.some((row) => row[at] !== NONE))
  return table(columns.filter((_, at) => used[at]), rows.map((row) => row.filter((_, at) => used[at])))
}
