/** One session with two agents, read by two sections in turn: each gets its own agent's parts, the other's wait. */

import { AGENTS, TASK_OF, type AgentAnswer, type AgentId, type AgentsPart, type AgentsRun } from '../../agent/scenario/index.js'
import type { WorkflowPart } from '../../agent/workflow.js'
import type { ChimeraError } from '../../stage/index.js'

export interface Listening {
  /** What the agent gives in the first run that counts. */
  partsOf(agent: AgentId): AsyncIterable<WorkflowPart>
  /** Reads the session to its end. */
  finish(): Promise<void>
  /** Ends it where it is; the models stop. */
  close(): Promise<void>
  /** So far; warm-ups too. */
  readonly runs: readonly AgentsRun[]
  readonly answers: { readonly [Id in AgentId]?: AgentAnswer }
  readonly stopped: { readonly left: number; readonly error: ChimeraError } | undefined
}

/** `onRun` is told each run when it is over, before anything further is read. */
export function listen(session: AsyncGenerator<AgentsPart, void, undefined>, onRun?: (run: AgentsRun) => Promise<void> | void): Listening {
  const waiting: Record<AgentId, WorkflowPart[]> = { A: [], B: [] }
  const answers: { [Id in AgentId]?: AgentAnswer } = {}
  const over = new Set<AgentId>()
  const runs: AgentsRun[] = []
  let stopped: { readonly left: number; readonly error: ChimeraError } | undefined

  const takeAnswer = (agent: AgentId, answer: AgentAnswer) => {
    const stage = TASK_OF[agent]
    answers[agent] = answer
    over.add(agent)
    waiting[agent].push({ type: 'measured', stage, measurements: answer.measurements })
    if (answer.failure) waiting[agent].push({ type: 'failed', stage, error: answer.failure })
    waiting[agent].push({ type: 'stage', stage, phase: 'end', seconds: answer.seconds })
  }
  /** Files one part of the session; false at its end. */
  const read = async (): Promise<boolean> => {
    const { done, value: part } = await session.next()
    if (done === true) {
      for (const agent of AGENTS) over.add(agent)
      return false
    }
    if (part.type === 'stopped') {
      stopped = part
      // An agent that did not get to speak ends as the session did.
      for (const agent of AGENTS) if (!over.has(agent)) waiting[agent].push({ type: 'failed', stage: TASK_OF[agent], error: part.error })
    } else if (part.type === 'run') {
      if (part.phase === 'end') {
        runs.push(part.result)
        await onRun?.(part.result)
      }
    } else if (!part.warmup && part.run === 1) {
      if (part.type === 'text') waiting[part.agent].push({ type: 'text', stage: TASK_OF[part.agent], text: part.text })
      else takeAnswer(part.agent, part.answer)
    }
    return true
  }

  return {
    runs,
    answers,
    get stopped() {
      return stopped
    },
    async *partsOf(agent) {
      for (;;) {
        yield* waiting[agent].splice(0)
        if (waiting[agent].length > 0) continue
        if (over.has(agent)) return
        await read()
      }
    },
    async finish() {
      while (await read());
    },
    async close() {
      await session.return()
    },
  }
}
