/** One pass: each agent answers once, both at the same time or one after the other. */

import type { Fact } from '../../fact/fact.js'
import type { Certificate, CertificateWatch } from '../../model/certificate.js'
import type { ModelEvent } from '../../model/generation.js'
import { ChimeraError, sanitize, type Watch } from '../../stage/index.js'
import { answer } from '../answer.js'
import type { Prompt } from '../prompt.js'
import { ANSWER_KEPT, TASK_OF, type AgentAnswer, type AgentId, type Agents, type AnswersOf } from './agent.js'
import { queue } from './queue.js'

/**
 * `concurrent`: both at the same time. `sequential`: A, then B, who reads A's answer. `alone`: one after the other with the prompts of
 * `concurrent`, so that the two can be compared.
 */
export type PassMode = 'concurrent' | 'sequential' | 'alone'

export interface Pass {
  readonly mode: PassMode
  /** Who began, where one waited for the other. */
  readonly order: readonly AgentId[]
  /** From the first request to the last answer's end. */
  readonly seconds: number
  /** One who did not get to answer is absent. */
  readonly answers: AnswersOf
  /** What disturbed it on our side, where that was watched. */
  readonly certificate?: Certificate
}

export interface PassContext {
  readonly agents: Agents
  readonly facts: readonly Fact[]
  readonly prompts: Readonly<Record<AgentId, Prompt>>
  readonly signal: AbortSignal
  readonly now: () => number
  readonly onEvent?: Watch<AgentEvent>
  readonly certify?: () => CertificateWatch
}

/** The stage is unique to the agent (`A analysis`), as is `stream`. */
export type AgentEvent =
  | { readonly type: 'phase'; readonly phase: string; readonly state: 'start' | 'end' }
  | ModelEvent

export type PassPart =
  | { readonly type: 'text'; readonly agent: AgentId; readonly text: string }
  /** The agent is done. */
  | { readonly type: 'answer'; readonly agent: AgentId; readonly answer: AgentAnswer }

/** Gives what comes as it comes. The models do not wait for whoever reads it: what is measured is theirs alone. */
export async function* runPass(mode: PassMode, order: readonly AgentId[], context: PassContext): AsyncGenerator<PassPart, Pass, undefined> {
  const parts = queue<PassPart>()
  const answers: { [Id in AgentId]?: AgentAnswer } = {}
  const { now, signal, onEvent } = context
  const certificate = context.certify?.()
  const watched: PassContext = {
    ...context,
    onEvent(event) {
      if (event.type === 'model') certificate?.observe(event.event, event.stream)
      onEvent?.(event)
    },
  }
  const started = now()
  let seconds = 0
  const one = async (agent: AgentId, other?: AgentAnswer) => {
    const answer = await answerOf(agent, watched, other, (text) => parts.push({ type: 'text', agent, text }))
    answers[agent] = answer
    parts.push({ type: 'answer', agent, answer })
  }
  const work = async () => {
    if (mode === 'concurrent') await Promise.all(order.map((agent) => one(agent)))
    else {
      for (const agent of order) {
        if (signal.aborted) break
        await one(agent, mode === 'sequential' && agent === 'B' ? answers.A : undefined)
      }
    }
    seconds = (now() - started) / 1000
  }
  work().then(
    () => parts.end(),
    (error: unknown) => parts.end(error instanceof Error ? error : new ChimeraError('STAGE_FAILED', 'an agent failed', { cause: error })),
  )
  let found: Certificate | undefined
  try {
    yield* parts
  } finally {
    found = certificate?.end()
  }
  return { mode, order, seconds, answers, ...(found ? { certificate: found } : {}) }
}

async function answerOf(agent: AgentId, context: PassContext, other: AgentAnswer | undefined, onText: (text: string) => void): Promise<AgentAnswer> {
  const { agents, facts, prompts, signal, now, onEvent } = context
  const { model } = agents[agent]
  const task = TASK_OF[agent]
  const stage = `${agent} ${task}`
  const read = other && other.text.trim() !== '' ? { name: agents.A.persona.name, text: sanitize(other.text) } : undefined
  const started = now()
  let text = ''
  let measurements: AgentAnswer['measurements'] | undefined
  let failure: ChimeraError | undefined
  onEvent?.({ type: 'phase', phase: stage, state: 'start' })
  const messages = prompts[agent].agent(task, read)
  for await (const part of answer({ model, messages, facts, task, stage, stream: agent, signal, now, ...(onEvent ? { onEvent } : {}) })) {
    if (part.type === 'text') {
      const kept = part.text.slice(0, ANSWER_KEPT - text.length)
      text += kept
      if (kept !== '') onText(kept)
    } else if (part.type === 'measured') measurements = part.measurements
    else failure = part.error
  }
  onEvent?.({ type: 'phase', phase: stage, state: 'end' })
  return {
    text,
    measurements: measurements ?? { status: 'error', chunks: 0, textLength: 0, thinkingLength: 0, doubts: [] },
    ...(failure ? { failure } : {}),
    seconds: (now() - started) / 1000,
    prompt: prompts[agent],
    readOther: read !== undefined,
  }
}
