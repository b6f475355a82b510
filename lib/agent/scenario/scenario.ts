/** The three experiments with two agents, and what makes sense in each. */

import type { Model, ModelOptions } from '../../model/model.js'
import { ChimeraError } from '../../stage/index.js'
import type { AgentId } from './agent.js'

/**
 * `baseline-vs-chimera`: A as its server has it, B with options that were tuned, on one model. `heterogeneous`: both tuned, each its
 * own way. `homogeneous`: both with the same options, on one model.
 */
export type Scenario = 'baseline-vs-chimera' | 'heterogeneous' | 'homogeneous'

export const SCENARIOS: readonly Scenario[] = ['baseline-vs-chimera', 'heterogeneous', 'homogeneous']

type Models = Readonly<Record<AgentId, Pick<Model, 'name' | 'provider' | 'options'>>>

/** @throws {ChimeraError} `USAGE` naming what is in the way and the option that mends it. */
export function checkScenario(scenario: Scenario, { A, B }: Models): void {
  const wrong = (expected: string, found: string, cure: string) => new ChimeraError('USAGE', `the ${scenario} scenario expects ${expected}, found ${found}: ${cure}`)
  const sameModel = A.name === B.name && A.provider === B.provider
  const none = (options: ModelOptions) => Object.keys(options).length === 0
  const oneModel = () => {
    if (!sameModel) throw wrong('one model for both agents', `${A.name} and ${B.name}`, 'give it once, with --model')
  }
  switch (scenario) {
    case 'baseline-vs-chimera':
      oneModel()
      if (!none(A.options)) throw wrong('agent A without options', words(A.options), 'give the options to B alone, with --option-b')
      if (none(B.options)) throw wrong('tuned options for agent B', 'none', 'give them with --option-b, such as --option-b num_gpu=80')
      return
    case 'heterogeneous':
      if (none(A.options) || none(B.options)) {
        const lacking = none(A.options) ? 'a' : 'b'
        throw wrong('tuned options for both agents', `none for ${lacking.toUpperCase()}`, `give them with --option-${lacking}, such as --option-${lacking} num_ctx=1024`)
      }
      if (sameModel && words(A.options) === words(B.options)) throw wrong('options that differ', `${words(A.options)} for both`, 'change one side with --option-a or --option-b, or name the scenario homogeneous')
      return
    case 'homogeneous':
      oneModel()
      if (words(A.options) !== words(B.options)) throw wrong('the same options for both agents', `${words(A.options)} for A and ${words(B.options)} for B`, 'give them once, with --option')
      if (none(A.options)) throw wrong('tuned options', 'none', 'give them to both with --option, such as --option num_gpu=80')
  }
}

/** In one order, whatever order they were given in. */
function words(options: ModelOptions): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? 'no options' : entries.map(([key, value]) => `${key}=${value}`).join(', ')
}
