/** The two stages of a report: a model analyses the facts, then writes the report from its analysis. */

import type { Fact } from '../fact/fact.js'
import { generation, type ModelEvent } from '../model/generation.js'
import type { Measurements } from '../model/measurements.js'
import type { Message, Model } from '../model/model.js'
import { timing } from '../model/timing.js'
import { ChimeraError, sanitize, type Watch } from '../stage/index.js'
import { withoutSlots } from './label.js'
import type { Persona } from './persona.js'
import { DEFAULT_CONTEXT_TOKENS, writePrompt, type Prompt } from './prompt.js'
import { dataCollector } from './prompts/data-collector.js'

export type WorkflowStage = 'analysis' | 'report'

export interface WorkflowOptions {
  facts: readonly Fact[]
  model: Model
  /** Default: agent A, the DataCollector. */
  persona?: Persona
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
  const { model, persona = dataCollector, stages = 'both' } = options
  const facts = options.facts.map(withoutSlots)
  const prompt = writePrompt({ facts, persona, contextTokens: contextOf(model) })

  const analysis = yield* runStage('analysis', prompt.analysis(), { ...options, facts }, prompt)
  if (!analysis.usable || stages === 'analysis') return
  yield* runStage('report', prompt.report(sanitize(analysis.text)), { ...options, facts }, prompt)
}

/** `num_ctx` where it is set. */
export function contextOf(model: Model): number {
  const set = Number(model.options['num_ctx'])
  return Number.isFinite(set) && set > 0 ? set : DEFAULT_CONTEXT_TOKENS
}

async function* runStage(
  stage: WorkflowStage,
  messages: readonly Message[],
  options: WorkflowOptions,
  prompt: Prompt,
): AsyncGenerator<WorkflowPart, { text: string; usable: boolean }, undefined> {
  const { model, facts, signal, onEvent, now = () => performance.now() } = options
  const clock = timing()
  const started = now()
  let text = ''
  let failure: ChimeraError | undefined
  let cut = false
  onEvent?.({ type: 'phase', phase: stage, state: 'start' })
  yield { type: 'stage', stage, phase: 'start', prompt }
  try {
    signal?.throwIfAborted()
    const context = { stage, timing: clock, now, ...(signal ? { signal } : {}), ...(onEvent ? { onEvent } : {}) }
    for await (const event of generation(model, { messages, options: model.options, brief: { task: stage, facts } }, context)) {
      if (event.type === 'token' && event.kind === 'text' && event.text !== '') {
        text += event.text
        yield { type: 'text', stage, text: event.text }
      } else if (event.type === 'end') cut = event.reason === 'length'
    }
    if (signal?.aborted) failure = new ChimeraError('ABORTED', `the ${stage} was interrupted`, { stage })
    else if (text.trim() === '') failure = emptyAnswer(stage, model)
    else if (cut) failure = cutAnswer(stage, model)
  } catch (error) {
    failure = asFailure(stage, error, signal)
  }
  yield { type: 'measured', stage, measurements: clock.measurements() }
  if (failure) yield { type: 'failed', stage, error: failure }
  onEvent?.({ type: 'phase', phase: stage, state: 'end' })
  yield { type: 'stage', stage, phase: 'end', seconds: (now() - started) / 1000 }
  return { text, usable: !failure || cut }
}

function emptyAnswer(stage: WorkflowStage, model: Model): ChimeraError {
  const message = `the ${stage} expected text from model "${model.name}", found an empty answer: try again, or another model`
  return new ChimeraError('MODEL_FAILED', message, { stage })
}

function cutAnswer(stage: WorkflowStage, model: Model): ChimeraError {
  const message = `the ${stage} of model "${model.name}" was cut at its length limit: raise num_ctx or num_predict with --option`
  return new ChimeraError('MODEL_TRUNCATED', message, { stage })
}

function asFailure(stage: WorkflowStage, error: unknown, signal: AbortSignal | undefined): ChimeraError {
  if (signal?.aborted) return new ChimeraError('ABORTED', `the ${stage} was interrupted`, { stage, cause: error })
  if (error instanceof ChimeraError) {
    error.stage ??= stage
    return error
  }
  const found = error instanceof Error ? error.message : String(error)
  return new ChimeraError('MODEL_FAILED', `the ${stage} failed: ${found}`, { stage, cause: error })
}
