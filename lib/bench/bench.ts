/** The experiment: its runs one after another, each given when it is over, so that nothing is lost when it stops. */

import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { certificate, realClock, type ModelFromOptions } from '../model/index.js'
import { modelPool } from './model-pool.js'
import type { PlannedRun } from './order.js'
import { cellName, type BenchPlan } from './plan.js'
import { performRun, type BenchTools, type RunResult } from './run.js'

export interface BenchContext extends Partial<BenchTools> {
  /** How models are made where `model` does not make them: where they are, how long they are waited for. */
  readonly models?: Omit<ModelFromOptions, 'options'>
  /** Runs that are done already, by their ordinal. */
  readonly done?: ReadonlySet<number>
  /** Told before each run. */
  readonly onRun?: (planned: PlannedRun) => void
  /** Told of what is not going to be run. */
  readonly onGivenUp?: (model: string, why: string, runs: number) => void
}

/** A server that is gone for so many runs in a row will not come back by being asked again. */
const UNREACHABLE_IN_A_ROW = 3

/**
 * Gives each run's result before the next one begins. A model that the server does not have is given up at once, one whose server
 * does not answer after three runs; what was given up is not in the results, so that a later `--resume` asks again. After an abort the
 * run in progress is given as it is, then it ends. Errors of a model are results; only a plan that cannot be run throws.
 */
export async function* bench(plan: BenchPlan, context: BenchContext = {}): AsyncGenerator<RunResult, void, undefined> {
  const pool = modelPool({ ...(plan.url === undefined ? {} : { url: plan.url }), ...(plan.retries === undefined ? {} : { retries: plan.retries }), ...context.models })
  try {
    yield* runs(plan, { ...defaults(), model: pool.of, ...context })
  } finally {
    await pool.close()
  }
}

/** Real time, nobody who ends it, marks that no other session has. */
function defaults(): Omit<BenchTools, 'model'> {
  const session = randomBytes(4).toString('hex')
  let marks = 0
  return { clock: realClock, date: () => new Date(), signal: new AbortController().signal, mark: () => `${session}-${(marks += 1)}`, watch: () => certificate() }
}

async function* runs(plan: BenchPlan, context: BenchContext & BenchTools): AsyncGenerator<RunResult, void, undefined> {
  const { done, signal, onRun, onGivenUp } = context
  // Each request that runs listens to it; many at once are no leak.
  setMaxListeners(0, signal)
  const stopped = () => signal.aborted
  const unreachable = new Map<string, number>()
  const givenUp = new Set<string>()
  for (const [at, planned] of plan.sequence.entries()) {
    if (stopped()) return
    const { model } = planned.cell
    if (done?.has(planned.ordinal) || givenUp.has(model)) continue
    onRun?.(planned)
    const result = await performRun(planned, plan, context)
    if (stopped() && result.requests.length === 0) return
    yield result
    const gone = goneFor(result)
    unreachable.set(model, gone === 'refused' ? (unreachable.get(model) ?? 0) + 1 : 0)
    if (gone === 'not-found' || (unreachable.get(model) ?? 0) >= UNREACHABLE_IN_A_ROW) {
      givenUp.add(model)
      const left = plan.sequence.slice(at + 1).filter((run) => run.cell.model === model && !done?.has(run.ordinal)).length
      if (left > 0) onGivenUp?.(model, result.requests[0]?.message ?? cellName(plan, planned.cell), left)
    }
  }
}

/** When every request of the run ended so. */
function goneFor({ requests, interrupted }: RunResult): 'not-found' | 'refused' | undefined {
  const [first] = requests
  if (interrupted || !first || !requests.every(({ endState }) => endState === first.endState)) return undefined
  return first.endState === 'not-found' || first.endState === 'refused' ? first.endState : undefined
}
