/** The first half of every command with a model: everything is read into facts while the models are being loaded. */

import { Gathering, type Gathered } from '../agent/index.js'
import { modelFrom, parseOptions, type Model } from '../model/index.js'
import type { Item } from '../record/item.js'
import { ProblemTally } from '../report/index.js'
import { sink } from '../stage/index.js'
import type { Sampling } from '../summary/index.js'
import type { Io } from './io.js'
import type { ModelledOptions, ServedOptions } from './options.js'
import type { Outputs } from './outputs.js'
import { reading, run, type Reading } from './reading.js'

export interface Ingested extends Gathered {
  readonly input: Reading
  readonly problems: ProblemTally
  readonly ingestSeconds: number
}

export interface Prepared extends Ingested {
  readonly model: Model
}

/** Leaves the progress running: the model comes next. `sampling` is given every record. */
export async function prepare(paths: readonly string[], options: ModelledOptions, io: Io, output?: string, sampling?: Sampling): Promise<Prepared> {
  const model = modelOf(options, io)
  return { ...(await ingest(paths, options, io, { '--stats': options.stats, '--trace': options.trace, '--output': output }, [model], sampling)), model }
}

export function modelOf(options: ServedOptions, io: Io): Model {
  return modelFrom(options.model, {
    ...(options.url === undefined ? {} : { url: options.url }),
    options: parseOptions(options.option ?? []),
    env: io.env,
    firstTokenTimeoutMs: options.firstTokenTimeout * 1000,
    stallTimeoutMs: options.stallTimeout * 1000,
    retries: options.retries,
  })
}

/** Leaves the progress running: the models come next. */
export async function ingest(paths: readonly string[], options: ModelledOptions, io: Io, outputs: Outputs, models: readonly Model[], sampling?: Sampling): Promise<Ingested> {
  const problems = new ProblemTally()
  const gathering = new Gathering((problem) => problems.add(problem), sampling, options.asOf === undefined ? {} : { asOf: options.asOf })
  const input = await reading(paths, options, io, outputs)
  const { emit } = input.progress
  try {
    const loading = Promise.all(models.map((model) => preload(model, input, io)))
    const started = io.now()
    emit({ type: 'phase', phase: 'ingest', state: 'start' })
    await run(input, [], sink<Item>((item) => gathering.add(item)), io)
    const gathered = gathering.read()
    emit({ type: 'phase', phase: 'ingest', state: 'end' })
    const ingestSeconds = (io.now() - started) / 1000
    await loading
    return { ...gathered, input, problems, ingestSeconds }
  } catch (error) {
    input.progress.stop()
    throw error
  }
}

/** A model that cannot be loaded says so again, and better, when it is asked to write. */
async function preload(model: Model, { progress }: Reading, io: Io): Promise<void> {
  if (!model.preload) return
  progress.emit({ type: 'preload', model: model.name, state: 'start' })
  const state = await model.preload({ signal: io.signal, now: io.now }).then(
    () => 'done' as const,
    () => 'failed' as const,
  )
  progress.emit({ type: 'preload', model: model.name, state })
}
