/** Everything the console can be told about a run. */

import type { ModelEvent } from '../model/generation.js'
import type { ReadingEvent } from '../stage/watch.js'

export type ProgressEvent =
  | ReadingEvent
  /** A phase of the run begins or is over: `ingest`, `analysis`, `report`, or a name of the caller's own. */
  | { readonly type: 'phase'; readonly phase: string; readonly state: 'start' | 'end' }
  | PlanEvent
  /** A model is being loaded ahead of its first answer. */
  | { readonly type: 'preload'; readonly model: string; readonly state: 'start' | 'done' | 'failed' }
  /** What a model's answer did. `stage` is the phase it belongs to, `stream` tells apart several answers at once. */
  | ModelEvent
  /** One line for people, shown only where progress is shown. */
  | { readonly type: 'note'; readonly text: string }

/** How far a plan of known length is: tell it at its begin (`done: 0`) and after each part. It leaves the screen when all is done. */
export interface PlanEvent {
  readonly type: 'plan'
  readonly done: number
  readonly total: number
  /** What is being done now: `num_gpu=60 num_ctx=512`, `warm-up 1`. */
  readonly cell?: string
  /** Seconds until all is done, from now on; the console counts them down. */
  readonly eta?: number
  /** What the parts are called, one of them; default `run`. */
  readonly unit?: string
}
