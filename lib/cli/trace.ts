/** `chimera trace`: the figures of the answers in a trace, computed anew. */

import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { measurementRecords, measurementsOf, readTrace } from '../model/index.js'
import { csv, json, ndjson, table } from '../output/index.js'
import type { MetricRecord } from '../record/metric-record.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { TraceOptions } from './options.js'

const WRITERS = { ndjson, csv, json, table }

export async function trace(file: string, options: TraceOptions, io: Io): Promise<number> {
  await pipeline([Readable.from(figures(file, io)), WRITERS[options.format](), io.stdout], { signal: io.signal, end: false })
  return EXIT.done
}

async function* figures(file: string, io: Io): AsyncGenerator<MetricRecord> {
  for await (const run of readTrace(path.resolve(io.cwd, file))) {
    const { model, provider = 'trace', stage, stream, options = {}, time, run: number } = run.header
    const attributes = { run: number, ...(stream === undefined ? {} : { stream }) }
    yield* measurementRecords(measurementsOf(run), { model, provider, stage, options, file, attributes, ...(time === undefined ? {} : { time }) })
  }
}
