/** The stage from what was measured to a model's words about it. */

import { Gathering, type Gatherable } from '../agent/gather.js'
import type { WorkflowOptions } from '../agent/workflow.js'
import { stage, type Stage, type StreamOptions } from '../stage/index.js'
import { analysisText, type AnalysisResult } from './analysis-text.js'
import type { Grounding } from './binding.js'

export interface AnalystOptions extends Omit<WorkflowOptions, 'facts' | 'stages' | 'signal' | 'now'>, StreamOptions {
  /** Default `mark`. */
  grounding?: Grounding
  /** Called when the text is complete. */
  onResult?: (result: AnalysisResult) => void
}

/**
 * Takes summaries, facts, or records with what flows beside them; gives the text of the analysis as it arrives. A model that
 * fails is no error of the stream: the text says so, and `onResult` gets `failure`.
 */
export function analyst(options: AnalystOptions): Stage<Gatherable, string> {
  const { onResult, ...rest } = options
  return stage<Gatherable, string>(
    {
      name: 'analyst',
      start({ signal, now }) {
        const gathering = new Gathering()
        return {
          write(batch) {
            for (const item of batch) gathering.add(item)
            return []
          },
          async *end() {
            const run = analysisText({ ...rest, facts: gathering.read().facts, signal, now })
            for await (const text of run) yield [text]
            if (run.result) onResult?.(run.result)
          },
        }
      },
    },
    options,
  )
}
