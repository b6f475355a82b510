/** The pure core of a stage: it knows batches, never a stream. */

import type { Batch, Block } from './block.js'

/** Items travel in batches, so that crossing a boundary costs nanoseconds per item; an empty batch is allowed. */
export type Batches<T> = Iterable<Batch<T>> | AsyncIterable<Batch<T>>

/**
 * One run of a stage. It owns its state and is used once: any number of `write` calls, each drained before the next,
 * then at most one `end`. An iterable that is not drained is ended with `return()`, so `finally` blocks run.
 */
export interface Step<In, Out> {
  write(batch: readonly In[]): Batches<Out>
  /** For a step that can do with less than the items of a block; without it, `write` gets those. */
  writeBlock?(block: Block<In>): Batches<Out>
  end?(): Batches<Out>
}

/** What a run is given from outside. */
export interface StageContext {
  /** Aborted when the stage is destroyed; pass it on to everything that waits. */
  readonly signal: AbortSignal
  /** Milliseconds on a monotonic clock; injected, so that measuring stages are tested with a fake clock. */
  readonly now: () => number
}

/** A stage before it runs. `start` is called once per run, when the first item or the end arrives. */
export interface StageDefinition<In, Out> {
  readonly name: string
  start(context: StageContext): Step<In, Out>
}

/** A stage without input. */
export interface SourceDefinition<Out> {
  readonly name: string
  start(context: StageContext): Batches<Out>
}
