/** How an exchange with a server fails, as errors that say what to do. */

import { ChimeraError } from '../../stage/index.js'
import { quoted } from './text.js'

export function unreachable(server: string, cure: string, cause: Error): ChimeraError {
  return new ChimeraError('MODEL_UNREACHABLE', `expected ${server} to answer, found nobody there (${reason(cause)}): ${cure}`, { cause })
}

export function closedEarly(server: string, cause: Error): ChimeraError {
  return new ChimeraError('MODEL_FAILED', `${server} took the request and closed the connection without an answer (${reason(cause)}): look into its log`, {
    cause,
  })
}

export function truncated(server: string, cause?: Error): ChimeraError {
  const how = cause ? `the connection broke (${reason(cause)})` : 'the stream ended without its last message'
  return new ChimeraError('MODEL_TRUNCATED', `${server} did not finish its answer: ${how}; what came is kept, run it again for the rest`, cause ? { cause } : {})
}

export function timedOut(server: string, begun: boolean, limitMs: number): ChimeraError {
  const seconds = limitMs / 1000
  if (!begun) {
    return new ChimeraError(
      'MODEL_TIMEOUT',
      `${server} gave no first token within ${seconds} s: raise the first-token timeout if it still loads the model or reads the prompt`,
    )
  }
  return new ChimeraError(
    'MODEL_STALLED',
    `${server} stopped in the middle of its answer: nothing more for ${seconds} s; raise the stall timeout if it may pause that long`,
  )
}

export function aborted(signal: AbortSignal | undefined): ChimeraError {
  return new ChimeraError('ABORTED', 'the answer was cut off: the run was aborted', { cause: signal?.reason })
}

/** The short name of a network error (`ECONNREFUSED`), else its message. */
export function reason(error: Error): string {
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && code.startsWith('E')) return code
  return quoted(error.message)
}
