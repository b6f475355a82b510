/** Sends the requests of one run: one after another, or when they are due. */

import { MOST_REQUESTS } from './plan.js'

/** Time as the runner sees it; a test gives its own. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number
  /** Comes back after so many milliseconds, or at once when the signal aborts; never throws. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface LoadContext {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Sends request number `index` (from 0) and settles when it is over, well or not; never rejects. */
  readonly send: (index: number, dueAt?: number) => Promise<Sent>
}

/** `failed` is told so that a run by time is not spent on a server that only refuses. */
export type Sent = 'ok' | 'failed'

export interface Bounds {
  readonly requests?: number
  readonly durationMs?: number
}

/** A sentence when the run ended before its time. */
export type Cut = string | undefined

/** After so many failures in a row, and at least as many as run at once, a run by time is given up. */
const FAILURES_IN_A_ROW = 20

/** `concurrency` users, each sending its next request when its last one is over. What runs when the time is over is waited for. */
export async function closedLoop(concurrency: number, bounds: Bounds, { clock, signal, send }: LoadContext): Promise<Cut> {
  const until = bounds.durationMs === undefined ? undefined : clock.now() + bounds.durationMs
  const most = Math.min(bounds.requests ?? MOST_REQUESTS, MOST_REQUESTS)
  let next = 0
  let failedInARow = 0
  const givenUp = () => until !== undefined && failedInARow >= Math.max(FAILURES_IN_A_ROW, concurrency)
  const more = () => !signal.aborted && next < most && (until === undefined || clock.now() < until) && !givenUp()
  const user = async () => {
    while (more()) {
      const index = next
      next += 1
      failedInARow = (await send(index)) === 'ok' ? 0 : failedInARow + 1
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, most) }, user))
  if (givenUp()) return `ended early: ${failedInARow} requests in a row failed`
  return cutAt(next, bounds)
}

/**
 * Each request is sent when it is due, whatever became of the earlier ones. With `cap`, one that finds so many running waits its turn;
 * it stays due when it was, so that its waiting is seen. All that became due are served, also after the time is over.
 */
export async function openLoop(dueTimes: Iterable<number>, bounds: Bounds, cap: number | undefined, { clock, signal, send }: LoadContext): Promise<Cut> {
  const start = clock.now()
  const most = Math.min(bounds.requests ?? MOST_REQUESTS, MOST_REQUESTS)
  const waiting: Due[] = []
  let head = 0
  let active = 0
  const running = new Set<Promise<void>>()
  const following = (): Due | undefined => (signal.aborted || head >= waiting.length ? undefined : waiting[head++])
  const serve = async (first: Due): Promise<void> => {
    active += 1
    for (let due: Due | undefined = first; due; due = following()) await send(due.index, due.dueAt)
    active -= 1
  }
  let index = 0
  for (const offset of dueTimes) {
    if (index >= most || (bounds.durationMs !== undefined && offset >= bounds.durationMs)) break
    const dueAt = start + offset
    const ms = dueAt - clock.now()
    if (ms > 0) await clock.sleep(ms, signal)
    if (signal.aborted) break
    if (cap !== undefined && active >= cap) waiting.push({ index, dueAt })
    else {
      const served = serve({ index, dueAt }).finally(() => running.delete(served))
      running.add(served)
    }
    index += 1
  }
  await Promise.all(running)
  return cutAt(index, bounds)
}

interface Due {
  readonly index: number
  readonly dueAt: number
}

function cutAt(sent: number, bounds: Bounds): Cut {
  return sent >= MOST_REQUESTS && bounds.requests === undefined ? `ended early: ${MOST_REQUESTS} requests are the most of one run; take a shorter --duration and more --runs` : undefined
}
