/** `chimera bench`: controlled experiments against a live model. */

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { benchReport, type BenchPlan, type BenchSummary } from '../bench/index.js'
import { progress } from '../console/index.js'
import { modelFrom } from '../model/index.js'
import { csv, markdownTable, ndjson, table } from '../output/index.js'
import type { MetricRecord } from '../record/index.js'
import { ChimeraError, sanitizeLine } from '../stage/index.js'
import { openResults } from './bench-file.js'
import { planOf, type BenchOptions } from './bench-options.js'
import { planText } from './bench-plan-text.js'
import { emptyState, modelOptions, recordsOf, tracing, type BenchState } from './bench-running.js'
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
  checkOutputs({ '-o': options.output, '--md': options.md, '--trace': options.trace }, options.prompts === undefined ? [] : [options.prompts], io)
  const trace = tracing(options, io)
  const results = options.output === undefined ? undefined : await openResults(options.output, plan, options, io)
  const console = progress({ mode: options.progress, stream: io.stderr, env: io.env, now: io.now })
  const halt = new AbortController()
  const state = emptyState(plan, results)
  const records = recordsOf(plan, { options, results, state, console, trace }, { ...io, signal: AbortSignal.any([io.signal, halt.signal]) })
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
    trace?.close()
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

async function writeReport(file: string, plan: BenchPlan, state: BenchState, io: Io): Promise<void> {
  const text = benchReport(plan, state.summary, { time: io.date().toISOString(), done: state.done, notes: state.givenUp })
  await writeFile(path.resolve(io.cwd, file), text).catch((error: unknown) => {
    throw new ChimeraError('UNREADABLE', `expected to write the report to ${file}, but could not: choose another --md file`, { cause: error })
  })
}

/** More would push the rest off the screen. */
const WARNINGS_SHOWN = 5

function ending(plan: BenchPlan, options: BenchOptions, state: BenchState, io: Io): number {
  const say = (text: string) => {
    if (options.progress !== 'never') io.stderr.write(`chimera: ${sanitizeLine(text)}\n`)
  }
  const left = plan.sequence.length - state.done
  if (io.signal.aborted) {
    say(`interrupted after ${state.done} of ${plan.sequence.length} runs${options.output === undefined ? '' : `; the same command with --resume goes on`}`)
    return EXIT.interrupted
  }
  const warnings = state.summary.warnings()
  for (const text of warnings.slice(0, WARNINGS_SHOWN)) say(text)
  if (warnings.length > WARNINGS_SHOWN) say(`and ${warnings.length - WARNINGS_SHOWN} more; ${options.md === undefined ? '--md FILE' : options.md} has them`)
  if (state.failed > 0) say(`${state.failed} of ${state.failed + state.well} measured requests failed${state.failure === undefined ? '' : `, the latest so: ${state.failure}`}`)
  if (left > 0 && options.output !== undefined) say(`${left} of ${plan.sequence.length} runs are left: the same command with --resume goes on`)
  return (state.well === 0 && plan.sequence.length > 0) || (options.strict && state.failed > 0) ? EXIT.model : EXIT.done
}
