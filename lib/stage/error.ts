/** The one error class of the project: a code to branch on, a sentence that says what to do. */

/**
 * - `USAGE`: an option or argument is wrong.
 * - `NOT_FOUND`, `UNREADABLE`: a path that was named cannot be read.
 * - `STRICT`: a problem was met under `strict`.
 * - `STAGE_FAILED`: a stage threw something of its own; see `cause`.
 * - How a model ended. `MODEL_UNREACHABLE`: nobody answers there. `MODEL_UNKNOWN`: the server has no such model. `MODEL_REFUSED`: it does not
 *   let us in, or its filter cut the answer. `MODEL_BUSY`: it takes no more requests now. `MODEL_INVALID`: it does not understand the
 *   request, or we do not understand its answer. `MODEL_FAILED`: it says that it failed. `MODEL_TRUNCATED`: its answer has no end.
 *   `MODEL_TIMEOUT`: no first token in time. `MODEL_STALLED`: a pause that was too long.
 * - `ABORTED`: an AbortSignal or `destroy` ended the run.
 */
export type ErrorCode =
  | 'USAGE'
  | 'NOT_FOUND'
  | 'UNREADABLE'
  | 'STRICT'
  | 'STAGE_FAILED'
  | 'MODEL_UNREACHABLE'
  | 'MODEL_UNKNOWN'
  | 'MODEL_REFUSED'
  | 'MODEL_BUSY'
  | 'MODEL_INVALID'
  | 'MODEL_FAILED'
  | 'MODEL_TRUNCATED'
  | 'MODEL_TIMEOUT'
  | 'MODEL_STALLED'
  | 'ABORTED'

export interface ChimeraErrorOptions {
  cause?: unknown
  /** The stage in which it happened; filled in by the stream that ran the stage. */
  stage?: string
}

/** `message` says what was expected, what was found and what to do. */
export class ChimeraError extends Error {
  override readonly name = 'ChimeraError'
  readonly code: ErrorCode
  stage: string | undefined

  constructor(code: ErrorCode, message: string, options: ChimeraErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.stage = options.stage
  }
}

/** Names the failing stage: a ChimeraError gets the name, anything else becomes the `cause` of one. */
export function stageError(stage: string, error: unknown): ChimeraError {
  if (error instanceof ChimeraError) {
    error.stage ??= stage
    return error
  }
  const found = error instanceof Error ? error.message : String(error)
  return new ChimeraError('STAGE_FAILED', `stage "${stage}" failed: ${found}`, { cause: error, stage })
}
