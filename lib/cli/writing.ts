/** The second half of `analyze` and `report`: text out as it comes, then the run's own measurements and the exit code. */

import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WorkflowEvent } from '../agent/workflow.js'
import { certificateRecords, measurementRecords, taintAttribute, type Certificate, type Measurements, type Model } from '../model/index.js'
import { formatQuantity, formatRecord } from '../record/index.js'
import { groundingRecords, type Ledger } from '../report/index.js'
import { ChimeraError, type Watch } from '../stage/index.js'
import { describe, EXIT, exitCodeOf, type ExitCode } from './exit.js'
import type { Io } from './io.js'
import type { Measuring } from './measuring.js'
import type { ModelledOptions } from './options.js'
import { note, type Reading } from './reading.js'

/**
 * Writes to `file`, or to stdout. An interrupt ends the model, not the writing: what came is kept, and the text says where it ends.
 */
export async function writeText(text: AsyncIterable<string>, file: string | undefined, { progress }: Reading, io: Io): Promise<void> {
  if (file !== undefined) {
    try {
      await pipeline(text, createWriteStream(path.resolve(io.cwd, file)))
    } catch (error) {
      if (error instanceof ChimeraError) throw error
      const found = error instanceof Error ? error.message : String(error)
      throw new ChimeraError('UNREADABLE', `expected to write to ${file}, but could not (${found}): choose another file`, { cause: error })
    }
    return
  }
  const release = progress.guard(io.stdout)
  try {
    await pipeline(Readable.from(text, { highWaterMark: 1 }), io.stdout, { end: false })
  } finally {
    release()
  }
}

export interface Written {
  /** By stage: `analysis`, `report`. */
  readonly measurements: Readonly<Record<string, Measurements | undefined>>
  readonly failure: ChimeraError | undefined
  readonly certificate?: Certificate | undefined
  /** What became of the figures in the text. */
  readonly ledger?: Ledger | undefined
}

/** What is told to the console and kept. */
export function watching(measured: Measuring, { progress }: Reading): Watch<WorkflowEvent> {
  return (event) => {
    if (event.type === 'model') measured.watch(event)
    progress.emit(event)
  }
}

/** Keeps the measurements, says how it ended, and gives the exit code. */
export async function finish({ measurements, failure, certificate, ledger }: Written, model: Model, input: Reading, options: ModelledOptions, startedAt: Date, io: Io): Promise<ExitCode> {
  input.progress.stop()
  note(input, options, io)
  if (options.stats !== undefined) await keepStats(options.stats, { measurements, certificate, ledger }, options, model, startedAt, io)
  if (options.progress !== 'never') for (const { message } of certificate?.tainted ?? []) io.stderr.write(`chimera: tainted: ${message}\n`)
  // Where the meter was shown, its last line says it.
  if (failure && input.progress.style === 'none') for (const line of soFar(measurements)) io.stderr.write(`chimera: ${line}\n`)
  if (!failure) return EXIT.done
  io.stderr.write(`${describe(failure, io.env)}\n`)
  return io.signal.aborted ? EXIT.interrupted : exitCodeOf(failure)
}

async function keepStats(file: string, { measurements, certificate, ledger }: Omit<Written, 'failure'>, { grounding }: ModelledOptions, model: Model, startedAt: Date, io: Io): Promise<void> {
  const source = { model: model.name, provider: model.provider, options: model.options, file, time: startedAt.toISOString() }
  const attributes = certificate ? taintAttribute(certificate) : {}
  const stages = Object.entries(measurements)
  const all = stages.map(([stage]) => stage).join('+')
  const records = [
    ...stages.flatMap(([stage, measured]) => (measured ? measurementRecords(measured, { ...source, stage, attributes }) : [])),
    ...(certificate ? certificateRecords(certificate, { ...source, stage: all }) : []),
    ...(ledger ? groundingRecords(ledger, grounding, { ...source, stage: all }) : []),
  ]
  const lines = records.map((record) => `${formatRecord(record)}\n`)
  await writeFile(path.resolve(io.cwd, file), lines.join('')).catch((error: unknown) => {
    throw new ChimeraError('UNREADABLE', `expected to write measurements to ${file}, but could not: choose another --stats file`, { cause: error })
  })
}

/** What was measured of an answer that did not come to its end. */
function soFar(measurements: Written['measurements']): string[] {
  return Object.entries(measurements).flatMap(([stage, measured]) => {
    if (measured?.ttft === undefined) return []
    const figures = [
      `TTFT ${shown(measured.ttft, 's')}`,
      ...(measured.chunkThroughput === undefined ? [] : [shown(measured.chunkThroughput, '{chunk}/s')]),
      `${measured.outputTokens ?? measured.chunks} ${measured.outputTokens === undefined ? 'chunk' : 'token'}${(measured.outputTokens ?? measured.chunks) === 1 ? '' : 's'}`,
    ]
    return [`${stage} so far: ${figures.join(', ')}`]
  })
}

function shown(value: number, unit: string): string {
  const { text, unit: symbol } = formatQuantity(value, unit)
  return `${text} ${symbol}`
}
