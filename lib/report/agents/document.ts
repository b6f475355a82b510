/** The report of two agents over one ingestion: their texts as they stream, then what was measured of them. */

import { AGENTS, runAgents, type Agent, type AgentAnswer, type AgentId, type AgentsOptions, type AgentsRun } from '../../agent/scenario/index.js'
import type { FileReport } from '../../record/metric-record.js'
import type { ChimeraError } from '../../stage/index.js'
import type { SummaryRow } from '../../summary/summary-row.js'
import { analysisOf } from '../analysis-text.js'
import { appendix } from '../appendix.js'
import { budgetNotes } from '../budget-notes.js'
import { bindFigures, type Binding, type Grounding } from '../binding.js'
import { foundFacts } from '../closing.js'
import { figuresTable } from '../figures-table.js'
import { ingestion } from '../ingestion.js'
import { plain } from '../inline.js'
import type { Ledger } from '../ledger.js'
import { newOutcome, sectionsOf } from '../model-sections.js'
import { lowerHeadings } from '../own-headings.js'
import { ProblemTally } from '../problem-tally.js'
import type { Watched } from '../section-writer.js'
import { agentsClosing, jointLedger } from './closing.js'
import { listen, type Listening } from './listening.js'
import { measured, methods, setupLines, type Session, type Setup } from './summary.js'
import { agentName, isNarrated } from './told.js'

export interface AgentsReportInput extends AgentsOptions {
  /** Per metric and subject, as `Evidence.subjects()` or `summary()` give them. */
  rows: readonly SummaryRow[]
  files: readonly FileReport[]
  problems?: ProblemTally
  /** As `formatInventory` prints it. */
  inventoryText?: string
  /** How long reading took. */
  ingestSeconds?: number
  /** Default: the titles of both personas. */
  title?: string
  /** The date on the report; without one it bears none. */
  reportDate?: Date
  /** Of the program. */
  version?: string
  /** Default `mark`. */
  grounding?: Grounding
  /** Told each run when it is over. */
  onRun?: (run: AgentsRun) => Promise<void> | void
}

export interface AgentsReportResult {
  /** Warm-ups too. */
  readonly runs: readonly AgentsRun[]
  /** Of the first run that counts: the texts that the report shows. */
  readonly answers: { readonly [Id in AgentId]?: AgentAnswer }
  readonly ledgers: Readonly<Record<AgentId, Ledger>>
  readonly setup: Setup
  readonly session: Session
  /** The first one, of any run. */
  readonly failure?: ChimeraError
}

/** Yields pieces of Markdown as they are ready. `result` is there when the last piece was read. */
export interface AgentsReportRun extends AsyncIterable<string> {
  readonly result: AgentsReportResult | undefined
}

/**
 * The texts are those of the first run that counts. What a model does wrong is no error here: its section says so, the narrator stands in,
 * and the other agent goes on. Nothing runs before somebody reads; ending the iteration ends the models' answers.
 *
 * @throws {ChimeraError} `USAGE` for options that make no sense.
 */
export function writeAgentsReport(input: AgentsReportInput): AgentsReportRun {
  const bindings = { A: bindFigures(input.facts, input.grounding), B: bindFigures(input.facts, input.grounding) }
  const listening = listen(runAgents(input), input.onRun)
  let result: AgentsReportResult | undefined
  const chunks = document(input, bindings, listening, (done) => (result = done))
  return {
    get result() {
      return result
    },
    [Symbol.asyncIterator]: () => chunks,
  }
}

async function* document(
  input: AgentsReportInput,
  bindings: Readonly<Record<AgentId, Binding>>,
  listening: Listening,
  finish: (result: AgentsReportResult) => void,
): AsyncGenerator<string, void, undefined> {
  const { agents, facts, rows, files, problems = new ProblemTally(), mode = 'concurrent', runs = 1, warmups = 0, measureSequential = false, scenario, reportDate } = input
  const setup: Setup = { agents, mode, plannedRuns: runs, warmups, measureSequential, ...(scenario === undefined ? {} : { scenario }), ...(reportDate ? { date: reportDate } : {}) }
  try {
    const title = input.title ?? `${agents.A.persona.title} and ${agents.B.persona.title}`
    yield `# Technical Report: ${plain(title)}\n\n${setupLines(setup).join('  \n')}\n\n---\n\n`
    yield `## 1. Data Ingestion\n\n${ingestion(files, problems)}\n`
    yield `## 2. Measured Figures\n\n${figuresTable(rows)}\n`

    yield `## 3. ${agentName(agents.A)}\n\n`
    yield* agentText(input, bindings.A, listening)
    yield `\n## 4. ${agentName(agents.B)}\n\n`
    const recommendations: string[] = []
    yield* agentSections(input, bindings.B, listening, recommendations)

    await listening.finish()
    const session: Session = { runs: listening.runs, stopped: stoppedBy(listening) }
    const ledgers = { A: bindings.A.ledger(), B: bindings.B.ledger() }
    const failure = failureOf(listening)
    yield `## 5. The Agents Side by Side\n\n${isNarrated(agents) ? 'No language model was used, so nothing was measured.\n' : measured(setup, session, '###')}\n`
    yield `## 6. Appendix\n\n${appendix({ facts, rows, problems, ledger: jointLedger(ledgers), shown: foundFacts(facts).map(({ id }) => id), versions: versions(input, setup, listening) })}\n`
    yield '---\n\n'
    const { inventoryText = '', ingestSeconds, grounding = 'mark' } = input
    yield agentsClosing({ setup, session, facts, files: files.length, inventoryText, ingestSeconds, grounding, ledgers, recommendations: recommendations.join('') })
    finish({ runs: listening.runs, answers: listening.answers, ledgers, setup, session, ...(failure ? { failure } : {}) })
  } finally {
    await listening.close()
  }
}

