/** The one place that makes Node streams out of steps. */

import { addAbortSignal, Duplex, Readable } from 'node:stream'
import type { Batch } from './block.js'
import { compose, composeSource } from './compose.js'
import { Drain } from './drain.js'
import { ChimeraError, stageError } from './error.js'
import { pullOf, type Pull } from './pull.js'
import type { Batches, SourceDefinition, StageContext, StageDefinition, Step } from './step.js'

export interface StreamOptions {
  /** Ends the stream, and everything it waits for, with an `AbortError`. */
  signal?: AbortSignal
  /** Monotonic milliseconds; default `performance.now`. */
  now?: () => number
  /** How many items may wait on either side; default 256. */
  highWaterMark?: number
}

/** A running stage, as `stream.pipeline` takes it. `In` and `Out` only type the ends. */
export interface Stage<In, Out> extends Duplex {
  readonly stageName: string
  /** Type-level only. */
  readonly [ENDS]?: (input: In) => Out
  [Symbol.asyncIterator](): ItemIterator<Out>
}

/** A running source. */
export interface Source<Out> extends Readable {
  readonly stageName: string
  /** Type-level only; tells a source from a stage. */
  readonly [GIVES]: Out | undefined
  [Symbol.asyncIterator](): ItemIterator<Out>
}

/** `for await` sees `Out`; the second half keeps the stream acceptable to `stream.pipeline`, whose types know only bytes and text. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Node's own types have it
export type ItemIterator<Out> = NodeJS.AsyncIterator<Out> & NodeJS.AsyncIterator<any>

declare const ENDS: unique symbol
declare const GIVES: unique symbol

const DEFAULT_HIGH_WATER_MARK = 256

/** Makes the Duplex of a stage. Its state is made when the first item or the end arrives. */
export function stage<In, Out>(definition: StageDefinition<In, Out>, options: StreamOptions = {}): Stage<In, Out> {
  return new StageStream(definition, options)
}

/** Makes the Readable of a source. Nothing is opened before somebody reads. */
export function source<Out>(definition: SourceDefinition<Out>, options: StreamOptions = {}): Source<Out> {
  return new SourceStream(definition, options) as unknown as Source<Out>
}

/**
 * Several stages that were not used yet as one `Duplex`: batches cross between them by plain calls. With a source in front it
 * is one `Readable`: `for await (const item of fuse(artifacts('results'), records()))`.
 *
 * @throws {ChimeraError} `USAGE` when one of them already runs, or is no stage of ours.
 */
export function fuse<A, B>(a: Source<A>, b: Stage<A, B>): Source<B>
export function fuse<A, B, C>(a: Source<A>, b: Stage<A, B>, c: Stage<B, C>): Source<C>
export function fuse<A, B, C, D>(a: Source<A>, b: Stage<A, B>, c: Stage<B, C>, d: Stage<C, D>): Source<D>
export function fuse<A, B, C, D, E>(a: Source<A>, b: Stage<A, B>, c: Stage<B, C>, d: Stage<C, D>, e: Stage<D, E>): Source<E>
export function fuse<A, B>(a: Stage<A, B>): Stage<A, B>
export function fuse<A, B, C>(a: Stage<A, B>, b: Stage<B, C>): Stage<A, C>
export function fuse<A, B, C, D>(a: Stage<A, B>, b: Stage<B, C>, c: Stage<C, D>): Stage<A, D>
export function fuse<A, B, C, D, E>(a: Stage<A, B>, b: Stage<B, C>, c: Stage<C, D>, d: Stage<D, E>): Stage<A, E>
export function fuse<A, B, C, D, E, F>(a: Stage<A, B>, b: Stage<B, C>, c: Stage<C, D>, d: Stage<D, E>, e: Stage<E, F>): Stage<A, F>
export function fuse(...parts: object[]): object {
  const [first] = parts
  if (first instanceof SourceStream) {
    const taken = first.takeDefinition()
    return source(composeSource(taken.definition, parts.slice(1).map((one) => takeStage(one).definition)), taken.options)
  }
  const taken = parts.map(takeStage)
  return stage(compose(taken.map((one) => one.definition)), taken[0]?.options)
}

/** As {@link fuse}, for parts that are known to fit. */
export function fuseAll(first: Source<unknown>, stages: readonly Stage<never, unknown>[]): Source<unknown> {
  const taken = (first as unknown as SourceStream<unknown>).takeDefinition()
  return source(composeSource(taken.definition, stages.map((one) => takeStage(one).definition)), taken.options)
}

