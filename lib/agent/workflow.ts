/** The two stages of a report: a model analyses the facts, then writes the report from its analysis. */

import type { Fact } from '../fact/fact.js'
import type { ModelEvent } from '../model/generation.js'
import type { Measurements } from '../model/measurements.js'
import type { Message, Model } from '../model/model.js'
import { sanitize, type ChimeraError, type Watch } from '../stage/index.js'
import { answer, type AnswerEnd } from './answer.js'
import { withoutSlots } from './label.js'
import type { Persona } from './persona.js'
import { DEFAULT_CONTEXT_TOKENS } from './budget.js'
import { dataCollector } from './personas.js'
import { writePrompt, type Prompt } from './prompt.js'
import type { Prompts } from './prompts.js'

export type WorkflowStage = 'analysis' | 'report'

export interface WorkflowOptions {
  facts: readonly Fact[]
  model: Model
  /** Default: agent A, the DataCollector. */
  persona?: Persona
  /** Default: the built-in ones. */
  prompts?: Prompts
  /** Default: both, the report from the analysis. */
  stages?: 'analysis' | 'both'
  signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  now?: () => number
  onEvent?: Watch<WorkflowEvent>
}

export type WorkflowPart =
  | { readonly type: 'stage'; readonly stage: WorkflowStage; readonly phase: 'start'; readonly prompt: Prompt }
  /** As the model gave it: neither sanitised nor bound. */
  | { readonly type: 'text'; readonly stage: WorkflowStage; readonly text: string }
  | { readonly type: 'measured'; readonly stage: WorkflowStage; readonly measurements: Measurements }
  /** The answer is missing or incomplete; what came before was given as `text`. No further stage follows, unless it was only cut at its length. */
  | { readonly type: 'failed'; readonly stage: WorkflowStage; readonly error: ChimeraError }
  | { readonly type: 'stage'; readonly stage: WorkflowStage; readonly phase: 'end'; readonly seconds: number }

/** For whoever watches: the same shapes as the console's. */
export type WorkflowEvent =
  | { readonly type: 'phase'; readonly phase: WorkflowStage; readonly state: 'start' | 'end' }
  | ModelEvent

/**
 * Never throws for what a model does: failures, an empty answer and an abort come as `failed`. Ending the generator early ends
 * the model's answer.
 */
export async function* runWorkflow(options: WorkflowOptions): AsyncGenerator<WorkflowPart, void, undefined> {
  const { model, prompts, stages = 'both' } = options
  const persona = options.persona ?? prompts?.persona('data-collector') ?? dataCollector
  const facts = options.facts.map(withoutSlots)
  const answerLimit = answerLimitOf(model)
  const prompt = writePrompt({ facts, persona, contextTokens: contextOf(model), ...(answerLimit === undefined ? {} : { answerLimit }), ...(prompts ? { prompts } : {}) })

  const analysis = yield* runStage('analysis', prompt.analysis(), { ...options, facts }, prompt)
  if (!analysis.usable || stages === 'analysis') return
  yield* runStage('report', prompt.report(sanitize(analysis.text)), { ...options, facts }, prompt)
}

/** `num_ctx` where it is set. */
export function contextOf(model: Model): number {
  const set = Number(model.options['num_ctx'])
  return Number.isFinite(set) && set > 0 ? set : DEFAULT_CONTEXT_TOKENS
}

/** After how many tokens the server is told to cut an answer. */
export function answerLimitOf(model: Model): number | undefined {
  const limits = ['num_predict', 'max_completion_tokens', 'max_tokens'].map((name) => Number(model.options[name])).filter((limit) => limit > 0)
  return limits.length === 0 ? undefined : Math.min(...limits)
}

async function* runStage(
  stage: WorkflowStage,
  messages: readonly Message[],
  options: WorkflowOptions,
  prompt: Prompt,
): AsyncGenerator<WorkflowPart, AnswerEnd, undefined> {
  const { model, facts, signal, onEvent, now = () => performance.now() } = options
  const started = now()
  onEvent?.({ type: 'phase', phase: stage, state: 'start' })
  yield { type: 'stage', stage, phase: 'start', prompt }
  const parts = answer({ model, messages, facts, task: stage, now, ...(signal ? { signal } : {}), ...(onEvent ? { onEvent } : {}) })
  let next = await parts.next()
  try {
    for (; next.done !== true; next = await parts.next()) yield { ...next.value, stage }
  } finally {
    if (next.done !== true) await parts.return({ text: '', usable: false })
  }
  onEvent?.({ type: 'phase', phase: stage, state: 'end' })
  yield { type: 'stage', stage, phase: 'end', seconds: (now() - started) / 1000 }
  return next.value
}
