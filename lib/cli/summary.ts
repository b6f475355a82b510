/** `chimera summary`: statistics per metric, unit and group. */

import { csv, json, markdownTable, ndjson, table } from '../output/index.js'
import type { Item } from '../record/item.js'
import { RecordBlock } from '../record/record-block.js'
import { sanitizeLine, stage, type Stage } from '../stage/index.js'
import { distinct, summary as summarise } from '../summary/index.js'
import type { SummaryRow } from '../summary/summary-row.js'
import { EXIT } from './exit.js'
import type { Io } from './io.js'
import type { SummaryOptions } from './options.js'
import { note, print, reading } from './reading.js'

const WRITERS = { table, ndjson, csv, md: markdownTable, json }

export async function summary(paths: readonly string[], options: SummaryOptions, io: Io): Promise<number> {
  const input = await reading(paths, options, io)
  const { by, metric } = options
  const stages: Stage<never, unknown>[] = [
    ...(options.distinct ? [distinct()] : []),
    ...(metric ? [onlyMetrics(metric)] : []),
    summarise({ by }),
    onlyRows(),
    WRITERS[options.format]({ by, columns: io.stdout.columns, color: colored(io) }),
  ]
  await print(input, stages, io)
  note(input, options, io)
  const { copies, metrics } = input.tally
  if (metric && metrics.size > 0 && !metric.some((name) => metrics.has(name)) && options.progress !== 'never') {
    io.stderr.write(`chimera: no record of ${metric.join(', ')} here; there are ${[...metrics].sort().slice(0, 12).map(sanitizeLine).join(', ')}${metrics.size > 12 ? ', ...' : ''}\n`)
  }
  if (copies.length > 0 && !options.distinct && options.progress !== 'never') {
    const [first] = copies
    const example = first ? ` (${first.file} is ${first.of})` : ''
    io.stderr.write(`chimera: ${copies.length} ${copies.length === 1 ? 'file has' : 'files have'} the same bytes as another${example} and count twice; --distinct counts them once\n`)
  }
  return EXIT.done
}

function onlyMetrics(names: readonly string[]): Stage<Item, Item> {
  const wanted = new Set(names)
  return stage<Item, Item>({
    name: 'only metrics',
    start: () => ({
      write: (batch) => [batch.filter((item) => item.type !== undefined || wanted.has(item.metric))],
      writeBlock(block) {
        return block instanceof RecordBlock ? [block.only((metric) => wanted.has(metric))] : this.write(block.items())
      },
    }),
  })
}

function onlyRows(): Stage<SummaryRow | Exclude<Item, { type?: undefined }>, SummaryRow> {
  return stage({ name: 'only rows', start: () => ({ write: (batch) => [batch.filter((item) => item.type === 'summary')] }) })
}

function colored(io: Io): boolean {
  return io.stdout.isTTY === true && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb'
}
