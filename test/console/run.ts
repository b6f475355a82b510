/** A run as the console is told of it, for several tests. */

import type { ProgressEvent } from '../../lib/console/event.js'
import { inOrder, runningOf } from '../../lib/console/answers.js'
import type { ModelStream } from '../../lib/console/model-stream.js'
import { advance, initialState, type ProgressState } from '../../lib/console/state.js'

export type Timed = readonly [at: number, event: ProgressEvent]

/** 101 files of 18,800 bytes; after 64 of them, 1.1 s in. */
export function reading(files = 101, done = 64): Timed[] {
  const events: Timed[] = [[0, { type: 'phase', phase: 'ingest', state: 'start' }]]
  const name = (index: number) => `reports/gemma3/run_${index}.csv`
  for (let index = 0; index < files; index++) events.push([1, { type: 'found', file: name(index), bytes: 18_800 }])
  for (let index = 0; index < done; index++) {
    const at = 10 + index * 17
    events.push([at, { type: 'bytes', file: name(index), bytes: 18_800 }])
    events.push([at + 1, { type: 'records', file: name(index), count: 75 }])
    if (index === 9) events.push([at + 2, { type: 'problems', file: name(index), count: 2 }])
    events.push([at + 3, { type: 'done', file: name(index) }])
  }
  if (done < files) events.push([1100, { type: 'bytes', file: name(done), bytes: 9_000 }])
  else events.push([1100, { type: 'phase', phase: 'ingest', state: 'end' }])
  return events
}

/** An answer: sent at `start`, first piece 625 ms later, then one each 25 ms with a stall of 200 ms before every tenth. */
export function answer(stage: string, start: number, pieces: number, outputTokens?: number, stream?: string): Timed[] {
  const of = { type: 'model', stage, model: 'gemma3:latest', ...(stream === undefined ? {} : { stream }) } as const
  const events: Timed[] = [[start, { ...of, event: { type: 'sent', at: start } }]]
  let at = start + 625
  for (let index = 0; index < pieces; index++) {
    if (index > 0) at += index % 10 === 9 ? 200 : 25
    events.push([at, { ...of, event: { type: 'token', at, text: 'word ', kind: 'text' } }])
  }
  if (outputTokens === undefined) return events
  const usage = { outputTokens }
  return [...events, [at + 1, { ...of, event: { type: 'end', at: at + 1, reason: 'stop', usage } }]]
}

export function stateAfter(events: readonly Timed[]): ProgressState {
  return events.reduce((state, [at, event]) => advance(state, event, at), initialState)
}

/** By their row, those that ended first where two had the same. */
export function streamsOf({ answers }: ProgressState): ModelStream[] {
  return inOrder([...answers.ended, ...runningOf(answers)])
}

/** Of several runs at once: in the order of time. */
export function inTime(...runs: readonly (readonly Timed[])[]): Timed[] {
  return runs.flat().sort(([a], [b]) => a - b)
}
