/** What `chimera bench --dry-run` says: the cells, the order, and how many requests that makes. */

import { cellName, requestsOf, type BenchPlan } from '../bench/index.js'
import { sanitize } from '../stage/index.js'

/** More runs than anybody reads. */
const RUNS_SHOWN = 100

export function planText(plan: BenchPlan): string {
  const { cells, sequence, runs, warmup, durationMs } = plan
  const requests = sequence.reduce<number | undefined>((sum, { cell }) => {
    const count = requestsOf(plan, cell)
    return sum === undefined || count === undefined ? undefined : sum + count
  }, 0)
  const priming = plan.cache === 'warm' ? ', and as many to warm the cache at most' : ''
  const amount = requests === undefined ? `at least ${((durationMs ?? 0) / 1000) * sequence.length} s of requests` : `${requests} requests`
  const ordering = sequence.slice(0, RUNS_SHOWN).map((run) => `${String(run.ordinal).padStart(5)}  cell ${run.cell.number}  ${run.warmup ? 'warm-up' : 'run'} ${run.run}`)
  const lines = [
    `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, ${warmup} warm-up and ${runs} measured ${runs === 1 ? 'run' : 'runs'} of each: ${sequence.length} runs, ${amount}${priming}; ${plan.prompts.length} ${plan.prompts.length === 1 ? 'prompt' : 'prompts'}`,
    ...cells.map((cell) => `cell ${cell.number}: ${cellName(plan, cell)}${requestsEach(plan, requestsOf(plan, cell))}`),
    `order (${plan.order}${plan.order === 'random' ? `, seed ${plan.seed}` : ''}):`,
    ...ordering,
    ...(sequence.length > RUNS_SHOWN ? [`       and ${sequence.length - RUNS_SHOWN} more`] : []),
  ]
  return sanitize(`${lines.join('\n')}\n`)
}

function requestsEach(plan: BenchPlan, count: number | undefined): string {
  if (count === undefined) return `, ${(plan.durationMs ?? 0) / 1000} s a run`
  return `, ${count} ${count === 1 ? 'request' : 'requests'} a run`
}
