/** Everything the console can be told about a run. */

import type { TokenEvent } from '../model/model.js'
import type { ReadingEvent } from '../stage/watch.js'

export type ProgressEvent =
  | ReadingEvent
  /** A phase of the run begins or is over: `ingest`, `analysis`, `report`, or a name of the caller's own. */
  | { readonly type: 'phase'; readonly phase: string; readonly state: 'start' | 'end' }
  /** A model is being loaded ahead of its first answer. */
  | { readonly type: 'preload'; readonly model: string; readonly state: 'start' | 'done' | 'failed' }
  /** What a model's answer did. `stage` is the phase it belongs to; several may run at once. */
  | { readonly type: 'model'; readonly stage: string; readonly model: string; readonly event: TokenEvent | FailedEvent }
  /** One line for people, shown only where progress is shown. */
  | { readonly type: 'note'; readonly text: string }

/** The answer ended with an error; a TokenEvent has no word for that, because a model then throws. */
export interface FailedEvent {
  readonly type: 'failed'
  /** Monotonic milliseconds, on the clock of the token events. */
  readonly at: number
}
