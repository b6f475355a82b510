/** The technical report as Markdown, streamed: measured figures by code, the words around them by a model. */

import type { ReportHeading } from '../model/narrator/headings.js'
import type { Persona } from '../agent/persona.js'
import type { Prompts } from '../agent/prompts.js'
import type { Structured } from '../agent/structured.js'
import { dataCollector } from '../agent/personas.js'
import type { WorkflowEvent } from '../agent/workflow.js'
import type { Fact } from '../fact/fact.js'
import type { Model } from '../model/model.js'
import { narrator } from '../model/narrator/narrator.js'
import type { FileReport } from '../record/metric-record.js'
import type { Watch } from '../stage/index.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { appendix } from './appendix.js'
import { budgetNotes } from './budget-notes.js'
import { bindFigures, type Grounding } from './binding.js'
import { cite, uncited } from './cite.js'
import { closing, foundFacts } from './closing.js'
import { figuresTable } from './figures-table.js'
import { ingestion } from './ingestion.js'
import { plain } from './inline.js'
import type { Ledger } from './ledger.js'
import { modelSections, newOutcome, type WritingOutcome } from './model-sections.js'
import { ProblemTally } from './problem-tally.js'
import { timelines, type Timeline } from './timeline.js'

export interface ReportInput {
  facts: readonly Fact[]
  /** Per metric and subject, as `Evidence.subjects()` or `summary()` give them. */
  rows: readonly SummaryRow[]
  files: readonly FileReport[]
  problems?: ProblemTally
  /** As `formatInventory` prints it. */
  inventoryText?: string
  /** How long reading took. */
  ingestSeconds?: number
  /** Default: the built-in narrator. */
  model?: Model
  /** Default: agent A, the DataCollector. */
  persona?: Persona
  /** What the model is told; default: the built-in texts. */
  prompts?: Prompts
  /** When findings are asked for as JSON after a schema; default `auto`: of servers that are known to do it. */
  structured?: Structured
  /** Default: the persona's title and "Analysis". */
  title?: string
  /** The date on the report; without one it bears none. */
  date?: Date
  /** Of the program. */
  version?: string
  /** Default `mark`. */
  grounding?: Grounding
  /** Figures are links to their places in the appendix, as a page needs them: `[42 ms](#F3)`. Default false. */
  links?: boolean
  signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  now?: () => number
  onEvent?: Watch<WorkflowEvent>
}

export interface ReportResult extends Omit<WritingOutcome, 'unfinishedAnalysis'> {
  readonly ledger: Ledger
  /** When the pieces of the answers arrived; empty for the narrator, which nobody waits for. */
  readonly timelines: readonly Timeline[]
}

/** Yields pieces of Markdown as they are ready. `result` is there when the last piece was read. */
export interface ReportRun extends AsyncIterable<string> {
  readonly result: ReportResult | undefined
}

/**
 * The model's sections stream as it writes them. What a model does wrong is no error here: the narrator's sections stand in, the
 * report says so, and `result.failure` tells. Nothing runs before somebody reads; ending the iteration ends the model's answer.
 *
 * @throws {ChimeraError} `USAGE` for a grounding that does not exist.
 */
export function writeReport(input: ReportInput): ReportRun {
  const binding = bindFigures(input.facts, input.grounding, input.links ? { cite } : {})
  let result: ReportResult | undefined
  const chunks = document({ ...input, binding }, (done) => (result = done))
  return {
    get result() {
      return result
    },
    [Symbol.asyncIterator]: () => chunks,
  }
}

/** The number and title of each section that a model writes. */
const SECTIONS: Readonly<Record<ReportHeading, string>> = {
  'Executive Summary': '1. Executive Summary',
  'Performance Analysis': '3. Performance Analysis',
  'Key Findings': '4. Key Findings',
  Recommendations: '5. Recommendations',
}
const NARRATOR = narrator()
/** Of the recommendations, kept to repeat their first sentences at the end. */
const KEPT_LIMIT = 16 * 1024

