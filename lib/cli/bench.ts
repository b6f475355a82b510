/** `chimera bench`: controlled experiments against a live model. */

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bench as experiment, benchReport, benchSummary, cellName, pace, benchRecords, type BenchPlan, type BenchSummary } from '../bench/index.js'
import { progress, type Progress } from '../console/index.js'
import { modelFrom, realClock, type ModelFromOptions } from '../model/index.js'
import { csv, markdownTable, ndjson, table } from '../output/index.js'
import type { MetricRecord } from '../record/index.js'
import { ChimeraError, sanitizeLine } from '../stage/index.js'
import { openResults, type ResultsFile } from './bench-file.js'
import { planOf, type BenchOptions } from './bench-options.js'
import { planText } from './bench-plan-text.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import { checkOutputs } from './outputs.js'

export async function bench(options: BenchOptions, io: Io): Promise<number> {
  const plan = await planOf(options, io)
  checkModels(plan, options, io)
  if (options.dryRun) {
    await pipeline(Readable.from([planText(plan)]), io.stdout, { end: false })
    return EXIT.done
  }
  checkOutputs({ '-o': options.output, '--md': options.md }, options.prompts === undefined ? [] : [options.prompts], io)
  const results = options.output === undefined ? undefined : await openResults(options.output, plan, options, io)
  const console = progress({ mode: options.progress, stream: io.stderr, env: io.env, now: io.now })
  const halt = new AbortController()
  const state: State = { summary: benchSummary(plan), done: results?.done.size ?? 0, well: 0, failed: 0, failure: undefined, givenUp: [] }
  const records = recordsOf(plan, options, results, state, console, { ...io, signal: AbortSignal.any([io.signal, halt.signal]) })
  try {
    const release = console.guard(io.stdout)
    try {
      await print(records, options, state.summary, io)
    } catch (error) {
      // Nobody reads any more (`| head`), or the disk is full: the run in progress is ended, too, and what came of it kept.
      halt.abort()
      await records.return(undefined).catch(() => undefined)
      throw error
    } finally {
      release()
    }
    if (options.md !== undefined) await writeReport(options.md, plan, state, io)
  } finally {
    console.stop()
    await results?.close()
  }
  return ending(plan, options, state, io)
}

/** Wrong names and addresses are told before anything is written. */
function checkModels({ models, load }: BenchPlan, options: BenchOptions, io: Io): void {
  for (const name of models) {
    const model = modelFrom(name, modelOptions(options, io))
    if (model.provider === 'narrator') throw new ChimeraError('USAGE', 'expected a language model, found the narrator: it writes from facts, not from prompts')
    if (load === 'cold' && !model.preload) throw new ChimeraError('USAGE', `expected a server that unloads models for --load cold, found ${model.provider} for "${name}": only Ollama does`)
  }
}

function modelOptions({ url, firstTokenTimeout, stallTimeout }: BenchOptions, { env }: Io): ModelFromOptions {
  return { ...(url === undefined ? {} : { url }), env, firstTokenTimeoutMs: firstTokenTimeout * 1000, stallTimeoutMs: stallTimeout * 1000 }
}

interface State {
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

/** Every record, those of an earlier command first; a run's are on the disk before they are given. */
async function* recordsOf(plan: BenchPlan, options: BenchOptions, results: ResultsFile | undefined, state: State, console: Progress, io: Io): AsyncGenerator<MetricRecord, void, undefined> {
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
  const runs = experiment(plan, {
    models: modelOptions(options, io),
    clock: { now: io.now, sleep: (ms, signal) => realClock.sleep(ms, signal) },
    date: io.date,
    signal: io.signal,
    done: results?.done ?? new Set(),
    onEvent: console.emit,
    onRun: ({ ordinal, cell, warmup }) => {
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
    for (const batch of batches(benchRecords(result, plan, options.output ?? 'bench'))) {
      await results?.append(batch, { flush: false })
      for (const record of batch) state.summary.add(record)
      yield* batch
    }
    await results?.append([], { flush: true })
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

async function print(records: AsyncGenerator<MetricRecord, void, undefined>, options: BenchOptions, summary: BenchSummary, io: Io): Promise<void> {
  const { format = io.stdout.isTTY === true ? 'table' : 'ndjson' } = options
  if (format === 'ndjson' || format === 'csv') {
    await pipeline(Readable.from(records), format === 'csv' ? csv() : ndjson(), io.stdout, { end: false })
    return
  }
  // What is printed at the end is all in the summary; the records are on the disk by then.
  while (!(await records.next()).done);
  const by = summary.varying
  const color = io.stdout.isTTY === true && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb'
  await pipeline(Readable.from(summary.rows()), format === 'md' ? markdownTable({ by }) : table({ by, columns: io.stdout.columns, color }), io.stdout, { end: false })
}

async function writeReport(file: string, plan: BenchPlan, state: State, io: Io): Promise<void> {
  const text = benchReport(plan, state.summary, { time: io.date().toISOString(), done: state.done, notes: state.givenUp })
  await writeFile(path.resolve(io.cwd, file), text).catch((error: unknown) => {
    throw new ChimeraError('UNREADABLE', `expected to write the report to ${file}, but could not: choose another --md file`, { cause: error })
  })
}

function ending(plan: BenchPlan, options: BenchOptions, state: State, io: Io): number {
  const say = (text: string) => {
    if (options.progress !== 'never') io.stderr.write(`chimera: ${sanitizeLine(text)}\n`)
  }
  const left = plan.sequence.length - state.done
  if (io.signal.aborted) {
    say(`interrupted after ${state.done} of ${plan.sequence.length} runs${options.output === undefined ? '' : `; the same command with --resume goes on`}`)
    return EXIT.interrupted
  }
  for (const text of state.summary.warnings()) say(text)
  if (state.failed > 0) say(`${state.failed} of ${state.failed + state.well} measured requests failed${state.failure === undefined ? '' : `, the latest so: ${state.failure}`}`)
  if (left > 0 && options.output !== undefined) say(`${left} of ${plan.sequence.length} runs are left: the same command with --resume goes on`)
  return (state.well === 0 && plan.sequence.length > 0) || (options.strict && state.failed > 0) ? EXIT.model : EXIT.done
}