function takeStage(one: object): { definition: StageDefinition<unknown, unknown>; options: StreamOptions } {
  if (one instanceof StageStream) return one.takeDefinition()
  throw new ChimeraError('USAGE', 'fuse expects stages made by chimera, found another stream: join that one with stream.pipeline')
}

class StageStream<In, Out> extends Duplex {
  readonly stageName: string
  readonly #definition: StageDefinition<In, Out>
  readonly #options: StreamOptions
  readonly #abort = new AbortController()
  readonly #drain: Drain<Out>
  #step: Step<In, Out> | undefined
  #taken = false

  constructor(definition: StageDefinition<In, Out>, options: StreamOptions) {
    super({ objectMode: true, highWaterMark: options.highWaterMark ?? DEFAULT_HIGH_WATER_MARK })
    this.stageName = definition.name
    this.#definition = definition
    this.#options = options
    this.#drain = new Drain<Out>(this, (error) => this.destroy(stageError(definition.name, error)))
    if (options.signal) addAbortSignal(options.signal, this)
  }

  takeDefinition(): { definition: StageDefinition<In, Out>; options: StreamOptions } {
    if (this.#step || this.#taken || this.destroyed || this.writableLength > 0) throw inUse(this.stageName)
    this.#taken = true
    return { definition: this.#definition, options: this.#options }
  }

  override _write(item: In, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#feed([item], callback)
  }

  override _writev(chunks: { chunk: In }[], callback: (error?: Error | null) => void): void {
    this.#feed(
      chunks.map((entry) => entry.chunk),
      callback,
    )
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#run(
      (step) => step.end?.() ?? [],
      () => {
        this.push(null)
        callback()
      },
      callback,
    )
  }

  override _read(): void {
    this.#drain.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#abort.abort(error ?? undefined)
    void this.#drain.close().then(() => callback(error))
  }

  #feed(batch: readonly In[], callback: (error?: Error | null) => void): void {
    // Later, so that what is written meanwhile comes as one batch instead of item by item.
    this.#run((step) => step.write(batch), () => process.nextTick(callback), callback)
  }

  #run(open: (step: Step<In, Out>) => Batches<Out>, done: () => void, fail: (error: Error) => void): void {
    let pull: Pull<Batch<Out>>
    try {
      if (this.#taken) throw fusedAway(this.stageName, 'write to')
      this.#step ??= this.#definition.start(contextOf(this.#options, this.#abort.signal))
      pull = pullOf(open(this.#step))
    } catch (error) {
      fail(stageError(this.stageName, error))
      return
    }
    this.#drain.start(pull, done)
  }
}

class SourceStream<Out> extends Readable {
  readonly stageName: string
  readonly #definition: SourceDefinition<Out>
  readonly #options: StreamOptions
  readonly #abort = new AbortController()
  readonly #drain: Drain<Out>
  #started = false
  #taken = false

  constructor(definition: SourceDefinition<Out>, options: StreamOptions) {
    super({ objectMode: true, highWaterMark: options.highWaterMark ?? DEFAULT_HIGH_WATER_MARK })
    this.stageName = definition.name
    this.#definition = definition
    this.#options = options
    this.#drain = new Drain<Out>(this, (error) => this.destroy(stageError(definition.name, error)))
    if (options.signal) addAbortSignal(options.signal, this)
  }

  takeDefinition(): { definition: SourceDefinition<Out>; options: StreamOptions } {
    if (this.#started || this.#taken || this.destroyed) throw inUse(this.stageName)
    this.#taken = true
    return { definition: this.#definition, options: this.#options }
  }

  override _read(): void {
    if (this.#taken) {
      this.destroy(fusedAway(this.stageName, 'read'))
      return
    }
    if (this.#started) {
      this.#drain.resume()
      return
    }
    this.#started = true
    try {
      const pull = pullOf(this.#definition.start(contextOf(this.#options, this.#abort.signal)))
      this.#drain.start(pull, () => this.push(null))
    } catch (error) {
      this.destroy(stageError(this.stageName, error))
    }
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#abort.abort(error ?? undefined)
    void this.#drain.close().then(() => callback(error))
  }
}

function inUse(name: string): ChimeraError {
  return new ChimeraError('USAGE', `fuse expects stages that were not used yet, but "${name}" is in use: make a new one`)
}

function fusedAway(name: string, verb: string): ChimeraError {
  return new ChimeraError('USAGE', `stage "${name}" was fused into another: ${verb} that one`)
}

function contextOf(options: StreamOptions, signal: AbortSignal): StageContext {
  return { signal, now: options.now ?? (() => performance.now()) }
}
