/** One stage of the workflow: one answer, shown as text in whatever form it comes; a second request where a server refuses the form. */

import type { Message } from '../model/model.js'
import { sanitizeLine, type ChimeraError } from '../stage/index.js'
import { answer, type AnswerEnd } from './answer.js'
import type { Prompt } from './prompt.js'
import { refusesSchema } from './structured.js'
import { structuredText } from './structured-text.js'
import type { WorkflowOptions, WorkflowPart, WorkflowStage } from './workflow.js'

export interface StageContext extends WorkflowOptions {
  readonly textInstead: boolean
}

export interface StageEnd extends AnswerEnd {
  /** The one that was answered. */
  readonly prompt: Prompt
}

export async function* runStage(
  stage: WorkflowStage,
  messages: (prompt: Prompt) => readonly Message[],
  context: StageContext,
  prompt: Prompt,
): AsyncGenerator<WorkflowPart, StageEnd, undefined> {
  const { onEvent, now = () => performance.now() } = context
  const started = now()
  onEvent?.({ type: 'phase', phase: stage, state: 'start' })
  yield { type: 'stage', stage, phase: 'start', prompt }
  let end = yield* ask(stage, messages, context, prompt)
  if (end.refused) {
    const instead = prompt.asText()
    const spent = ((now() - started) / 1000).toFixed(2)
    const message = `The server refused the schema (${sanitizeLine(end.refused.message).replace(/\.$/, '')}) and was asked again for text; the ${spent} s until then are in the time of the ${stage}, not in its TTFT.`
    yield { type: 'said', stage, message, prompt: instead }
    end = yield* ask(stage, messages, context, instead)
  }
  onEvent?.({ type: 'phase', phase: stage, state: 'end' })
  yield { type: 'stage', stage, phase: 'end', seconds: (now() - started) / 1000 }
  return end
}

interface Asked extends StageEnd {
  /** Nothing was told of this attempt, and another one may follow. */
  readonly refused?: ChimeraError
}

async function* ask(stage: WorkflowStage, messages: (prompt: Prompt) => readonly Message[], context: StageContext, prompt: Prompt): AsyncGenerator<WorkflowPart, Asked, undefined> {
  const { model, facts, signal, onEvent, now, textInstead } = context
  const format = prompt.format(stage)
  const reading = structuredText(stage, new Set(facts.map(({ id }) => id)))
  const parts = answer({ model, messages: messages(prompt), facts, task: stage, format, ...(now ? { now } : {}), ...(signal ? { signal } : {}), ...(onEvent ? { onEvent } : {}) })
  const held: WorkflowPart[] = []
  let refused: ChimeraError | undefined
  let next = await parts.next()
  try {
    for (; next.done !== true; next = await parts.next()) {
      const part = next.value
      if (part.type === 'text') yield* text(stage, reading.write(part.text))
      else if (part.type === 'failed' && format !== undefined && textInstead && reading.form === undefined && refusesSchema(part.error)) refused = part.error
      else held.push({ ...part, stage })
    }
  } finally {
    if (next.done !== true) await parts.return({ text: '', usable: false })
  }
  if (refused) return { ...next.value, prompt, refused }
  yield* text(stage, reading.end())
  yield* held
  if (reading.fault !== undefined && next.value.usable) yield { type: 'said', stage, message: `The model's ${stage} came as JSON, but ${reading.fault}.` }
  return { ...next.value, prompt }
}

function* text(stage: WorkflowStage, shown: string): Generator<WorkflowPart, void, undefined> {
  if (shown !== '') yield { type: 'text', stage, text: shown }
}