/** Agent A writes freely; headings of its own come below the document's. */
async function* agentText({ facts, agents }: AgentsReportInput, binding: Binding, listening: Listening): AsyncGenerator<string, void, undefined> {
  const headings = lowerHeadings()
  const lowered = async function* () {
    for await (const part of listening.partsOf('A')) {
      if (part.type === 'measured') yield { type: 'text', stage: part.stage, text: headings.end() } as const
      yield part.type === 'text' ? { ...part, text: headings.write(part.text) } : part
    }
  }
  yield* analysisOf(lowered(), binding, { facts, ...watching(agents.A) }, 'agent A')
}

/** Of the recommendations, kept to repeat their first sentences at the end. */
const KEPT_LIMIT = 16 * 1024

/** Agent B writes the sections of a report. */
async function* agentSections({ facts, agents }: AgentsReportInput, binding: Binding, listening: Listening, recommendations: string[]): AsyncGenerator<string, void, undefined> {
  const named: Binding = { ledger: () => binding.ledger(), binder: (section) => binding.binder(section === undefined ? 'agent B' : `agent B, ${section}`) }
  let kept = 0
  let heading: string | undefined
  /** Line ends wait until more text comes: how a model ends a section is not how the document does. */
  let ends = ''
  for await (const event of sectionsOf(listening.partsOf('B'), { facts, binding: named, ...watching(agents.B) }, newOutcome())) {
    if (event.type === 'open') {
      heading = event.heading
      yield `### ${event.heading}\n\n`
    } else if (event.type === 'text') {
      if (heading === 'Recommendations' && kept < KEPT_LIMIT) recommendations.push(event.text)
      kept += heading === 'Recommendations' ? event.text.length : 0
      const text = ends + event.text
      const body = text.trimEnd()
      ends = text.slice(body.length)
      if (body !== '') yield body
    } else {
      yield '\n\n'
      ends = ''
    }
  }
}

function watching({ model, persona }: Agent): Pick<Watched, 'language' | 'trusted'> {
  return { language: persona.language ?? 'en', trusted: model.provider === 'narrator' }
}

function stoppedBy({ stopped }: Listening): Session['stopped'] {
  if (!stopped) return undefined
  return { left: stopped.left, message: stopped.error.code === 'ABORTED' ? 'the session was interrupted' : plain(stopped.error.message).replace(/\.$/, '') }
}

function failureOf({ runs, stopped }: Listening): ChimeraError | undefined {
  const failures = runs.flatMap(({ together, alone }) => [together, ...(alone ? [alone] : [])].flatMap(({ answers }) => AGENTS.map((id) => answers[id]?.failure)))
  // An interrupt is what ended it, whatever failed before.
  return stopped?.error.code === 'ABORTED' ? stopped.error : failures.find((failure) => failure !== undefined)
}

function versions({ version, runs = 1 }: AgentsReportInput, setup: Setup, { answers }: Listening): string[] {
  const told = [
    ...(version === undefined ? [] : [`Program: chimera ${plain(version)}.`]),
    ...(runs > 1 ? ['The texts of both agents are those of the first run; the further ones were measured.'] : []),
    ...(isNarrated(setup.agents) ? [] : methods(setup)),
  ]
  const prompts = AGENTS.flatMap((id) => {
    const answer = answers[id]
    if (!answer || setup.agents[id].model.provider === 'narrator') return []
    const { prompt } = answer
    const left = budgetNotes(prompt, false).map((note) => ` ${note}`).join('')
    return [`Prompts of agent ${id}: ${plain(prompt.agentVersion)}.${answer.readOther ? ' It read what agent A wrote.' : ''}${left}`]
  })
  return [...told, ...prompts]
}
