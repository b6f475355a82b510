/** The middle of `chimera bench`: runs go one after another, each is written down, then given. */

import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { bench, benchRecords, benchSummary, cellName, pace, type BenchPlan, type BenchSummary, type Cell } from '../bench/index.js'
import type { Progress } from '../console/index.js'
import { modelFrom, realClock, traceWriter, type Model, type ModelFromOptions, type TraceWriter } from '../model/index.js'
import type { MetricRecord } from '../record/index.js'
import { ChimeraError, sanitizeLine } from '../stage/index.js'
import type { ResultsFile } from './bench-file.js'
import type { BenchOptions } from './bench-options.js'
import type { Io } from './io.js'

export interface BenchState {
  readonly summary: BenchSummary
  /** Runs that are over. */
  done: number
  /** Measured requests that ended well, and others. */
  well: number
  failed: number
  /** What the latest request that failed said. */
  failure: string | undefined
  readonly givenUp: string[]
}

export function emptyState(plan: BenchPlan, results: ResultsFile | undefined): BenchState {
  return { summary: benchSummary(plan), done: results?.done.size ?? 0, well: 0, failed: 0, failure: undefined, givenUp: [] }
}

export interface Running {
  readonly options: BenchOptions
  readonly results: ResultsFile | undefined
  readonly state: BenchState
  readonly console: Progress
  readonly trace: BenchTrace | undefined
}

/** Every record, those of an earlier command first; a run's are on the disk before they are given. */
export async function* recordsOf(plan: BenchPlan, { options, results, state, console, trace }: Running, io: Io): AsyncGenerator<MetricRecord, void, undefined> {
  for await (const record of results?.earlier() ?? []) {
    if (record.status !== 'warmup' && record.metric === 'requests') state.well += record.value
    if (record.status !== 'warmup' && record.metric === 'errors') {
      state.well -= record.value
      state.failed += record.value
    }
    state.summary.add(record)
    yield record
  }
  const going = pace(plan, results?.done ?? new Set())
  const runs = bench(plan, {
    models: modelOptions(options, io),
    clock: { now: io.now, sleep: (ms, signal) => realClock.sleep(ms, signal) },
    date: io.date,
    signal: io.signal,
    done: results?.done ?? new Set(),
    onEvent: (event) => {
      console.emit(event)
      trace?.watch(event)
    },
    onRun: ({ ordinal, cell, warmup }) => {
      trace?.begin(cell)
      const eta = going.secondsLeft()
      const name = `${cellName(plan, cell)}${warmup ? ', warm-up' : ''}`
      console.emit({ type: 'plan', done: ordinal - 1, total: plan.sequence.length, cell: name, ...(eta === undefined ? {} : { eta }) })
    },
    onGivenUp: (model, why, count) => {
      const text = `${model} is given up, ${count} ${count === 1 ? 'run' : 'runs'} left out: ${why}`
      state.givenUp.push(text)
      console.write(`chimera: ${sanitizeLine(text)}`)
    },
  })
  console.emit({ type: 'phase', phase: 'bench', state: 'start' })
  let since = io.now()
  for await (const result of runs) {
    if (!result.interrupted) state.done += 1
    for (const { measurements, message } of result.requests) {
      if (message !== undefined && !result.interrupted) state.failure = message
      if (result.planned.warmup) continue
      if (measurements.status === 'ok') state.well += 1
      else state.failed += 1
    }
    console.emit({ type: 'note', text: going.after(result, (io.now() - since) / 1000) })
    const records = () => batches(benchRecords(result, plan, options.output ?? 'bench'))
    // All of them first: whoever reads stdout may take its time.
    for (const batch of results ? records() : []) await results?.append(batch, { flush: false })
    await results?.append([], { flush: true })
    for (const batch of records()) {
      for (const record of batch) state.summary.add(record)
      yield* batch
    }
    since = io.now()
  }
  if (!io.signal.aborted) console.emit({ type: 'plan', done: plan.sequence.length, total: plan.sequence.length })
  console.emit({ type: 'phase', phase: 'bench', state: 'end' })
}

/** A run of many requests has more records than should be in memory at once. */
function* batches(records: Iterable<MetricRecord>): Generator<MetricRecord[], void, undefined> {
  let batch: MetricRecord[] = []
  for (const record of records) {
    if (batch.push(record) < 2000) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

export function modelOptions({ url, firstTokenTimeout, stallTimeout }: BenchOptions, { env }: Io): ModelFromOptions {
  return { ...(url === undefined ? {} : { url }), env, firstTokenTimeoutMs: firstTokenTimeout * 1000, stallTimeoutMs: stallTimeout * 1000 }
}

export interface BenchTrace extends TraceWriter {
  /** What follows is of this cell: the trace says with which settings. */
  readonly begin: (cell: Cell) => void
}

export function tracing(options: BenchOptions, io: Io): BenchTrace | undefined {
  if (options.trace === undefined) return undefined
  const full = path.resolve(io.cwd, options.trace)
  if (options.resume && existsSync(full) && statSync(full).size > 0) {
    throw new ChimeraError('USAGE', `expected --trace to name a new file with --resume, found answers in ${options.trace}: choose another`)
  }
  let asked: Model | undefined
  const about = () => asked && { provider: asked.provider, options: asked.options }
  const writer = traceWriter(full, { about, date: () => io.date().getTime() })
  return {
    watch: writer.watch,
    close: () => writer.close(),
    begin: (cell) => (asked = modelFrom(cell.model, { ...modelOptions(options, io), options: cell.options })),
  }
}
