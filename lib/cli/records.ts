/** `chimera records`: every measured number, one a line. */

import { csv, json, ndjson, table } from '../output/index.js'
import type { Item } from '../record/item.js'
import type { MetricRecord } from '../record/metric-record.js'
import { stage, type Stage } from '../stage/index.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { RecordsOptions } from './options.js'
import { note, print, reading } from './reading.js'

const WRITERS = { ndjson, csv, json, table }

export async function records(paths: readonly string[], options: RecordsOptions, io: Io): Promise<number> {
  const input = reading(paths, options, io)
  await print(input, [onlyRecords(), WRITERS[options.format]()], io)
  note(input, options, io)
  return EXIT.done
}

/** Problems and file reports stay behind; they were counted already. */
function onlyRecords(): Stage<Item, MetricRecord> {
  return stage({ name: 'only records', start: () => ({ write: (batch) => [batch.filter((item) => item.type === undefined)] }) })
}
