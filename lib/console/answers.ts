/** All answers of a run: those that run, the latest that ended, and sums of the rest. A pure fold over model events. */

import type { ModelEvent } from '../model/generation.js'
import { endTally, tallied, type EndTally } from './end-tally.js'
import { add, meter, type Meter } from './meter.js'
import { advanceStream, displaced, interrupted, modelStream, type ModelStream } from './model-stream.js'
import { find, isSame, list, noStreams, put, without, type StreamTable } from './stream-table.js'

export interface Answers {
  readonly running: StreamTable
  /** How many more run than can be told apart. */
  readonly untracked: number
  /** In the order they ended, the latest `ENDED_KEPT`. */
  readonly ended: readonly ModelStream[]
  /** Rows given away so far. */
  readonly places: number
  /** By stage and model, in the order they began; what does not fit is in the last one. */
  readonly tallies: readonly EndTally[]
  /** The pieces of all of them, and their tokens where every piece said how many it holds; since the first one. */
  readonly pieces: Meter | undefined
  readonly tokens: Meter | undefined
}

/** So many answers are told apart while they run. */
export const RUNNING_LIMIT = 2048
export const ENDED_KEPT = 16
export const TALLY_LIMIT = 16

export const noAnswers: Answers = { running: noStreams, untracked: 0, ended: [], places: 0, tallies: [], pieces: undefined, tokens: undefined }

export function advanceAnswers(before: Answers, told: ModelEvent, at: number): Answers {
  const { event } = told
  const counted = event.type === 'token' && event.text !== '' ? withPiece(before, event.tokens, at) : before
  const known = find(before.running, told)
  if (event.type === 'sent' || event.type === 'connecting') {
    const sentAt = event.type === 'sent' ? event.at : undefined
    // An answer that begins anew without an end, and not for a retry, was left by somebody.
    if (known?.pieces) return begin(end(counted, interrupted(known, at)), told, sentAt, at)
    if (known) return withRunning(counted, advanceStream(known, event, at))
    return counted.untracked > 0 && (event.attempt ?? 1) > 1 ? counted : begin(counted, told, sentAt, at)
  }
  if (known) {
    const stream = advanceStream(known, event, at)
    return stream.state === 'ended' ? end(counted, stream) : withRunning(counted, stream)
  }
  if (counted.ended.some((one) => isSame(one, told))) return counted
  const isEnd = event.type === 'end' || event.type === 'failed'
  if (isEnd && counted.untracked > 0) return { ...tally(counted, advanceStream(modelStream(told, undefined, at, undefined), event, at)), untracked: counted.untracked - 1 }
  if (counted.running.size >= RUNNING_LIMIT) return counted
  return advanceAnswers(begin(before, told, undefined, at), told, at)
}

/** What still runs in `stage` will not go on. */
export function endStage(before: Answers, stage: string, at: number): Answers {
  const left = list(before.running).filter((one) => one.stage === stage)
  return inOrder(left).reduce((answers, one) => end(answers, interrupted(one, at)), before)
}

/** The running ones in the order of their rows. */
export function runningOf({ running }: Answers): ModelStream[] {
  return inOrder(list(running))
}

export function runningCount({ running, untracked }: Answers): number {
  return running.size + untracked
}

/** All that ever began. */
export function answersCount(answers: Answers): number {
  const over = answers.tallies.flatMap(({ ends }) => Object.values(ends)).reduce((sum, count) => sum + count, 0)
  return over + runningCount(answers)
}

export function inOrder(streams: readonly ModelStream[]): ModelStream[] {
  return [...streams].sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || a.waitingSince - b.waitingSince)
}

/** It takes the row of one of its stage that is over, so that the others stay where they are: its own of before, else the first that is free. */
function begin(before: Answers, told: ModelEvent, sentAt: number | undefined, at: number): Answers {
  const tallies = began(before.tallies, told, at)
  if (before.running.size >= RUNNING_LIMIT) return { ...before, tallies, untracked: before.untracked + 1 }
  const free = inOrder(before.ended.filter((one) => one.stage === told.stage && one.place !== undefined))
  const taken = free.find((one) => isSame(one, told)) ?? free[0]
  const stream = modelStream(told, sentAt, at, taken?.place ?? before.places)
  const ended = taken ? before.ended.map((one) => (one === taken ? displaced(one) : one)) : before.ended
  return { ...before, tallies, ended, running: put(before.running, stream), places: taken ? before.places : before.places + 1 }
}

function end(before: Answers, stream: ModelStream): Answers {
  return { ...tally(before, stream), running: without(before.running, stream), ended: [...before.ended.slice(-(ENDED_KEPT - 1)), stream] }
}

function tally(before: Answers, stream: ModelStream): Answers {
  const index = indexOf(before.tallies, stream)
  return { ...before, tallies: before.tallies.map((one, at) => (at === index ? tallied(one, stream) : one)) }
}

function began(tallies: readonly EndTally[], { stage, model }: ModelEvent, at: number): readonly EndTally[] {
  const index = indexOf(tallies, { stage, model })
  if (index >= 0) return tallies.map((one, place) => (place === index ? { ...one, beganAt: at } : one))
  return [...tallies, tallies.length < TALLY_LIMIT - 1 ? endTally(stage, model, at) : endTally('others', '', at)]
}

function indexOf(tallies: readonly EndTally[], { stage, model }: { readonly stage: string; readonly model: string }): number {
  const index = tallies.findIndex((one) => one.stage === stage && one.model === model)
  return index < 0 && tallies.length === TALLY_LIMIT ? TALLY_LIMIT - 1 : index
}

/** Written out, as what runs for each token is. */
function withRunning(before: Answers, stream: ModelStream): Answers {
  const { untracked, ended, places, tallies, pieces, tokens } = before
  return { running: put(before.running, stream), untracked, ended, places, tallies, pieces, tokens }
}

function withPiece(before: Answers, count: number | undefined, at: number): Answers {
  const { running, untracked, ended, places, tallies, pieces, tokens } = before
  return {
    running,
    untracked,
    ended,
    places,
    tallies,
    pieces: pieces ? add(pieces, 1, at) : meter(at, 1),
    tokens: count === undefined ? undefined : pieces ? tokens && add(tokens, count, at) : meter(at, count),
  }
}
