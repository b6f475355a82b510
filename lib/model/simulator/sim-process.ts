/** The simulated server in a process of its own, so that it takes no time from the client that is measured. */

import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ChimeraError, type ErrorCode } from '../../stage/index.js'
import type { SimOutcome } from './answer.js'
import { machineOffset } from './clock.js'
import type { SimProtocol } from './encoder.js'
import type { SimSpec } from './spec.js'
import type { Lateness, SimWrite } from './truth.js'

export interface SimProcessOptions {
  readonly spec?: SimSpec | string
  /** The models it has. Default `gemma3:latest` and `llama3.2:1b`. */
  readonly models?: readonly string[]
  readonly host?: string
  /** Default: any free one. */
  readonly port?: number
  /** How many of the latest requests are kept; default 100,000. */
  readonly keep?: number
}

/** One request as the server saw it. All times are of this process' `performance.now`, ms: they can be held against its own stamps. */
export interface TrueRequest {
  readonly id: string
  readonly protocol: SimProtocol
  readonly model: string
  readonly stream: boolean
  readonly fault?: string
  /** When its body had come. */
  readonly at: number
  /** `running` while it is not over. */
  readonly outcome: SimOutcome | 'running'
  readonly endedAt?: number
  readonly writes: readonly SimWrite[]
}

export interface ProcessTruth {
  /** Oldest first. */
  readonly requests: readonly TrueRequest[]
  readonly connections: { readonly open: number; readonly total: number }
  /** How late the server was itself; absent when nothing had a time. */
  readonly lateness?: Lateness
  /** Processor time of the server since it began, s. */
  readonly cpu: number
}

export interface SimProcess {
  readonly url: string
  readonly pid: number
  /** What happened so far. */
  truth(): Promise<ProcessTruth>
  /** Ends it; running answers break. */
  stop(): Promise<void>
}

/** What goes through the pipe: writes as columns, for speed. */
export type ToChild = { readonly type: 'start'; readonly options: SimProcessOptions } | { readonly type: 'truth' }
export type FromChild =
  | { readonly type: 'started'; readonly url: string }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly type: 'truth'; readonly truth: WireTruth }
export interface WireTruth extends Omit<ProcessTruth, 'requests'> {
  readonly requests: readonly (Omit<TrueRequest, 'writes'> & { readonly writes: Float64Array })[]
}
/** at, due (NaN for none), bytes, tokens, blocked (0 or 1). */
export const COLUMNS = 5

/**
 * Starts one. It ends with this process, however this one ends, and does not keep it running.
 *
 * @throws {ChimeraError} `USAGE` for a description that makes no sense or a port that is taken.
 */
export async function startSimProcess(options: SimProcessOptions = {}): Promise<SimProcess> {
  // What is meant for the measuring process (a loader, a profiler) is not meant for the server.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'))
  const child = fork(fileURLToPath(new URL('./sim-process-child.js', import.meta.url)), { serialization: 'advanced', execArgv: [], env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const started = await ask(child, { type: 'start', options })
  if (started.type !== 'started') {
    child.kill()
    throw started.type === 'failed' ? new ChimeraError(started.code, started.message) : lost()
  }
  loosen(child)
  return {
    url: started.url,
    pid: child.pid ?? 0,
    async truth() {
      const answer = await ask(child, { type: 'truth' })
      loosen(child)
      if (answer.type !== 'truth') throw lost()
      const offset = machineOffset()
      return { ...answer.truth, requests: answer.truth.requests.map((request) => localised(request, offset)) }
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.ref()
      const gone = new Promise((resolve) => child.once('exit', resolve))
      // The end of the pipe is its sign to go.
      if (child.connected) child.disconnect()
      else child.kill()
      await gone
    },
  }
}

function ask(child: ChildProcess, message: ToChild): Promise<FromChild> {
  return new Promise((resolve, reject) => {
    child.ref()
    child.channel?.ref()
    const settle = () => {
      child.off('message', answered)
      child.off('exit', died)
      child.off('error', failed)
    }
    const answered = (answer: unknown) => {
      settle()
      resolve(answer as FromChild)
    }
    const died = () => {
      settle()
      reject(lost())
    }
    const failed = (error: Error) => {
      settle()
      reject(error)
    }
    child.on('message', answered)
    child.on('exit', died)
    child.on('error', failed)
    if (child.connected) child.send(message)
    else died()
  })
}

/** From here on it keeps nobody waiting. */
function loosen(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

function localised({ writes, ...request }: WireTruth['requests'][number], offset: number): TrueRequest {
  const list: SimWrite[] = []
  for (let at = 0; at + COLUMNS <= writes.length; at += COLUMNS) {
    const [time = NaN, due = NaN, bytes = 0, tokens = 0, blocked = 0] = writes.subarray(at, at + COLUMNS)
    list.push({ at: time - offset, ...(Number.isNaN(due) ? {} : { due: due - offset }), bytes, tokens, blocked: blocked === 1 })
  }
  return { ...request, at: request.at - offset, ...(request.endedAt === undefined ? {} : { endedAt: request.endedAt - offset }), writes: list }
}

function lost(): ChimeraError {
  return new ChimeraError('MODEL_FAILED', "expected the simulator's process to answer, found that it has ended: start it again")
}
