/** One answer of a model: its text as it comes, then its figures, and what went wrong if anything did. */

import type { Fact } from '../fact/fact.js'
import { generation, type ModelEvent } from '../model/generation.js'
import type { Measurements } from '../model/measurements.js'
import type { Brief, Message, Model, ModelRequest } from '../model/model.js'
import { timing } from '../model/timing.js'
import { ChimeraError, type Watch } from '../stage/index.js'

export interface AnswerOptions {
  model: Model
  messages: readonly Message[]
  /** Without slots of their own. */
  facts: readonly Fact[]
  task: Brief['task']
  /** The form that is asked of the server. */
  format?: ModelRequest['format'] | undefined
  /** What watchers and errors call it; default the task. */
  stage?: string
  /** Which of several answers at once. */
  stream?: string
  signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  now?: () => number
  onEvent?: Watch<ModelEvent>
}

export type AnswerPart =
  /** As the model gave it: neither sanitised nor bound. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'measured'; readonly measurements: Measurements }
  /** The answer is missing or incomplete; what came before was given as `text`. */
  | { readonly type: 'failed'; readonly error: ChimeraError }

/** `usable`: it came to its end, or was only cut at its length. */
export interface AnswerEnd {
  readonly text: string
  readonly usable: boolean
}

/** Never throws for what a model does: failures, an empty answer and an abort come as `failed`. Ending it early ends the answer. */
export async function* answer(options: AnswerOptions): AsyncGenerator<AnswerPart, AnswerEnd, undefined> {
  const { model, messages, facts, task, format, stage = task, stream, signal, onEvent, now = () => performance.now() } = options
  const clock = timing()
  let text = ''
  let failure: ChimeraError | undefined
  let cut = false
  try {
    signal?.throwIfAborted()
    const context = { stage, timing: clock, now, ...(stream === undefined ? {} : { stream }), ...(signal ? { signal } : {}), ...(onEvent ? { onEvent } : {}) }
    for await (const event of generation(model, { messages, options: model.options, ...(format === undefined ? {} : { format }), brief: { task, facts } }, context)) {
      if (event.type === 'token' && event.kind === 'text' && event.text !== '') {
        text += event.text
        yield { type: 'text', text: event.text }
      } else if (event.type === 'end') cut = event.reason === 'length'
      // A model that does not listen must not go on for ever.
      if (signal?.aborted) break
    }
    if (signal?.aborted) failure = new ChimeraError('ABORTED', `the ${stage} was interrupted`, { stage })
    else if (text.trim() === '') failure = emptyAnswer(stage, model)
    else if (cut) failure = cutAnswer(stage, model)
  } catch (error) {
    failure = asFailure(stage, error, signal)
  }
  yield { type: 'measured', measurements: clock.measurements() }
  if (failure) yield { type: 'failed', error: failure }
  return { text, usable: !failure || cut }
}

function emptyAnswer(stage: string, model: Model): ChimeraError {
  const message = `the ${stage} expected text from model "${model.name}", found an empty answer: try again, or another model`
  return new ChimeraError('MODEL_FAILED', message, { stage })
}

function cutAnswer(stage: string, model: Model): ChimeraError {
  const message = `the ${stage} of model "${model.name}" was cut at its length limit: raise num_ctx or num_predict with --option`
  return new ChimeraError('MODEL_TRUNCATED', message, { stage })
}

function asFailure(stage: string, error: unknown, signal: AbortSignal | undefined): ChimeraError {
  if (signal?.aborted) return new ChimeraError('ABORTED', `the ${stage} was interrupted`, { stage, cause: error })
  if (error instanceof ChimeraError) {
    error.stage ??= stage
    return error
  }
  const found = error instanceof Error ? error.message : String(error)
  return new ChimeraError('MODEL_FAILED', `the ${stage} failed: ${found}`, { stage, cause: error })
}
