/** A model's analysis of the facts, bound and streamed: the text alone, without a document around it. */

import { runWorkflow, type WorkflowOptions, type WorkflowPart } from '../agent/workflow.js'
import type { Fact } from '../fact/fact.js'
import type { Measurements } from '../model/measurements.js'
import type { ChimeraError } from '../stage/index.js'
import { bindFigures, type Binding, type Grounding } from './binding.js'
import { plain } from './inline.js'
import type { Ledger } from './ledger.js'
import { boundOnce } from './model-sections.js'
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
    const outcome = yield* analysisOf(runWorkflow({ ...options, stages: 'analysis' }), binding, options.facts)
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
  facts: readonly Fact[],
  section?: string,
): AsyncGenerator<string, Omit<AnalysisResult, 'ledger'>, undefined> {
  const binder = binding.binder(section)
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
      const text = shown(binder.write(part.text))
      if (text !== '') yield text
    } else if (part.type === 'measured') measurements = part.measurements
    else if (part.type === 'failed') failure = part.error
    else if (part.phase === 'end') seconds = part.seconds
  }
  const rest = shown(binder.end())
  if (rest !== '') yield rest
  if (failure) {
    const nothing = last.trim() === ''
    if (!nothing) yield '\n\n'
    yield shown(note(failure, nothing))
    if (nothing && failure.code !== 'ABORTED') yield shown(boundOnce(binding, await standInText(facts, 'analysis')))
  }
  if (!last.endsWith('\n')) yield '\n'
  return {
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
