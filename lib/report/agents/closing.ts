/** The end of a report of two agents: how the session went, its figures in a few lines, and what became of every number. */

import { AGENTS, type AgentId } from '../../agent/scenario/index.js'
import type { Fact } from '../../fact/fact.js'
import type { Grounding } from '../binding.js'
import { fenced, list } from '../blocks.js'
import { findings, leads, unverifiedText } from '../closing.js'
import type { Ledger } from '../ledger.js'
import { glance } from './glance.js'
import type { Session, Setup } from './summary.js'
import { agentName } from './told.js'

export interface AgentsClosingInput {
  readonly setup: Setup
  readonly session: Session
  readonly facts: readonly Fact[]
  readonly files: number
  readonly inventoryText: string
  readonly ingestSeconds: number | undefined
  readonly grounding: Grounding
  readonly ledgers: Readonly<Record<AgentId, Ledger>>
  /** The section as it stands in the document. */
  readonly recommendations: string
}

export function agentsClosing(input: AgentsClosingInput): string {
  const { setup, session, facts, files, inventoryText, ingestSeconds, recommendations } = input
  const { agents } = setup
  const workflow = [`Files analyzed: ${files}`, `Execution time: ${executionTime(ingestSeconds, session)}`]
  const parts: [title: string, body: string][] = [
    ['Workflow Summary', `${list(workflow)}${inventoryText === '' ? '' : `- Data summary:\n${fenced(inventoryText)}`}`],
    ['Metrics', glance(session.runs, agents)],
    ['Key Findings', findings(facts)],
    ['Recommendations', leads(recommendations).replace('See section 5.', 'See section 4.')],
    ['Persona Prompts', AGENTS.map((id) => `### Agent ${id}: ${agentName(agents[id])}\n${fenced(agents[id].persona.text)}`).join('\n')],
    ['Ledger', ledgerText(input)],
  ]
  return parts.map(([title, body]) => `## ${title}\n${body}`).join('\n')
}

/** `58.48s (ingest 0.03s | warm-up 26.89s | run 1 31.56s, alone 40.2s)` */
function executionTime(ingest: number | undefined, { runs }: Session): string {
  const spent = runs.map(({ run, warmup, together, alone }) => ({ name: warmup ? `warm-up ${run}` : `run ${run}`, together: together.seconds, alone: alone?.seconds }))
  const total = (ingest ?? 0) + spent.reduce((sum, { together, alone = 0 }) => sum + together + alone, 0)
  const shown = spent.slice(0, RUNS_SHOWN).map(({ name, together, alone }) => `${name} ${together.toFixed(2)}s${alone === undefined ? '' : `, alone ${alone.toFixed(2)}s`}`)
  const more = spent.length - shown.length
  return `${total.toFixed(2)}s (${[...(ingest === undefined ? [] : [`ingest ${ingest.toFixed(2)}s`]), ...shown, ...(more > 0 ? [`${more} further runs`] : [])].join(' | ')})`
}

const RUNS_SHOWN = 6

function ledgerText({ grounding, ledgers }: AgentsClosingInput): string {
  const both = jointLedger(ledgers)
  const each = (of: (ledger: Ledger) => number) => `${of(both)} (${AGENTS.map((id) => `${id} ${of(ledgers[id])}`).join(' | ')})`
  const counts = [
    `Bound to a figure: ${each(({ bound }) => bound)}`,
    `Typed by the writers and matched with a figure: ${each(({ matched }) => matched)}`,
    ...(grounding === 'off'
      ? ['Unverified: typed numbers were not checked']
      : [`Unverified: ${each(({ unverifiedCount }) => unverifiedCount)}`, `Wrong subject: ${each(({ wrongSubject }) => wrongSubject)}`]),
  ]
  // What strict keeps out of the text must not come in through the back door.
  if (grounding === 'strict') return list([...counts, ...(both.dropped > 0 ? [`Sentences left out, with claims that nothing backs: ${each(({ dropped }) => dropped)}`] : [])])
  return list(counts) + unverifiedText(both)
}

export function jointLedger({ A, B }: Readonly<Record<AgentId, Ledger>>): Ledger {
  return {
    bound: A.bound + B.bound,
    matched: A.matched + B.matched,
    unverifiedCount: A.unverifiedCount + B.unverifiedCount,
    wrongSubject: A.wrongSubject + B.wrongSubject,
    unverified: [...A.unverified, ...B.unverified],
    dropped: A.dropped + B.dropped,
    facts: [...new Set([...A.facts, ...B.facts])],
  }
}
