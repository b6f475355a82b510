/** The two stages of a report: a model analyses the facts, then writes the report from its analysis. */

import type { Fact } from '../fact/fact.js'
import type { ModelEvent } from '../model/generation.js'
import type { Measurements } from '../model/measurements.js'
import type { Model } from '../model/model.js'
import { sanitize, type ChimeraError, type Watch } from '../stage/index.js'
import { withoutSlots } from './label.js'
import type { Persona } from './persona.js'
import { DEFAULT_CONTEXT_TOKENS } from './budget.js'
import { dataCollector } from './personas.js'
import { writePrompt, type Prompt } from './prompt.js'
import type { Prompts } from './prompts.js'
import { runStage } from './run-stage.js'
import { howToAsk, type Structured } from './structured.js'

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
  /** When findings are asked for as JSON after a schema; default `auto`. */
  structured?: Structured
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
  /** What a reader must know of how the answer was asked for, or read; `prompt` is the one that was used then. A sentence. */
  | { readonly type: 'said'; readonly stage: WorkflowStage; readonly message: string; readonly prompt?: Prompt }
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
  // Who wrote a task for text wants it to be used.
  const ownTask = prompts !== undefined && prompts.isOwn('report-task') && !prompts.isOwn('structured-report')
  const asking = howToAsk(ownTask && options.structured !== 'always' ? 'never' : options.structured, model)
  const prompt = writePrompt({ facts, persona, contextTokens: contextOf(model), structured: asking.structured, ...(answerLimit === undefined ? {} : { answerLimit }), ...(prompts ? { prompts } : {}) })
  const context = { ...options, facts, textInstead: asking.textInstead }

  const analysis = yield* runStage('analysis', (one) => one.analysis(), context, prompt)
  if (!analysis.usable || stages === 'analysis') return
  yield* runStage('report', (one) => one.report(sanitize(analysis.text)), context, analysis.prompt)
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
