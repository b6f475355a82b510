/** The one state everything on the console is drawn from, and the pure function that moves it on. */

import { advanceAnswers, endStage, noAnswers, type Answers } from './answers.js'
import type { PlanEvent, ProgressEvent } from './event.js'
import { advanceReading, endReading, reading, type Reading } from './reading.js'

export interface ProgressState {
  /** Undefined until a file is heard of or the ingest phase begins. */
  readonly reading: Reading | undefined
  /** In the order they began, the latest `LIST_LIMIT`; the preloads, too. */
  readonly phases: readonly Phase[]
  readonly preloads: readonly Preload[]
  /** The latest plan that was told of. */
  readonly plan: Plan | undefined
  readonly answers: Answers
}

export interface Phase {
  readonly phase: string
  readonly startedAt: number
  readonly endedAt?: number
}

export interface Preload {
  readonly model: string
  readonly state: 'start' | 'done' | 'failed'
  readonly startedAt: number
  readonly endedAt?: number
}

/** A plan as it was told, and when (ms). */
export type Plan = PlanEvent & { readonly at: number }

/** How many phases and preloads are remembered; the oldest go first. */
export const LIST_LIMIT = 16

/** The name of the phase in which files are read. */
export const INGEST = 'ingest'

export const initialState: ProgressState = { reading: undefined, phases: [], preloads: [], plan: undefined, answers: noAnswers }

/** `at` is monotonic ms. Never changes `state`; called for each batch and each token, so it copies only what changed. */
export function advance(state: ProgressState, event: ProgressEvent, at: number): ProgressState {
  switch (event.type) {
    case 'found':
    case 'bytes':
    case 'records':
    case 'problems':
    case 'done':
      return next(state, advanceReading(state.reading ?? reading(at), event, at), state.answers)
    case 'model':
      return next(state, state.reading, advanceAnswers(state.answers, event, at))
    case 'phase':
      return event.state === 'start' ? startPhase(state, event.phase, at) : endPhase(state, event.phase, at)
    case 'plan':
      return { ...state, plan: { ...event, at } }
    case 'preload': {
      const index = state.preloads.findIndex((one) => one.model === event.model)
      const startedAt = event.state === 'start' ? at : (state.preloads[index]?.startedAt ?? at)
      const preload: Preload = { model: event.model, state: event.state, startedAt, ...(event.state === 'start' ? {} : { endedAt: at }) }
      return { ...state, preloads: put(state.preloads, index, preload) }
    }
    case 'note':
      return state
  }
}

/** Written out, because this runs for each batch and each token and copying with a spread costs ten times as much. */
function next(state: ProgressState, reading: Reading | undefined, answers: Answers): ProgressState {
  return { reading, phases: state.phases, preloads: state.preloads, plan: state.plan, answers }
}

function startPhase(state: ProgressState, phase: string, at: number): ProgressState {
  const phases = put(state.phases, -1, { phase, startedAt: at })
  return phase === INGEST && !state.reading ? { ...state, phases, reading: reading(at) } : { ...state, phases }
}

/** An answer that is still running when its phase is over will not go on. */
function endPhase(state: ProgressState, phase: string, at: number): ProgressState {
  const index = state.phases.findLastIndex((one) => one.phase === phase && one.endedAt === undefined)
  const phases = put(state.phases, index, { phase, startedAt: state.phases[index]?.startedAt ?? at, endedAt: at })
  const answers = endStage(state.answers, phase, at)
  if (phase !== INGEST || !state.reading) return { ...state, phases, answers }
  return { ...state, phases, answers, reading: endReading(state.reading, at) }
}

/** Replaces the item at `index`, or adds it where there is none (-1). */
function put<T>(list: readonly T[], index: number, item: T): readonly T[] {
  if (index < 0) return [...list.slice(-(LIST_LIMIT - 1)), item]
  const copy = list.slice()
  copy[index] = item
  return copy
}
