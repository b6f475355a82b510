/** Why a run's figures should not be compared with others: what the server's own counts say against what was asked for. */

import { formatQuantity } from '../record/index.js'
import type { BenchPlan } from './plan.js'
import type { RequestOutcome } from './request.js'

export interface Doubt {
  /** Kebab-case; stands on the records as `tainted`. */
  readonly code: string
  /** What was expected and what was found, as a sentence. */
  readonly message: string
}

/** A server that has the model loaded reports a few hundredths of a second. */
const LOADED_SECONDS = 1

export function doubtsOf({ load }: Pick<BenchPlan, 'load'>, requests: readonly RequestOutcome[]): readonly Doubt[] {
  const cached = requests.flatMap(({ contradiction }) => contradiction ?? [])
  const longest = requests.reduce((most, { measurements }) => Math.max(most, measurements.loadDuration ?? 0), 0)
  const { text, unit } = formatQuantity(longest, 's')
  return [
    ...(cached[0] === undefined ? [] : [{ code: 'cache', message: cached.length === 1 ? cached[0] : `${cached[0]}, and so for ${cached.length} of ${requests.length} requests` }]),
    ...(load === 'warm' && longest > LOADED_SECONDS ? [{ code: 'load', message: `expected a loaded model, and the server spent ${text} ${unit} on loading it` }] : []),
  ]
}
