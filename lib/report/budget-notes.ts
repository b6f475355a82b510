/** What the model was not told, because its context was too small for it. */

import { leftOutWords } from '../agent/fact-lines.js'
import type { Prompt } from '../agent/prompt.js'
import { plural } from './blocks.js'

/** `stages`: the report is written from an analysis, not at once. */
export function budgetNotes({ sent, leftOut, leftOutKinds, noSchema, shortened, carried, contextTokens, estimatedTokens }: Prompt, stages = true): string[] {
  const context = `the model's context of ${contextTokens} tokens`
  return [
    ...(leftOut > 0 ? [`${plural(leftOut, 'figure')} of ${sent.length + leftOut} did not fit in ${context} and were not shown to it: ${leftOutWords(leftOutKinds)}.`] : []),
    ...(noSchema ? [`There was no room for a schema in ${context}: answers were asked for as text.`] : []),
    ...(shortened ? [`Persona and rules were shortened to fit in ${context}.`] : []),
    ...(carried || !stages ? [] : [`There was no room for the analysis in the second request: the model wrote the report from the figures alone.`]),
    ...(estimatedTokens > contextTokens ? [`Even so a request and its answer are estimated at ${estimatedTokens} tokens, more than ${context}: the server may cut either (--option num_ctx=4096 is enough).`] : []),
  ]
}
