/** The four sections a model writes, bound and in order, as they stream; what it leaves out is filled in by the narrator. */

import { REPORT_HEADINGS, type ReportHeading } from '../model/narrator/headings.js'
import { runWorkflow, type WorkflowOptions, type WorkflowPart, type WorkflowStage } from '../agent/workflow.js'
import type { Prompt } from '../agent/prompt.js'
import type { Measurements } from '../model/measurements.js'
import type { Model } from '../model/model.js'
import { ChimeraError } from '../stage/index.js'
import type { Binding } from './binding.js'
import { plain } from './inline.js'
import { standInNote, startSection, type Lack, type SectionWriter, type Watched } from './section-writer.js'
import { splitSections, type SectionEvent } from './sections.js'
import { standInSections } from './stand-in.js'

/** The language is that of the prompt, where it is told. */
export interface SectionsOptions extends Watched {
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
  /** What a reader must know of how the answers were asked for and read; sentences. */
  readonly said: string[]
  /** The analysis, bound, when no report came of it; else empty. */
  unfinishedAnalysis: string
}

export type WritingEvent =
  | { readonly type: 'open'; readonly heading: ReportHeading }
  /** Ready for the document. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'close'; readonly heading: ReportHeading }

export function newOutcome(): WritingOutcome {
  return { measurements: {}, seconds: {}, stoodIn: [], said: [], unfinishedAnalysis: '' }
}

export function modelSections(options: SectionsOptions & WorkflowOptions, outcome: WritingOutcome): AsyncGenerator<WritingEvent, void, undefined> {
  const { signal, giveUp } = givingUp(options.signal)
  return sectionsOf(runWorkflow({ ...options, signal }), { ...options, giveUp, trusted: options.model.provider === 'narrator' }, outcome)
}

/** The same of a workflow that somebody else runs. */
export async function* sectionsOf(parts: AsyncIterable<WorkflowPart>, options: SectionsOptions, outcome: WritingOutcome): AsyncGenerator<WritingEvent, void, undefined> {
  const { binding, facts, standIn, trusted, giveUp } = options
  let { language } = options
  const splitter = splitSections()
  let filler: ReadonlyMap<ReportHeading, string> | undefined
  let section: SectionWriter | undefined
  let useless = 0
  const ended = { byUs: false }
  let analysis = ''
  /** The note that the model's text ends early; stands at the end of the section it was writing. */
  let note = ''

  const show = async function* (events: readonly SectionEvent[]): AsyncGenerator<WritingEvent, void, undefined> {
    for (const event of events) {
      if (event.type === 'open') {
        section = startSection(binding, { facts, language, trusted }, event.heading)
        yield event
      } else if (event.type === 'text') {
        const text = section?.write(event.text) ?? ''
        if (section?.loops === true && !ended.byUs && giveUp) {
          ended.byUs = true
          giveUp()
        }
        if (text !== '') yield { type: 'text', text }
      } else {
        const rest = section?.end() ?? ''
        if (rest !== '') yield { type: 'text', text: rest }
        const lack = section?.lack
        if (lack?.useless === true) useless += 1
        if (lack && (lack.kind !== 'figures' || note === '')) {
          filler ??= await standInSections(facts, standIn)
          yield* standInFor(event.heading, lack)
        } else if (note !== '') {
          yield { type: 'text', text: note }
          note = ''
        }
        yield { type: 'close', heading: event.heading }
      }
    }
  }

  const standInFor = function* (heading: ReportHeading, lack: Lack): Generator<WritingEvent, void, undefined> {
    outcome.stoodIn.push(heading)
    // A model that failed says more than that it left a section out.
    const failed = note !== '' && !lack.useless
    yield { type: 'text', text: failed ? (lack.kind === 'nothing' ? note.trimStart() : note) : standInNote(lack) }
    if (failed) note = ''
    const own = binding.binder(heading)
    yield { type: 'text', text: own.write(filler?.get(heading) ?? '') + own.end() }
  }

  for await (const part of parts) {
    if (part.type === 'said') {
      outcome.said.push(part.message)
      if (part.prompt) outcome.prompt = part.prompt
    } else if (part.type === 'text') {
      if (part.stage === 'analysis') analysis += part.text
      else yield* show(splitter.write(part.text))
    } else if (part.type === 'measured') outcome.measurements[part.stage] = part.measurements
    else if (part.type === 'failed' && ended.byUs) outcome.failure ??= uselessAnswer(part.stage, ['it repeated itself'])
    else if (part.type === 'failed') {
      outcome.failure ??= part.error
      if (part.stage === 'report' || !isCut(part.error)) note = failureNote(part.error, part.stage)
      if (part.stage === 'analysis' && !isCut(part.error) && analysis !== '') outcome.unfinishedAnalysis = boundOnce(binding, analysis)
    } else if (part.phase === 'end') outcome.seconds[part.stage] = part.seconds
    else {
      outcome.prompt = part.prompt
      language ??= part.prompt.language
    }
  }
  yield* show(splitter.end())
  if (useless === REPORT_HEADINGS.length) outcome.failure ??= uselessAnswer('report', outcome.said)
}

/** A signal of one's own beside the caller's. */
export function givingUp(signal: AbortSignal | undefined): { readonly signal: AbortSignal; readonly giveUp: () => void } {
  const stop = new AbortController()
  return { signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal, giveUp: () => stop.abort() }
}

export function uselessAnswer(stage: WorkflowStage, why: readonly string[]): ChimeraError {
  return new ChimeraError('MODEL_FAILED', `expected ${stage === 'analysis' ? 'an analysis' : 'a report'} that can be read, found none in what the model wrote${why.length > 0 ? ` (${why.join('; ')})` : ''}: try again, or another model`, { stage })
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
