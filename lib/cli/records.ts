/** `chimera records`: every measured number, one a line. */

import { csv, json, ndjsonBytes, table } from '../output/index.js'
import type { Item } from '../record/item.js'
import type { MetricRecord } from '../record/metric-record.js'
import { ChimeraError, stage, type Block, type Stage } from '../stage/index.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { RecordsOptions } from './options.js'
import { note, print, reading } from './reading.js'

const WRITERS = { ndjson: ndjsonBytes, csv, json, table }

export async function records(paths: readonly string[], options: RecordsOptions, io: Io): Promise<number> {
  if (options.at !== undefined || options.explain) return (await import('./explain.js')).explain(paths, options, io)
  const { format = 'ndjson' } = options
  if (format === 'text') throw new ChimeraError('USAGE', 'expected --format ndjson, csv, json or table, found text: that is for --explain')
  const input = await reading(paths, options, io)
  await print(input, [onlyRecords(), WRITERS[format]()], io)
  note(input, options, io)
  return EXIT.done
}

/** Problems and file reports stay behind; they were counted already. */
function onlyRecords(): Stage<Item, MetricRecord> {
  return stage({ name: 'only records', start: () => ({ write: (batch) => [batch.filter((item) => item.type === undefined)], writeBlock: (block) => [block as Block<MetricRecord>] }) })
}