async function* document(
  input: ReportInput & { binding: ReturnType<typeof bindFigures> },
  finish: (result: ReportResult) => void,
): AsyncGenerator<string, void, undefined> {
  const { facts, rows, files, problems = new ProblemTally(), model = NARRATOR, binding } = input
  const persona = input.persona ?? input.prompts?.persona('data-collector') ?? dataCollector
  const outcome = newOutcome()
  const book = timelines()
  const onEvent: Watch<WorkflowEvent> = (event) => {
    book.watch(event)
    return input.onEvent?.(event)
  }
  let recommendations = ''
  let open: ReportHeading | undefined
  /** Line ends wait until more text comes: how a model ends a section is not how the document does. */
  let ends = ''
  yield header({ ...input, model, persona })

  for await (const event of modelSections({ ...input, model, persona, binding, onEvent }, outcome)) {
    if (event.type === 'open') {
      open = event.heading
      yield `## ${SECTIONS[event.heading]}\n\n`
      if (event.heading === 'Performance Analysis') yield `${figuresTable(rows)}\n`
    } else if (event.type === 'text') {
      if (open === 'Recommendations' && recommendations.length < KEPT_LIMIT) recommendations += event.text
      const text = (ends + event.text).replace(/\n{3,}/g, '\n\n')
      const body = text.trimEnd()
      ends = text.slice(body.length)
      if (body !== '') yield body
    } else {
      yield '\n\n'
      ends = ''
      if (event.heading === 'Executive Summary') yield `## 2. Data Ingestion\n\n${ingestion(files, problems)}\n`
    }
  }

  const ledger = binding.ledger()
  const { unfinishedAnalysis, ...kept } = outcome
  const shown = foundFacts(facts).map(({ id }) => id)
  yield `## 6. Appendix\n\n${appendix({ facts, rows, problems, ledger, shown, links: input.links ?? false, versions: told({ ...input, model }, outcome) })}\n`
  if (unfinishedAnalysis !== '') yield `### The Model's Unfinished Analysis\n\n${unfinishedAnalysis.trimEnd()}\n\n`
  yield '---\n\n'
  const { inventoryText = '', ingestSeconds, grounding = 'mark', links = false } = input
  yield closing({ files: files.length, ingestSeconds, inventoryText, facts, model, persona, outcome, grounding, ledger, links, recommendations: uncited(recommendations) })
  finish({ ...kept, ledger, timelines: model.provider === NARRATOR.provider ? [] : book.read() })
}

/** Each line ends with a hard break, so that they stay lines when the Markdown is shown. */
function header({ title, date, model, persona }: ReportInput & { model: Model; persona: Persona }): string {
  const narrated = model.provider === 'narrator'
  const options = Object.entries(model.options).map(([key, value]) => `${key}=${value}`)
  const lines = [
    ...(date ? [`**Date:** ${date.toISOString().slice(0, 10)}`] : []),
    `**Agent:** ${plain(persona.title)} (${plain(persona.name)})`,
    `**Model:** ${narrated ? 'built-in narrator, no language model' : `${plain(model.name)} (${plain(model.provider)})`}`,
    `**Configuration:** ${options.length > 0 ? plain(options.join(', ')) : narrated ? 'none' : 'defaults of the model'}`,
  ]
  return `# Technical Report: ${plain(title ?? `${persona.title} Analysis`)}\n\n${lines.join('  \n')}\n\n---\n\n`
}

/** What else decided what stands here: versions, options and seeds. */
function told({ version, model, grounding = 'mark' }: ReportInput & { model: Model }, { prompt, said }: WritingOutcome): string[] {
  const program = version === undefined ? [] : [`Program: chimera ${plain(version)}.`]
  const checked = `Grounding: ${grounding}.`
  // The narrator is given the facts themselves, not a prompt, and takes no options.
  if (!prompt || model.provider === NARRATOR.provider) return [...program, checked]
  const seed = model.options['seed']
  return [
    ...program,
    `Prompts: ${plain(prompt.version)}.`,
    ...budgetNotes(prompt),
    ...said.map(plain),
    `${checked} Seed of the model: ${seed === undefined ? 'none was set, so that its words may differ next time' : plain(String(seed))}.`,
  ]
}
