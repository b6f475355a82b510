/** What was measured, compared: round by round, since two runs of one round met the same machine. */

import type { Case, Goal, Question, Took, Workload } from './question.js'

export interface Measured {
  readonly case: Case
  /** One for each round. */
  readonly took: readonly Took[]
}

export interface Outcome {
  readonly question: Question
  readonly measured: readonly Measured[]
  /** Cases without a result, and why. */
  readonly failed: readonly string[]
  readonly rounds: number
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export interface Reached {
  readonly goal: Goal
  readonly text: string
  /** Of the quantity the goal is about: a ratio, seconds, or nanoseconds. */
  readonly found: Spread
  /** `at least 2.50x`. */
  readonly wanted: string
  readonly reached: boolean
}

export function workloadOf(one: Measured, question: Question): Workload {
  return one.case.workload ?? question.workload
}

/** The one of the baseline's name, on the same cores where it ran on them; `undefined` for a baseline itself, and where none ran. */
export function baselineOf(one: Measured, { measured, question }: Outcome): Measured | undefined {
  const name = one.case.baseline ?? question.baseline
  if (one.case.name === name) return undefined
  const named = measured.filter((other) => other.case.name === name)
  return named.find((other) => other.case.cores === one.case.cores) ?? named[0]
}

/** How many times faster than the other: bytes, or items, in the time of each. */
export function speedups(one: Measured, other: Measured, question: Question): Spread {
  const share = sizeOf(one, question) / sizeOf(other, question)
  return spread(one.took.map(({ seconds }, round) => (share * (other.took[round]?.seconds ?? NaN)) / seconds))
}

export function secondsOf({ took }: Measured): Spread {
  return spread(took.map(({ seconds }) => seconds))
}

/** Seconds of the processor, median; `undefined` where not measured. */
export function cpuOf({ took }: Measured): number | undefined {
  const known = took.flatMap(({ cpuSeconds }) => cpuSeconds ?? [])
  return known.length === took.length ? median(known) : undefined
}

/** The most that any round held. */
export function peakOf({ took }: Measured): number | undefined {
  const known = took.flatMap(({ peakBytes }) => peakBytes ?? [])
  return known.length > 0 ? Math.max(...known) : undefined
}

/** Goals whose cases were measured. */
export function goalsOf(outcome: Outcome): Reached[] {
  return (outcome.question.goals ?? []).flatMap((goal) => {
    const of = (name: string | undefined) => outcome.measured.find((one) => one.case.name === name && one.case.cores === goal.cores)
    const one = of(goal.name)
    const other = of(goal.over)
    if (!one || (goal.over !== undefined && !other)) return []
    const found = quantity(goal, one, other, outcome.question)
    const wanted = `${goal.atLeast === undefined ? 'at most' : 'at least'} ${figure(goal, goal.atLeast ?? goal.atMost ?? NaN)}`
    const on = goal.cores === undefined ? '' : goal.cores === 1 ? ', one core' : `, ${goal.cores} cores`
    return {
      goal,
      text: `${goal.text ?? `${goal.name}${goal.over === undefined ? '' : `, ${RELATION[goal.of]} ${goal.over}`}`}${on}`,
      found,
      wanted,
      reached: goal.atLeast === undefined ? found.median <= (goal.atMost ?? NaN) : found.median >= goal.atLeast,
    }
  })
}

const RELATION: Readonly<Record<Goal['of'], string>> = { speed: 'speed over', cost: 'time over', seconds: 'beside', added: 'added to' }

/** With the sign of its unit. */
export function figure({ of }: Pick<Goal, 'of'>, value: number): string {
  if (of === 'seconds') return `${(value * 1000).toFixed(0)} ms`
  return of === 'added' ? `${value.toFixed(1)} ns` : `${value.toFixed(2)}x`
}

function quantity(goal: Goal, one: Measured, other: Measured | undefined, question: Question): Spread {
  if (!other) return secondsOf(one)
  if (goal.of === 'speed') return speedups(one, other, question)
  if (goal.of === 'cost') return spread(one.took.map(({ seconds }, round) => seconds / (other.took[round]?.seconds ?? NaN)))
  const crossings = (goal.stages ?? 1) * (question.workload.items ?? NaN)
  return spread(one.took.map(({ seconds }, round) => ((seconds - (other.took[round]?.seconds ?? NaN)) * 1e9) / crossings))
}

function sizeOf(one: Measured, question: Question): number {
  const { bytes, items } = workloadOf(one, question)
  return bytes ?? items ?? 1
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
