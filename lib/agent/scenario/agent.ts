/** Two agents over the same figures, and what one answer of theirs came to. */

import type { Measurements } from '../../model/measurements.js'
import type { Brief, Model } from '../../model/model.js'
import type { ChimeraError } from '../../stage/index.js'
import type { Persona } from '../persona.js'
import type { Prompt } from '../prompt.js'

export type AgentId = 'A' | 'B'

export const AGENTS: readonly AgentId[] = ['A', 'B']

export interface Agent {
  readonly persona: Persona
  readonly model: Model
}

/** A takes stock, B turns the figures into a report. */
export type Agents = Readonly<Record<AgentId, Agent>>

export const TASK_OF: Readonly<Record<AgentId, Brief['task']>> = { A: 'analysis', B: 'report' }

export interface AgentAnswer {
  /** As the model gave it, at most {@link ANSWER_KEPT} of it. */
  readonly text: string
  readonly measurements: Measurements
  /** It is missing or incomplete. */
  readonly failure?: ChimeraError
  /** From the request to the end, however it ended. */
  readonly seconds: number
  readonly prompt: Prompt
  /** The other agent's answer stood in its prompt. */
  readonly readOther: boolean
}

/** UTF-16 code units; a prompt asks for some thousands. */
export const ANSWER_KEPT = 1024 * 1024

export type AnswersOf = { readonly [Id in AgentId]?: AgentAnswer }

/** It came to its end, or was only cut at its length: only then are its figures a measurement. An empty answer is none. */
export function worked(answer: AgentAnswer | undefined): answer is AgentAnswer {
  return answer?.measurements.status === 'ok' && (answer.failure === undefined || answer.measurements.reason === 'length')
}
