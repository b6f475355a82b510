/** The four sections a model writes, bound and in order, as they stream; what it leaves out is filled in by the narrator. */

import type { ReportHeading } from '../model/narrator/headings.js'
import type { Fact } from '../fact/fact.js'
import { runWorkflow, type WorkflowOptions, type WorkflowPart, type WorkflowStage } from '../agent/workflow.js'
import type { Prompt } from '../agent/prompt.js'
import type { Measurements } from '../model/measurements.js'
import type { Model } from '../model/model.js'
import type { ChimeraError } from '../stage/index.js'
import type { Binder, Binding } from './binding.js'
import { plain } from './inline.js'
import { splitSections, type SectionEvent } from './sections.js'
import { standInSections } from './stand-in.js'

export interface SectionsOptions {
  facts: readonly Fact[]
  binding: Binding
  /** Writes what the model leaves out; default the narrator. */
  standIn?: Model
}

/** What became of the model's work; filled in while the sections stream. */
export interface WritingOutcome {
  readonly measurements: { -readonly [Stage in WorkflowStage]?: Measurements }
  /** How long each stage took, in seconds. */
  readonly seconds: { -readonly [Stage in WorkflowStage]?: number }
  /** The first one. */
  failure?: ChimeraError
  /** Sections that the narrator wrote because the model did not. */
  readonly stoodIn: ReportHeading[]
  prompt?: Prompt
  /** The analysis, bound, when no report came of it; else empty. */
  unfinishedAnalysis: string
}

export type WritingEvent =
  | { readonly type: 'open'; readonly heading: ReportHeading }
  /** Ready for the document. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'close'; readonly heading: ReportHeading }

export function newOutcome(): WritingOutcome {
  return { measurements: {}, seconds: {}, stoodIn: [], unfinishedAnalysis: '' }
}

export function modelSections(options: SectionsOptions & WorkflowOptions, outcome: WritingOutcome): AsyncGenerator<WritingEvent, void, undefined> {
  return sectionsOf(runWorkflow(options), options, outcome)
}

/** The same of a workflow that somebody else runs. */
export async function* sectionsOf(parts: AsyncIterable<WorkflowPart>, options: SectionsOptions, outcome: WritingOutcome): AsyncGenerator<WritingEvent, void, undefined> {
  const { binding, facts, standIn } = options
  const splitter = splitSections()
  let filler: ReadonlyMap<ReportHeading, string> | undefined
  let binder: Binder | undefined
  let written = ''
  let analysis = ''
  /** The note that the model's text ends early; stands at the end of the section it was writing. */
  let note = ''

  const show = async function* (events: readonly SectionEvent[]): AsyncGenerator<WritingEvent, void, undefined> {
    for (const event of events) {
      if (event.type === 'open') {
        binder = binding.binder(event.heading)
        written = ''
        yield event
      } else if (event.type === 'text') {
        const text = binder?.write(event.text) ?? ''
        written += text
        if (text !== '') yield { type: 'text', text }
      } else {
        const rest = binder?.end() ?? ''
        written += rest
        if (rest !== '') yield { type: 'text', text: rest }
        if (written.trim() === '') {
          filler ??= await standInSections(facts, standIn)
          yield* standInFor(event.heading, event.empty)
        } else if (note !== '') {
          yield { type: 'text', text: note }
          note = ''
        }
        yield { type: 'close', heading: event.heading }
      }
    }
  }

  const standInFor = function* (heading: ReportHeading, empty: boolean): Generator<WritingEvent, void, undefined> {
    outcome.stoodIn.push(heading)
    const why = empty ? 'the model did not write this section' : 'no figure backs what the model wrote here'
    yield { type: 'text', text: note === '' ? `*Written by the built-in narrator: ${why}.*\n\n` : note.trimStart() }
    note = ''
    const own = binding.binder(heading)
    yield { type: 'text', text: own.write(filler?.get(heading) ?? '') + own.end() }
  }

  for await (const part of parts) {
    if (part.type === 'text') {
      if (part.stage === 'analysis') analysis += part.text
      else yield* show(splitter.write(part.text))
    } else if (part.type === 'measured') outcome.measurements[part.stage] = part.measurements
    else if (part.type === 'failed') {
      outcome.failure ??= part.error
      if (part.stage === 'report' || !isCut(part.error)) note = failureNote(part.error, part.stage)
      if (part.stage === 'analysis' && !isCut(part.error) && analysis !== '') outcome.unfinishedAnalysis = boundOnce(binding, analysis)
    } else if (part.phase === 'end') outcome.seconds[part.stage] = part.seconds
    else outcome.prompt = part.prompt
  }
  yield* show(splitter.end())
}

/** Cut at its length, the analysis still serves. */
function isCut(error: ChimeraError): boolean {
  return error.code === 'MODEL_TRUNCATED' && error.message.includes('length limit')
}

function failureNote(error: ChimeraError, stage: WorkflowStage): string {
  const what = error.code === 'ABORTED' ? 'The run was interrupted here' : `The model's ${stage} ends here`
  const why = error.code === 'ABORTED' ? '' : `: ${plain(error.message).replace(/\.$/, '')}`
  return `\n\n> **${what}**${why}. What came until then is kept; what is missing was written by the built-in narrator.\n\n`
}

export function boundOnce(binding: Binding, text: string): string {
  const binder = binding.binder()
  return binder.write(text) + binder.end()
}
