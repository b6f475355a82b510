/** What two agents at once came to, as cells and phrases: signs, shares and times as people write them. */

import { worked, type AgentAnswer, type AgentId, type Agents, type AgentsRun } from '../../agent/scenario/index.js'
import type { Model, ModelOptions } from '../../model/model.js'
import { quantityScale } from '../../record/quantity.js'
import type { Statistics } from '../../summary/summary-row.js'
import { plain, quantity } from '../inline.js'

export const NONE = '-'

export function told(value: number | undefined, unit: string): string {
  return value === undefined ? NONE : plain(quantity(value, unit))
}

/** `+30.2 ms`, `-4.2 tok/s`; `0 s` has no sign. */
export function signed(value: number | undefined, unit: string): string {
  return value === undefined ? NONE : `${value > 0 ? '+' : ''}${quantity(value, unit)}`
}

/** `1.63x` */
export function times(value: number | undefined): string {
  return value === undefined ? NONE : `${fixed(value, 2)}x`
}

/** `81.5%` */
export function share(value: number | undefined): string {
  return value === undefined ? NONE : `${fixed(100 * value, 1)}%`
}

/** Without a sign before nothing: `0.0`, never `-0.0`. */
function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(?=0\.0+$)/, '')
}

/** `80 ± 1.2 ms`, `1.98 ± 0.02x`, `99.9 ± 0.1%`. `x` and `%` are units here. The mean alone where there is one value; `sign` for what may be of either. */
export function spread({ mean, stddev }: Pick<Statistics, 'mean' | 'stddev'>, unit: string, { sign = false } = {}): string {
  const shown = shownIn(unit, mean)
  const plus = sign && mean > 0 ? '+' : ''
  // More digits of a spread than two say nothing.
  return `${plus}${shown.format(mean)}${stddev === undefined ? '' : ` ± ${shown.format(Number(stddev.toPrecision(2)))}`}${shown.suffix}`
}

function shownIn(unit: string, reference: number): { readonly suffix: string; format(value: number): string } {
  if (unit === 'x') return { suffix: 'x', format: (value) => fixed(value, 2) }
  if (unit === '%') return { suffix: '%', format: (value) => fixed(100 * value, 1) }
  const scale = quantityScale(reference, unit)
  return { suffix: scale.unit === '' ? '' : ` ${scale.unit}`, format: (value) => scale.format(value) }
}

/** `Chimera Agent A (DataCollector)` */
export function agentName({ persona: { title, name } }: Agents[AgentId]): string {
  return title === name ? plain(name) : `${plain(title)} (${plain(name)})`
}

export function modelName({ provider, name }: Model): string {
  return provider === 'narrator' ? 'built-in narrator, no language model' : `${plain(name)} (${plain(provider)})`
}

export function optionsText(options: ModelOptions): string {
  const entries = Object.entries(options).map(([key, value]) => `${key}=${value}`)
  return entries.length === 0 ? 'defaults of the model' : plain(entries.join(', '))
}

/** Nothing is measured of a writer that is no model. */
export function isNarrated({ A, B }: Agents): boolean {
  return A.model.provider === 'narrator' && B.model.provider === 'narrator'
}

/** How an answer ended: `stop`, `length`, or in one word what went wrong. */
export function endOf(answer: AgentAnswer): string {
  const { endState } = answer.measurements
  return endState === 'stop' && !worked(answer) ? 'empty' : (endState ?? 'unfinished')
}

export function counted(runs: readonly AgentsRun[]): readonly AgentsRun[] {
  return runs.filter(({ warmup }) => !warmup)
}
