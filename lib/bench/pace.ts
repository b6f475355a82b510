/** How an experiment goes on, in one line for each run, and how long it will still take. */

import { formatQuantity } from '../record/index.js'
import type { Cell } from './grid.js'
import { cellName, type BenchPlan } from './plan.js'
import type { RunResult } from './run.js'

export interface Pace {
  /** A run is over that took so long with everything around it. Gives the line. */
  after(result: RunResult, seconds: number): string
  /** Until all is done, from now on; absent before the first run is over. */
  secondsLeft(): number | undefined
}

/** `done` are the runs that an earlier command has made. */
export function pace(plan: BenchPlan, done: ReadonlySet<number>): Pace {
  const took = new Map<Cell, { count: number; seconds: number }>()
  const left = new Map<Cell, number>()
  for (const { cell, ordinal } of plan.sequence) if (!done.has(ordinal)) left.set(cell, (left.get(cell) ?? 0) + 1)

  const secondsLeft = (): number | undefined => {
    const all = [...took.values()].reduce((sum, one) => ({ count: sum.count + one.count, seconds: sum.seconds + one.seconds }), { count: 0, seconds: 0 })
    if (all.count === 0) return undefined
    // A cell that was not run yet is taken for the mean of the others.
    return [...left].reduce((sum, [cell, runs]) => {
      const { count, seconds } = took.get(cell) ?? all
      return sum + (runs * seconds) / count
    }, 0)
  }
  return {
    secondsLeft,
    after(result, seconds) {
      const { planned } = result
      const known = took.get(planned.cell) ?? { count: 0, seconds: 0 }
      took.set(planned.cell, { count: known.count + 1, seconds: known.seconds + seconds })
      left.set(planned.cell, Math.max(0, (left.get(planned.cell) ?? 1) - 1))
      const rest = secondsLeft()
      const about = rest === undefined || rest <= 0 ? '' : `; about ${shown(rest < 10 ? Math.ceil(rest) : Math.round(rest), 's')} left`
      const figures = [...figuresOf(result), ...failures(result), ...taints(result), ...result.warnings]
      return `run ${planned.ordinal}/${plan.sequence.length}${planned.warmup ? ' (warm-up)' : ''} ${cellName(plan, planned.cell)}: ${figures.join(', ')}${about}`
    },
  }
}

function figuresOf({ requests, seconds }: RunResult): readonly string[] {
  const well = requests.filter(({ measurements }) => measurements.status === 'ok')
  const first = median(well.flatMap(({ measurements, queue }) => (queue ? (queue.ttft ?? []) : (measurements.ttft ?? []))))
  const tokens = well.reduce((sum, { measurements }) => sum + (measurements.outputTokens ?? 0), 0)
  return [
    ...(first === undefined ? [] : [`TTFT ${shown(first, 's')}`]),
    ...(tokens === 0 || seconds <= 0 ? [] : [shown(tokens / seconds, '{token}/s')]),
    ...(requests.length > 1 ? [`${requests.length} requests`] : []),
  ]
}

/** `2 failed (busy 1, stalled 1)` */
function failures({ requests }: RunResult): readonly string[] {
  const ends = new Map<string, number>()
  for (const { measurements, endState } of requests) if (measurements.status !== 'ok') ends.set(endState, (ends.get(endState) ?? 0) + 1)
  const count = [...ends.values()].reduce((sum, one) => sum + one, 0)
  return count === 0 ? [] : [`${requests.length === 1 ? 'failed' : `${count} failed`} (${[...ends].map(([state, number]) => (requests.length === 1 ? state : `${state} ${number}`)).join(', ')})`]
}

function taints({ tainted }: RunResult): readonly string[] {
  return tainted.length === 0 ? [] : [`tainted (${[...new Set(tainted.map(({ code }) => code))].join(', ')})`]
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}

function shown(value: number, unit: string): string {
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${text} ${symbol}`
}
