/** `chimera analyze`: a model's analysis of the records, token by token. */

import { analysisText } from '../report/index.js'
import type { Io } from './io.js'
import type { AnalyzeOptions } from './options.js'
import { measuring } from './measuring.js'
import { prepare } from './preparing.js'
import { promptsFrom } from './prompts.js'
import { finish, watching, writeText } from './writing.js'

export async function analyze(paths: readonly string[], options: AnalyzeOptions, io: Io): Promise<number> {
  const startedAt = io.date()
  const own = await promptsFrom(options.prompts, io)
  const { input, model, facts } = await prepare(paths, options, io)
  const measured = measuring([model], options.trace, io)
  const onEvent = watching(measured, input)
  const text = analysisText({ facts, model, ...own, structured: options.structured, grounding: options.grounding, signal: io.signal, now: io.now, onEvent })
  try {
    await writeText(text, undefined, input, io)
  } finally {
    input.progress.stop()
  }
  const { measurements, failure, ledger } = text.result ?? {}
  return finish({ measurements: { analysis: measurements }, failure, certificate: measured.end(), ledger }, model, input, options, startedAt, io)
}
