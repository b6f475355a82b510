/** A model's analysis of the facts, bound and streamed: the text alone, without a document around it. */

import { runWorkflow, type WorkflowOptions, type WorkflowPart } from '../agent/workflow.js'
import type { Measurements } from '../model/measurements.js'
import type { ChimeraError } from '../stage/index.js'
import { bindFigures, type Binding, type Grounding } from './binding.js'
import { plain } from './inline.js'
import type { Ledger } from './ledger.js'
import { boundOnce, givingUp, uselessAnswer } from './model-sections.js'
import { standInNote, startSection, type Watched } from './section-writer.js'
import { standInText } from './stand-in.js'

export interface AnalysisOptions extends Omit<WorkflowOptions, 'stages'> {
  /** Default `mark`. */
  grounding?: Grounding
}

export interface AnalysisResult {
  readonly ledger: Ledger
  readonly measurements?: Measurements
  readonly seconds?: number
  readonly failure?: ChimeraError
  /** What a reader must know of how the answer was asked for and read; sentences. */
  readonly said: readonly string[]
}

/** Yields pieces of Markdown as they are ready. `result` is there when the last piece was read. */
export interface AnalysisRun extends AsyncIterable<string> {
  readonly result: AnalysisResult | undefined
}

/**
 * When the model fails, what came is kept, a note says why it ends, and where nothing came the narrator's analysis stands in.
 *
 * @throws {ChimeraError} `USAGE` for a grounding that does not exist.
 */
export function analysisText(options: AnalysisOptions): AnalysisRun {
  const binding = bindFigures(options.facts, options.grounding)
  let result: AnalysisResult | undefined
  const chunks = async function* (): AsyncGenerator<string, void, undefined> {
    const { signal, giveUp } = givingUp(options.signal)
    const outcome = yield* analysisOf(runWorkflow({ ...options, signal, stages: 'analysis' }), binding, { facts: options.facts, giveUp, trusted: options.model.provider === 'narrator' })
    result = { ledger: binding.ledger(), ...outcome }
  }
  const run = chunks()
  return {
    get result() {
      return result
    },
    [Symbol.asyncIterator]: () => run,
  }
}

/** The same of an analysis that somebody else runs; `section` is where its figures stand in the ledger. */
export async function* analysisOf(
  parts: AsyncIterable<WorkflowPart>,
  binding: Binding,
  { facts, language, trusted, giveUp }: Watched,
  section?: string,
): AsyncGenerator<string, Omit<AnalysisResult, 'ledger'>, undefined> {
  let writer = startSection(binding, { facts, language, trusted }, section)
  const said: string[] = []
  let gaveUp = false
  let measurements: Measurements | undefined
  let seconds: number | undefined
  let failure: ChimeraError | undefined
  let last = ''
  const shown = (text: string) => {
    if (text !== '') last = text
    return text
  }
  for await (const part of parts) {
    if (part.type === 'text') {
      const text = shown(writer.write(part.text))
      if (text !== '') yield text
      if (writer.over && !gaveUp && giveUp) {
        gaveUp = true
        giveUp()
      }
    } else if (part.type === 'measured') measurements = part.measurements
    else if (part.type === 'failed') failure = gaveUp ? undefined : part.error
    else if (part.type === 'said') said.push(part.message)
    else if (part.phase === 'end') seconds = part.seconds
    // Nothing was written yet.
    else if (language === undefined) writer = startSection(binding, { facts, language: part.prompt.language, trusted }, section)
  }
  const rest = shown(writer.end())
  if (rest !== '') yield rest
  const { lack } = writer
  if (failure && lack?.useless !== true) {
    const nothing = last.trim() === ''
    if (!nothing) yield '\n\n'
    yield shown(note(failure, nothing))
    if (nothing && failure.code !== 'ABORTED') yield shown(boundOnce(binding, await standInText(facts, 'analysis')))
  } else if (lack) {
    yield shown(standInNote(lack))
    yield shown(boundOnce(binding, await standInText(facts, 'analysis')))
    if (lack.useless) failure ??= uselessAnswer('analysis', [lack.why])
  }
  if (!last.endsWith('\n')) yield '\n'
  for (const message of said) yield `\n> ${plain(message)}\n`
  return {
    said,
    ...(measurements ? { measurements } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(failure ? { failure } : {}),
  }
}

function note(failure: ChimeraError, nothing: boolean): string {
  if (failure.code === 'ABORTED') return '> **The run was interrupted here.** What came until then is kept.\n'
  const rest = nothing ? 'The built-in narrator stands in:' : 'What came until then is kept.'
  return `> **The model's analysis ${nothing ? 'did not come' : 'ends here'}**: ${plain(failure.message).replace(/\.$/, '')}. ${rest}\n${nothing ? '\n' : ''}`
}
