/** A model's analysis of the facts, bound and streamed: the text alone, without a document around it. */

import { runWorkflow, type WorkflowOptions } from '../agent/workflow.js'
import type { Measurements } from '../model/measurements.js'
import type { ChimeraError } from '../stage/index.js'
import { bindFigures, type Grounding } from './binding.js'
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
    const binder = binding.binder()
    let measurements: Measurements | undefined
    let seconds: number | undefined
    let failure: ChimeraError | undefined
    let last = ''
    const shown = (text: string) => {
      if (text !== '') last = text
      return text
    }
    for await (const part of runWorkflow({ ...options, stages: 'analysis' })) {
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
      if (nothing && failure.code !== 'ABORTED') yield shown(boundOnce(binding, await standInText(options.facts, 'analysis')))
    }
    if (!last.endsWith('\n')) yield '\n'
    result = {
      ledger: binding.ledger(),
      ...(measurements ? { measurements } : {}),
      ...(seconds === undefined ? {} : { seconds }),
      ...(failure ? { failure } : {}),
    }
  }
  const run = chunks()
  return {
    get result() {
      return result
    },
    [Symbol.asyncIterator]: () => run,
  }
}

function note(failure: ChimeraError, nothing: boolean): string {
  if (failure.code === 'ABORTED') return '> **The run was interrupted here.** What came until then is kept.\n'
  const rest = nothing ? 'The built-in narrator stands in:' : 'What came until then is kept.'
  return `> **The model's analysis ${nothing ? 'did not come' : 'ends here'}**: ${plain(failure.message).replace(/\.$/, '')}. ${rest}\n${nothing ? '\n' : ''}`
}
