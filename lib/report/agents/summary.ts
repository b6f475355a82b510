/** A session with two agents as a Markdown page of its own: how it was done, what came of it, every run. */

import { AGENTS, type AgentsRun, type Agents, type Scenario } from '../../agent/scenario/index.js'
import { list, plural } from '../blocks.js'
import { plain } from '../inline.js'
import { caveats } from './caveats.js'
import { glance } from './glance.js'
import { answersTable, contentionTable, overRunsTable, runsTable } from './tables.js'
import { agentName, counted, isNarrated, modelName, optionsText } from './told.js'

export interface Setup {
  readonly agents: Agents
  readonly mode: 'concurrent' | 'sequential'
  readonly scenario?: Scenario
  /** As they were asked for. */
  readonly plannedRuns: number
  readonly warmups: number
  readonly measureSequential: boolean
  /** The date on the page; without one it bears none. */
  readonly date?: Date
}

export interface Session {
  readonly runs: readonly AgentsRun[]
  readonly stopped: { readonly left: number; readonly message: string } | undefined
}

export function agentsSummary(setup: Setup, session: Session): string {
  const parts = [
    `# Two Agents: ${plain(setup.scenario ?? setup.mode)}\n\n${setupLines(setup).join('  \n')}\n`,
    `## At a Glance\n\n${glance(session.runs, setup.agents)}`,
    ...(isNarrated(setup.agents) ? [] : [measured(setup, session, '##')]),
    `## How It Was Measured\n\n${list(methods(setup))}`,
  ]
  return parts.join('\n')
}

/** Each line of a header; they end in hard breaks, so that they stay lines when the Markdown is shown. */
export function setupLines({ agents, mode, scenario, plannedRuns, warmups, date }: Setup): string[] {
  const { A, B } = agents
  const models = AGENTS.map((id) => modelName(agents[id].model))
  const options = AGENTS.map((id) => optionsText(agents[id].model.options))
  const either = (what: string, [a = '', b = '']: readonly string[]) => [a === b ? `**${what}:** ${a}` : `**${what}s:** A: ${a}; B: ${b}`]
  const how = mode === 'concurrent' ? 'concurrent, both agents at the same time' : 'sequential, B after A with its answer'
  return [
    ...(date ? [`**Date:** ${date.toISOString().slice(0, 10)}`] : []),
    `**Agents:** ${agentName(A)} and ${agentName(B)}`,
    ...either('Model', models),
    ...(isNarrated(agents) ? [] : either('Configuration', options)),
    ...(scenario === undefined ? [] : [`**Scenario:** ${scenario}`]),
    `**Mode:** ${how}; ${plural(plannedRuns, 'run')}${warmups > 0 ? ` after ${plural(warmups, 'warm-up')}` : ''}`,
  ]
}

/** Tables and what to know about them; `level` is the mark of their headings. */
export function measured({ agents }: Setup, { runs, stopped }: Session, level: string): string {
  const notes = caveats(runs, stopped)
  const contention = contentionTable(runs)
  return [
    ...(counted(runs).length > 1 ? [`${level} Over ${plural(counted(runs).length, 'Run')}\n\n${overRunsTable(runs, agents)}`] : []),
    `${level} Runs\n\n${runsTable(runs)}`,
    ...(contention === '' ? [] : [`${level} Contention\n\n${contention}`]),
    `${level} Answers\n\n${answersTable(runs)}`,
    ...(notes.length > 0 ? [`${level} Before You Believe Them\n\n${list(notes)}`] : []),
  ].join('\n')
}

export function methods({ mode, measureSequential, warmups }: Pick<Setup, 'mode' | 'measureSequential' | 'warmups'>): string[] {
  return [
    mode === 'concurrent'
      ? 'Both agents get the same figures at the same moment, each with a persona and a task of its own, and neither sees what the other writes.'
      : 'Agent A answers first; its answer stands in the prompt of agent B, which begins when A has ended.',
    'TTFT: from the request to the first token that is not empty. Throughput: the tokens after the first one divided by the time from the first to the last, waiting left out. Duration: from the request to the end. Wall time: from the first request to the end of the last answer.',
    'A delta is B minus A, in one run.',
    ...(measureSequential
      ? [
          'Sequential time is measured: in each run both agents also answer alone, one after the other, with the same prompts; in odd runs after the pass together and A first, in even runs before it and B first.',
          'Speedup: sequential time divided by wall time. Efficiency: speedup divided by two. Ideal speedup: what both took alone divided by the longer of the two, which is 2 for equal work; what lacks to it is contention. Contention: by how much the TTFT was longer, and the throughput slower, together than alone.',
        ]
      : mode === 'concurrent'
        ? ['Each agent alone was not measured (`--measure-sequential`), so nothing is said of speedup, efficiency and contention.']
        : []),
    `Failed answers${warmups > 0 ? ' and warm-ups' : ''} are in no mean and no comparison. Standard deviation: of the sample (n - 1).`,
  ]
}
