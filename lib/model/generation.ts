/** Runs a model once while its time is measured and whoever watches is told. */

import { ChimeraError, type ErrorCode, type Watch } from '../stage/index.js'
import type { Model, ModelRequest, RunContext, TokenEvent } from './model.js'
import type { FailedEvent, Timing } from './timing.js'

/** What a watcher is told of a run. */
export interface ModelEvent {
  readonly type: 'model'
  /** Of the work: `analysis`, `report`; several may run at once. */
  readonly stage: string
  readonly model: string
  /** Which of several answers at once; absent where a stage has one. */
  readonly stream?: string
  readonly event: TokenEvent | FailedEvent
}

export interface GenerationContext extends RunContext {
  readonly stage: string
  readonly stream?: string
  /** Is fed every event; ask it for the figures afterwards. */
  readonly timing?: Timing
  readonly onEvent?: Watch<ModelEvent>
}

/**
 * The model's events, passed on as they come. An answer that throws, or that its reader leaves before the end, is told as
 * `failed`, so that the figures of what came stay true; the error itself is thrown on.
 */
export async function* generation(model: Model, request: ModelRequest, context: GenerationContext): AsyncGenerator<TokenEvent, void, undefined> {
  const { stage, stream, timing, onEvent, now = () => performance.now() } = context
  const tell = (event: TokenEvent | FailedEvent) => {
    timing?.observe(event)
    onEvent?.({ type: 'model', stage, model: model.name, ...(stream === undefined ? {} : { stream }), event })
  }
  // What is not said otherwise was left by its reader.
  let failure: ErrorCode | undefined = 'ABORTED'
  try {
    for await (const event of model.generate(request, context)) {
      if (event.type === 'end') failure = undefined
      tell(event)
      yield event
    }
    if (failure) throw new ChimeraError('MODEL_TRUNCATED', `expected "${model.name}" to end its answer, found it stopped without an end: report it to whoever wrote the model`)
  } catch (error) {
    failure = error instanceof ChimeraError ? error.code : 'MODEL_FAILED'
    throw error
  } finally {
    if (failure) tell({ type: 'failed', at: now(), code: failure })
  }
}
