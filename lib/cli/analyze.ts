/** `chimera analyze`: a model's analysis of the records, token by token. */

import { analysisText } from '../report/index.js'
import type { Io } from './io.js'
import type { AnalyzeOptions } from './options.js'
import { prepare } from './preparing.js'
import { finish, writeText } from './writing.js'

export async function analyze(paths: readonly string[], options: AnalyzeOptions, io: Io): Promise<number> {
  const startedAt = io.date()
  const { input, model, facts } = await prepare(paths, options, io)
  const text = analysisText({ facts, model, grounding: options.grounding, signal: io.signal, now: io.now, onEvent: input.progress.emit })
  try {
    await writeText(text, undefined, input, io)
  } finally {
    input.progress.stop()
  }
  const { measurements, failure } = text.result ?? {}
  return finish({ measurements: { analysis: measurements }, failure }, model, input, options, startedAt, io)
}
