/** How a run ends, as the shell sees it. */

import { ChimeraError, sanitize } from '../stage/index.js'

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  problems: 3,
  model: 4,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A reader that closed its end early (`| head`) has what it wanted. */
export function isClosedPipe(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
}

export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof ChimeraError)) return isAbort(error) ? EXIT.interrupted : EXIT.failed
  switch (error.code) {
    case 'USAGE':
    case 'NOT_FOUND':
      return EXIT.usage
    case 'STRICT':
      return EXIT.problems
    case 'MODEL_UNREACHABLE':
    case 'MODEL_UNKNOWN':
    case 'MODEL_REFUSED':
    case 'MODEL_BUSY':
    case 'MODEL_INVALID':
    case 'MODEL_FAILED':
    case 'MODEL_TRUNCATED':
    case 'MODEL_TIMEOUT':
    case 'MODEL_STALLED':
      return EXIT.model
    case 'ABORTED':
      return EXIT.interrupted
    case 'UNREADABLE':
    case 'STAGE_FAILED':
      return EXIT.failed
  }
}

export function isAbort(error: unknown): boolean {
  return (error instanceof Error && error.name === 'AbortError') || (error instanceof ChimeraError && error.code === 'ABORTED')
}

/** One sentence for stderr; the stack of something unexpected only under `CHIMERA_DEBUG`. */
export function describe(error: unknown, env: NodeJS.ProcessEnv): string {
  const text = error instanceof Error ? error.message : String(error)
  const debug = env['CHIMERA_DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}${causes(error)}` : ''
  return sanitize(`chimera: ${text}${debug}`)
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? error.cause.message}${causes(error.cause)}` : ''
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
